/* Pupitre — les nombres du menu changent pendant qu'une page reste ouverte. Sans script, ils sont vrais à chaque page. */
(() => {
  "use strict";

  const url = document.currentScript.dataset.url;
  const EVERY = 60000;

  const show = (counts) => {
    document.querySelectorAll("[data-counter]").forEach((number) => {
      const count = counts[number.dataset.counter] || 0;
      number.textContent = count || "";
      number.className = count ? number.dataset.class : "";
    });
    // Les pages qui se relisent d'elles-mêmes comparent ces nombres à ceux qu'elles connaissaient.
    document.dispatchEvent(new CustomEvent("pupitre:counts", { detail: counts }));
  };

  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${url}compteurs/`);
      if (answer.ok) show(await answer.json());
    } catch { /* hors connexion : la prochaine fois */ }
  };

  let source = null;
  const listen = () => {
    if (source || document.hidden) return;
    source = new EventSource(url);
    source.onmessage = (event) => show(JSON.parse(event.data));
    source.onerror = () => {
      // Le navigateur revient de lui-même, sauf quand le serveur a refusé : on demande alors de temps en temps.
      if (source.readyState !== EventSource.CLOSED) return;
      source = null;
      window.setTimeout(listen, EVERY);
    };
  };
  const hush = () => {
    if (source) source.close();
    source = null;
  };

  if ("EventSource" in window) {
    listen();
    // Un onglet caché ne tient pas de connexion.
    document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
    window.addEventListener("pagehide", hush);
    window.addEventListener("pageshow", listen);
  } else {
    window.setInterval(ask, EVERY);
  }
})();
