/* Pupitre — le bureau de la vie scolaire se relit quand quelque chose change : le serveur le dit (live.js), ou la minute
   passe. Seules les parties qui diffèrent sont remplacées, et jamais celle où quelqu'un est en train de choisir ou d'écrire. */
(() => {
  "use strict";

  const { updated, late, waiting, show } = document.currentScript.dataset;
  const status = document.querySelector("[data-said]");
  const EVERY = 60000, KEY = "attendance.changes";
  const time = () => new Date().toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit" }).replace(":", "\u00a0h\u00a0");
  let known, last = time(), flying = false, again = false;

  const say = (text) => { status.textContent = text.replace("{hour}", last); };
  const changed = (field) => field.type === "checkbox" ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" ? ![...field.options].every((option) => option.selected === option.defaultSelected || !option.value)
    : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
  const busy = (part) => part.contains(document.activeElement) && document.activeElement !== document.body
    || part.querySelector("details[open]") || [...part.querySelectorAll("input, select, textarea")].some(changed);
  // Le jeton d'envoi change à chaque lecture sans que rien n'ait changé.
  const content = (part) => part.innerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");

  const offer = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--s";
    button.textContent = show;
    button.addEventListener("click", () => location.reload());
    status.replaceChildren(`${waiting} `, button);
  };

  const read = async () => {
    if (document.hidden) return;
    if (flying) { again = true; return; }
    flying = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) throw answer.status;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      let news = false, held = false;
      document.querySelectorAll("[data-live]").forEach((part) => {
        const fresh = page.getElementById(part.id);
        if (!fresh || content(fresh) === content(part)) return;
        if (busy(part)) held = true;
        else { part.replaceChildren(...fresh.childNodes); news = true; }
      });
      last = time();
      if (held) offer();
      else if (news) say(updated);
    } catch { say(late); }
    flying = false;
    if (again) { again = false; read(); }
  };

  document.addEventListener("pupitre:counts", ({ detail }) => {
    if (known !== undefined && detail[KEY] !== known) read();
    known = detail[KEY];
  });
  document.addEventListener("visibilitychange", read);
  window.setInterval(read, EVERY);
})();
