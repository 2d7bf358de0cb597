/* Pupitre — ce qui va vers l’outil part de soi-même. Sans ce fichier, un bouton le fait. */
document.querySelector("form[data-send]")?.submit();
