/* Pupitre — rien de ce qui est tapé ne se perd.
   <form data-keep="clé">, et tout formulaire où l'on écrit un texte (sauf ceux qui gardent eux-mêmes : data-draft,
   data-roll) : chaque frappe est gardée dans cet onglet, et rendue après un rechargement, un retour ou une session perdue, à la même personne seulement (data-who du <body>). Jamais un mot de passe, un fichier ni un champ caché.
   Oubliée : à « Effacer », à la déconnexion (<form data-forget>), et quand l'envoi a réussi. Une réussite, c'est une
   redirection vers une page où la personne est toujours connectée. <form data-repost> : la page de connexion qui
   renverra d'elle-même ce qui attend. */
(() => {
  "use strict";

  const PREFIX = "pupitre.garde.";
  const { found, clear } = document.currentScript.dataset;
  const who = document.body.dataset.who;
  const read = (key) => JSON.parse(sessionStorage.getItem(PREFIX + key) || "null");
  const write = (key, draft) => sessionStorage.setItem(PREFIX + key, JSON.stringify(draft));
  const forget = (key) => sessionStorage.removeItem(PREFIX + key);
  const keys = () => Object.keys(sessionStorage).filter((k) => k.startsWith(PREFIX)).map((k) => k.slice(PREFIX.length));
  const typed = (form) => [...form.elements].filter((e) => e.name && e.matches("input, textarea, select")
    && !["hidden", "password", "file", "submit", "button"].includes(e.type));
  const values = (form) => typed(form).map((e) => [e.name, /checkbox|radio/.test(e.type) ? e.value : null,
    /checkbox|radio/.test(e.type) ? e.checked : e.value]);

  const give = (form, draft) => {
    const before = JSON.stringify(values(form));
    if (before === JSON.stringify(draft.values)) return false;
    for (const [name, option, value] of draft.values) {
      const field = typed(form).find((e) => e.name === name && (option === null || e.value === option));
      if (!field) continue;
      if (option === null) field.value = value; else field.checked = value;
    }
    return before !== JSON.stringify(values(form));
  };

  const tell = (form, key) => {
    const note = document.createElement("p"), text = document.createElement("span"), button = document.createElement("button");
    note.className = "banner kept";
    note.setAttribute("role", "status");
    text.className = "banner__b";
    text.textContent = found;
    button.type = "button";
    button.className = "btn btn--s";
    button.textContent = clear;
    button.addEventListener("click", () => { forget(key); form.reset(); note.remove(); });
    note.append(text, button);
    form.prepend(note);
  };

  const redirected = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  const reposts = document.querySelector("form[data-repost]") !== null;
  const forms = [...document.querySelectorAll('form[data-keep], form[method="post"]:has(textarea):not([data-draft], [data-roll])')];
  const keyOf = (form) => form.dataset.keep || `${location.pathname} ${form.getAttribute("action") || ""}`;
  for (const key of keys()) {
    const draft = read(key), present = forms.some((form) => keyOf(form) === key);
    if (who && draft.who && draft.who !== who) forget(key);
    else if ((who || !draft.who) && draft.sent && (redirected || !present)) forget(key);
    else if (!who && draft.who && draft.sent && !reposts) write(key, { ...draft, sent: false });
  }
  for (const form of forms) {
    const key = keyOf(form), draft = read(key), keep = (sent) => write(key, { who, sent, values: values(form) });
    if (draft && give(form, draft)) tell(form, key);
    form.addEventListener("input", () => keep(false));
    form.addEventListener("submit", () => keep(true));
    form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.elt === form && event.detail.successful) forget(key); });
  }
  document.querySelectorAll("form[data-forget]").forEach((form) => form.addEventListener("submit", () => keys().forEach(forget)));
})();
