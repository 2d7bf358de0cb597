/* Pupitre — la grille de notes au clavier. Chaque case part seule, avec la version qu'on avait sous les yeux : ce que quelqu'un
   d'autre a écrit entre-temps est montré, jamais écrasé. Réseau coupé, les notes attendent dans cet onglet et repartent.
   Sans ce fichier, la colonne s'envoie comme un formulaire. <form data-grid data-cells> : textes dans [data-texts] ;
   [data-mark] et [data-remark] par [data-student] ; data-previous et data-next mènent aux colonnes voisines. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const { cells: address, assessment, previous, next } = form.dataset;
  const { saving, saved, offline, lost, mine } = form.querySelector("[data-texts]").dataset;
  const AGAIN = 15000, key = `pupitre.notes.${document.body.dataset.who}.${assessment}`;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const badge = document.querySelector("[data-status]"), told = document.querySelector("[data-told]");
  const fields = [...form.querySelectorAll("[data-mark]")], remarks = [...form.querySelectorAll("[data-remark]")];
  const studentOf = (field) => Number(field.id.slice(1));
  const fieldOf = (student) => document.getElementById(`n${student}`);
  const remarkOf = (student) => document.getElementById(`r${student}`);
  const baseOf = (field) => field.nextElementSibling;
  const known = new Map([...fields, ...remarks].map((field) => [field, field.value]));
  // Ce que tient une ligne : la note, et la remarque si elle est à l'écran.
  const lineOf = (student) => ({ text: fieldOf(student).value, remark: remarkOf(student)?.value });
  const differ = (one, other) => one.text.trim() !== other.text.trim() || one.remark !== other.remark;
  const undo = [];

  form.querySelector("[data-whole]")?.remove();
  document.querySelectorAll("[data-auto]").forEach((text) => { text.hidden = false; });
  const say = (text, level = "ok") => {
    badge.hidden = false;
    badge.className = `badge badge--${level}`;
    badge.querySelector("span").textContent = text;
  };

  /* --- Ce qui attend de partir : par élève, ce qui est tapé (note et remarque). Gardé dans l'onglet tant que rien n'est confirmé. --- */
  const waiting = new Map();
  let flying = false, timer;
  const keep = () => {
    if (waiting.size) sessionStorage.setItem(key, JSON.stringify([...waiting]));
    else sessionStorage.removeItem(key);
  };

  const wait = (student) => {
    waiting.set(student, lineOf(student));
    keep();
    flush();
  };
  // Pour « une copie à la fois » : montrer l'élève avant d'y mettre le curseur.
  const turn = (field) => field.closest("[data-student]").dispatchEvent(new Event("turn", { bubbles: true }));

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
      button.addEventListener("click", () => { field.value = cell.yours;
        if (remarkOf(cell.student)) remarkOf(cell.student).value = cell.your_remark;
        wait(cell.student);
        turn(field);
        field.focus();
      });
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
    const field = fieldOf(cell.student), remark = remarkOf(cell.student);
    if (!field) return;
    untell(cell.student);
    baseOf(field).value = cell.version;
    known.set(field, cell.text);
    if (remark) known.set(remark, cell.remark);
    field.removeAttribute("aria-invalid");
    // Retapée pendant l'envoi : la nouvelle repartira avec la nouvelle version.
    const moved = differ(lineOf(cell.student), sent);
    if (cell.fate === "refused") { field.setAttribute("aria-invalid", "true"); tell(cell, field); }
    else if (!moved) {
      field.value = cell.text;
      if (remark) remark.value = cell.remark;
      field.classList.toggle("is-x", /^[A-Z]/.test(cell.text));
    }
    if (cell.fate === "conflict") tell(cell, field);
    field.closest("[data-student]").querySelector("[data-average]").textContent = cell.average;
  };

  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (flying || !waiting.size) return;
    flying = true;
    say(saving, "info");
    const sent = new Map(waiting);
    const body = JSON.stringify({
      cells: [...sent].map(([student, line]) => ({ student, ...line, base: Number(baseOf(fieldOf(student)).value) })),
    });
    try {
      const response = await fetch(address, {
        method: "POST", redirect: "error", body, headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      });
      if (!response.ok) throw [401, 403].includes(response.status) ? lost : "";
      const answer = await response.json();
      for (const [student, line] of sent) if (waiting.get(student) === line) waiting.delete(student);
      keep();
      answer.cells.forEach((cell) => settle(cell, sent.get(cell.student)));
      for (const name of ["mean", "spread"]) {
        const foot = form.querySelector(`[data-${name}]`);
        if (foot) foot.textContent = answer[name];
      }
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
    const student = studentOf(field), before = known.get(field), held = waiting.get(student);
    if (held ? !differ(lineOf(student), held) : field.value.trim() === before.trim()) return;
    if (remember) undo.push([field, before]);
    wait(student);
  };

  /* --- Le clavier --- */
  const go = (field, step) => {
    const column = remarks.includes(field) ? remarks : fields, target = column[column.indexOf(field) + step];
    changed(field);
    if (target) { turn(target); target.focus(); target.select(); }
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
      ArrowLeft: fields.includes(field) && atEdge(field, false) && previous ? () => { changed(field); leave(previous); } : null,
      ArrowRight: fields.includes(field) && atEdge(field, true) && next ? () => { changed(field); leave(next); } : null,
      Escape: () => { field.value = known.get(field); },
    }[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && undo.length) {
      event.preventDefault();
      const [last, text] = undo.pop();
      last.value = text;
      changed(last, false);
      turn(last);
      last.focus();
    } else if (act && !event.ctrlKey && !event.altKey && !event.metaKey) { event.preventDefault(); act(); }
  });
  form.addEventListener("change", (event) => { if (known.has(event.target)) changed(event.target); });
  form.addEventListener("focusin", (event) => {
    form.querySelectorAll("tr.is-cur").forEach((row) => row.classList.remove("is-cur"));
    if (fields.includes(event.target)) event.target.closest("tr")?.classList.add("is-cur");
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
      waiting.set(studentOf(field), lineOf(studentOf(field)));
    });
    keep();
    flush();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); flush(); });
  addEventListener("online", flush);
  addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });

  for (const [student, line] of JSON.parse(sessionStorage.getItem(key) || "[]")) {
    const field = fieldOf(student), remark = remarkOf(student);
    if (!field) continue;
    field.value = line.text;
    if (remark) remark.value = line.remark ?? remark.value;
    // Une remarque tapée ailleurs part avec sa note, même si cet écran ne la montre pas.
    waiting.set(student, remark ? lineOf(student) : line);
  }
  flush();
  const wanted = document.getElementById(location.hash.slice(1));
  if (known.has(wanted)) { wanted.focus(); wanted.select(); }
  const live = form.querySelector("thead .grem-c") ?? form.querySelector("thead .is-live"), scroll = live?.closest(".scroll");
  if (scroll) scroll.scrollLeft = live.offsetLeft + live.offsetWidth - scroll.clientWidth * 0.8;
})();
