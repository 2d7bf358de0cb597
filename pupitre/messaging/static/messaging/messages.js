/* Pupitre — les lettres en cours ne se perdent pas : <form data-draft="adresse" data-slot="laquelle"> est gardé toutes les
   cinq secondes sur le serveur, et à chaque frappe sur l'appareil, pour la même personne seulement (data-who du <body>).
   Oublié quand l'envoi a réussi et à la déconnexion. Flèches dans la liste, Ctrl Entrée pour envoyer, n pour écrire. */
(() => {
  "use strict";

  const PREFIX = "pupitre.lettre.", EVERY = 5000;
  const who = document.body.dataset.who;
  const forms = [...document.querySelectorAll("form[data-draft]")];
  const place = (form) => `${PREFIX}${who}.${form.dataset.slot}`;
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; } };
  const hourOf = (at) => { const on = new Date(at); return `${on.getHours()}\u00a0h\u00a0${String(on.getMinutes()).padStart(2, "0")}`; };
  const words = (form) => ({ subject: form.elements.subject?.value ?? "", body: form.elements.body.value });
  // Tout ce qu'un brouillon garde : les mots, les destinataires, les pièces jointes déjà arrivées, les options.
  const whole = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => !["files", "csrfmiddlewaretoken", "key", "version", "search", "role"].includes(name)));

  // Ce qui est parti, une fois la page suivante arrivée, n'est plus à garder. Rien d'une autre personne ne reste.
  if (who) {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const kept = read(key), mine = key.startsWith(`${PREFIX}${who}.`);
      const here = forms.some((form) => place(form) === key && form.elements.body.value);
      if (!mine || (kept?.sent && !here)) localStorage.removeItem(key);
    }
  }

  const tell = (form, text) => { const line = form.querySelector("[data-told]"); if (line) line.textContent = text; };

  const offer = (form, kept) => {
    const note = document.createElement("p"), text = document.createElement("span"), button = document.createElement("button");
    note.className = "banner kept";
    note.setAttribute("role", "status");
    text.className = "banner__b";
    text.textContent = form.dataset.restored.replace("{}", hourOf(kept.at));
    button.type = "button";
    button.className = "btn btn--s";
    button.textContent = form.dataset.clear;
    button.addEventListener("click", () => {
      localStorage.removeItem(place(form));
      form.elements.body.value = "";
      if (form.elements.subject) form.elements.subject.value = "";
      note.remove();
    });
    note.append(text, button);
    form.prepend(note);
  };

  const watch = (form) => {
    let saved = whole(form), busy = false, leaving = false;
    const kept = read(place(form));
    if (kept && !kept.sent && kept.body && !form.elements.body.value) {
      form.elements.body.value = kept.body;
      if (form.elements.subject && !form.elements.subject.value) form.elements.subject.value = kept.subject;
      if (kept.key) { form.elements.key.value = kept.key; form.elements.version.value = kept.version; }
      offer(form, kept);
    }
    const onDevice = (sent) => {
      const now = words(form);
      if (!now.body && !now.subject) { localStorage.removeItem(place(form)); return; }
      localStorage.setItem(place(form), JSON.stringify({ ...now, at: Date.now(), sent, key: form.elements.key.value, version: form.elements.version.value }));
    };
    const onServer = async () => {
      const now = whole(form), { subject, body } = words(form);
      if (busy || leaving || now === saved || !(body || subject || form.querySelector("[name=uploads]:checked"))) return;
      busy = true;
      const data = new FormData(form);
      data.delete("files");
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body: data, keepalive: true });
        if (answer.ok && answer.headers.get("content-type")?.includes("json")) {
          const draft = await answer.json();
          form.elements.key.value = draft.key;
          form.elements.version.value = draft.version;
          saved = now;
          onDevice(false);
          tell(form, draft.beside ? form.dataset.beside : form.dataset.kept.replace("{}", draft.hour));
        }
      } catch { /* sans réseau, l'appareil garde le texte, et l'envoi au serveur recommencera */ }
      busy = false;
    };
    form.addEventListener("input", () => onDevice(false));
    form.addEventListener("submit", (event) => { leaving = true; onDevice(event.submitter?.name !== "find"); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) onServer(); });
    setInterval(onServer, EVERY);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit(form.querySelector("[name=send]") || form.querySelector("[type=submit].btn--primary"));
      }
    });
  };
  forms.forEach(watch);

  document.querySelectorAll("form[data-forget]").forEach((form) => form.addEventListener("submit", () => {
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
  }));

  // Un destinataire coché ou retiré : la liste, et le nombre de personnes, se refont.
  document.addEventListener("change", (event) => {
    const recipients = event.target.closest("#destinataires");
    if (recipients && event.target.matches("input[type=checkbox], select")) window.htmx.trigger(recipients, "refresh");
  });

  document.querySelectorAll("[data-arrows]").forEach((list) => list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...list.querySelectorAll("a.thread")];
    const next = links[links.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  }));

  document.addEventListener("keydown", (event) => {
    if (event.key === "n" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select, [contenteditable]"))
      document.querySelector("[aria-keyshortcuts=n]")?.click();
  });
})();
