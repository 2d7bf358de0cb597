"""What the pages are sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.integrations.oneroster.models import REASON, Receiver, RosterFile

_REASON = _("Dites pourquoi ce service a besoin de l’INE : la raison est gardée.")


class ReceiverForm(forms.Form):
    """What a receiver is told beside names and classes."""

    responsables = forms.BooleanField(
        label=_("Dire aussi les responsables, et de quels élèves ils le sont"), required=False
    )
    ine = forms.BooleanField(label=_("Dire l’INE des élèves"), required=False)
    raison = forms.CharField(
        label=_("Pourquoi ce service a besoin de l’INE"),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("La raison est trop longue : trois cents caractères au plus.")},
    )

    def __init__(self, *args: Any, receiver: Receiver, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receiver = receiver
        self.initial = {
            "responsables": receiver.with_guardians,
            "ine": receiver.with_ine,
            "raison": receiver.ine_reason,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ine") and not data.get("raison", "").strip() and "raison" not in self.errors:
            self.add_error("raison", _REASON)
        if data.get("responsables") and Profile.GUARDIAN not in self.receiver.connector.profiles:
            self.add_error(
                "responsables",
                _(
                    "Ce service n’est pas ouvert aux responsables : ouvrez-le-leur d’abord, pour qu’ils voient ce qu’il reçoit."
                ),
            )
        return data


class FileForm(forms.Form):
    """Which file to make."""

    contenu = forms.ChoiceField(
        choices=RosterFile.Content.choices,
        error_messages={
            "required": _("Choisissez quel fichier préparer."),
            "invalid_choice": _("Choisissez quel fichier préparer."),
        },
    )
