"""What the pages of bookings are sent; a page that comes back still holds what was typed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.booking.models import Equipment
from pupitre.booking.queries.resources import LETTERS, Resource
from pupitre.foundation import clock


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _hour(proposed: str) -> forms.TimeInput:
    # The hours of lessons are proposed by the browser; any other may be typed.
    return forms.TimeInput(format="%H:%M", attrs={"type": "time", "list": proposed})


class HoursForm(forms.Form):
    """A day and two hours."""

    jour = forms.DateField(
        label=_("Jour"),
        widget=_day(),
        error_messages={"required": _("Il faut un jour."), "invalid": _("Écrivez le jour ainsi : 26/11/2026.")},
    )
    de = forms.TimeField(
        label=_("De"),
        widget=_hour("debuts"),
        error_messages={"required": _("Il faut une heure."), "invalid": _("Écrivez l’heure ainsi : 10:10.")},
    )
    a = forms.TimeField(
        label=_("À"),
        widget=_hour("fins"),
        error_messages={"required": _("Il faut une heure."), "invalid": _("Écrivez l’heure ainsi : 11:05.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("de") and data.get("a") and data["a"] <= data["de"]:
            self.add_error("a", _("La fin vient après le début."))
        return data


class BookingForm(HoursForm):
    """A booking."""

    ressource = forms.ChoiceField(
        label=_("Salle ou matériel"),
        error_messages={
            "required": _("Choisissez une salle ou un matériel."),
            "invalid_choice": _("Choisissez une salle ou un matériel de la liste."),
        },
    )
    objet = forms.CharField(
        label=_("Pour quoi faire"),
        max_length=80,
        help_text=_("En quelques mots, lus par vos collègues : « Exposés de la 4e B »."),
        error_messages={
            "required": _("Dites en quelques mots pour quoi faire."),
            "max_length": _("80 lettres au plus."),
        },
    )
    jusquau = forms.DateField(
        label=_("Chaque semaine, jusqu’au"),
        widget=_day(),
        required=False,
        help_text=_("Laissez vide pour une seule fois. Les jours sans cours sont passés."),
        error_messages={"invalid": _("Écrivez le jour ainsi : 26/11/2026.")},
    )

    field_order = ("ressource", "jour", "de", "a", "objet", "jusquau")

    def __init__(self, *args: Any, things: Sequence[Resource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things = {each.key: each for each in things}
        names = [(each.key, f"{each.name} ({each.place})" if each.place else each.name) for each in things]
        cast(forms.ChoiceField, self.fields["ressource"]).choices = [("", _("Choisir…")), *names]

    def asked(self) -> dict[str, Any]:
        """What `book` takes, once valid."""
        data = self.cleaned_data
        return {
            "resource": self.things[data["ressource"]],
            "on": data["jour"],
            "starts_at": data["de"],
            "ends_at": data["a"],
            "purpose": data["objet"],
            "until": data["jusquau"],
        }


class EquipmentForm(forms.Form):
    """What the office lends."""

    nom = forms.CharField(
        label=_("Nom"),
        max_length=60,
        error_messages={"required": _("Il faut un nom."), "max_length": _("60 lettres au plus.")},
    )
    lieu = forms.CharField(
        label=_("Où le prendre et le rendre"),
        max_length=60,
        required=False,
        error_messages={"max_length": _("60 lettres au plus.")},
    )
    heures = forms.IntegerField(
        label=_("Heures de cours de suite, au plus"),
        min_value=1,
        max_value=20,
        required=False,
        help_text=_("Laissez vide pour ne pas limiter."),
        error_messages={
            "invalid": _("Écrivez un nombre d’heures."),
            "min_value": _("Une heure au moins."),
            "max_value": _("Vingt au plus ; laissez vide pour ne pas limiter."),
        },
    )

    def asked(self) -> dict[str, Any]:
        """What `lend` takes, once valid."""
        data = self.cleaned_data
        return {"name": data["nom"], "place": data["lieu"], "most_lessons": data["heures"]}


def initial_of(row: Equipment) -> dict[str, Any]:
    """An equipment as its form shows it."""
    return {"nom": row.name, "lieu": row.place, "heures": row.most_lessons}


def day_sent(data: Mapping[str, Any]) -> dt.date:
    """The day of an address, today when it is not one."""
    try:
        return dt.date.fromisoformat(str(data.get("jour", "")))
    except ValueError:
        return clock.today()


def kind_sent(data: Mapping[str, Any]) -> str:
    """« m » for equipment, else « s » for rooms."""
    sent = str(data.get("genre", ""))
    return sent if sent in LETTERS else "s"
