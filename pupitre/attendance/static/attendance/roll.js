/* Pupitre — l'appel qui n'attend jamais. Chaque touche part seule ; réseau coupé, elle reste ici, chiffrée, et repart.
   Ce que quelqu'un d'autre a noté entre-temps est montré, jamais écrasé. Sans ce fichier, le formulaire s'envoie entier.
   <form data-roll data-marks> : textes dans data-offline, -waiting, -kept, -sent, -lost, -yours, -keep-mine. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-roll]");
  if (!form) return;
  const { roll, marks: address, offline, waiting, kept, sent, lost, yours, keepMine } = form.dataset;
  const who = document.body.dataset.who, DAY = 24 * 3600 * 1000, AGAIN = 15000;
  const status = form.querySelector("[data-status]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const say = (text) => { status.textContent = text; };

  /* --- Ce que l'appareil garde : une clé qui ne peut pas en sortir, et ce qu'elle chiffre. --- */
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const opening = indexedDB.open("pupitre-appel", 1);
  opening.onupgradeneeded = () => ["keys", "queues"].forEach((name) => opening.result.createObjectStore(name));
  const base = asked(opening);
  const store = async (name, mode) => (await base).transaction(name, mode).objectStore(name);
  const key = async () => {
    const held = await asked((await store("keys", "readonly")).get("device"));
    if (held) return held;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await asked((await store("keys", "readwrite")).put(made, "device"));
    return made;
  };
  const name = `${who}:${roll}`;
  const forget = async () => asked((await store("queues", "readwrite")).delete(name));
  const keep = async (queue) => {
    if (!queue.marks.length && !queue.finish) return forget();
    const iv = crypto.getRandomValues(new Uint8Array(12)), text = new TextEncoder().encode(JSON.stringify(queue));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), text);
    return asked((await store("queues", "readwrite")).put({ iv, data, at: Date.now() }, name));
  };
  const read = async () => {
    const held = await asked((await store("queues", "readonly")).get(name));
    if (!held) return null;
    if (Date.now() - held.at > DAY) { await forget(); return null; }
    try {
      const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: held.iv }, await key(), held.data);
      return JSON.parse(new TextDecoder().decode(text));
    } catch { await forget(); return null; }
  };

  /* --- La page --- */
  const field = (student, letter) => form.elements[`${letter}${student}`];
  const row = (student) => form.querySelector(`fieldset[data-student="${student}"]`);
  const stateOf = (student) => field(student, "e").value;
  const show = (student, state) => {
    field(student, "e").value = state;
    const rare = row(student).querySelector(".roll__o");
    rare.open = Boolean(rare.querySelector(":checked"));
  };
  const labelOf = (student, state) =>
    row(student).querySelector(`input[value="${state}"]`).closest("label").textContent.trim();
  const tell = (student, text, mine) => {
    const note = row(student).querySelector("[data-told]");
    note.replaceChildren(text);
    note.hidden = !text;
    if (!mine) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--s";
    button.textContent = keepMine;
    button.addEventListener("click", () => { show(student, mine); note.hidden = true; touched(student); });
    note.append(" ", yours.replace("{state}", labelOf(student, mine)), " ", button);
  };

  let queue = { marks: [], finish: false }, flying = false, timer;
  const late = (student) => {
    const minutes = field(student, "m").value;
    return minutes === "" ? null : Number(minutes);
  };
  const touched = (student) => {
    const before = queue.marks.find((mark) => mark.student === student && !mark.flying);
    const mark = {
      key: crypto.randomUUID(), student, state: stateOf(student), told_at: Date.now(), late: late(student),
      base: before ? before.base : Number(field(student, "b").value.split(".")[0]),
    };
    queue.marks = [...queue.marks.filter((other) => other !== before), mark];
    keep(queue).catch(() => {});
    flush();
  };

  const settle = (result) => {
    const mine = queue.marks.find((mark) => mark.student === result.student && mark.flying);
    queue.marks = queue.marks.filter((mark) => mark !== mine);
    field(result.student, "b").value = `${result.version}.${result.state}`;
    field(result.student, "n").value = field(result.student, "m").value;
    const again = queue.marks.find((mark) => mark.student === result.student);
    if (again) again.base = result.version;
    else if (result.fate === "conflict") {
      show(result.student, result.state);
      tell(result.student, result.sentence, mine && mine.state);
    } else tell(result.student, result.sentence);
  };

  const flush = async () => {
    clearTimeout(timer);
    if (flying || !(queue.marks.length || queue.finish)) return;
    flying = true;
    queue.marks.forEach((mark) => { mark.flying = true; });
    const leaving = queue.marks.map(({ flying: _flying, ...mark }) => mark), finish = queue.finish;
    let served = false;
    say(waiting);
    try {
      const why = form.elements.pourquoi ? form.elements.pourquoi.value : "";
      const response = await fetch(address, {
        method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, redirect: "error",
        body: JSON.stringify({ sent_at: Date.now(), marks: leaving, finish, why }),
      });
      const answer = await response.json().catch(() => ({}));
      served = response.ok;
      if (served) arrived(answer, finish);
      else if (response.status === 422) { queue = { marks: [], finish: false }; say(answer.sentence); }
      else throw response.status === 401 || response.status === 403 ? lost : offline;
    } catch (why) {
      queue.marks.forEach((mark) => { delete mark.flying; });
      say(why === lost ? lost : queue.finish ? kept : offline);
      if (why !== lost) timer = setTimeout(flush, AGAIN);
    }
    flying = false;
    await keep(queue).catch(() => {});
    // Ce qui a été touché, ou validé, pendant que le reste était en route ; jamais aussitôt après un refus.
    if (served && (queue.finish || queue.marks.some((mark) => !mark.flying))) flush();
  };
  const arrived = (answer, finish) => {
    timer = undefined;
    answer.results.forEach(settle);
    say(answer.clock || sent);
    if (!finish) return;
    queue.finish = false;
    // Des différences à regarder, ou une touche de plus entre-temps : on reste sur la page, l'appel est fait.
    if (!queue.marks.length && !answer.results.some((result) => result.sentence)) forget().finally(() => { location.href = answer.done; });
  };

  form.addEventListener("change", (event) => {
    const student = event.target.closest("fieldset[data-student]")?.dataset.student;
    if (!student) return;
    tell(Number(student), "");
    touched(Number(student));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // Ceux que la page montre absents d'avance, sans que personne n'y ait touché, sont confirmés avec l'appel.
    form.querySelectorAll("fieldset[data-student]").forEach(({ dataset }) => {
      const student = Number(dataset.student), [version, shown] = field(student, "b").value.split(".");
      const waits = queue.marks.some((mark) => mark.student === student);
      if (waits || stateOf(student) === shown) return;
      queue.marks.push({
        key: crypto.randomUUID(), student, state: stateOf(student), told_at: Date.now(), late: late(student), base: Number(version),
      });
    });
    queue.finish = true;
    keep(queue).catch(() => {});
    flush();
  });
  /* --- Au clavier : les flèches d'un élève à l'autre, espace pour absent ou présent ; toucher un visage fait de même. --- */
  const rows = [...form.querySelectorAll("fieldset[data-student]")];
  const put = (student, state) => { show(student, state); tell(student, ""); touched(student); };
  const turn = (line) => {
    const student = Number(line.dataset.student);
    put(student, stateOf(student) === "absent" ? "present" : "absent");
    line.querySelector(":checked").focus({ preventScroll: true });
  };
  form.addEventListener("keydown", (event) => {
    const line = event.target.closest("fieldset[data-student]");
    if (!line || event.target.type !== "radio") return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      rows[rows.indexOf(line) + step]?.querySelector(":checked")?.focus();
      event.preventDefault();
    } else if (event.key === " ") {
      turn(line);
      event.preventDefault();
    }
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest(".roll--faces .roll__f")) turn(event.target.closest("fieldset"));
  });

  /* Liste ou visages : la page ne se recharge pas, rien de ce qui attend n'est dérangé ; l'appareil s'en souvient. */
  document.querySelectorAll("[data-view]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-view]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    form.querySelector(".roll").classList.toggle("roll--faces", link.dataset.view === "photos");
    document.cookie = `appel=${link.dataset.view}; path=/; max-age=31536000; samesite=lax`;
  }));

  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });

  read().then((held) => {
    if (!held) return;
    queue = { marks: [...held.marks.map(({ flying: _flying, ...mark }) => mark), ...queue.marks], finish: held.finish || queue.finish };
    held.marks.forEach((mark) => { if (row(mark.student)) show(mark.student, mark.state); });
    flush();
  }).catch(() => {});
})();
