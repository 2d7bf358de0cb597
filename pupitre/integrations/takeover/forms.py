"""What the screens of a take-over are sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pupitre.foundation.ui.choices import offer
from pupitre.integrations.exchange.csv import Table
from pupitre.integrations.takeover.completeness import missing_of
from pupitre.integrations.takeover.fields import FIELDS, NAMES_STUDENT, Field, fields_of
from pupitre.integrations.takeover.models import Thing
from pupitre.reportcards.models import PastCard

MEGABYTE = 1024 * 1024
LARGEST = 30 * MEGABYTE


class UploadForm(forms.Form):
    """One file."""

    fichier = forms.FileField(
        label=_("Fichier à reprendre"),
        error_messages={
            "required": _("Aucun fichier n’est choisi. Choisissez l’export de l’ancien outil, puis déposez-le."),
            "empty": _("Ce fichier est vide. Refaites l’export puis déposez-le de nouveau."),
            "invalid": _("L’envoi n’est pas arrivé jusqu’au bout. Déposez le fichier de nouveau."),
            "missing": _("Ce fichier n’a pas de nom. Renommez-le, puis déposez-le de nouveau."),
        },
    )

    def clean_fichier(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["fichier"]
        if file.size and file.size > LARGEST:
            raise forms.ValidationError(
                _("Ce fichier pèse %(size)s Mo, la limite est de %(most)s Mo. Faites un export par trimestre."),
                "too_large",
                {"size": -(-file.size // MEGABYTE), "most": LARGEST // MEGABYTE},
            )
        return file


class _Columns(forms.Form):
    """Which column holds what, and what every line tells when no column says it."""

    nature = forms.ChoiceField(label=_("Chaque ligne est"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, table: Table, columns: Mapping[str, int], thing: str, may_results: bool = True
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"nature": thing, **{key: str(place) for key, place in columns.items()}})
        self.table, self.held = table, self.fields_shown(thing)
        offer(self, "nature", _THINGS + (_RESULTS if may_results else ()))
        choices = [
            ("", _("Aucune colonne")),
            *((str(at), title or f"({at + 1})") for at, title in enumerate(table.headers)),
        ]
        for field in self.held:
            self.fields[field.key] = forms.ChoiceField(label=str(field.label), required=False, choices=choices)

    @staticmethod
    def fields_shown(thing: str) -> tuple[Field, ...]:
        """The columns that are asked for."""
        return fields_of(thing)

    @property
    def columns(self) -> dict[str, int]:
        """The place of each column, once valid."""
        return self._columns(self.cleaned_data)

    @property
    def said(self) -> dict[str, Any]:
        """What the school says of every line, once valid."""
        return {}

    def _columns(self, data: Mapping[str, Any]) -> dict[str, int]:
        return {field.key: int(data[field.key]) for field in self.held if data.get(field.key)}


_THINGS = (
    (Thing.ABSENCE.value, _("une absence")),
    (Thing.LATENESS.value, _("un retard")),
    (Thing.INFIRMARY.value, _("un passage à l’infirmerie")),
    (Thing.INCIDENT.value, _("un incident")),
    (Thing.PUNISHMENT.value, _("une punition")),
    (Thing.SANCTION.value, _("une sanction")),
)
_RESULTS = (
    (Thing.MARK.value, _("une note, ou les notes d’un élève")),
    (Thing.AVERAGE.value, _("une moyenne, ou les moyennes d’un élève")),
    (Thing.BULLETIN.value, _("un bulletin")),
)
_PERIODS = PastCard.Period.choices
_YEARS_BACK = 8


class ColumnsForm(_Columns):
    """The columns of absences and of what was decided."""

    @staticmethod
    def fields_shown(thing: str) -> tuple[Field, ...]:
        return FIELDS

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        columns = self._columns(data)
        if not any(wanted <= columns.keys() for wanted in NAMES_STUDENT):
            self.add_error(
                "student", _("Dites quelle colonne nomme l’élève : son nom, ou son INE, ou son numéro interne.")
            )
        if "starts_on" not in columns:
            self.add_error("starts_on", _("Dites quelle colonne tient le jour."))
        return data


class ResultColumnsForm(_Columns):
    """The columns of marks, averages and bulletins, with what the file leaves to the school to say."""

    origine = forms.CharField(
        label=_("Outil d’où vient le fichier"), required=False, max_length=40,
        error_messages={"max_length": _("Quarante signes au plus : « PRONOTE » suffit.")},
    )  # fmt: skip
    annee = forms.ChoiceField(label=_("Année scolaire, si aucune colonne ne la dit"), required=False)
    periode = forms.ChoiceField(label=_("Période, si aucune colonne ne la dit"), required=False)
    matiere = forms.ChoiceField(label=_("Matière, si aucune colonne ne la dit"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, table: Table, columns: Mapping[str, int], thing: str,
        said: Mapping[str, Any], year: int, subjects: Iterable[tuple[int, str]],
    ) -> None:  # fmt: skip
        super().__init__(data, table=table, columns=columns, thing=thing)
        self.thing = thing
        for name, key in (("origine", "origin"), ("annee", "year"), ("periode", "period"), ("matiere", "subject")):
            self.initial[name] = str(said.get(key) or "")
        none = _("Une colonne le dit")
        offer(
            self,
            "annee",
            [(str(at), f"{at}-{at + 1}") for at in range(year, year - _YEARS_BACK, -1)],
            none=_("L’année en cours"),
        )
        offer(self, "periode", _PERIODS, none=_("D’après le jour") if thing == Thing.MARK else none)
        offer(self, "matiere", [(str(pk), label) for pk, label in subjects], none=none)
        if thing != Thing.MARK:
            del self.fields["matiere"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, text in missing_of(self._columns(data), self.thing, self._said(data), self.table).items():
            self.add_error(name if name in self.fields else None, text)
        return data

    @property
    def said(self) -> dict[str, Any]:
        return self._said(self.cleaned_data)

    @staticmethod
    def _said(data: Mapping[str, Any]) -> dict[str, Any]:
        told = {
            "origin": (data.get("origine") or "").strip(),
            "year": int(data.get("annee") or 0),
            "period": data.get("periode") or "",
            "subject": int(data.get("matiere") or 0),
        }
        return {key: value for key, value in told.items() if value}
