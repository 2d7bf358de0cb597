from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pupitre.directory.forms_days import DayField
from pupitre.directory.models import SecondFactorRule
from pupitre.directory.services.activation import Whom
from pupitre.directory.services.renewal import Population
from pupitre.directory.services.suspension import SuspensionReason
from pupitre.directory.services.verification import ResetReason
from pupitre.foundation import clock

_UNDERSTOOD = _("Cochez la case : les codes déjà imprimés pour ces personnes ne serviront plus.")


class OneSheetForm(forms.Form):
    """A sheet for one person. `compris` is the gesture's confirmation."""

    grands = forms.BooleanField(label=_("Grands caractères"), required=False)
    compris = forms.BooleanField(
        label=_("J’ai compris : les fiches déjà imprimées pour ces personnes ne serviront plus."),
        error_messages={"required": _UNDERSTOOD},
    )


class SheetsForm(OneSheetForm):
    """Sheets for many people: whom among them, and which of a class."""

    qui = forms.ChoiceField(
        label=_("Qui reçoit une fiche"),
        choices=Whom.choices,
        initial=Whom.WITHOUT_SHEET,
        error_messages={
            "required": _("Choisissez qui reçoit une fiche."),
            "invalid_choice": _("Choisissez qui reçoit une fiche dans la liste."),
        },
    )
    public = forms.ChoiceField(
        label=_("Fiches de"),
        choices=[
            ("", _("Élèves et responsables")),
            ("student", _("Élèves seulement")),
            ("guardian", _("Responsables seulement")),
        ],
        required=False,
        error_messages={"invalid_choice": _("Choisissez les élèves, les responsables ou les deux.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever holds a valid sheet receives none with the first choice: nothing is spoilt, nothing to confirm.
        self.fields["compris"].required = self.data.get("qui") != Whom.WITHOUT_SHEET
        self.fields["compris"].help_text = _("Inutile pour le premier choix : aucune fiche ne sera annulée.")


class SuspensionForm(forms.Form):
    raison = forms.ChoiceField(
        label=_("Pourquoi"),
        choices=[("", _("Choisir une raison")), *SuspensionReason.choices],
        error_messages={
            "required": _("Choisissez une raison : elle reste dans le journal."),
            "invalid_choice": _("Choisissez une raison dans la liste."),
        },
    )


class RenewalForm(forms.Form):
    """Who chooses another password; `understood` is the gesture's confirmation."""

    population = forms.ChoiceField(
        label=_("Qui change de mot de passe"),
        widget=forms.RadioSelect,
        choices=Population.choices,
        error_messages={"required": _("Choisissez qui change de mot de passe.")},
    )
    group = forms.IntegerField(required=False)
    understood = forms.BooleanField(
        label=_("J’ai compris : ces personnes devront se reconnecter."),
        error_messages={"required": _("Cochez la case : ces personnes seront déconnectées partout.")},
    )


class ResetForm(forms.Form):
    motif = forms.ChoiceField(
        label=_("Pourquoi"),
        choices=[("", _("Choisir une raison")), *ResetReason.choices],
        error_messages={
            "required": _("Choisissez une raison : elle reste dans le journal."),
            "invalid_choice": _("Choisissez une raison dans la liste."),
        },
    )


class SecondFactorForm(forms.Form):
    """Who must show a second factor, and from which day."""

    qui = forms.ChoiceField(
        label=_("À qui elle est demandée"),
        widget=forms.RadioSelect,
        choices=[("nobody", _("À personne : chacun peut la régler, sans y être tenu")), *SecondFactorRule.Who.choices],
        error_messages={
            "required": _("Choisissez à qui la double vérification est demandée."),
            "invalid_choice": _("Choisissez dans la liste à qui la double vérification est demandée."),
        },
    )
    debut = DayField(label=_("À partir du"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("qui") == "nobody" or "debut" in self.errors:
            return data
        if data.get("debut") is None:
            raise ValidationError({"debut": _("Il manque le jour. Par exemple : 31/08/2027")})
        if data["debut"] < clock.today() and data["debut"] != self.initial.get("debut"):
            raise ValidationError({"debut": _("Ce jour est passé : choisissez aujourd’hui ou un jour à venir.")})
        return data
