"""A calendar file, and for whom its events are."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from pupitre.agenda.audiences import Audience, Party
from pupitre.agenda.kinds import APART
from pupitre.agenda.models import Event
from pupitre.agenda.reader import LARGEST
from pupitre.agenda.services.importing import Target

ME, SCHOOL = "moi", "ecole"


class ImportForm(forms.Form):
    """A file of an agenda, kept under a name: the same name read again shows what changed."""

    fichier = forms.FileField(
        label=_("Fichier d’agenda (.ics)"),
        error_messages={"required": _("Choisissez un fichier."), "empty": _("Ce fichier est vide.")},
    )
    nom = forms.CharField(label=_("Nom de cet agenda"), max_length=80, help_text=_("Par exemple : réunions du réseau"))
    nature = forms.ChoiceField(
        label=_("Type des évènements"),
        choices=[each for each in Event.Kind.choices if each[0] not in APART],
        initial=Event.Kind.OTHER,
    )
    pour = forms.ChoiceField(label=_("Pour qui"), widget=forms.RadioSelect, initial=ME)
    publics = forms.MultipleChoiceField(
        label=_("Personnes"), choices=Party.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Mapping[str, Any] | None, files: MultiValueDict[str, UploadedFile] | None, *, is_wide: bool
    ) -> None:
        super().__init__(data, files)
        choices: Sequence[tuple[str, Any]] = [(ME, _("Moi seulement"))]
        if is_wide:
            choices = [*choices, (SCHOOL, _("Tout l’établissement"))]
        field = self.fields["pour"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # nosec B101 - typing alone
        field.choices = list(choices)

    def clean_fichier(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["fichier"]
        if upload.size is not None and upload.size > LARGEST:
            most = LARGEST // 1024 // 1024
            raise forms.ValidationError(
                _("Ce fichier pèse plus de %(most)s Mo : ce n’est pas l’agenda d’une année.") % {"most": most}
            )
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("pour") == SCHOOL and not data.get("publics"):
            self.add_error("publics", _("Cochez au moins un public."))
        return data

    @property
    def target(self) -> Target:
        """Where the file goes, once valid."""
        data = self.cleaned_data
        mine = data["pour"] == ME
        audience = () if mine else tuple(Audience(party) for party in data["publics"])
        return Target(data["nom"], data["nature"], mine, audience)
