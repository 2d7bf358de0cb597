"""What staff type of a punishment and of a detention."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.forms_days import DayField
from pupitre.directory.models import Person
from pupitre.discipline.models import DetentionSlot, Punishment
from pupitre.discipline.models.detentions import WEEKDAYS
from pupitre.discipline.queries.detentions import Occasion
from pupitre.discipline.services.detentions import Sitting
from pupitre.discipline.services.punishing import Given
from pupitre.foundation import clock
from pupitre.foundation.ui.choices import offer
from pupitre.foundation.ui.french import capfirst, day, hour

Kind = Punishment.Kind
_NEEDS_TASK = (Kind.EXTRA_WORK, Kind.DETENTION)


class HourField(forms.TimeField):
    """An hour, as a browser's own field gives it."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {
        "invalid": _("Écrivez l’heure comme 8:05."),
        "required": _("Il manque l’heure. Par exemple : 8:05"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.input_type = "time"


class PunishForm(forms.Form):
    """A punishment: what happened, what is asked."""

    nature = forms.ChoiceField(label=_("Punition"), choices=Kind.choices, widget=forms.RadioSelect)
    le = DayField(label=_("Jour des faits"))
    motif = forms.CharField(
        label=_("Motif"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        help_text=_("Un fait précis, sans jugement ni autre nom : l’élève et ses responsables le lisent."),
    )
    travail = forms.CharField(
        label=_("Travail à faire"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 600}),
        help_text=_("Pour un travail supplémentaire ou une retenue."),
    )
    pour = DayField(label=_("À rendre le"), required=False)
    rapport = forms.CharField(
        label=_("Rapport"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        help_text=_("Pour une exclusion de cours. Le CPE et la direction le lisent, pas les familles."),
    )
    prevenir = forms.BooleanField(
        label=_("Prévenir l’élève et ses responsables maintenant"), required=False, initial=True
    )

    def __init__(self, data: Mapping[str, Any] | None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"le": clock.today(), **(initial or {})})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("nature") == Kind.LESSON_EXCLUSION and not data.get("rapport"):
            self.add_error("rapport", _("Une exclusion de cours s’accompagne d’un rapport écrit."))
        if data.get("nature") in _NEEDS_TASK and not data.get("travail"):
            self.add_error("travail", _("Dites quel travail est à faire."))
        return data

    @property
    def given(self) -> Given:
        """What was typed, once valid."""
        data = self.cleaned_data
        return Given(
            kind=data["nature"],
            happened_on=data["le"],
            motive=data["motif"],
            task=data["travail"],
            due_on=data["pour"],
            report=data["rapport"],
            is_shown=data["prevenir"],
        )


class SittingForm(forms.Form):
    """When a detention is held: one of the school's times, or another."""

    creneau = forms.ChoiceField(label=_("Créneau"), required=False, widget=forms.RadioSelect)
    le = DayField(label=_("Jour"), required=False)
    de = HourField(label=_("De"), required=False)
    a = HourField(label=_("À"), required=False)
    salle = forms.CharField(label=_("Salle"), max_length=40, required=False)
    surveillant = forms.ChoiceField(label=_("Surveillée par"), required=False)
    travail = forms.CharField(
        label=_("Travail à faire"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 600}),
    )
    pourquoi = forms.CharField(label=_("Pourquoi ce report"), max_length=200, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        occasions: Sequence[Occasion],
        supervisors: Sequence[Person],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        first = next((each.key for each in occasions if not each.is_full), "")
        super().__init__(data, initial={"creneau": first, **(initial or {})})
        self.occasions = {each.key: each for each in occasions}
        self.supervisors = {str(each.pk): each for each in supervisors}
        slots = [(key, _said(each)) for key, each in self.occasions.items()]
        offer(self, "creneau", [*slots, ("", _("Un autre moment"))])
        names = [(key, each.formal_name) for key, each in self.supervisors.items()]
        offer(self, "surveillant", [("", _("À dire plus tard")), *names])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # A day that is typed says that no slot will do.
        chosen = None if data.get("le") else self.occasions.get(data.get("creneau", ""))
        if chosen is not None:
            data |= {"le": chosen.on, "de": chosen.slot.starts_at, "a": chosen.slot.ends_at}
            data["salle"] = data.get("salle") or chosen.slot.room
            if not data.get("surveillant") and chosen.slot.supervisor_id:
                data["surveillant"] = str(chosen.slot.supervisor_id)
            return data
        for name, text in (("le", _("Choisissez un créneau, ou un jour.")), ("de", _("Il manque l’heure du début."))):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, text)
        if not data.get("a") and "a" not in self.errors:
            self.add_error("a", _("Il manque l’heure de la fin."))
        return data

    @property
    def sitting(self) -> Sitting:
        """What was typed, once valid."""
        data = self.cleaned_data
        supervisor = self.supervisors.get(data["surveillant"])
        return Sitting(data["le"], data["de"], data["a"], data["salle"], supervisor, data["travail"])


class SlotForm(forms.Form):
    """A time of the week for detentions."""

    jour = forms.TypedChoiceField(label=_("Jour"), choices=WEEKDAYS, coerce=int, initial=3)
    de = HourField(label=_("De"))
    a = HourField(label=_("À"))
    salle = forms.CharField(label=_("Salle"), max_length=40)
    surveillant = forms.ChoiceField(label=_("Surveillée par"), required=False)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=200, initial=20)

    def __init__(self, data: Mapping[str, Any] | None, *, supervisors: Sequence[Person]) -> None:
        super().__init__(data)
        self.supervisors = {str(each.pk): each for each in supervisors}
        names = [(key, each.formal_name) for key, each in self.supervisors.items()]
        offer(self, "surveillant", [("", _("À dire plus tard")), *names])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("de") and data.get("a") and data["a"] <= data["de"]:
            self.add_error("a", _("La fin vient avant le début. Changez l’une des deux heures."))
        return data

    @property
    def slot(self) -> DetentionSlot:
        """What was typed, once valid; not saved."""
        data = self.cleaned_data
        return DetentionSlot(
            weekday=data["jour"],
            starts_at=data["de"],
            ends_at=data["a"],
            room=data["salle"],
            supervisor=self.supervisors.get(data["surveillant"]),
            seats=data["places"],
        )


def _said(occasion: Occasion) -> str:
    on: dt.date = occasion.on
    when = f"{day(on)}, {hour(occasion.slot.starts_at)} – {hour(occasion.slot.ends_at)}, {occasion.slot.room}"
    text = _("%(when)s : complet") if occasion.is_full else _("%(when)s : %(planned)s sur %(seats)s")
    return str(text % {"when": capfirst(when), "planned": occasion.planned, "seats": occasion.slot.seats})
