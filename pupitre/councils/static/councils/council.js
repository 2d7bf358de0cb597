/* Pupitre — le conseil à plusieurs mains. Chaque texte part seul ; ce que quelqu'un d'autre a écrit est montré, jamais écrasé ;
   la page se relit quand le conseil change (live.js), ou de temps en temps. Les flèches passent d'un élève à l'autre.
   Sans ce fichier, les formulaires s'envoient et les liens mènent aux mêmes endroits. */
(() => {
  "use strict";

  const { known: shown, saved, saving, late, mine, theirs, meanwhile, empty } = document.currentScript.dataset;
  const EVERY = 20000, AFTER = 1200, KEY = "councils.changes";
  const forms = () => document.querySelectorAll("form[data-auto]");
  const area = (form) => form.querySelector("textarea");
  const touched = (form) => [...form.elements].some((field) => /radio|checkbox/.test(field.type) ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" ? [...field.options].some((option) => option.selected !== option.defaultSelected)
    : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue);
  const say = (form, text) => { const place = form.querySelector("[data-state]"); if (place) place.textContent = text; };

  /* --- Enregistrer tout seul --- */
  const timers = new WeakMap(), flying = new WeakSet(), stopped = new WeakSet();
  const settle = (form, version) => {
    form.elements.version.value = version;
    for (const field of form.elements) {
      if (/radio|checkbox/.test(field.type)) field.defaultChecked = field.checked;
      else if (field.tagName === "SELECT") [...field.options].forEach((option) => { option.defaultSelected = option.selected; });
      else if (field.type !== "hidden" && "defaultValue" in field) field.defaultValue = field.value;
    }
    sessionStorage.removeItem(`pupitre.garde.${form.dataset.keep}`);
    form.querySelector(".kept")?.remove();
  };
  const save = async (form) => {
    if (flying.has(form) || stopped.has(form) || !touched(form)) return;
    flying.add(form);
    say(form, saving);
    const body = new URLSearchParams(new FormData(form)), sent = JSON.stringify([...body]);
    let again = false;
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", headers: { Accept: "application/json" }, body, redirect: "error" });
      const told = await answer.json();
      if (answer.ok) {
        again = JSON.stringify([...new URLSearchParams(new FormData(form))]) !== sent;
        if (again) form.elements.version.value = told.version; else settle(form, told.version);
        say(form, again ? saving : saved);
      } else if (told.fate === "conflict") choose(form, told.theirs, told.version, told.sentence);
      else say(form, told.sentence);
    } catch { say(form, late); timers.set(form, setTimeout(() => save(form), EVERY)); }
    flying.delete(form);
    if (again) save(form);
  };
  /* Écrit par deux à la fois : le sien reste dans le champ, l'autre est montré ; la personne choisit. */
  const choose = (form, text, version, sentence) => {
    stopped.add(form);
    say(form, sentence || meanwhile);
    form.querySelector("[data-other]")?.remove();
    const box = document.createElement("div"), quote = document.createElement("blockquote"), row = document.createElement("div");
    box.dataset.other = "";
    box.className = "stack stack--s";
    quote.className = "theirs";
    quote.textContent = text || empty;
    row.className = "row";
    for (const [label, take] of [[mine, false], [theirs, true]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn--s";
      button.textContent = label;
      button.addEventListener("click", () => {
        form.elements.version.value = version;
        if (take) { area(form).value = text; settle(form, version); say(form, ""); }
        stopped.delete(form);
        box.remove();
        save(form);
        area(form).focus();
      });
      row.append(button);
    }
    box.append(quote, row);
    area(form).closest(".field, form > *")?.after(box);
  };
  const soon = ({ target }) => {
    const form = target.closest?.("form[data-auto]");
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), AFTER));
  };
  document.addEventListener("input", soon);
  document.addEventListener("change", soon);
  addEventListener("online", () => forms().forEach(save));

  /* --- Voir ce que les autres écrivent --- */
  let known = Number(shown), reading = false;
  const content = (part) => part.innerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");
  const busy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select, button")
    || [...part.querySelectorAll("form[data-auto]")].some((form) => touched(form) || stopped.has(form)) || part.querySelector("details.write[open]");
  const read = async () => {
    if (document.hidden || reading || !document.querySelector("[data-live]")) return;
    reading = true;
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) throw answer.status;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelectorAll("[data-live]").forEach((part) => {
        const fresh = page.getElementById(part.id);
        if (!fresh || content(fresh) === content(part)) return;
        if (!busy(part)) { part.replaceChildren(...fresh.childNodes); return; }
        part.querySelectorAll("form[data-auto]").forEach((form) => {
          const other = [...fresh.querySelectorAll("form[data-auto]")].find((each) => each.dataset.keep === form.dataset.keep);
          const version = Number(other?.elements.version.value);
          if (!other || flying.has(form) || stopped.has(form) || version <= Number(form.elements.version.value)) return;
          if (touched(form)) choose(form, area(other).value, version);
          else { area(form).value = area(form).defaultValue = area(other).value; form.elements.version.value = version; }
        });
      });
    } catch { /* la prochaine fois */ }
    reading = false;
  };
  document.addEventListener("pupitre:counts", ({ detail }) => {
    if ((detail[KEY] || 0) !== known) read();
    known = detail[KEY] || 0;
  });
  document.addEventListener("visibilitychange", read);
  window.setInterval(read, EVERY);

  /* --- Au clavier : d'un élève à l'autre, hors des champs --- */
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const link = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (link) document.querySelector(`a[rel="${link}"]`)?.click();
  });
  // Sur un téléphone la liste défile de côté : l'élève de la page y est en vue.
  const current = document.querySelector(".council__l [aria-current]"), list = current?.closest("ul");
  if (list && list.scrollWidth > list.clientWidth) list.scrollLeft = current.offsetLeft - list.offsetLeft - 16;
})();
