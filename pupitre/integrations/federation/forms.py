"""What the console of providers is sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.services.providers import WrongProvider, facts_of_metadata

_LARGEST = 2 * 1024 * 1024
EVERYBODY = "*"


class ProviderForm(forms.Form):
    """A provider known, to change. Of one protocol the fields of the other are not there."""

    nom = forms.CharField(
        label=_("Nom, tel que le lisent ceux qui se connectent"),
        max_length=80,
        help_text=_("Il suit « avec » sur la page de connexion. Par exemple : ÉduConnect, le guichet de l’académie."),
        error_messages={"required": _("Il manque le nom.")},
    )
    public = forms.ChoiceField(label=_("Pour qui"), choices=Provider.Kind.choices)
    pour = forms.ChoiceField(label=_("Où"))
    adresse = forms.CharField(
        label=_("Adresse du fournisseur (issuer)"),
        max_length=1000,
        required=False,
        help_text=_("OpenID Connect. Celle qui précède /.well-known/openid-configuration, lettre pour lettre."),
    )
    client = forms.CharField(label=_("Identifiant de client (client_id)"), max_length=300, required=False)
    secret = forms.CharField(
        label=_("Secret du client"),
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Scellé dès l’enregistrement, jamais montré. Vide : celui qui est gardé reste."),
    )
    portees = forms.CharField(label=_("Portées (scopes)"), max_length=300, required=False)
    metadonnees = forms.FileField(
        label=_("Métadonnées du fournisseur (fichier XML)"),
        required=False,
        help_text=_("SAML 2.0. Ses adresses et ses certificats y sont. Vide : ce qui est gardé reste."),
    )
    chiffre = forms.BooleanField(label=_("Exiger des réponses chiffrées (SAML)"), required=False)

    _OIDC = ("adresse", "client", "secret", "portees")
    _SAML = ("metadonnees", "chiffre")

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], protocol: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pour"].choices = places  # type: ignore[attr-defined]
        self.protocol = protocol
        for name in {"oidc": self._SAML, "saml": self._OIDC}.get(protocol, ()):
            del self.fields[name]

    def clean_metadonnees(self) -> dict[str, Any]:
        upload = self.cleaned_data["metadonnees"]
        if not upload:
            return {}
        if upload.size > _LARGEST:
            raise ValidationError(_("Ce fichier est trop gros pour être celui d’un fournisseur."))
        try:
            return facts_of_metadata(upload.read())
        except WrongProvider as wrong:
            raise ValidationError(wrong.words) from None

    @property
    def facts(self) -> dict[str, Any]:
        """What `register` takes, once valid."""
        told = self.cleaned_data
        academy = "" if told["pour"] == EVERYBODY else told["pour"]
        facts: dict[str, Any] = {"name": told["nom"], "kind": told["public"], "academy": academy}
        if self.protocol == "saml":
            return facts | told["metadonnees"] | {"is_encrypted": told["chiffre"], "protocol": "saml"}
        scopes = told["portees"].strip() or "openid profile email"
        return facts | {
            "issuer": told["adresse"].strip(), "client_id": told["client"].strip(), "secret": told["secret"].strip(),
            "scopes": scopes, "protocol": "oidc",
        }  # fmt: skip


class NewProviderForm(ProviderForm):
    """A provider to add."""

    protocole = forms.ChoiceField(label=_("Comment il parle"), choices=Provider.Protocol.choices)
    court = forms.CharField(
        label=_("Nom court, dans les adresses"),
        max_length=40,
        required=False,
        help_text=_("Des lettres, des chiffres, des tirets ; il ne change plus. Vide : d’après le nom."),
    )
    field_order = ("nom", "public", "pour", "protocole", "court")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.protocol = data.get("protocole", "")
        data["court"] = slugify(data.get("court") or data.get("nom", ""))[:40]
        if data.get("nom") and not data["court"]:
            self.add_error("court", _("Donnez un nom court, fait de lettres sans accent."))
        elif Provider.objects.filter(slug=data["court"]).exists():
            self.add_error("court", _("Ce nom court est déjà pris."))
        if self.protocol == "saml" and not data.get("metadonnees") and "metadonnees" not in self.errors:
            self.add_error("metadonnees", _("Donnez le fichier des métadonnées du fournisseur."))
        return data
