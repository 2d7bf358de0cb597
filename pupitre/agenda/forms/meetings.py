"""What is typed of a class council and of minutes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.agenda.models import Meeting
from pupitre.directory.forms_days import DayField, HourField
from pupitre.directory.models import Group
from pupitre.establishments.models import Term


class CouncilForm(forms.Form):
    """A class council: of which class, when, where, and by when marks are to be entered."""

    classe = forms.ChoiceField(label=_("Classe"))
    periode = forms.ChoiceField(label=_("Période"), required=False)
    le = DayField(label=_("Jour"))
    de = HourField(label=_("De"))
    a = HourField(label=_("À"))
    lieu = forms.CharField(label=_("Salle"), max_length=80, required=False)
    notes = DayField(
        label=_("Notes et appréciations saisies avant le"),
        required=False,
        help_text=_("L’équipe reçoit un rappel deux jours avant."),
    )
    ordre = forms.CharField(
        label=_("Ordre du jour"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
    )
    montrer = forms.BooleanField(
        label=_("Montrer la date aux élèves de la classe et à leurs responsables"), required=False, initial=True
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        groups: Sequence[Group],
        terms: Sequence[Term],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.groups = {str(each.pk): each for each in groups}
        self.terms = {str(each.pk): each for each in terms}
        for name, choices in (
            ("classe", [("", _("À choisir")), *((key, each.label) for key, each in self.groups.items())]),
            ("periode", [("", _("Aucune")), *((key, each.label) for key, each in self.terms.items())]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 # nosec B101 - typing alone
            field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("de") and data.get("a") and data["a"] <= data["de"]:
            self.add_error("a", _("La fin vient avant le début. Changez l’une des deux heures."))
        if data.get("notes") and data.get("le") and data["notes"] > data["le"]:
            self.add_error("notes", _("Les notes sont saisies avant le conseil."))
        return data


class MinutesForm(forms.Form):
    """What was on the list, and what was said."""

    ordre = forms.CharField(
        label=_("Ordre du jour"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
    )
    releve = forms.CharField(
        label=_("Relevé"),
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "maxlength": 10000}),
        help_text=_(
            "Des faits et des décisions. Une fois publié, les participants le lisent : rien de personnel sur un élève."
        ),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, meeting: Meeting | None) -> None:
        initial = {"ordre": meeting.topics, "releve": meeting.minutes} if meeting else {}
        super().__init__(data, initial=initial)
