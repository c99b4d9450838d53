// The keyboard of the officers' pages: j and k through the rows, o to open, / to search, u to the list, ? for help.
(() => {
  const rows = [...document.querySelectorAll('[data-rows] tbody tr')];
  const help = document.getElementById('shortcuts');
  let chosen = -1;

  function choose(place) {
    if (!rows.length) return;
    if (rows[chosen]) rows[chosen].classList.remove('is-chosen');
    chosen = Math.max(0, Math.min(rows.length - 1, place));
    const row = rows[chosen];
    row.classList.add('is-chosen');
    const link = row.querySelector('[data-open], a');
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }

  function showHelp() {
    const dialog = document.createElement('dialog');
    const title = document.createElement('h2');
    const form = document.createElement('form');
    const close = document.createElement('button');
    title.textContent = help.querySelector('summary').firstChild.textContent.trim();
    title.id = 'shortcuts-title';
    dialog.setAttribute('aria-labelledby', title.id);
    dialog.className = 'mc-shortcuts';
    form.method = 'dialog';
    close.className = 'mc-button mc-button--secondary';
    close.textContent = help.dataset.close;
    form.append(close);
    dialog.append(title, help.querySelector('dl').cloneNode(true), form);
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  const acts = {
    j: () => choose(chosen + 1),
    k: () => choose(chosen - 1),
    o: () => rows[chosen] && rows[chosen].querySelector('[data-open], a').click(),
    u: () => { const back = document.querySelector('.mc-back'); if (back) back.click(); },
    '/': () => { const field = document.querySelector('input[type=search]'); if (field) field.focus(); },
    '?': showHelp,
  };

  addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select, [contenteditable]');
    if (typing || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
    // A page's own keys are links or buttons with data-key.
    const own = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    const act = acts[event.key] || (own && (() => own.click()));
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
