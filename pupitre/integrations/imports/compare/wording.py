"""Values as the office reads them."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_FIELDS = {
    "last_name": gettext_lazy("Nom de famille"),
    "usage_name": gettext_lazy("Nom d’usage"),
    "first_name": gettext_lazy("Prénom"),
    "sex": gettext_lazy("Sexe"),
    "birth_date": gettext_lazy("Date de naissance"),
    "email": gettext_lazy("Adresse électronique"),
    "mobile": gettext_lazy("Téléphone portable"),
    "phone": gettext_lazy("Téléphone"),
    "accepts_sms": gettext_lazy("Accepte les SMS"),
    "mef": gettext_lazy("Formation (MEF)"),
    "status": gettext_lazy("Statut"),
    "entered_on": gettext_lazy("Date d’entrée"),
    "left_on": gettext_lazy("Date de sortie"),
    "exit_reason": gettext_lazy("Motif de sortie"),
    "ine": gettext_lazy("INE"),
    "level": gettext_lazy("Niveau de responsabilité"),
    "relation": gettext_lazy("Lien"),
    "pays_fees": gettext_lazy("Paie les frais scolaires"),
    "lodges": gettext_lazy("Héberge l’élève"),
    "contact_first": gettext_lazy("À contacter en priorité"),
    "function": gettext_lazy("Fonction"),
    "label": gettext_lazy("Libellé"),
}
# SIECLE CODE_REGIME, first character.
_BOARDING = {
    "0": gettext_lazy("Externe libre"),
    "1": gettext_lazy("Externe surveillé"),
    "2": gettext_lazy("Demi-pensionnaire"),
    "3": gettext_lazy("Interne"),
    "4": gettext_lazy("Interne externé"),
    "5": gettext_lazy("Interne hébergé"),
    "6": gettext_lazy("Demi-pensionnaire hors de l’établissement"),
}


def field_label(name: str) -> str:
    """The name of a column, in French."""
    return str(_FIELDS[name])


def boarding(code: str) -> str:
    """« Demi-pensionnaire (21) »; an unknown code stays raw."""
    label = _BOARDING.get(code[:1])
    return f"{label} ({code})" if label else code or _("(non dit)")


def date_text(day: dt.date) -> str:
    """03/09/2025."""
    return f"{day:%d/%m/%Y}"


def text(value: Any) -> str:
    """Any value, as read."""
    if value is None or value == "":
        return _("(aucun)")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, dt.date):
        return date_text(value)
    return str(value)
