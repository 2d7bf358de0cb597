/* Pupitre — ce qui attendait la reconnexion repart sans qu'on le demande. Sans ce fichier, un bouton le fait. */
document.querySelector("form[data-resume]")?.requestSubmit();
