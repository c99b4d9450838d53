// The files of a dossier: each begins to go as soon as it is chosen, in pieces (tus 1.0), and goes on by itself after a cut.
(() => {
  const form = document.querySelector('form[data-uploads]');
  if (!form || !window.fetch || !window.DOMParser) return;
  const words = form.dataset;
  const status = form.querySelector('[data-upload-status]');
  const headers = { 'tus-resumable': '1.0.0', 'x-csrf': form.elements.csrf.value };
  const [least, most] = [256 << 10, 8 << 20];
  // How long to wait before the next try, in seconds.
  const waits = [1, 2, 4, 8, 15, 30];
  const tasks = [];
  let running = 0, preparing = 0, leaving = null, numbered = 0;

  const say = (text) => { status.textContent = text; };
  const fill = (text, value) => text.replace('#', value);
  const size = (bytes) => {
    const [unit, count] = bytes < 1e6 ? ['kB', Math.max(1, Math.round(bytes / 1e3))] : ['MB', Math.round(bytes / 1e5) / 10];
    return `${count.toLocaleString(document.documentElement.lang)} ${unit}`;
  };
  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  // What is remembered of a file that is on its way: no name, only what tells it from others.
  const memory = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* Without it a file begins anew after the page was left. */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* As above. */ } },
  };

  async function keyOf(slot, file) {
    const part = 64 << 10;
    const ends = await Promise.all([file.slice(0, part), file.slice(-part)].map((piece) => piece.arrayBuffer()));
    const about = new TextEncoder().encode(`${slot.id}\n${file.name}\n${file.size}\n${file.lastModified ?? 0}\n`);
    // FNV-1a over 2 × 32 bits: it finds the same file again, and tells nobody its name.
    let [a, b] = [0x811c9dc5, 0x01000193];
    for (const bytes of [about, ...ends.map((end) => new Uint8Array(end))]) {
      for (const byte of bytes) {
        a = Math.imul(a ^ byte, 0x01000193);
        b = Math.imul(b ^ byte, 0x85ebca6b) ^ (b >>> 13);
      }
    }
    return `upload ${words.uploads} ${slot.id} ${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}`;
  }

  // A photograph of a paper is as readable with far fewer dots than a telephone takes; turned as it was held. What does not
  // get much smaller stays as it is.
  async function shrink(file) {
    if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < 512 << 10) return null;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
      const [width, height] = [picture.width, picture.height];
      if (width * height < 2e6) return null;
      const scale = Math.min(1, 2400 / Math.max(width, height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      const pen = canvas.getContext('2d', { alpha: false });
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.imageSmoothingQuality = 'high';
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
      if (!blob || blob.size > file.size * 0.7) return null;
      const name = `${file.name.replace(/\.[^.]*$/, '')}.jpg`;
      return new File([blob], name, { type: 'image/jpeg', lastModified: file.lastModified });
    } catch { return null; }
  }

  // A file in its line: what is shown of it, and where it stands.
  class Task {
    // `original`: of what the file is a smaller copy; `instead`: which file of the draft it takes the place of.
    constructor(slot, file, { original = null, instead = null } = {}) {
      Object.assign(this, { slot, file, original, instead, state: 'waiting', offset: 0, piece: 512 << 10, tried: 0, begun: 0 });
      this.line = element('li', 'mc-uploads__file');
      const about = element('p', 'mc-uploads__about', file.name);
      about.append(' ', element('span', 'mc-muted', size(file.size)));
      this.bar = element('progress', 'mc-upload');
      this.bar.max = 100;
      this.bar.value = 0;
      this.bar.setAttribute('aria-label', file.name);
      this.told = element('p', 'mc-hint', words.waiting);
      this.told.id = `${slot.input.id}-told-${++numbered}`;
      this.buttons = element('p', 'mc-uploads__buttons');
      this.line.append(about, this.bar, this.told, this.buttons);
      if (original) {
        about.after(element('p', 'mc-hint', words.shrunk.replace('#', size(original.size)).replace('#', size(file.size))));
      }
      slot.list.append(this.line);
      this.offer(['drop']);
    }

    tell(text, isWrong = false) {
      this.told.textContent = text;
      this.told.className = isWrong ? 'mc-error' : 'mc-hint';
    }

    offer(names) {
      this.buttons.replaceChildren(...names.map((name) => {
        const button = element('button', 'mc-link-button', words[name]);
        button.type = 'button';
        button.append(element('span', 'mc-hidden', ` ${this.file.name}`));
        button.addEventListener('click', () => this[name]());
        return button;
      }));
    }

    async run() {
      this.state = 'running';
      running += 1;
      this.offer(['pause', 'drop']);
      if (!this.begun++) say(fill(words.begins, this.file.name));
      try {
        this.key ??= await keyOf(this.slot, this.file);
        this.place ??= memory.get(this.key);
        if (this.place) await this.find();
        if (!this.place) await this.begin();
        while (this.state === 'running' && this.offset < this.file.size) await this.send();
        if (this.state === 'running') await this.finish();
      } catch (cause) {
        if (this.state === 'running') this.stumble(cause);
      }
      running -= 1;
      next();
    }

    async begin() {
      const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
      const metadata = `filename ${encode(this.file.name)},component ${encode(this.slot.input.id)}`;
      const more = { 'upload-length': this.file.size, 'upload-metadata': metadata };
      const reply = await this.ask('POST', words.uploads, more);
      if (reply.status !== 201) throw await refusal(reply);
      this.place = reply.headers.get('location');
      this.offset = 0;
      memory.set(this.key, this.place);
    }

    // How far it has come, after a cut or on another day; a file that is not known any more begins anew.
    async find() {
      const reply = await this.ask('HEAD', this.place, {});
      if (reply.status === 404 || reply.status === 410) {
        memory.drop(this.key);
        this.place = null;
      } else if (reply.status === 200) {
        this.offset = Number(reply.headers.get('upload-offset'));
        this.show(this.offset);
      } else {
        throw await refusal(reply);
      }
    }

    ask(method, place, more) {
      this.abort = new AbortController();
      return fetch(place, { method, headers: { ...headers, ...more }, redirect: 'manual', signal: this.abort.signal });
    }

    // One piece; how large the next is follows from how long this one took.
    send() {
      const began = performance.now();
      const [from, end] = [this.offset, Math.min(this.offset + this.piece, this.file.size)];
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        this.abort = request;
        request.open('PATCH', this.place);
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.setRequestHeader('content-type', 'application/offset+octet-stream');
        request.setRequestHeader('upload-offset', from);
        request.upload.onprogress = (step) => this.show(from + step.loaded);
        request.onerror = request.onabort = () => reject(new Error('cut'));
        request.onload = () => {
          if (request.status !== 204) {
            let detail;
            try { detail = JSON.parse(request.responseText).detail; } catch { /* A page, not a reason. */ }
            // Led away to sign in, as a script sees it.
            const status = request.status < 400 ? 0 : request.status;
            return reject(Object.assign(new Error(detail), { status, detail }));
          }
          this.offset = Number(request.getResponseHeader('upload-offset'));
          this.tried = 0;
          const rate = (this.offset - from) / Math.max(1, performance.now() - began);
          this.piece = Math.min(most, Math.max(least, Math.round(rate * 8000)));
          resolve();
        };
        request.send(this.file.slice(from, end));
      });
    }

    show(sent) {
      this.bar.value = Math.floor((sent / this.file.size) * 100);
      this.tell(fill(words.progress, this.bar.value));
    }

    async finish() {
      memory.drop(this.key);
      this.state = 'done';
      this.bar.value = 100;
      this.tell(words.done);
      this.buttons.replaceChildren();
      say(fill(words.arrived, this.file.name));
      if (this.instead) await this.replace();
      await refresh(this);
    }

    // The photograph as it was taken, in place of the smaller copy that has been sent.
    sendOriginal() {
      this.line.remove();
      const task = new Task(this.slot, this.original, { instead: this.place.split('/').pop() });
      tasks.push(task);
      const sentence = this.slot.why(this.original);
      if (sentence) task.fail(sentence);
      next();
    }

    replace() {
      const body = new URLSearchParams({ csrf: form.elements.csrf.value });
      return fetch(`${form.getAttribute('action')}/${this.instead}/xoa`, { method: 'POST', body, redirect: 'manual' }).catch(() => {});
    }

    // What can be tried again is tried again; the rest says why not.
    stumble(cause) {
      const { status: code } = cause;
      if (code === undefined || code >= 500 || [409, 423].includes(code)) {
        if (this.tried >= 40) return this.fail(words.failed);
        const wait = waits[Math.min(this.tried++, waits.length - 1)];
        this.state = 'cut';
        this.tell(words.cut);
        if (this.tried === 2) say(words.cut);
        this.offer(['resume', 'drop']);
        this.timer = setTimeout(() => this.resume(), wait * 1000);
        return;
      }
      // Whatever may come of it, it does not come by sending the same again.
      if (code === 413 || code === 422) memory.drop(this.key);
      this.fail(code === 0 || code === 403 ? words.signedOut : cause.detail ?? words.failed);
    }

    fail(sentence) {
      this.state = 'failed';
      this.bar.remove();
      this.tell(sentence, true);
      this.slot.refuse(this.told.id);
      this.offer(['drop']);
      leaving = null;
      say(`${this.file.name}: ${sentence}`);
    }

    pause() {
      this.state = 'paused';
      this.abort?.abort();
      this.tell(words.paused);
      this.offer(['resume', 'drop']);
    }

    resume() {
      clearTimeout(this.timer);
      if (this.state !== 'paused' && this.state !== 'cut') return;
      this.state = 'waiting';
      this.tell(words.waiting);
      next();
    }

    async drop() {
      clearTimeout(this.timer);
      this.state = 'dropped';
      this.abort?.abort();
      this.line.remove();
      this.slot.accept();
      tasks.splice(tasks.indexOf(this), 1);
      this.slot.input.focus();
      if (this.key) memory.drop(this.key);
      if (this.place) await this.ask('DELETE', this.place, {}).catch(() => {});
      next();
    }
  }

  async function refusal(reply) {
    // A redirect leads to signing in; what it says is not shown to scripts.
    const code = reply.type === 'opaqueredirect' ? 0 : reply.status;
    const detail = await reply.json().then((told) => told.detail, () => undefined);
    return Object.assign(new Error(detail), { status: code, detail });
  }

  const unfinished = () => (preparing ? [true] : tasks.filter((task) => !['done', 'failed', 'dropped'].includes(task.state)));

  // One file after the other in the order in which they were chosen; files of two papers may go side by side.
  function next() {
    for (const task of tasks) {
      const alone = !tasks.some((other) => other.slot === task.slot && ['running', 'cut'].includes(other.state));
      if (task.state === 'waiting' && alone && running < 2) task.run();
    }
    if (leaving && !unfinished().length) {
      const button = leaving;
      leaving = null;
      form.requestSubmit(button);
    }
  }

  // The list of what has been given is the server's.
  async function refresh(task) {
    try {
      const reply = await fetch(location.pathname, { redirect: 'error' });
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
      for (const part of [`#${task.slot.id} [data-files]`, '[data-removals]']) {
        document.querySelector(part).replaceWith(document.importNode(page.querySelector(part), true));
      }
      if (task.original) {
        task.bar.remove();
        task.offer(['sendOriginal']);
      } else task.line.remove();
    } catch { /* It says itself that it has arrived. */ }
    tasks.splice(tasks.indexOf(task), 1);
  }

  class Slot {
    constructor(section) {
      this.id = section.id;
      this.input = section.querySelector('input[type=file]');
      this.described = this.input.getAttribute('aria-describedby') ?? '';
      this.list = element('ul', 'mc-uploads');
      this.input.closest('.mc-field').append(this.list);
      section.querySelector('[data-upload-button]').hidden = true;
      const left = this.unfinished();
      if (left) {
        this.note = element('p', 'mc-hint', fill(words.unfinished, left));
        this.list.before(this.note);
      }
      this.input.addEventListener('change', () => this.choose([...this.input.files]));
    }

    unfinished() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(`upload ${words.uploads} ${this.id} `)).length;
      } catch { return 0; }
    }

    async choose(files) {
      this.note?.remove();
      // They go by themselves; the form is sent without them.
      this.input.value = '';
      this.accept();
      for (const task of tasks.filter((task) => task.slot === this && task.state === 'failed')) {
        task.line.remove();
        tasks.splice(tasks.indexOf(task), 1);
      }
      preparing += 1;
      for (const file of files) {
        const smaller = await shrink(file);
        const task = new Task(this, smaller ?? file, { original: smaller && file });
        tasks.push(task);
        const sentence = this.why(task.file);
        if (sentence) task.fail(sentence);
        next();
      }
      preparing -= 1;
      next();
    }

    // Why it need not even be sent.
    why(file) {
      const ending = `.${file.name.split('.').pop().toLowerCase()}`;
      const known = this.input.accept.split(',').includes(ending) || /^image\/(jpeg|png|heic|heif|tiff)$|^application\/pdf$/.test(file.type);
      if (file.size === 0) return words.empty;
      if (file.size > Number(words.limit)) return words.tooLarge;
      if (!known) return words.kind;
      if (document.querySelectorAll('[data-files] li').length + tasks.length > Number(words.most)) return words.tooMany;
      return '';
    }

    refuse(id) {
      this.input.setAttribute('aria-invalid', 'true');
      this.input.setAttribute('aria-describedby', `${this.input.getAttribute('aria-describedby') ?? ''} ${id}`.trim());
    }

    accept() {
      this.input.removeAttribute('aria-invalid');
      if (this.described) this.input.setAttribute('aria-describedby', this.described);
      else this.input.removeAttribute('aria-describedby');
    }
  }

  for (const section of form.querySelectorAll('.mc-slot')) new Slot(section);

  // Going on waits for what is under way.
  form.addEventListener('submit', (event) => {
    if (!unfinished().length) return;
    event.preventDefault();
    event.stopPropagation();
    leaving = event.submitter;
    for (const task of tasks) task.resume();
    say(words.leaving);
    leaving.setAttribute('aria-describedby', status.id);
    status.classList.remove('mc-hidden');
  });
  addEventListener('online', () => tasks.forEach((task) => task.state === 'cut' && task.resume()));
  addEventListener('beforeunload', (event) => {
    if (unfinished().length) event.preventDefault();
  });
})();
