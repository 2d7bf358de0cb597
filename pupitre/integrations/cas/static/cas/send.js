/* Pupitre — le ticket part de lui-même vers le service. Sans ce fichier, un bouton le fait. */
document.querySelector("form[data-send]")?.submit();
