"""What the head types of a sanction."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.forms_days import DayField
from pupitre.discipline.models import Incident, Sanction
from pupitre.discipline.scale import MOST_DAYS, MOST_HOURS, Kind
from pupitre.discipline.services.erasing import Reason
from pupitre.discipline.services.sanctioning import Decision
from pupitre.foundation import clock
from pupitre.foundation.ui.choices import offer
from pupitre.foundation.ui.french import day


class DecisionForm(forms.Form):
    """A sanction: what the law asks of each kind is checked by the service."""

    nature = forms.ChoiceField(label=_("Sanction"), choices=Kind.choices, widget=forms.RadioSelect)
    incident = forms.ChoiceField(label=_("Incident"), required=False)
    motif = forms.CharField(
        label=_("Motif"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 600}),
        help_text=_("L’élève et ses responsables le lisent. Il est effacé avec la sanction."),
    )
    registre = forms.CharField(
        label=_("Pour le registre des sanctions"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 600}),
        help_text=_(
            "Les faits et leurs circonstances, sans aucun nom. Cette ligne reste quand la sanction est effacée."
        ),
    )
    informe = DayField(
        label=_("L’élève a été informé des faits le"),
        help_text=_(
            "Il dispose ensuite d’au moins deux jours ouvrables pour présenter sa défense (R421-10-1). "
            "Les jours fériés ne sont pas décomptés : ajoutez-les vous-même."
        ),
    )
    decide = DayField(label=_("Décision du"))
    conseil = forms.BooleanField(
        label=_("Prononcée par le conseil de discipline"),
        required=False,
        help_text=_("Il est seul à pouvoir prononcer une exclusion définitive."),
    )
    convoque = DayField(
        label=_("Conseil de discipline : convocation envoyée le"),
        required=False,
        help_text=_("Au moins cinq jours avant la séance, à l’élève, à sa famille et aux membres (D511-31)."),
    )
    membres = forms.CharField(
        label=_("Conseil de discipline : membres présents"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 600}),
        help_text=_("La direction et la vie scolaire les lisent. Ils sont effacés avec la sanction."),
    )
    du = DayField(label=_("Exclusion, premier jour"), required=False)
    au = DayField(
        label=_("Exclusion, dernier jour"),
        required=False,
        help_text=_("Huit jours au plus, du premier au dernier, jours fermés compris."),
    )
    service = forms.ChoiceField(label=_("Exclusion"), choices=Sanction.Service.choices, required=False)
    heures = forms.IntegerField(
        label=_("Mesure de responsabilisation, en heures"), min_value=1, max_value=MOST_HOURS, required=False
    )
    activite = forms.CharField(label=_("Ce que l’élève fera, et où"), max_length=300, required=False)
    sursis = DayField(
        label=_("Avec sursis, jusqu’au"),
        required=False,
        help_text=_("Au moins jusqu’à la fin de l’année scolaire. Ni pour un avertissement, ni pour un blâme."),
    )
    jours = forms.IntegerField(
        label=_("Avec sursis, jours d’exclusion"), min_value=1, max_value=MOST_DAYS, required=False
    )

    def __init__(self, data: Mapping[str, Any] | None, *, incidents: Sequence[Incident]) -> None:
        super().__init__(data, initial={"decide": clock.today(), "service": Sanction.Service.SCHOOL})
        self.incidents = {str(each.pk): each for each in incidents}
        named = [(key, f"{day(each.happened_on)}, {each.get_kind_display()}") for key, each in self.incidents.items()]
        offer(self, "incident", named, none=_("Aucun incident signalé"))

    @property
    def decision(self) -> Decision:
        """What was typed, once valid."""
        data = self.cleaned_data
        return Decision(
            kind=data["nature"],
            motive=data["motif"],
            facts=data["registre"],
            heard_on=data["informe"],
            decided_on=data["decide"],
            by_council=data["conseil"],
            summoned_on=data["convoque"],
            council_members=data["membres"],
            starts_on=data["du"],
            ends_on=data["au"],
            days=data["jours"],
            hours=data["heures"],
            activity=data["activite"],
            service=data["service"] or Sanction.Service.SCHOOL,
            suspended_until_on=data["sursis"],
        )

    @property
    def chosen_incident(self) -> Incident | None:
        """The incident chosen, once valid."""
        return self.incidents.get(self.cleaned_data["incident"])


class RevokeForm(forms.Form):
    """A sursis revoked: the exclusion has its days."""

    le = DayField(label=_("Révoqué le"))
    du = DayField(label=_("Premier jour"), required=False)
    au = DayField(label=_("Dernier jour"), required=False)
    conseil = forms.BooleanField(label=_("Décidé par le conseil de discipline"), required=False)


class NotifyForm(forms.Form):
    """The day of the written notification."""

    notifie = DayField(label=_("Notifiée par écrit le"))


class EraseForm(forms.Form):
    """Why a sanction leaves the file before its day."""

    raison = forms.ChoiceField(label=_("Raison"), choices=[("", _("À choisir")), *Reason.choices])


class AskErasureForm(forms.Form):
    """A family asks."""

    pourquoi = forms.CharField(
        label=_("Votre nouvel établissement, et la date du changement"), max_length=300, min_length=3
    )


class DelayForm(forms.Form):
    """Another delay, for what will be decided from a day on."""

    nature = forms.ChoiceField(
        label=_("Sanction"), choices=[(kind.value, kind.label) for kind in Kind if kind != Kind.EXPULSION]
    )
    depuis = DayField(label=_("Pour les décisions prises à partir du"))
    annees = forms.TypedChoiceField(
        label=_("Effacement"),
        coerce=int,
        choices=[
            (0, _("à la fin de l’année scolaire")),
            (1, _("à la fin de l’année scolaire suivante")),
            (2, _("à la fin de la deuxième année scolaire suivante")),
        ],
    )
    texte = forms.CharField(
        label=_("Texte qui change ce délai"),
        max_length=300,
        help_text=_("Par exemple le numéro du décret. Votre nom et ce texte restent écrits sur cette page."),
    )
