/* Pupitre — des fichiers qui partent dès qu'ils sont choisis, par morceaux (tus 1.0), et reprennent après une coupure.
   Sans ce fichier, le même champ part avec son formulaire. Voir files/_picker.html. */

const SMALL = 256 * 1024, LARGE = 5 * 1024 * 1024, AIM = 2000, PATIENCE = 30_000, STALLED = 90_000;
const TUS = { "Tus-Resumable": "1.0.0" };

/** Refusé pour de bon : la phrase du serveur est pour la personne. */
class Refused extends Error {}
/** À reprendre plus tard ; `text` nomme la phrase à montrer. */
class Later extends Error {
  constructor(text) { super(text); this.text = text; }
}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const percent = (done, size) => Math.floor((100 * done) / Math.max(size, 1));

/** Attendre de plus en plus longtemps, ou jusqu'au retour du réseau. */
const patience = (failures, signal) => new Promise((resolve) => {
  const delay = Math.min(PATIENCE, 500 * 2 ** failures) * (0.75 + Math.random() / 2);
  const timer = setTimeout(resolve, delay);
  const wake = () => { clearTimeout(timer); resolve(); };
  addEventListener("online", wake, { once: true });
  signal.addEventListener("abort", wake, { once: true });
});

/** Une demande en cours quand le réseau part n'échoue pas d'elle-même : elle attendrait des minutes. */
let network = new AbortController();
addEventListener("offline", () => {
  network.abort();
  network = new AbortController();
});
const broken = () => AbortSignal.any([network.signal, AbortSignal.timeout(STALLED)]);

/** Un envoi : annoncé, envoyé morceau par morceau, repris là où le serveur dit en être. */
class Sending {
  constructor(file, url, token, purpose, tell) {
    Object.assign(this, { file, url, token, purpose, tell, address: null, offset: 0, isLost: false, size: SMALL });
    this.stopping = new AbortController();
  }

  /** Le numéro du fichier gardé. Échoue avec Refused, ou quand la personne arrête. */
  async run() {
    for (let failures = 0; ;) {
      try {
        const kept = await this.step();
        if (kept) return kept;
        failures = 0;
      } catch (problem) {
        if (problem instanceof Refused || this.stopping.signal.aborted) throw problem;
        this.isLost = true;
        this.tell(problem.text || "cut", percent(this.offset, this.file.size));
        await patience(failures++, this.stopping.signal);
      }
    }
  }

  stop() {
    this.stopping.abort();
    if (this.address) fetch(this.address, { method: "DELETE", headers: this.headers() }).catch(() => {});
  }

  async step() {
    if (!this.address) return this.announce();
    if (this.isLost) {
      const there = await this.ask(this.address, "HEAD");
      if (!there) return undefined;
      this.isLost = false;
      return this.note(there);
    }
    this.tell(this.offset < this.file.size ? "sending" : "checking", percent(this.offset, this.file.size));
    const started = performance.now();
    const part = this.file.slice(this.offset, this.offset + this.size);
    const there = await this.ask(this.address, "PATCH", part, {
      "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(this.offset),
    });
    if (!there) return undefined;
    // Des morceaux de deux secondes environ : une coupure coûte peu, la barre avance.
    const took = Math.max(performance.now() - started, 1);
    this.size = Math.round(Math.min(LARGE, Math.max(SMALL, (this.size * AIM) / took, this.size / 2), this.size * 4));
    return this.note(there);
  }

  async announce() {
    const about = {
      filename: this.file.name, purpose: this.purpose, fingerprint: `${this.file.size}-${this.file.lastModified}`,
    };
    const there = await this.ask(this.url, "POST", null, {
      "Upload-Length": String(this.file.size),
      "Upload-Metadata": Object.entries(about).map(([name, value]) => `${name} ${base64(value)}`).join(","),
    }, broken());
    this.notice = await there.text();
    this.address = new URL(there.headers.get("Location"), location).href;
    // Arrêté pendant l'annonce : le serveur n'avait pas encore dit ce qu'il faut effacer.
    if (this.stopping.signal.aborted) this.stop();
    return this.note(there);
  }

  note(there) {
    this.offset = Number(there.headers.get("Upload-Offset"));
    return there.headers.get("Pupitre-File") || undefined;
  }

  headers() {
    return { ...TUS, "X-CSRFToken": this.token };
  }

  /** La réponse quand elle est bonne ; rien quand il faut d'abord demander où l'on en est, ou tout recommencer. */
  async ask(url, method, body, headers, signal = AbortSignal.any([this.stopping.signal, broken()])) {
    const answer = await fetch(url, {
      method, body, headers: { ...this.headers(), ...headers }, redirect: "manual", signal,
    });
    if (answer.ok) return answer;
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new Later("session");
    if (answer.status === 409) throw new Later("sending");
    if (answer.status === 404 && this.address) {
      this.address = null;
      return undefined;
    }
    const why = answer.headers.get("Content-Type")?.startsWith("text/plain") ? await answer.text() : "";
    if (answer.status >= 500) throw new Later("cut");
    throw new Refused(why);
  }
}

