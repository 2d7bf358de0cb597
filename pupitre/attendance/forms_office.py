"""What the office types: a reason, a refusal, an absence, a call."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.models import AbsenceEntry, AbsenceReason, AlertStep, FamilyContact
from pupitre.attendance.services.entering import Entered
from pupitre.attendance.words import WHOLE_DAY
from pupitre.directory.forms_days import DayField
from pupitre.directory.models import Subject
from pupitre.foundation import clock
from pupitre.foundation.ui.choices import offer

if TYPE_CHECKING:
    pass

KINDS = (
    AbsenceEntry.Kind.ABSENCE,
    AbsenceEntry.Kind.INFIRMARY,
    AbsenceEntry.Kind.DEPARTURE,
    AbsenceEntry.Kind.LATENESS,
    AbsenceEntry.Kind.OUTING,
    AbsenceEntry.Kind.EXEMPTION,
    AbsenceEntry.Kind.EXCLUSION,
)
_WEEKDAYS = (
    (1, _("lundi")),
    (2, _("mardi")),
    (3, _("mercredi")),
    (4, _("jeudi")),
    (5, _("vendredi")),
    (6, _("samedi")),
)
_HOUR = {"invalid": _("Écrivez l’heure comme 8:05.")}


class HourField(forms.TimeField):
    """An hour, as a browser's own field gives it."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages=_HOUR, required=False, **kwargs)
        self.widget.input_type = "time"


class EntryForm(forms.Form):
    """An absence, a visit to the infirmary, an outing… for one student or several, on one day or several."""

    nature = forms.ChoiceField(label=_("Quoi"), choices=[(kind.value, kind.label) for kind in KINDS])
    du = DayField(label=_("Premier jour"))
    au = DayField(label=_("Dernier jour"), required=False, help_text=_("Laissez vide pour un seul jour."))
    de = HourField(label=_("De"), help_text=_("Laissez vide pour toute la journée."))
    a = HourField(label=_("À"))
    motif = forms.ChoiceField(label=_("Motif"), required=False)
    lieu = forms.CharField(label=_("Lieu"), max_length=60, required=False)
    remarque = forms.CharField(label=_("Remarque"), max_length=300, required=False)
    matiere = forms.ChoiceField(
        label=_("Seulement les cours de"), required=False, help_text=_("Par exemple pour une dispense de sport."),
    )  # fmt: skip
    jours = forms.MultipleChoiceField(
        label=_("Seulement ces jours de la semaine"), choices=_WEEKDAYS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None, *, reasons: Sequence[AbsenceReason], subjects: Sequence[Subject] = ()
    ) -> None:
        super().__init__(data, initial={"du": clock.today()})
        self.reasons = {str(each.pk): each for each in reasons}
        offer(self, "motif", ((pk, each.label) for pk, each in self.reasons.items()), none=_("Pas encore connu"))
        offer(self, "matiere", ((str(each.pk), each.label) for each in subjects), none=_("Tous les cours"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("au") and data.get("du") and data["au"] < data["du"]:
            self.add_error("au", _("Le dernier jour vient avant le premier. Changez l’un des deux."))
        if data.get("de") and data.get("a") and data["a"] <= data["de"]:
            self.add_error("a", _("La fin vient avant le début. Changez l’une des deux heures."))
        return data

    @property
    def entered(self) -> Entered:
        """What was typed, once valid."""
        data = self.cleaned_data
        return Entered(
            kind=data["nature"],
            starts_on=data["du"],
            ends_on=data["au"] or data["du"],
            starts_at=data["de"] or WHOLE_DAY[0],
            ends_at=data["a"] or WHOLE_DAY[1],
            reason=self.reasons.get(data["motif"]),
            place=data["lieu"],
            comment=data["remarque"],
            weekdays=[int(day) for day in data["jours"]],
            subject=int(data["matiere"]) if data["matiere"] else None,
        )


class ContactForm(forms.Form):
    """A call made or received, a voice mail, a letter."""

    moyen = forms.ChoiceField(
        label=_("Comment"),
        choices=[
            (kind.value, kind.label)
            for kind in FamilyContact.Kind
            if kind not in (FamilyContact.Kind.NOTICE, FamilyContact.Kind.CORRECTION)
        ],
    )
    jointe = forms.BooleanField(label=_("La famille a été jointe"), required=False, initial=True)
    note = forms.CharField(label=_("Ce qui a été dit"), max_length=300, required=False)


class StepForm(forms.Form):
    """A step taken about an alert, on its day."""

    demarche = forms.ChoiceField(label=_("Démarche"), choices=AlertStep.Kind.choices)
    le = DayField(label=_("Date"))
    jusqu = DayField(
        label=_("Suivre jusqu’au"), required=False, help_text=_("Pour le bouton « Suivre » ; deux semaines sinon.")
    )
    texte = forms.CharField(label=_("Ce qui a été décidé"), max_length=600, required=False, widget=forms.Textarea)

    def clean_jusqu(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["jusqu"]
        if day and day < clock.today():
            raise forms.ValidationError(_("Le suivi va jusqu’à un jour à venir."))
        return day

    def clean_le(self) -> dt.date:
        day: dt.date = self.cleaned_data["le"]
        if day > clock.today():
            raise forms.ValidationError(_("Une démarche se note le jour où elle est faite, ou après."))
        return day
