/* Pupitre — la fenêtre de l’outil dit qu’elle a fini : elle se ferme et la page se relit. Sans ce fichier, un lien le fait. */
const here = document.querySelector("[data-tool]");
if (here) {
  addEventListener("message", (event) => {
    if (event.origin !== here.dataset.tool || event.data?.subject !== "org.imsglobal.lti.close") return;
    event.source?.close?.();
    location.reload();
  });
}