/** Un champ : ses fichiers partent l'un après l'autre, et deviennent des cases cochées. */
class Picker {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.input = root.querySelector("input[type=file]");
    this.kept = root.querySelector("[data-kept]");
    this.status = root.querySelector("[data-status]");
    this.queue = [];
    this.hasRefused = false;
    this.held = null;
    this.texts = Object.fromEntries(
      [...root.querySelector("[data-texts]").content.querySelectorAll("[data-k]")].map((e) => [e.dataset.k, e.textContent]),
    );
    root.querySelector(`label[for=${this.input.id}]`).classList.add("btn", "btn--primary");
    this.input.className = "vh";
    this.input.addEventListener("change", () => {
      const files = [...this.input.files];
      // Ils partent d'ici : le formulaire ne doit pas les envoyer encore.
      this.input.value = "";
      this.add(files);
    });
    this.form.addEventListener("submit", (event) => this.hold(event), true);
    addEventListener("beforeunload", (event) => { if (this.queue.length) event.preventDefault(); });
  }

  add(files) {
    const ticked = this.root.querySelectorAll("[name=uploads]:checked").length;
    if (ticked + this.queue.length + files.length > Number(this.root.dataset.most)) {
      this.say(this.texts.many, true);
      return;
    }
    const isIdle = !this.queue.length;
    this.queue.push(...files.map((file) => this.line(file)));
    if (isIdle) this.run();
  }

  line(file) {
    const shown = this.root.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
    const told = shown.querySelector("[data-told]"), bar = shown.querySelector("progress"), stop = shown.querySelector("[data-stop]");
    shown.querySelector("[data-name]").textContent = file.name;
    bar.setAttribute("aria-label", file.name);
    told.textContent = this.texts.waiting;
    this.kept.append(shown);
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
    const tell = (text, value) => {
      if (told.textContent !== this.texts[text] && text !== "sending") this.say(`${file.name} : ${this.texts[text]}`);
      told.textContent = this.texts[text];
      bar.value = value;
    };
    const sending = new Sending(file, this.root.dataset.url, token, this.root.dataset.purpose, tell);
    stop.setAttribute("aria-label", `${stop.textContent} ${file.name}`);
    stop.addEventListener("click", () => {
      sending.stop();
      shown.remove();
      this.queue = this.queue.filter((each) => each.shown !== shown || each === this.queue[0]);
    });
    return { sending, shown, told, bar, stop };
  }

  async run() {
    for (; this.queue.length; this.queue.shift()) {
      const { sending, shown, told, bar, stop } = this.queue[0];
      if (sending.stopping.signal.aborted) continue;
      try {
        const pk = await sending.run();
        await this.arrived(pk, shown, sending.notice);
      } catch (problem) {
        if (sending.stopping.signal.aborted) continue;
        this.hasRefused = true;
        bar.remove();
        told.textContent = problem.message && problem instanceof Refused ? problem.message : this.texts.refused;
        shown.classList.add("sending--bad");
        stop.textContent = this.texts.close;
        stop.setAttribute("aria-label", `${this.texts.close} ${shown.querySelector("[data-name]").textContent}`);
        this.say(told.textContent);
      }
    }
    this.over();
  }

  async arrived(pk, shown, notice) {
    const answer = await fetch(new URL(`../${pk}/ligne/`, new URL(this.root.dataset.url, location)));
    if (!answer.ok) throw new Refused("");
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const row = holder.content.querySelector("li");
    this.root.querySelector(`[name=uploads][value="${pk}"]`)?.closest("li").remove();
    shown.replaceWith(row);
    row.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
    this.say(notice || `${this.texts.done} : ${row.querySelector("span").textContent}`, Boolean(notice));
  }

  hold(event) {
    if (!this.queue.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = event.submitter || this.form;
    this.say(this.texts.held, true);
  }

  over() {
    const submitter = this.held === this.form ? null : this.held;
    const goes = (this.held || "sendWhenDone" in this.form.dataset) && !this.hasRefused
      && this.root.querySelector("[name=uploads]:checked");
    this.held = null;
    this.hasRefused = false;
    if (goes) this.form.requestSubmit(submitter);
  }

  /** Lu tout haut ; écrit aussi quand aucune ligne ne le dit déjà. */
  say(text, isShown = false) {
    this.status.textContent = text;
    this.status.classList.toggle("vh", !isShown);
  }
}

const pickers = new Map();
const ready = (root) => root.querySelectorAll("[data-picker]").forEach((each) => {
  if (!pickers.has(each)) pickers.set(each, new Picker(each));
});
const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
const aimed = (event) => {
  const here = [...pickers.keys()].filter((root) => root.isConnected);
  return pickers.get(event.target.closest?.("[data-picker]") || (here.length === 1 ? here[0] : null));
};

// Un fichier lâché à côté du cadre s'ouvrirait à la place de la page.
document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  aimed(event)?.root.querySelector("[data-zone]").classList.add("is-over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.querySelectorAll("[data-zone]").forEach((zone) => zone.classList.remove("is-over"));
});
document.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  document.querySelectorAll("[data-zone]").forEach((zone) => zone.classList.remove("is-over"));
  aimed(event)?.add([...event.dataTransfer.files]);
});
document.addEventListener("htmx:load", (event) => ready(event.detail.elt));
ready(document);
