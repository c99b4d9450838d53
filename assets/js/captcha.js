// Works out a captcha in place of the person, in a worker of its own; without it, or when it takes too long, the picture is there.
(() => {
  // In the worker: one counter for each part, so that SHA-256(nonce, part, counter) starts with enough zero bits.
  if (typeof document === 'undefined') {
    const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
    const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
    const H = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
    const w = new Int32Array(64);
    const head = (message) => {
      w.set(message);
      for (let i = 16; i < 64; i++) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
      }
      let [a, b, c, d, e, f, g, h] = H;
      for (let i = 0; i < 64; i++) {
        const s = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + w[i] | 0;
        const t = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
        h = g; g = f; f = e; e = d + s | 0; d = c; c = b; b = a; a = s + t | 0;
      }
      return a + H[0] | 0;
    };
    onmessage = ({ data: { nonce, bits, parts } }) => {
      const message = new Int32Array(16);
      nonce.match(/.{8}/g).forEach((word, i) => { message[i] = parseInt(word, 16); });
      // 21 bytes of message, the bit that ends it, and its length in bits.
      message[15] = 168;
      const counters = [];
      for (let part = 0; part < parts; part++) {
        let counter = -1;
        do {
          counter++;
          message[4] = part << 24 | counter >>> 8;
          message[5] = counter << 24 | 0x800000;
        } while (head(message) >>> (32 - bits));
        counters.push(counter.toString(16));
      }
      postMessage(counters.join('.'));
    };
    return;
  }

  const source = document.currentScript.src;
  const PATIENCE = 20000;
  for (const box of document.querySelectorAll('[data-captcha]')) {
    const form = box.closest('form');
    const manual = box.querySelector('[data-captcha-manual]');
    const answer = manual.querySelector('input');
    const status = box.querySelector('[data-captcha-status]');
    const reveal = box.querySelector('[data-captcha-reveal]');
    // What was refused, or is waited for by the cursor, stays in sight.
    const stays = answer.getAttribute('aria-invalid') || answer.autofocus;
    let state = 'working';
    let waiting = null;

    const say = (text) => { status.textContent = box.dataset[text]; };
    const show = (shown) => { manual.hidden = !shown; reveal.hidden = shown || state === 'done'; };
    const send = () => {
      if (!waiting) return;
      const { submitter } = waiting;
      waiting = null;
      form.requestSubmit(submitter);
    };
    const giveUp = () => {
      if (state !== 'working') return;
      state = 'failed';
      worker?.terminate();
      status.hidden = true;
      show(true);
      if (waiting) answer.focus();
    };
    const done = (work) => {
      state = 'done';
      box.querySelector('[name=captcha_work]').value = work;
      // That nothing need be typed is said only where there is no field; never away from under somebody's fingers.
      status.hidden = true;
      const fold = () => {
        if (answer.getAttribute('aria-invalid') || manual.contains(document.activeElement)) return;
        answer.value = '';
        show(false);
        status.hidden = false;
        status.classList.add('is-done');
        say('done');
      };
      manual.addEventListener('focusout', () => setTimeout(fold));
      fold();
      send();
    };

    let worker;
    try {
      worker = new Worker(source);
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = giveUp;
      const { nonce, bits, parts } = box.dataset;
      worker.postMessage({ nonce, bits: +bits, parts: +parts });
      setTimeout(giveUp, PATIENCE);
    } catch {
      giveUp();
      continue;
    }
    status.hidden = false;
    say('working');
    show(stays);
    reveal.addEventListener('click', () => { show(true); answer.focus(); });
    // Sent before the work is done and nothing typed: it goes by itself as soon as it can.
    form.addEventListener('submit', (event) => {
      if (state !== 'working' || answer.value || event.submitter?.name === 'captcha_another') return;
      event.preventDefault();
      event.stopPropagation();
      waiting = event;
      say('waiting');
    });
  }
})();
