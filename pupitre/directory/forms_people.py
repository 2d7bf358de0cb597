"""Adding people whom no national file tells, and the last day of their roles."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.duplicates import Typed
from pupitre.directory.forms_days import DayField
from pupitre.directory.roles import givable_profiles, may_give
from pupitre.directory.services.arrivals import NewRole
from pupitre.directory.years import last_day_to_give, year_end
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day_year

SOMEBODY_NEW = "nouvelle"
_TOO_LATE = _("Au plus tard le %(day)s : chaque année, l’établissement reconduit les personnes qu’il a ajoutées.")


class PersonForm(forms.Form):
    """Who somebody is, and what they become here until when."""

    nom = forms.CharField(
        label=_("Nom de famille"), max_length=100, error_messages={"required": _("Il manque le nom de famille.")}
    )
    usage = forms.CharField(label=_("Nom d’usage"), max_length=100, required=False)
    prenom = forms.CharField(label=_("Prénom"), max_length=100, error_messages={"required": _("Il manque le prénom.")})
    civilite = forms.ChoiceField(
        label=_("Civilité"), choices=[("", _("Non précisée")), ("F", _("Mme")), ("M", _("M."))], required=False
    )
    naissance_day = forms.CharField(required=False, max_length=4)
    naissance_month = forms.CharField(required=False, max_length=4)
    naissance_year = forms.CharField(required=False, max_length=6)
    courriel = forms.EmailField(
        label=_("Adresse électronique"),
        required=False,
        help_text=_("Pour retrouver un mot de passe oublié."),
        error_messages={
            "invalid": _("Cette adresse électronique n’est pas complète. Par exemple : odile.marchal@exemple.fr")
        },
    )
    profil = forms.ChoiceField(label=_("Ce que cette personne est ici"))
    fonction = forms.CharField(
        label=_("Fonction"),
        max_length=80,
        required=False,
        help_text=_("Comme on la dit : « Infirmière », « AED », « Menuiserie Collin »."),
    )
    debut = DayField(label=_("Premier jour"))
    fin = DayField(label=_("Dernier jour"))

    def __init__(self, data: Any, *, actor: Actor) -> None:
        self.actor, today = actor, clock.today()
        super().__init__(data, initial={"debut": today, "fin": year_end(today)})
        self.fields["profil"] = forms.ChoiceField(
            label=_("Ce que cette personne est ici"),
            choices=[("", _("Choisir")), *((profile.value, profile.label) for profile in givable_profiles(actor))],
            error_messages={
                "required": _("Choisissez ce que cette personne est ici."),
                "invalid_choice": _("Choisissez dans la liste ce que cette personne est ici."),
            },
        )

    @property
    def birth_parts(self) -> tuple[str, str, str]:
        """The birth date as it was typed, to be shown again."""
        day, month, year = (str(self[f"naissance_{part}"].value() or "") for part in ("day", "month", "year"))
        return day, month, year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["birth_date"] = self._birth_date(data)
        profile, function = data.get("profil"), data.get("fonction", "")
        if profile and not may_give(self.actor, profile, function):
            self.add_error("fonction", _("Un CPE lit les notes des élèves : la direction ou le référent l’ajoute."))
        starts, ends = data.get("debut"), data.get("fin")
        latest = last_day_to_give(clock.today())
        if ends and ends > latest:
            self.add_error("fin", _TOO_LATE % {"day": day_year(latest)})
        elif starts and ends and ends < starts:
            self.add_error("fin", _("Le dernier jour vient avant le premier. Changez l’un des deux."))
        return data

    def _birth_date(self, data: dict[str, Any]) -> dt.date | None:
        parts = [str(data.get(f"naissance_{part}", "")).strip() for part in ("year", "month", "day")]
        if not any(parts):
            return None
        try:
            born = dt.date(*(int(part) for part in parts))
        except ValueError:
            born = None
        if born is None or born.year < 1900 or born >= clock.today():
            self.add_error(
                "naissance_day",
                _("Il faut un jour, un mois et une année qui existent, ou rien. Par exemple : 31 03 1984"),
            )
            return None
        return born

    @property
    def typed(self) -> Typed:
        """Who was typed, once valid."""
        data = self.cleaned_data
        return Typed(
            last_name=_plain(data["nom"]),
            usage_name=_plain(data["usage"]),
            first_name=_plain(data["prenom"]),
            sex=data["civilite"],
            birth_date=data["birth_date"],
            email=data["courriel"],
        )

    @property
    def role(self) -> NewRole:
        """What they become, once valid."""
        data = self.cleaned_data
        return NewRole(data["profil"], _plain(data["fonction"]), data["debut"], data["fin"])


class WhoForm(forms.Form):
    """Whether the person typed is one of the people who resemble them."""

    def __init__(self, data: Any, *, known: Sequence[int]) -> None:
        super().__init__(data)
        message = _("Dites si c’est l’une de ces personnes, ou quelqu’un d’autre.")
        self.fields["qui"] = forms.ChoiceField(
            label=_("Est-ce l’une de ces personnes ?"),
            choices=[*((str(pk), str(pk)) for pk in known), (SOMEBODY_NEW, SOMEBODY_NEW)],
            error_messages={"required": message, "invalid_choice": message},
        )


class RoleEndForm(forms.Form):
    """The last day of a role given by hand."""

    fin = DayField(
        label=_("Dernier jour"), help_text=_("Pour fermer l’accès aussitôt, indiquez la veille d’aujourd’hui.")
    )

    def clean_fin(self) -> dt.date:
        day: dt.date = self.cleaned_data["fin"]
        latest = last_day_to_give(clock.today())
        if day > latest:
            raise forms.ValidationError(_TOO_LATE % {"day": day_year(latest)})
        return day


def _plain(text: str) -> str:
    """What was typed, blanks once."""
    return " ".join(text.split())
