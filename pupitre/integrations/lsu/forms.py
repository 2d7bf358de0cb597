from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.models import LsuSettings


class SettingsForm(forms.Form):
    """How the files of a school are made."""

    schema_version = forms.ChoiceField(
        label=_("Version du schéma"), choices=LsuSettings.VERSIONS,
        help_text=_("La plus récente que votre LSU accepte ; il lit aussi les fichiers des précédentes."),
    )  # fmt: skip
    signatory = forms.CharField(
        label=_("Qui signe les bilans"), max_length=limits.NAME, required=False,
        help_text=_("Vide : la personne de direction de l’établissement."),
    )  # fmt: skip
