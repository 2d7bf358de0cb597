"""What is said of a delivery that did not leave, of people who are not in it, of a server that does not answer."""

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text

WHY: dict[str, Text] = {
    "no_school": _("Aucun établissement n’est inscrit : rien n’a été préparé."),
    "schema": _("Le schéma du GAR refuse un des fichiers : rien n’a été déposé."),
    "duplicate": _("Deux lignes portent la même clé : le GAR refuserait le fichier, rien n’a été déposé."),
    "fewer": _(
        "Moitié moins de personnes que la dernière fois : le GAR effacerait "
        "les autres. Vérifiez les imports, puis déposez à la main."
    ),
    "not_set": _("Le dépôt n’est pas réglé : les fichiers ont été faits et vérifiés, puis effacés."),
    "off": _("Le dépôt est fermé : les fichiers ont été faits et vérifiés, puis effacés."),
    "unknown_host": _("Le nom du serveur de dépôt n’existe pas."),
    "private_host": _("Ce serveur est sur un réseau privé : l’administrateur de Pupitre doit l’autoriser."),
    "refused": _("Le serveur de dépôt ne répond pas."),
    "timeout": _("Le serveur de dépôt met trop longtemps à répondre."),
    "host_key": _(
        "Le serveur qui répond n’a pas la clé attendue : rien ne lui a été envoyé. Demandez au GAR si elle a changé."
    ),
    "login": _("Le serveur refuse notre clé : le GAR l’a-t-il enregistrée ?"),
    "folder": _("Le dossier de dépôt n’existe pas, ou n’accepte pas nos fichiers."),
    "broken": _(
        "La préparation s’est arrêtée sur une erreur ; l’administrateur "
        "de Pupitre la trouve dans le journal du serveur."
    ),
}
LEFT_OUT: dict[str, Text] = {
    "first_name": _("sans prénom : le GAR en demande un"),
    "mail": _("sans adresse électronique professionnelle : le GAR en demande une pour affecter les ressources"),
    "gone": _("ne fait plus partie des personnels de l’établissement"),
}
LEVELS: dict[str, str] = {
    "accepted": "ok",
    "partly": "warn",
    "refused": "bad",
    "unknown": "line",
    "damaged": "warn",
    "": "line",
}
"""How a verdict is shown, as a level of a badge."""
# What to do about something that was refused, and the page where it is done.
ADVICE: dict[str, tuple[Text, str]] = {
    "schema": (_("Le GAR refuse la forme du fichier : signalez-le à l’administrateur de Pupitre."), ""),
    "duplicate": (
        _("Deux fiches semblent être la même personne : cherchez-la dans l’annuaire, et rapprochez les deux."),
        "directory",
    ),
    "mail": (_("Donnez-lui une adresse professionnelle, dans STSWEB ou dans l’annuaire."), "directory"),
    "school": (
        _("Le GAR ne reconnaît pas l’établissement : demandez à l’académie s’il y est bien enregistré."),
        "",
    ),
    "birth": (_("Corrigez la date de naissance dans SIECLE ou ONDE, puis refaites l’import."), "imports"),
    "name": (_("Corrigez le nom ou le prénom à sa source, puis refaites l’import."), "imports"),
    "programme": (
        _("Vérifiez la formation (MEF) dans SIECLE, puis refaites l’import, nomenclature comprise."),
        "imports",
    ),
    "subject": (_("Vérifiez la matière ou la discipline dans STSWEB, puis refaites l’import."), "imports"),
    "group": (_("Vérifiez la classe ou le groupe, et qui en fait partie, puis refaites l’import."), "imports"),
    "profile": (_("Vérifiez la fonction de la personne dans l’établissement."), "directory"),
    "person": (_("Ouvrez la fiche, et comparez-la avec ce que dit le GAR."), "directory"),
    "look": (_("Comparez avec ce que dit le GAR ; sans réponse, demandez à l’académie."), ""),
}
