"""What the page of PRONOTE is sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.pronote.container import WrongKey, read_key

_LARGEST = 16 * 1024
_WRONG = _(
    "Ce n’est pas une clé publique RSA. Collez le texte que l’éditeur a envoyé, "
    "de « -----BEGIN PUBLIC KEY----- » à la dernière ligne."
)


class PartnershipForm(forms.Form):
    """The name and the key that the publisher gave under agreement."""

    partenaire = forms.CharField(
        label=_("Nom de partenaire"),
        max_length=60,
        help_text=_("Celui que l’éditeur a donné dans la convention, à la lettre près."),
        error_messages={"required": _("Il manque le nom de partenaire.")},
    )
    cle = forms.CharField(
        label=_("Clé publique de l’éditeur"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        required=False,
        help_text=_("Collez le texte de la clé, ou choisissez son fichier."),
    )
    fichier = forms.FileField(label=_("Fichier de la clé"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given, typed = data.get("fichier"), data.get("cle") or ""
        raw = given.read(_LARGEST + 1) if given else typed.encode()
        try:
            if len(raw) > _LARGEST:
                raise WrongKey
            read_key(raw)
            data["cle"] = raw.decode()
        except (WrongKey, UnicodeDecodeError):
            self.add_error("cle", ValidationError(_WRONG, "key"))
        return data
