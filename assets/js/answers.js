// A page of questions: hides what is not asked, by the same rules as the server, and keeps every change as it is made.
(() => {
  const form = document.querySelector('form[data-answers]');
  const known = JSON.parse(form.dataset.answers);
  const status = form.querySelector('[data-save-status]');
  status.hidden = false;

  // What is answered on this page: yes and no as true and false, numbers as numbers, several answers as a list.
  function answer(path) {
    const boxes = [...form.elements].filter((box) => box.name === path);
    if (!boxes.length) return known[path];
    if (boxes.some((box) => box.closest('[data-rule][hidden]'))) return undefined;
    const [first] = boxes;
    if (first.type === 'checkbox') {
      const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
      return chosen.length ? chosen : undefined;
    }
    const text = first.type === 'radio' ? boxes.find((box) => box.checked)?.value ?? '' : first.value.trim();
    if (text === '') return undefined;
    if (first.type === 'radio' && (text === 'yes' || text === 'no')) return text === 'yes';
    if (first.inputMode === 'numeric' && /^\d+$/.test(text)) return Number(text);
    return text;
  }

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function fits(wanted, given) {
    if ('not' in wanted) return !fits(wanted.not, given);
    if ('const' in wanted) return same(wanted.const, given);
    if ('enum' in wanted) return wanted.enum.some((one) => same(one, given));
    if ('contains' in wanted) return Array.isArray(given) && given.some((one) => same(one, wanted.contains));
    return typeof given === 'number' && (wanted.minimum ?? given) <= given && given <= (wanted.maximum ?? given);
  }

  function applies(condition) {
    if (condition.all) return condition.all.every(applies);
    if (condition.any) return condition.any.some(applies);
    return fits(condition.fits, answer(condition.path));
  }

  // In the order of the page: a rule looks at what stands before it.
  function ask() {
    for (const part of form.querySelectorAll('[data-rule]')) {
      const rule = JSON.parse(part.dataset.rule);
      const asked = applies(rule.if) === rule.when;
      part.toggleAttribute('hidden', !asked && !rule.keeps);
      for (const box of part.querySelectorAll('input, select, textarea')) {
        box.disabled = !asked || Boolean(box.closest('[data-rule][hidden]'));
      }
    }
  }
  ask();

  let timer, running = false, again = false, stopped = false, wait = 0;
  async function save() {
    if (running) { again = true; return; }
    running = true;
    status.textContent = form.dataset.saving;
    try {
      const body = new URLSearchParams(new FormData(form));
      const reply = await fetch(form.action, { method: 'POST', headers: { 'x-autosave': '1' }, body, keepalive: true, redirect: 'manual' });
      if (reply.status === 409) {
        stopped = true;
        status.className = 'mc-error';
        status.textContent = form.dataset.conflict;
      } else if (reply.status !== 204) {
        throw new Error(reply.status);
      } else {
        wait = 0;
        form.elements.seen.value = reply.headers.get('x-seen');
        status.className = 'mc-hint';
        status.textContent = form.dataset.saved.replace('#', new Date().toTimeString().slice(0, 5));
      }
    } catch (error) {
      status.className = 'mc-error';
      status.textContent = form.dataset.failed;
      // Without a network it is tried again, ever later, and at once when there is one.
      if (error instanceof TypeError && !form.dataset.sent) {
        wait = Math.min(60, 2 * wait + 4);
        clearTimeout(timer);
        timer = setTimeout(save, 1000 * wait);
      }
    }
    running = false;
    if (again && !stopped) { again = false; save(); }
  }

  const changed = () => {
    ask();
    if (stopped || form.dataset.sent) return;
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  };
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', () => clearTimeout(timer));
  addEventListener('online', () => { if (wait && !stopped && !form.dataset.sent) { clearTimeout(timer); save(); } });
  // Left in the middle of a word: what was typed is saved at once.
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer && !stopped && !form.dataset.sent) { clearTimeout(timer); save(); }
  });
})();
