"""What the screens of the directory are sent."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
LARGEST = 300 * MEGABYTE


class ArchiveForm(forms.Form):
    """One archive."""

    archive = forms.FileField(
        label=_("Archive de l’annuaire"),
        error_messages={
            "required": _("Aucun fichier n’est choisi. Choisissez l’archive de l’académie, puis déposez-la."),
            "empty": _("Ce fichier est vide. Téléchargez de nouveau l’archive, puis déposez-la."),
            "invalid": _("L’envoi n’est pas arrivé jusqu’au bout. Déposez l’archive de nouveau."),
            "missing": _("Ce fichier n’a pas de nom. Renommez-le, puis déposez-le de nouveau."),
        },
    )
    ouvrir = forms.BooleanField(label=_("Ouvrir ici les établissements qui ne le sont pas encore"), required=False)

    def clean_archive(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["archive"]
        if file.size and file.size > LARGEST:
            raise forms.ValidationError(
                _("Cette archive pèse %(size)s Mo, la limite est de %(most)s Mo. Utilisez « pupitre import-aaf »."),
                "too_large",
                {"size": -(-file.size // MEGABYTE), "most": LARGEST // MEGABYTE},
            )
        return file
