// Asks the device for a passkey, puts its answer into the form, and sends the form; everything else is the server's work.
(() => {
  const form = document.querySelector('form[data-passkey]');
  if (!form) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const error = form.querySelector('[data-passkey-error]');
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const key of [...(options.excludeCredentials || []), ...(options.allowCredentials || [])]) key.id = bytes(key.id);
  const answer = async () => {
    const key = await navigator.credentials[form.dataset.passkey]({ publicKey: options });
    const response = {};
    for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (key.response[part]) response[part] = text(key.response[part]);
    }
    return { id: key.id, rawId: text(key.rawId), type: key.type, response, extensions: key.getClientExtensionResults() };
  };
  form.addEventListener('submit', async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    error.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await answer());
      form.requestSubmit();
    } catch {
      // The person said no, or the device has no such key, or the address has no name: the sentence covers them all.
      error.textContent = form.dataset.failed;
      error.hidden = false;
    }
  }, true);
})();
