"""What a file tells, and why one was not made, in words."""

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text

WHY: dict[str, Text] = {
    "no_year": _("Aucune année scolaire n’est en cours : ouvrez-la ou importez-la d’abord."),
    "no_class": _(
        "Aucune classe n’a d’élève à qui ce service soit ouvert : importez les classes, ou revoyez à qui il est ouvert."
    ),
    "closed": _("Le service a été fermé dans l’établissement : ouvrez-le de nouveau d’abord."),
    "withheld": _("L’établissement retient des noms ou des classes pour ce service : un fichier les dirait."),
    "no_base": _(
        "Le dernier fichier emporté n’est plus gardé : il n’y a plus rien à comparer. Préparez un fichier complet."
    ),
    "changed": _(
        "Ce fichier a été préparé avant un changement de ce qu’il dit, ou de ceux dont il parle : préparez-le à nouveau."
    ),
    "broken": _("La préparation s’est interrompue. Recommencez ; si cela se répète, prévenez l’administrateur."),
}

FACTS: dict[str, Text] = {
    "oneroster.number": _("numéro propre à ce service"),
    "oneroster.first_name": _("prénom"),
    "oneroster.last_name": _("nom de famille"),
    "oneroster.role": _("rôle dans l’établissement"),
    "oneroster.classes": _("classe, groupes et matières"),
    "oneroster.family": _("lien entre l’élève et ses responsables"),
    "oneroster.ine": _("INE"),
}
"""By the name under which the log of disclosures keeps it."""

_EVERYBODY = ("oneroster.number", "oneroster.first_name", "oneroster.last_name", "oneroster.role")


def facts_told(kind: str, *, family: bool, ine: bool) -> list[str]:
    """What a file tells of one of the « students », « guardians » or « staff »; whether a link of family is told, and an INE."""
    found = list(_EVERYBODY)
    if kind != "guardians":
        found.append("oneroster.classes")
    if family:
        found.append("oneroster.family")
    if ine:
        found.append("oneroster.ine")
    return found
