"""What the pages of the GAR are sent."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.gar.dropbox import WrongKey, read_host_key
from pupitre.integrations.services.fields import AddressField

_LARGEST = 64 * 1024
_ENT_ID = re.compile(r"[A-Za-z0-9-]{2,40}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,190}[A-Za-z0-9])?")


class AccessForm(forms.Form):
    """The access of an academy: its number, its drop box, the web service of resources."""

    ouvert = forms.BooleanField(label=_("Déposer chaque nuit, et montrer les ressources"), required=False)
    ent = forms.CharField(
        label=_("Identifiant de l’ENT"),
        max_length=40,
        help_text=_("Celui que le GAR a donné à l’accrochage. Il commence le nom de chaque fichier."),
        error_messages={"required": _("Il manque l’identifiant de l’ENT.")},
    )
    academies = forms.MultipleChoiceField(
        label=_("Académies servies"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Un seul dépôt pour toutes : ce qui manque dans un fichier disparaît du GAR."),
        error_messages={"required": _("Choisissez au moins une académie.")},
    )
    hote = forms.CharField(label=_("Serveur de dépôt (SFTP)"), max_length=200, required=False)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=22, required=False)
    compte = forms.CharField(label=_("Compte sur ce serveur"), max_length=100, required=False)
    dossier = forms.CharField(label=_("Dossier de dépôt"), max_length=200, required=False)
    rapports = forms.CharField(
        label=_("Dossier des comptes rendus"),
        max_length=200,
        required=False,
        help_text=_("Laissez vide si le GAR n’y dépose rien."),
    )
    cle_hote = forms.CharField(
        label=_("Clé du serveur de dépôt"),
        required=False,
        max_length=2000,
        help_text=_(
            "La ligne « ssh-ed25519 … » ou « ssh-rsa … » que le GAR vous a donnée. Pupitre ne parle qu’à ce serveur-là."
        ),
    )
    ressources = AddressField(
        label=_("Adresse du service des ressources"),
        max_length=300,
        wrong=_("Il faut une adresse https complète. Par exemple : https://ws.exemple.fr"),
        dropped=("/",),
        required=False,
        help_text=_("Celle qui précède /ressources/, avec https."),
    )
    certificat = forms.FileField(
        label=_("Certificat pour ce service (fichier PEM)"),
        required=False,
        help_text=_("Vide : celui qui est gardé reste."),
    )
    cle = forms.FileField(
        label=_("Clé de ce certificat (fichier PEM)"),
        required=False,
        help_text=_("Scellée dès l’enregistrement, jamais montrée. Vide : celle qui est gardée reste."),
    )

    def __init__(self, *args: Any, academies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["academies"].choices = [(each, each) for each in academies]  # type: ignore[attr-defined]

    def clean_ent(self) -> str:
        text: str = self.cleaned_data["ent"].strip()
        if not _ENT_ID.fullmatch(text):
            raise ValidationError(_("L’identifiant n’a que des lettres, des chiffres et des tirets."))
        return text

    def clean_hote(self) -> str:
        text: str = self.cleaned_data["hote"].strip()
        if text and not _HOST.fullmatch(text):
            raise ValidationError(
                _("Donnez le nom du serveur seul, sans adresse ni dossier. Par exemple : sftp.exemple.fr")
            )
        return text

    def clean_cle_hote(self) -> str:
        text = " ".join(self.cleaned_data["cle_hote"].split())
        try:
            if text:
                read_host_key(text)
        except WrongKey:
            raise ValidationError(_("Ce n’est pas la clé publique d’un serveur : recopiez la ligne entière.")) from None
        return text

    def clean_certificat(self) -> str:
        return _text_of(self.cleaned_data["certificat"])

    def clean_cle(self) -> str:
        return _text_of(self.cleaned_data["cle"])

    @property
    def facts(self) -> dict[str, Any]:
        """What `set_access` takes, once valid."""
        told = self.cleaned_data
        return {
            "is_on": told["ouvert"], "ent_id": told["ent"], "sftp_host": told["hote"], "sftp_port": told["port"] or 22,
            "sftp_user": told["compte"].strip(), "sftp_folder": told["dossier"].strip(),
            "reports_folder": told["rapports"].strip(), "host_key": told["cle_hote"],
            "resources_url": told["ressources"], "academies": told["academies"], "certificate_key": told["cle"],
            **({"certificate": told["certificat"]} if told["certificat"] else {}),
        }  # fmt: skip


def _text_of(upload: Any) -> str:
    if not upload:
        return ""
    if upload.size > _LARGEST:
        raise ValidationError(_("Ce fichier est trop gros pour être un certificat ou une clé."))
    try:
        text: str = upload.read().decode("ascii").strip()
    except UnicodeDecodeError:
        text = ""
    if "-----BEGIN" not in text:
        raise ValidationError(_("Il faut un fichier PEM : il commence par « -----BEGIN »."))
    return text
