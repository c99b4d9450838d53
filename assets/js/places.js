// Offers communes while somebody types an address: a combobox by the ARIA pattern; without it a button finds them.
(() => {
  const say = document.currentScript.dataset;
  const known = new Map();
  const kind = /(?:^|\s)(?:xã|phường|thị trấn|đặc khu|xa|phuong|thi tran|dac khu|p\.|x\.|tt\.)\s*\S/iu;

  // The end of the line that may name a commune: where it begins, and what it is. House numbers are not sent.
  function ending(line) {
    const commas = [...line.matchAll(/[,;]/g)].map((comma) => comma.index + 1);
    const starts = [0, ...commas].slice(-3);
    const first = line.slice(starts[0], starts[1] ?? line.length);
    const from = starts.length > 1 && /\d/.test(first) && !kind.test(first) ? starts[1] : starts[0];
    const text = line.slice(from);
    const alone = starts.length === 1 && /\d/.test(text) ? text.search(kind) : 0;
    if (alone < 0) return null;
    const wanted = text.slice(alone).trimStart();
    return wanted.length < 2 || wanted.length > 200 ? null : { from: line.length - wanted.length, text: wanted.trimEnd() };
  }

  async function find(text) {
    if (!known.has(text)) {
      const reply = await fetch(`/dia-ban/goi-y?q=${encodeURIComponent(text)}`);
      if (!reply.ok) throw new Error(reply.status);
      known.set(text, await reply.json());
    }
    return known.get(text);
  }

  function attach(box) {
    const list = document.createElement('ul');
    const status = document.createElement('p');
    Object.assign(list, { id: `${box.id}-places`, className: 'mc-places', hidden: true });
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', say.list);
    Object.assign(status, { className: 'mc-hidden' });
    status.setAttribute('role', 'status');
    box.after(list, status);
    for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', list.id]]) {
      box.setAttribute(name, value);
    }
    let timer, active = -1;

    function close() {
      clearTimeout(timer);
      list.hidden = true;
      active = -1;
      box.setAttribute('aria-expanded', 'false');
      box.removeAttribute('aria-activedescendant');
    }

    function mark(place) {
      active = place;
      [...list.children].forEach((option, number) => option.setAttribute('aria-selected', number === place));
      if (place < 0) return box.removeAttribute('aria-activedescendant');
      box.setAttribute('aria-activedescendant', list.children[place].id);
      list.children[place].scrollIntoView({ block: 'nearest' });
    }

    function take(option) {
      box.value = option.dataset.line;
      close();
      box.dispatchEvent(new Event('change', { bubbles: true }));
    }

    async function offer() {
      const line = box.value, end = ending(line);
      if (!end) return close();
      const found = await find(end.text).catch(() => null);
      if (!found || box.value !== line || document.activeElement !== box) return;
      const head = line.slice(0, end.from + found.from).replace(/[\s,;–-]+$/, '');
      const lines = found.places.map((place) => (head ? `${head}, ${place.name}` : place.name));
      if (!lines.length || (lines.length === 1 && lines[0] === line)) return close();
      list.replaceChildren(...found.places.map((place, number) => {
        const option = document.createElement('li');
        Object.assign(option, { id: `${list.id}-${number}`, textContent: place.name });
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.dataset.line = lines[number];
        if (place.before) {
          const note = document.createElement('small');
          note.textContent = ` ${say.before} ${place.before}`;
          option.append(note);
        }
        return option;
      }));
      list.hidden = false;
      active = -1;
      box.setAttribute('aria-expanded', 'true');
      box.removeAttribute('aria-activedescendant');
      status.textContent = say.found.replace('#', lines.length);
    }

    box.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(offer, 200);
    });
    box.addEventListener('keydown', (event) => {
      const count = list.children.length;
      if (list.hidden) {
        if (event.key === 'ArrowDown') offer();
        return;
      }
      if (event.key === 'ArrowDown') mark((active + 1) % count);
      else if (event.key === 'ArrowUp') mark(active > 0 ? active - 1 : count - 1);
      else if (event.key === 'Enter' && active >= 0) take(list.children[active]);
      else if (event.key === 'Escape') close();
      else return;
      event.preventDefault();
    });
    box.addEventListener('blur', close);
    // Pressing would take the focus away, and the list with it.
    list.addEventListener('pointerdown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      const option = event.target.closest('[role=option]');
      if (option) take(option);
    });
  }
  document.querySelectorAll('[data-places]').forEach(attach);
})();
