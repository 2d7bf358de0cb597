"""What the page of a school is sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.api.scopes import READING, SCOPES


class OpeningForm(forms.Form):
    """What an application may ask families to read."""

    portees = forms.MultipleChoiceField(
        label=_("Ce que l’application peut demander à lire"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(key, SCOPES[key].label) for key in READING],
        help_text=_(
            "Sans rien cocher, l’API lui est fermée. Chaque personne choisit ensuite, parmi ceci, ce qu’elle accepte."
        ),
    )

    @property
    def details(self) -> dict[str, Any]:
        """What each scope gives, in a sentence."""
        return {key: f"{SCOPES[key].detail} ({key})" for key in READING}
