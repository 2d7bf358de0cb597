"""What the page of a client is sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.oidc.models import Client
from pupitre.integrations.oidc.native import is_native
from pupitre.integrations.oidc.services.clients import is_at

_ELSEWHERE = _("Cette adresse n’est pas celle du service : %(address)s")


class ClientForm(forms.Form):
    """Addresses of a service, one a line."""

    retours = forms.CharField(
        label=_("Adresses de retour"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Une par ligne, exactement comme le service les envoie (redirect_uri). Pour une application : "
            "fr.exemple.app:/retour, ou http://127.0.0.1/retour, quel que soit le port."
        ),
        error_messages={"required": _("Il manque l’adresse de retour.")},
    )
    sorties = forms.CharField(
        label=_("Adresses de sortie"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Où revenir après une déconnexion (post_logout_redirect_uri)."),
    )
    deconnexion = forms.CharField(
        label=_("Adresse de déconnexion"),
        required=False,
        max_length=1000,
        help_text=_("Le service y apprend que la personne a quitté Pupitre (backchannel_logout_uri)."),
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client
        self.initial = {
            "retours": "\n".join(client.redirect_uris),
            "sorties": "\n".join(client.logout_uris),
            "deconnexion": client.backchannel_url,
        }

    def clean_retours(self) -> list[str]:
        return self._lines("retours", native=True)

    def clean_sorties(self) -> list[str]:
        return self._lines("sorties")

    def clean_deconnexion(self) -> str:
        return next(iter(self._lines("deconnexion")), "")

    def _lines(self, name: str, *, native: bool = False) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        for line in lines:
            if not (native and is_native(line)) and not is_at(self.client.service, line):
                raise ValidationError(_ELSEWHERE % {"address": line[:80]}, "elsewhere")
        return lines
