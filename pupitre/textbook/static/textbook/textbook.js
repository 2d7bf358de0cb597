/* Pupitre — cahier de textes : <form data-autosave="adresse"> est gardé toutes les cinq secondes sur le serveur (keep.js garde
   chaque frappe sur l'appareil). Les outils de mise en forme écrivent des signes : **gras**, *italique*, « - », $formule$. Un texte
   collé d'un traitement de texte garde ses listes et son gras. <div data-recorder> enregistre la voix, trois minutes au plus. */
(() => {
  "use strict";

  const EVERY = 5000;
  const skip = ["files", "csrfmiddlewaretoken", "version"];
  const whole = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => !skip.includes(name)));

  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    let saved = whole(form), busy = false, leaving = false;
    const told = form.querySelector("[data-told]");
    const save = async () => {
      const now = whole(form);
      if (busy || leaving || now === saved) return;
      busy = true;
      const data = new FormData(form);
      data.delete("files");
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, keepalive: true });
        if (answer.ok && answer.headers.get("content-type")?.includes("json")) {
          const draft = await answer.json();
          form.elements.version.value = draft.version;
          saved = now;
          if (told) told.textContent = draft.beside ? form.dataset.beside : form.dataset.kept.replace("{}", draft.hour);
        }
      } catch { /* sans réseau, l'appareil garde le texte, et l'envoi recommencera */ }
      busy = false;
    };
    setInterval(save, EVERY);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
    form.addEventListener("submit", () => { leaving = true; });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(form.querySelector("[type=submit].btn--primary")); }
    });
  });

  const write = (area, text, from, to) => {
    area.focus();
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    if (from !== undefined) area.setSelectionRange(from, to);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.querySelectorAll("[data-tools]").forEach((bar) => {
    const area = document.getElementById(bar.dataset.tools);
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { around, before } = button.dataset, at = area.selectionStart;
      const chosen = area.value.slice(at, area.selectionEnd);
      if (around) write(area, around + chosen + around, at + around.length, at + around.length + chosen.length);
      else write(area, (at && area.value[at - 1] !== "\n" ? "\n" : "") + chosen.split("\n").map((line) => before + line).join("\n"));
    });
    area.addEventListener("paste", (event) => {
      const rich = event.clipboardData?.getData("text/html");
      if (!rich) return;
      const text = typed(new DOMParser().parseFromString(rich, "text/html").body).replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
      if (!text) return;
      event.preventDefault();
      write(area, text);
    });
  });

  // Ce qu'un texte mis en forme dit, avec nos signes : rien d'autre n'en reste.
  const typed = (node) => [...node.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return child.textContent.replace(/\s+/g, " ");
    if (child.nodeType !== Node.ELEMENT_NODE || child.matches("style, script, meta, title, head")) return "";
    const inner = typed(child);
    if (child.matches("li")) return `- ${inner.trim()}\n`;
    if (child.matches("br")) return "\n";
    if (child.matches("p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote")) return `\n${inner.trim()}\n`;
    if (child.matches("tr")) return `${inner.trim()}\n`;
    if (child.matches("td, th")) return `${inner.trim()} · `;
    const bold = child.matches("b, strong") || /^(bold|[6-9]00)$/.test(child.style.fontWeight);
    if (bold && child.style.fontWeight !== "normal" && inner.trim() && !inner.includes("\n") && !inner.includes("**")) return `**${inner.trim()}** `;
    return inner;
  }).join("");

  document.querySelectorAll("[data-recorder]").forEach((box) => {
    if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
    const start = box.querySelector("[data-start]"), stop = box.querySelector("[data-stop-recording]"), line = box.querySelector("[data-time]");
    const field = document.getElementById(box.dataset.recorder), longest = 180;
    let recorder, timer, pieces;
    box.hidden = false;
    start.addEventListener("click", async () => {
      let stream;
      try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { line.textContent = box.dataset.refused; return; }
      pieces = [];
      recorder = new MediaRecorder(stream);
      recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
      recorder.addEventListener("stop", () => {
        clearInterval(timer);
        stream.getTracks().forEach((track) => track.stop());
        const type = recorder.mimeType.split(";")[0], ending = type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm";
        const files = new DataTransfer();
        files.items.add(new File([new Blob(pieces, { type })], `enregistrement.${ending}`, { type }));
        field.files = files.files;
        field.dispatchEvent(new Event("change", { bubbles: true }));
        start.hidden = false;
        stop.hidden = true;
        start.focus();
      });
      const begun = Date.now();
      recorder.start(1000);
      start.hidden = true;
      stop.hidden = false;
      stop.focus();
      timer = setInterval(() => {
        const seconds = Math.floor((Date.now() - begun) / 1000);
        line.textContent = `${Math.floor(seconds / 60)}\u00a0min\u00a0${String(seconds % 60).padStart(2, "0")}`;
        if (seconds >= longest) recorder.stop();
      }, 500);
    });
    stop.addEventListener("click", () => recorder?.state === "recording" && recorder.stop());
  });
})();
