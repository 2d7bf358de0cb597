/* Pupitre — demander à une clé d'accès de répondre, et l'envoyer comme un formulaire. Un code fait la même chose sans ce fichier. */
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const asked = (options, how) => {
    const read = { ...options, challenge: bytes(options.challenge) };
    if (how === "get") return { ...read, allowCredentials: named(options.allowCredentials) };
    read.user = { ...options.user, id: bytes(options.user.id) };
    return { ...read, excludeCredentials: named(options.excludeCredentials) };
  };

  const written = (key) => {
    const response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
      if (key.response[name]) response[name] = text(key.response[name]);
    });
    return JSON.stringify({
      id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: key.getClientExtensionResults(),
    });
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const how = form.dataset.passkey;
    const failed = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      failed.hidden = true;
      try {
        const publicKey = asked(JSON.parse(form.dataset.options), how);
        const key = await navigator.credentials[how]({ publicKey });
        form.elements.answer.value = written(key);
        form.requestSubmit();
      } catch {
        // Fermée, refusée ou inconnue : l'autre chemin reste dessous.
        failed.hidden = false;
        failed.setAttribute("role", "alert");
      }
    });
  });
})();
