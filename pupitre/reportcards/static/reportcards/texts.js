/* Pupitre — les appréciations. Chaque texte part seul, une seconde après la dernière frappe, avec la version qu'on avait sous les
   yeux : ce que quelqu'un d'autre a écrit entre-temps est montré, jamais écrasé. Trop long, il n'est pas envoyé : le compteur dit
   de combien. Sans ce fichier, la liste s'envoie comme un formulaire. <form data-texts data-cells>. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-texts]");
  if (!form) return;
  const { cells: address, saving, saved, offline, lost, over, left, most } = form.dataset;
  const PAUSE = 1000, AGAIN = 15000;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const badge = document.querySelector("[data-status]"), tally = document.querySelector("[data-written]");
  const areas = [...form.querySelectorAll("textarea[id^=t]")];
  const studentOf = (area) => Number(area.id.slice(1));
  const areaOf = (student) => document.getElementById(`t${student}`);
  const baseOf = (area) => form.querySelector(`[name=b${studentOf(area)}]`);
  const known = new Map(areas.map((area) => [area, area.defaultValue]));
  // Comme le serveur compte : lettres entières, blancs du bord enlevés.
  const sizeOf = (area) => [...area.value.trim()].length;

  const say = (text, level = "ok") => {
    badge.hidden = false;
    badge.className = `badge badge--${level}`;
    badge.querySelector("span").textContent = text;
  };
  const hour = (now = new Date()) => `${now.getHours()}\u00a0h\u00a0${String(now.getMinutes()).padStart(2, "0")}`;
  const count = (area) => {
    const line = document.getElementById(`c${studentOf(area)}`), extra = sizeOf(area) - Number(most);
    line.classList.toggle("is-over", extra > 0);
    line.querySelector("[data-count]").textContent = extra > 0
      ? over.replace("{n}", extra) : left.replace("{n}", sizeOf(area)).replace("{most}", most);
  };
  const recount = () => {
    const n = areas.filter((area) => area.value.trim()).length;
    tally.textContent = (n < 2 ? tally.dataset.one : tally.dataset.many).replace("{n}", n).replace("{of}", areas.length);
  };

  const tell = (area, text) => {
    const id = `p${studentOf(area)}`;
    document.getElementById(id)?.remove();
    area.toggleAttribute("aria-invalid", Boolean(text));
    if (text) area.setAttribute("aria-invalid", "true");
    area.setAttribute("aria-describedby", text ? `c${studentOf(area)} ${id}` : `c${studentOf(area)}`);
    if (!text) return;
    const line = document.createElement("div");
    line.className = "err";
    line.id = id;
    line.setAttribute("role", "alert");
    line.textContent = text;
    area.closest("li").append(line);
  };

  const waiting = new Set();
  let flying = false, timer;
  const settle = (cell, sent) => {
    const area = areaOf(cell.student);
    if (!area) return;
    baseOf(area).value = cell.version;
    known.set(area, cell.fate === "refused" ? sent : cell.text);
    tell(area, cell.fate === "conflict" ? `${cell.sentence} « ${cell.text} »` : cell.sentence);
  };
  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const ready = [...waiting].filter((area) => sizeOf(area) <= Number(most));
    if (flying || !ready.length) return;
    flying = true;
    say(saving, "info");
    const sent = new Map(ready.map((area) => [studentOf(area), area.value]));
    ready.forEach((area) => waiting.delete(area));
    try {
      const response = await fetch(address, {
        method: "POST", redirect: "error", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ texts: [...sent].map(([student, text]) => ({ student, text, base: Number(baseOf(areaOf(student)).value) })) }),
      });
      if (!response.ok) throw [401, 403].includes(response.status) ? lost : "";
      const answer = await response.json();
      answer.texts.forEach((cell) => settle(cell, sent.get(cell.student)));
      if (answer.texts.every((cell) => !cell.sentence)) say(saved.replace("{hour}", hour()));
      else badge.hidden = true;
    } catch (why) {
      ready.forEach((area) => waiting.add(area));
      say(why === lost ? lost : offline, "warn");
      timer = setTimeout(flush, AGAIN);
    }
    flying = false;
    if (waiting.size && !timer) timer = setTimeout(flush, PAUSE);
  };

  form.addEventListener("input", (event) => {
    const area = event.target;
    if (!known.has(area)) return;
    count(area);
    recount();
    waiting.add(area);
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE);
  });
  form.addEventListener("change", async (event) => {
    const field = event.target;
    if (!field.matches("select[id^=p]")) return;
    say(saving, "info");
    try {
      const body = new URLSearchParams({ [field.name]: field.value, csrfmiddlewaretoken: token });
      const response = await fetch(address, { method: "POST", redirect: "error", body });
      if (!response.ok) throw [401, 403].includes(response.status) ? lost : "";
      say(saved.replace("{hour}", hour()));
    } catch (why) { say(why === lost ? lost : offline, "warn"); }
  });
  form.addEventListener("focusout", () => { if (waiting.size) flush(); });
  // Rendu par keep.js après un rechargement : à compter, et à envoyer.
  for (const area of areas) { count(area); if (area.value !== area.defaultValue) waiting.add(area); }
  if (waiting.size) { recount(); timer = setTimeout(flush, PAUSE); }
})();
