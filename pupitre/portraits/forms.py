"""What the screens of portraits are sent."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pupitre.foundation import clock
from pupitre.portraits.archive import LARGEST_MB, MEGA, PHOTO_MB
from pupitre.portraits.models import Portrait

_SENT = {
    "required": _("Aucun fichier n’est choisi."),
    "empty": _("Ce fichier est vide. Choisissez-en un autre."),
    "invalid": _("L’envoi n’est pas arrivé jusqu’au bout. Choisissez le fichier de nouveau."),
    "missing": _("Ce fichier n’a pas de nom. Renommez-le, puis choisissez-le de nouveau."),
}


class ConsentForm(forms.Form):
    """What a family said, and how the school knows."""

    consent = forms.ChoiceField(
        label=_("Autorisation"),
        choices=[(Portrait.Consent.GIVEN, _("Donnée")), (Portrait.Consent.REFUSED, _("Refusée ou retirée"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si la famille autorise la photo ou la refuse.")},
    )
    told_by = forms.CharField(
        label=_("Qui l’a dit, et comment"),
        max_length=120,
        help_text=_("Par exemple : fiche de rentrée signée par Mme Belkacem."),
        error_messages={"required": _("Écrivez qui a donné cette réponse : il faudra pouvoir le prouver.")},
    )
    told_on = forms.DateField(
        label=_("Le"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Indiquez le jour de cette réponse."),
            "invalid": _("Cette date n’existe pas. Écrivez-la comme 24/11/2026."),
        },
    )

    def clean_told_on(self) -> Any:
        day = self.cleaned_data["told_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Ce jour n’est pas encore venu. Indiquez celui de la réponse."))
        return day


class PhotoForm(forms.Form):
    """One photograph."""

    photo = forms.FileField(label=_("Photo"), error_messages=_SENT)

    def clean_photo(self) -> UploadedFile:
        return _light(self.cleaned_data["photo"], PHOTO_MB)


class ArchiveForm(forms.Form):
    """A zip of portraits."""

    archive = forms.FileField(label=_("Zip de photos"), error_messages=_SENT)

    def clean_archive(self) -> UploadedFile:
        return _light(self.cleaned_data["archive"], LARGEST_MB)


def _light(file: UploadedFile, most: int) -> UploadedFile:
    if file.size and file.size > most * MEGA:
        raise forms.ValidationError(
            _("Ce fichier pèse %(size)s Mo, la limite est de %(most)s Mo."),
            "too_large",
            {"size": -(-file.size // MEGA), "most": most},
        )
    return file
