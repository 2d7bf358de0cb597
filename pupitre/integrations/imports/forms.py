"""What the screens of imports are sent."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
LARGEST = 60 * MEGABYTE
MOST_FILES = 20


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    """Several files at once, each checked."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        if not chosen:
            raise forms.ValidationError(self.error_messages["required"], "required")
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(
                _("Vous avez choisi %(count)s fichiers. Déposez-en %(most)s au plus à la fois."),
                "too_many",
                {"count": len(chosen), "most": MOST_FILES},
            )
        return [self._checked(each) for each in chosen]

    def _checked(self, file: UploadedFile) -> UploadedFile:
        if file.size and file.size > LARGEST:
            raise forms.ValidationError(
                _(
                    "Le fichier « %(name)s » pèse %(size)s Mo ; la limite est de %(most)s Mo. "
                    "Compressez-le en .zip, ou déposez-le en plusieurs parties."
                ),
                "too_large",
                {"name": file.name, "size": -(-file.size // MEGABYTE), "most": LARGEST // MEGABYTE},
            )
        checked: UploadedFile = super().clean(file)
        return checked


class UploadForm(forms.Form):
    """The files of an import."""

    uploads = _Files(
        label=_("Fichiers à importer"),
        widget=_SeveralFiles,
        error_messages={
            "required": _("Aucun fichier n’est choisi. Choisissez au moins un fichier, puis déposez-le."),
            "empty": _("Un des fichiers est vide. Refaites l’export, puis déposez-le de nouveau."),
            "invalid": _("L’envoi n’est pas arrivé jusqu’au bout. Déposez les fichiers de nouveau."),
            "missing": _("Un des fichiers n’a pas de nom. Renommez-le, puis déposez-le de nouveau."),
        },
    )

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """The names and bytes, one file in memory at a time. Only on a valid form."""
        for file in self.cleaned_data["uploads"]:
            yield str(file.name), file.read()


class DecisionsForm(forms.Form):
    """A page of differences: the ids `shown`, among them those ticked, and what to do besides."""

    shown = forms.CharField(required=False, max_length=20_000)
    remember = forms.BooleanField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self._ticked = data.getlist("apply")

    def clean_shown(self) -> frozenset[int]:
        return _numbers(self.cleaned_data["shown"].split(","))

    def ticked(self) -> frozenset[int]:
        """Those to be applied, among those shown."""
        return _numbers(self._ticked) & self.cleaned_data["shown"]


class GroupForm(forms.Form):
    """Which of our groups a code of the file means."""

    finding = forms.IntegerField(min_value=1)
    code = forms.CharField(max_length=40)


class AskAgainForm(forms.Form):
    """A choice made for good that the next import must ask again."""

    remembered = forms.IntegerField(min_value=1)


def _numbers(texts: list[str]) -> frozenset[int]:
    return frozenset(int(text) for text in texts if text.isdecimal() and len(text) < 19)
