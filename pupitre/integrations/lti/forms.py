import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from pupitre.integrations.lti.models import Tool, ToolLink
from pupitre.integrations.lti.services.placing import custom_of
from pupitre.integrations.lti.services.tools import ElsewhereAddress, refuse_elsewhere
from pupitre.integrations.services.addresses import WrongAddress

_ELSEWHERE = _("Cette adresse n’est pas celle de l’outil : %(address)s")
_MARKS = _("Il peut envoyer des notes : l’enseignant les relit avant qu’elles comptent")
_MEMBERS = _("Il peut lire la liste des élèves et des enseignants des cours où il est placé")


class ToolForm(forms.Form):
    """What the tool says to copy here."""

    connexion = forms.CharField(
        label=_("Adresse de connexion"),
        max_length=1000,
        help_text=_("« Login initiation URL », ou « OIDC login URL » dans l’outil."),
        error_messages={"required": _("Il manque l’adresse de connexion de l’outil.")},
    )
    retours = forms.CharField(
        label=_("Adresses de retour"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une par ligne, exactement comme l’outil les envoie (« Redirect URIs »)."),
        error_messages={"required": _("Il manque l’adresse de retour.")},
    )
    cible = forms.CharField(
        label=_("Adresse à ouvrir"),
        max_length=1000,
        help_text=_("« Target link URI » : celle des contenus qui n’en ont pas d’autre."),
        error_messages={"required": _("Il manque l’adresse à ouvrir.")},
    )
    choix = forms.CharField(
        label=_("Adresse du choix de contenus"),
        max_length=1000,
        required=False,
        help_text=_("« Deep linking URL ». Vide : les enseignants placent les contenus par leur adresse."),
    )
    cles = forms.CharField(
        label=_("Adresse de ses clés publiques"),
        max_length=1000,
        required=False,
        help_text=_("« JWKS URL », ou « Public keyset URL »."),
    )
    cle = forms.CharField(
        label=_("Ou sa clé publique"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Si l’outil n’a pas d’adresse pour ses clés : elle commence par « -----BEGIN PUBLIC KEY----- »."),
    )
    notes = forms.BooleanField(label=_MARKS, required=False)
    membres = forms.BooleanField(label=_MEMBERS, required=False)

    def __init__(self, *args: Any, tool: Tool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tool = tool
        typed = [] if tool.jwks_url else (tool.keys or {}).get("keys", [])
        self.initial = {
            "connexion": tool.login_url,
            "retours": "\n".join(tool.redirect_uris),
            "cible": tool.target_url,
            "choix": tool.picking_url,
            "cles": tool.jwks_url,
            "cle": RSAKey.import_key(typed[0]).as_pem(private=False).decode() if typed else "",
            "notes": tool.may_mark,
            "membres": tool.may_list,
        }

    def clean_connexion(self) -> str:
        return self._one("connexion")

    def clean_cible(self) -> str:
        return self._one("cible")

    def clean_choix(self) -> str:
        return self._one("choix")

    def clean_cles(self) -> str:
        return self._one("cles")

    def clean_retours(self) -> list[str]:
        return [self._of_tool(line.strip()) for line in self.cleaned_data["retours"].splitlines() if line.strip()]

    def clean_cle(self) -> dict[str, Any] | None:
        text = self.cleaned_data["cle"].strip()
        if not text:
            return None
        try:
            key = RSAKey.import_key(json.loads(text) if text.startswith("{") else text)
        except (JoseError, ValueError, TypeError, KeyError):
            raise ValidationError(_("Ce n’est pas une clé publique RSA."), "key") from None
        # The public part alone, even of a key that was pasted whole.
        return {"keys": [dict(key.as_dict(private=False))]}

    def _one(self, name: str) -> str:
        text = self.cleaned_data[name].strip()
        return self._of_tool(text) if text else ""

    def _of_tool(self, text: str) -> str:
        _refuse_elsewhere(self.tool, text)
        return text


class InviteForm(forms.Form):
    """The page of a tool that asks us for the rest."""

    adresse = forms.CharField(
        label=_("Adresse d’inscription"),
        max_length=1000,
        help_text=_("« Registration URL » dans l’outil. Elle commence par l’adresse du service."),
        error_messages={"required": _("Il manque l’adresse d’inscription que donne l’outil.")},
    )

    def __init__(self, *args: Any, tool: Tool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tool = tool

    def clean_adresse(self) -> str:
        text = self.cleaned_data["adresse"].strip()
        _refuse_elsewhere(self.tool, text)
        return text


class AcceptForm(forms.Form):
    """What somebody lets a tool do, of what it asked when it registered."""

    notes = forms.BooleanField(label=_MARKS, required=False)
    membres = forms.BooleanField(label=_MEMBERS, required=False)


class ContentForm(forms.Form):
    """What is said of a content, placed or changed."""

    titre = forms.CharField(
        label=_("Titre"), max_length=120, error_messages={"required": _("Donnez un titre : les élèves le lisent.")}
    )
    consigne = forms.CharField(
        label=_("Consigne"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    pour_le = forms.DateField(
        label=_("Pour le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez un jour : « 2026-12-01 ».")},
    )
    adresse = forms.CharField(
        label=_("Adresse du contenu dans l’outil"),
        max_length=1000,
        required=False,
        help_text=_("Vide : l’accueil de l’outil."),
    )
    parametres = forms.CharField(
        label=_("Paramètres"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("« Custom parameters », un par ligne : « nom=valeur ». Seulement si l’outil en demande."),
    )

    def clean_parametres(self) -> dict[str, str]:
        lines = [line.strip() for line in self.cleaned_data["parametres"].splitlines() if line.strip()]
        pairs = [(name.strip(), equal, value.strip()) for name, equal, value in (each.partition("=") for each in lines)]
        if not all(name and equal for name, equal, _value in pairs):
            raise ValidationError(_("Écrivez un paramètre par ligne : « nom=valeur »."), "pair")
        return custom_of({name: value for name, _equal, value in pairs})

    def clean_adresse(self) -> str:
        text: str = self.cleaned_data["adresse"].strip()
        return text


class LinkForm(ContentForm):
    """A content of a tool to place in a course, by its address."""

    outil = forms.ChoiceField(label=_("Outil"), error_messages={"required": _("Choisissez l’outil.")})
    bareme = forms.DecimalField(
        label=_("Noté sur"),
        required=False,
        min_value=Decimal(1),
        max_value=Decimal(1000),
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Vide : il n’est pas noté. Les notes de l’outil vous sont proposées dans « Notes reçues »."),
        error_messages={"invalid": _("Écrivez un nombre : « 20 ».")},
    )
    field_order = ("outil",)

    def __init__(self, *args: Any, tools: Sequence[Tool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tools = {str(each.pk): each for each in tools}
        field = self.fields["outil"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # nosec B101 - for the types
        field.choices = [(pk, each.service.name) for pk, each in self._tools.items()]

    @property
    def tool(self) -> Tool:
        """The tool chosen, once valid."""
        return self._tools[self.cleaned_data["outil"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("adresse") and data.get("outil"):
            try:
                _refuse_elsewhere(self._tools[data["outil"]], data["adresse"])
            except ValidationError as wrong:
                self.add_error("adresse", wrong)
        return data


class EditForm(ContentForm):
    """A content as it stands, to change."""

    def __init__(self, *args: Any, link: ToolLink, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.link = link
        self.initial = {
            "titre": link.title,
            "consigne": link.description,
            "pour_le": link.due_on,
            "adresse": link.target_url,
            "parametres": _lines_of(link.custom),
        }

    def clean_adresse(self) -> str:
        text = super().clean_adresse() or self.link.tool.target_url
        _refuse_elsewhere(self.link.tool, text)
        return text

    def clean_parametres(self) -> dict[str, str]:
        # A value of several lines, which the tool gave, is not what the box can hold: untouched, it stays.
        typed = self.cleaned_data["parametres"].splitlines()
        is_same = sorted(typed) == sorted(_lines_of(self.link.custom).splitlines())
        return self.link.custom if is_same else super().clean_parametres()


def _lines_of(custom: dict[str, str]) -> str:
    return "\n".join(f"{name}={' '.join(value.split())}" for name, value in custom.items())


def _refuse_elsewhere(tool: Tool, text: str) -> None:
    try:
        refuse_elsewhere(tool, text)
    except (WrongAddress, ElsewhereAddress):
        raise ValidationError(_ELSEWHERE % {"address": text[:80]}, "elsewhere") from None
