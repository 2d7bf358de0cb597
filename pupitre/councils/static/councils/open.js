// The file of a council: what was closed with a passphrase is opened here, without network. Nothing leaves the page.
(() => {
  const form = document.querySelector("form"), told = document.querySelector("[role=alert]");
  const kept = JSON.parse(document.getElementById("kept").textContent);
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (!globalThis.crypto?.subtle) {
    told.textContent = told.dataset.old;
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.textContent = told.dataset.wait;
    const typed = new TextEncoder().encode(form.elements.phrase.value.normalize("NFC").trim());
    const base = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
    const way = { name: "PBKDF2", hash: "SHA-256", salt: bytes(kept.salt), iterations: kept.turns };
    const key = await crypto.subtle.deriveKey(way, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    let page;
    try {
      page = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(kept.nonce) }, key, bytes(kept.page));
    } catch {
      told.textContent = told.dataset.wrong;
      form.elements.phrase.select();
      return;
    }
    document.open();
    document.write(new TextDecoder().decode(page));
    document.close();
  });
})();
