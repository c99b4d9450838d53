// Makes forms nicer where scripts run; every page is complete without it.
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The error summary is read out first.
  const summary = document.querySelector('[data-focus]');
  if (summary) summary.focus();

  // How many characters are left.
  for (const field of $('textarea[data-limit]')) {
    const note = document.querySelector(`[data-count="${field.id}"]`);
    const limit = +field.dataset.limit;
    const tell = () => {
      const left = limit - [...field.value].length;
      note.textContent = (left < 0 ? field.dataset.over : field.dataset.left).replace('#', Math.abs(left));
      note.classList.toggle('mc-error', left < 0);
    };
    note.setAttribute('aria-live', 'polite');
    field.addEventListener('input', tell);
    tell();
  }

  // The rules of a new password, ticked while one types.
  const rules = {
    length: (text) => [...text].length >= 8,
    upper: (text) => /\p{Lu}/u.test(text),
    lower: (text) => /\p{Ll}/u.test(text),
    digit: (text) => /\p{Nd}/u.test(text),
    special: (text) => /[^\p{L}\p{N}\s]/u.test(text),
  };
  for (const list of $('[data-rules]')) {
    const field = document.getElementById(list.dataset.rules);
    if (field) field.addEventListener('input', () => {
      for (const rule of list.children) rule.classList.toggle('is-met', rules[rule.dataset.rule](field.value));
    });
  }

  // Pressed twice, sent once; the server refuses the second all the same.
  addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = '1';
    if (form.dataset.progress && $('input[type=file]', form).some((field) => field.files.length)) upload(event, form);
  });
  // Coming back through the browser's history, the form may be sent again.
  addEventListener('pageshow', () => $('form[data-sent]').forEach((form) => delete form.dataset.sent));

  // Shows how far the files have come; the answer is shown as if the browser had sent the form itself.
  function upload(event, form) {
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const bar = document.createElement('progress');
    const note = document.createElement('p');
    bar.className = 'mc-upload';
    bar.max = 100;
    note.className = 'mc-hint';
    note.setAttribute('role', 'status');
    // Beside the button that was pressed, where one looks.
    (event.submitter?.closest('.mc-slot') ?? form).append(bar, note);
    bar.setAttribute('aria-label', form.dataset.progress.replace('#%', ''));
    const request = new XMLHttpRequest();
    request.open('POST', event.submitter?.getAttribute('formaction') || form.getAttribute('action') || location.href);
    request.upload.onprogress = (step) => {
      bar.value = Math.floor((step.loaded / step.total) * 100);
      note.textContent = form.dataset.progress.replace('#', bar.value);
    };
    request.onerror = () => {
      bar.remove();
      note.className = 'mc-error';
      note.textContent = form.dataset.failed;
      delete form.dataset.sent;
    };
    request.onload = () => {
      if (request.status < 400) {
        // Back on the same page: loaded again, it stays where it was scrolled to.
        if (request.responseURL === location.href.split('#')[0]) return location.reload();
        return location.assign(request.responseURL);
      }
      document.open();
      document.write(request.responseText);
      document.close();
    };
    request.send(body);
  }
})();
