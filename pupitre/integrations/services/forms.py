"""What the console is sent."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group
from pupitre.directory.profiles import Profile
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.attributes import SOURCES
from pupitre.integrations.services.fields import AddressField
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.releases import releases

_STILL_THERE = _("Cette adresse est encore l’ancienne : changez-la aussi, ou videz-la.")
_NEEDS_PROFILE = _("Choisissez d’abord à qui ce service est ouvert.")


class ServiceForm(forms.Form):
    """A service to register."""

    nom = forms.CharField(
        label=_("Nom du service"), max_length=80, error_messages={"required": _("Il manque le nom du service.")}
    )
    usage = forms.CharField(label=_("À quoi il sert, en une phrase"), max_length=200, required=False)
    protocole = forms.ChoiceField(label=_("Comment on y entre"), choices=Service.Protocol.choices, initial="cas")
    adresse = AddressField(
        label=_("Adresse du service"),
        max_length=300,
        help_text=_("Tout ce qui commence par cette adresse est le service, rien d’autre."),
        error_messages={"required": _("Il manque l’adresse du service.")},
    )
    ouverture = AddressField(
        label=_("Adresse à ouvrir depuis Pupitre"),
        max_length=1000,
        required=False,
        help_text=_("Celle qui mène droit à la connexion, si ce n’est pas la même."),
    )
    modele = forms.ChoiceField(
        label=_("Ce qu’il reçoit"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce que le service reçoit.")},
    )
    pour = forms.ChoiceField(label=_("Pour qui il est enregistré"), required=False)
    delegation = AddressField(
        label=_("Adresse de délégation"),
        max_length=1000,
        required=False,
        help_text=_("Seulement si ce service agit ailleurs au nom de la personne (proxy CAS)."),
    )

    def __init__(self, *args: Any, may_own: bool, may_offer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modele"].choices = [(each.key, each.label) for each in releases().values()]  # type: ignore[attr-defined]
        places = [("etablissement", _("Cet établissement"))] if may_own else []
        places += [("academie", _("Tous les établissements de l’académie"))] if may_offer else []
        self.fields["pour"].choices = places  # type: ignore[attr-defined]
        self.initial.setdefault("pour", places[0][0])
        self.initial.setdefault("modele", "generic")
        self.places = places

    @property
    def hints(self) -> dict[str, str]:
        """What each model gives, in a sentence."""
        return {each.key: each.hint for each in releases().values()}

    def clean_pour(self) -> str:
        return self.cleaned_data["pour"] or self.places[0][0]


class ChangeForm(ServiceForm):
    """A registered service to change: its protocol and its owner stay."""

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, may_own=True, may_offer=False, **kwargs)
        self.service = service
        del self.fields["protocole"], self.fields["pour"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        address, opened = data.get("adresse"), data.get("ouverture")
        left = parse_address(opened).origin if opened else ""
        if address and left == self.service.origin != parse_address(address).origin:
            self.add_error("ouverture", _STILL_THERE)
        return data


class ConnectorForm(forms.Form):
    """A service in one school: open or not, for whom, without what."""

    ouvert = forms.BooleanField(label=_("Ouvert dans l’établissement"), required=False)
    profils = forms.MultipleChoiceField(
        label=_("Pour qui"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(value, label) for value, label in Profile.choices if value != Profile.ACADEMY_ADMIN],
    )
    classes = forms.MultipleChoiceField(
        label=_("Dans quelles classes"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Sans rien cocher : toutes. Seuls les élèves et leurs responsables sont concernés."),
    )
    retenus = forms.MultipleChoiceField(
        label=_("Ce que l’établissement ne transmet pas"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: Any, service: Service, connector: Connector | None, divisions: Sequence[Group], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.divisions = {str(group.pk): group for group in divisions}
        self.fields["classes"].choices = [(pk, group.label) for pk, group in self.divisions.items()]  # type: ignore[attr-defined]
        self.fields["retenus"].choices = [  # type: ignore[attr-defined]
            (name, f"{_sentence(source)} ({name})") for name, source in service.attributes
        ]
        if connector is not None:
            self.initial = {
                "ouvert": connector.is_on,
                "profils": connector.profiles,
                "classes": [str(pk) for pk in connector.groups.values_list("group_id", flat=True)],
                "retenus": connector.withheld,
            }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ouvert") and not data.get("profils"):
            self.add_error("profils", _NEEDS_PROFILE)
        return data

    @property
    def groups(self) -> Collection[Group]:
        """The chosen classes, once valid."""
        return [self.divisions[pk] for pk in self.cleaned_data["classes"]]


def _sentence(source: str) -> str:
    label = str(SOURCES[source].label)
    return label[:1].upper() + label[1:]
