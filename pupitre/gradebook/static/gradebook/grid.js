/* Pupitre — la grille de notes au clavier. Chaque case part seule, avec la version qu'on avait sous les yeux : ce que quelqu'un
   d'autre a écrit entre-temps est montré, jamais écrasé. Réseau coupé, les notes attendent dans cet onglet et repartent.
   Sans ce fichier, la colonne s'envoie comme un formulaire. <form data-grid data-cells> : textes dans data-saving, -saved,
   -offline, -lost, -mine ; data-previous et data-next mènent aux colonnes voisines. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const { cells: address, saving, saved, offline, lost, mine, assessment, previous, next } = form.dataset;
  const AGAIN = 15000, key = `pupitre.notes.${document.body.dataset.who}.${assessment}`;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const badge = document.querySelector("[data-status]"), told = document.querySelector("[data-told]");
  const fields = [...form.querySelectorAll("td.is-live input[id]")];
  const studentOf = (field) => Number(field.id.slice(1));
  const fieldOf = (student) => document.getElementById(`n${student}`);
  const baseOf = (field) => field.nextElementSibling;
  const known = new Map(fields.map((field) => [field, field.value]));
  const undo = [];

  form.querySelector("[data-whole]")?.remove();
  const say = (text, level = "ok") => {
    badge.hidden = false;
    badge.className = `badge badge--${level}`;
    badge.querySelector("span").textContent = text;
  };

  /* --- Ce qui attend de partir : par élève, ce qui est tapé. Gardé dans l'onglet tant que rien n'est confirmé. --- */
  const waiting = new Map();
  let flying = false, timer;
  const keep = () => {
    if (waiting.size) sessionStorage.setItem(key, JSON.stringify([...waiting]));
    else sessionStorage.removeItem(key);
  };

  const tell = (cell, field) => {
    const line = document.createElement("li"), link = document.createElement("a");
    line.dataset.student = cell.student;
    link.href = `#${field.id}`;
    link.textContent = cell.sentence;
    line.append(link);
    if (cell.fate === "conflict") {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn--s";
      button.textContent = mine;
      button.addEventListener("click", () => { field.value = cell.yours; changed(field); field.focus(); });
      line.append(button);
    }
    told.append(line);
    told.hidden = false;
  };
  const untell = (student) => {
    told.querySelectorAll(`li[data-student="${student}"]`).forEach((line) => line.remove());
    told.hidden = !told.children.length;
  };

  const settle = (cell, sent) => {
    const field = fieldOf(cell.student);
    if (!field) return;
    untell(cell.student);
    baseOf(field).value = cell.version;
    known.set(field, cell.text);
    field.removeAttribute("aria-invalid");
    // Retapée pendant l'envoi : la nouvelle repartira avec la nouvelle version.
    const moved = field.value.trim() !== sent.trim();
    if (cell.fate === "refused") { field.setAttribute("aria-invalid", "true"); tell(cell, field); }
    else if (!moved) {
      field.value = cell.text;
      field.classList.toggle("is-x", /^[A-Z]/.test(cell.text));
    }
    if (cell.fate === "conflict") tell(cell, field);
    field.closest("tr").querySelector("[data-average]").textContent = cell.average;
  };

  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (flying || !waiting.size) return;
    flying = true;
    say(saving, "info");
    const sent = new Map(waiting);
    const body = JSON.stringify({
      cells: [...sent].map(([student, text]) => ({ student, text, base: Number(baseOf(fieldOf(student)).value) })),
    });
    try {
      const response = await fetch(address, {
        method: "POST", redirect: "error", body, headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      });
      if (!response.ok) throw [401, 403].includes(response.status) ? lost : "";
      const answer = await response.json();
      for (const [student, text] of sent) if (waiting.get(student) === text) waiting.delete(student);
      keep();
      answer.cells.forEach((cell) => settle(cell, sent.get(cell.student)));
      form.querySelector("[data-mean]").textContent = answer.mean;
      form.querySelector("[data-spread]").textContent = answer.spread;
      const now = new Date();
      say(saved.replace("{hour}", `${now.getHours()}\u00a0h\u00a0${String(now.getMinutes()).padStart(2, "0")}`));
    } catch (why) {
      say(why === lost ? lost : offline.replace("{n}", waiting.size), "warn");
      timer = setTimeout(flush, AGAIN);
    }
    flying = false;
    if (waiting.size && !timer) flush();
  };

  const changed = (field, remember = true) => {
    const before = known.get(field);
    if (field.value.trim() === before.trim() && !waiting.has(studentOf(field))) return;
    if (remember) undo.push([field, before]);
    waiting.set(studentOf(field), field.value);
    keep();
    flush();
  };

  /* --- Le clavier --- */
  const go = (field, step) => {
    const target = fields[fields.indexOf(field) + step];
    if (target) { target.focus(); target.select(); } else changed(field);
  };
  const leave = (url) => { if (url && !waiting.size) location.href = `${url}#${document.activeElement.id}`; };
  const atEdge = (field, end) => field.selectionStart === field.selectionEnd
    ? field.selectionStart === (end ? field.value.length : 0) : field.selectionEnd - field.selectionStart === field.value.length;

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!known.has(field)) return;
    const act = {
      Enter: () => go(field, event.shiftKey ? -1 : 1),
      ArrowDown: () => go(field, 1),
      ArrowUp: () => go(field, -1),
      ArrowLeft: atEdge(field, false) && previous ? () => { changed(field); leave(previous); } : null,
      ArrowRight: atEdge(field, true) && next ? () => { changed(field); leave(next); } : null,
      Escape: () => { field.value = known.get(field); },
    }[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && undo.length) {
      event.preventDefault();
      const [last, text] = undo.pop();
      last.value = text;
      changed(last, false);
      last.focus();
    } else if (act && !event.ctrlKey && !event.altKey && !event.metaKey) { event.preventDefault(); act(); }
  });
  form.addEventListener("change", (event) => { if (known.has(event.target)) changed(event.target); });
  form.addEventListener("focusin", (event) => {
    form.querySelectorAll("tr.is-cur").forEach((row) => row.classList.remove("is-cur"));
    if (known.has(event.target)) event.target.closest("tr").classList.add("is-cur");
  });
  form.addEventListener("paste", (event) => {
    const at = fields.indexOf(event.target), text = event.clipboardData.getData("text");
    if (at < 0 || !/[\r\n\t]/.test(text.trim())) return;
    event.preventDefault();
    // Une colonne de tableur : la première valeur de chaque ligne, à partir de la case où l'on est.
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, place) => {
      const field = fields[at + place];
      if (!field) return;
      undo.push([field, known.get(field)]);
      field.value = line.split("\t")[0].trim();
      waiting.set(studentOf(field), field.value);
    });
    keep();
    flush();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); flush(); });
  addEventListener("online", flush);
  addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });

  for (const [student, text] of JSON.parse(sessionStorage.getItem(key) || "[]")) {
    const field = fieldOf(student);
    if (!field) continue;
    field.value = text;
    waiting.set(student, text);
  }
  flush();
  const wanted = document.getElementById(location.hash.slice(1));
  if (known.has(wanted)) { wanted.focus(); wanted.select(); }
  const live = form.querySelector("thead .is-live"), scroll = live.closest(".scroll");
  scroll.scrollLeft = live.offsetLeft + live.offsetWidth - scroll.clientWidth * 0.8;
})();
