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
