"""What the screens of a take-over are sent."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pupitre.foundation.ui.choices import offer
from pupitre.integrations.exchange.csv import Table
from pupitre.integrations.takeover.fields import FIELDS, NAMES_STUDENT
from pupitre.integrations.takeover.models import Thing

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


class ColumnsForm(forms.Form):
    """Which column holds what, and what every line tells when no column says it."""

    nature = forms.ChoiceField(label=_("Chaque ligne est"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, table: Table, columns: Mapping[str, int], thing: str) -> None:
        super().__init__(data, initial={"nature": thing, **{key: str(place) for key, place in columns.items()}})
        things = [
            (Thing.ABSENCE.value, _("une absence")),
            (Thing.LATENESS.value, _("un retard")),
            (Thing.INFIRMARY.value, _("un passage à l’infirmerie")),
            (Thing.INCIDENT.value, _("un incident")),
            (Thing.PUNISHMENT.value, _("une punition")),
            (Thing.SANCTION.value, _("une sanction")),
        ]
        offer(self, "nature", things)
        choices = [
            ("", _("Aucune colonne")),
            *((str(at), title or f"({at + 1})") for at, title in enumerate(table.headers)),
        ]
        for field in FIELDS:
            self.fields[field.key] = forms.ChoiceField(label=str(field.label), required=False, choices=choices)

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

    @property
    def columns(self) -> dict[str, int]:
        """The place of each column, once valid."""
        return self._columns(self.cleaned_data)

    @staticmethod
    def _columns(data: Mapping[str, Any]) -> dict[str, int]:
        return {field.key: int(data[field.key]) for field in FIELDS if data.get(field.key)}
