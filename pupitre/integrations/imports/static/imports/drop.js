/* Pupitre — déposer des fichiers d'un seul geste : choisis ou glissés n'importe où sur la page, ils partent.
   Sans ce fichier, le même formulaire s'envoie par son bouton. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const input = form.querySelector("input[type=file]"), zone = form.querySelector(".dropz");
  const status = form.querySelector("[data-status]"), waiting = status.textContent;
  // Le bouton du navigateur dit les noms choisis : utile seulement quand rien ne part tout seul.
  form.querySelector("[data-without-script]").remove();
  form.querySelector(`label[for=${input.id}]`).classList.remove("vh");
  input.className = "vh";

  const send = () => {
    if (!input.files.length || form.hasAttribute("aria-busy")) return;
    status.textContent = form.dataset.sending + [...input.files].map((file) => file.name).join(", ");
    form.setAttribute("aria-busy", "true");
    form.requestSubmit();
  };
  const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");

  input.addEventListener("change", send);

  // Un fichier lâché à côté du cadre s'ouvrirait à la place de la page : toute la page le reçoit.
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    zone.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    zone.classList.remove("is-over");
    if (form.hasAttribute("aria-busy")) return;
    input.files = event.dataTransfer.files;
    send();
  });

  // Revenu par « page précédente » : la page gardée par le navigateur attend de nouveaux fichiers.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    form.reset();
    form.removeAttribute("aria-busy");
    status.textContent = waiting;
  });
})();
