/* Pupitre — les gestes du clavier que HTML ne sait pas faire. Tout marche sans ce fichier. */
(() => {
  "use strict";

  const openMenus = () => document.querySelectorAll("details.menu[open]");

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const search = document.getElementById("recherche");
      if (search && search.checkVisibility()) {
        event.preventDefault();
        search.select();
      }
    }
    if (event.key === "Escape") {
      openMenus().forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
  });

  // Un menu se referme quand on touche ailleurs.
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // Montrer les lettres d'un mot de passe, le temps de le relire.
  document.querySelectorAll("button[data-reveal]").forEach((button) => {
    const field = document.getElementById(button.dataset.reveal);
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    });
    field.form.addEventListener("submit", () => { field.type = "password"; });
  });

  // Un formulaire revenu avec des erreurs : le lecteur d'écran et le clavier partent de leur liste.
  document.getElementById("erreurs")?.focus();
})();
