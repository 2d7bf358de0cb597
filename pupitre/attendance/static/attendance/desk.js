/* Pupitre — le bureau de la vie scolaire se relit quand quelque chose change : le serveur le dit (live.js), ou la minute
   passe. Seules les parties qui diffèrent sont remplacées, et jamais celle où quelqu'un est en train de choisir ou d'écrire. */
(() => {
  "use strict";

  const { updated, late, old, waiting, show, known: shown } = document.currentScript.dataset;
  const status = document.querySelector("[data-said]");
  const EVERY = 60000, OLD = 15 * 60000, KEY = "attendance.changes";
  const time = () => new Date().toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit" }).replace(":", "\u00a0h\u00a0");
  // Le nombre que la page connaissait quand elle a été faite : ce qui change avant la première nouvelle n'est pas perdu.
  let known = Number(shown), last = time(), at = Date.now(), flying = false, again = false;

  const say = (text) => { status.textContent = text.replace("{hour}", last); };
  const changed = (field) => field.type === "checkbox" ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" ? ![...field.options].every((option) => option.selected === option.defaultSelected || !option.value)
    : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
  const busy = (part) => part.contains(document.activeElement) && document.activeElement !== document.body
    || part.querySelector("details[open]") || [...part.querySelectorAll("input, select, textarea")].some(changed);
  // Le jeton d'envoi change à chaque lecture sans que rien n'ait changé.
  const content = (part) => part.innerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");

  // Une réponse trop vieille ne se lit plus : au portail, elle ferait sortir quelqu'un à tort.
  const fade = (faded) => document.querySelectorAll("[data-fades]").forEach((part) => { part.hidden = faded; });

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
      at = Date.now();
      fade(false);
      if (held) offer();
      else if (news) say(updated);
    } catch { if (old && Date.now() - at > OLD) { fade(true); say(old); } else say(late); }
    flying = false;
    if (again) { again = false; read(); }
  };

  document.addEventListener("pupitre:counts", ({ detail }) => {
    if ((detail[KEY] || 0) !== known) read();
    known = detail[KEY] || 0;
  });
  document.addEventListener("visibilitychange", read);
  window.setInterval(read, EVERY);
})();
