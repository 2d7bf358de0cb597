"""What a family announces: an absence to come, or an exemption."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.forms_office import HourField
from pupitre.attendance.models import AbsenceEntry, AbsenceReason
from pupitre.attendance.services.entering import Entered
from pupitre.attendance.words import WHOLE_DAY
from pupitre.directory.forms_days import DayField
from pupitre.directory.models import Student, Subject
from pupitre.foundation import clock
from pupitre.foundation.ui.choices import offer

ABSENCE, EXEMPTION = AbsenceEntry.Kind.ABSENCE.value, AbsenceEntry.Kind.EXEMPTION.value


class AnnounceForm(forms.Form):
    """Who, what, when and why."""

    eleve = forms.ChoiceField(label=_("Pour qui"), widget=forms.RadioSelect)
    nature = forms.ChoiceField(
        label=_("Quoi"), choices=[(ABSENCE, _("Une absence")), (EXEMPTION, _("Une dispense de cours"))],
        widget=forms.RadioSelect, initial=ABSENCE,
    )  # fmt: skip
    du = DayField(label=_("Premier jour"))
    au = DayField(label=_("Dernier jour"), required=False, help_text=_("Laissez vide pour un seul jour."))
    de = HourField(label=_("De"), help_text=_("Laissez vide pour toute la journée."))
    a = HourField(label=_("À"))
    matiere = forms.ChoiceField(
        label=_("Dispense de"), required=False, help_text=_("Pour une dispense : la matière, ou tous les cours.")
    )
    motif = forms.ChoiceField(label=_("Raison"), required=False)
    mot = forms.CharField(
        label=_("Ajouter un mot"), max_length=1000, required=False, widget=forms.Textarea,
        help_text=_("Aucun détail médical n’est nécessaire."),
    )  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        children: Sequence[Student],
        reasons: Sequence[AbsenceReason],
        subjects: Sequence[Subject],
    ) -> None:
        chosen = str(children[0].pk) if len(children) == 1 else ""
        super().__init__(data, initial={"du": clock.today(), "eleve": chosen, "nature": ABSENCE})
        self.children = {str(each.pk): each for each in children}
        self.reasons = {str(each.pk): each for each in reasons}
        offer(self, "eleve", ((pk, str(each)) for pk, each in self.children.items()))
        offer(self, "matiere", _labels(subjects), none=_("Tous les cours"))
        offer(self, "motif", _labels(reasons), none=_("Autre raison"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("au") and data.get("du") and data["au"] < data["du"]:
            self.add_error("au", _("Le dernier jour vient avant le premier. Changez l’un des deux."))
        if data.get("de") and data.get("a") and data["a"] <= data["de"]:
            self.add_error("a", _("La fin vient avant le début. Changez l’une des deux heures."))
        if not data.get("motif") and not (data.get("mot") or "").strip():
            self.add_error("mot", _("Choisissez une raison, ou dites-la en quelques mots."))
        return data

    @property
    def student(self) -> Student:
        """For whom, once valid."""
        return self.children[self.cleaned_data["eleve"]]

    @property
    def entered(self) -> Entered:
        """What was typed, once valid."""
        data = self.cleaned_data
        is_exemption = data["nature"] == EXEMPTION
        return Entered(
            kind=data["nature"],
            starts_on=data["du"],
            ends_on=data["au"] or data["du"],
            starts_at=data["de"] or WHOLE_DAY[0],
            ends_at=data["a"] or WHOLE_DAY[1],
            reason=self.reasons.get(data["motif"]),
            subject=int(data["matiere"]) if is_exemption and data["matiere"] else None,
        )


def _labels(rows: Iterable[AbsenceReason | Subject]) -> list[tuple[str, str]]:
    return [(str(each.pk), each.label) for each in rows]
