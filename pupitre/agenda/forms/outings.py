"""What is typed of an outing, of an answer to it, of who is there."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.agenda.forms.events import WhenForm
from pupitre.agenda.models import Event, Outing
from pupitre.agenda.services.outings import OutingFacts
from pupitre.agenda.services.scheduling import EventFacts
from pupitre.directory.forms_days import DayField

_INSURANCE = _(
    "Sortie facultative : une assurance (responsabilité civile et individuelle accidents corporels) est demandée à la famille."
)


class OutingForm(WhenForm):
    """An outing: when and where, what it costs, what families must know."""

    texte = forms.CharField(
        label=_("Programme"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000})
    )
    facultative = forms.TypedChoiceField(
        label=_("Participation"),
        choices=[
            ("oui", _("Facultative : chaque responsable donne son accord")),
            ("non", _("Obligatoire : les familles sont informées")),
        ],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
        initial="oui",
        help_text=_("Une sortie sur le temps de cours, obligatoire, est gratuite et ne demande pas d’accord."),
    )
    cout = forms.DecimalField(
        label=_("Coût pour la famille, en euros"),
        min_value=0,
        max_value=2000,
        decimal_places=2,
        initial=0,
        localize=True,
    )
    cout_note = forms.CharField(
        label=_("Précision sur le coût"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : le fonds social peut aider."),
    )
    assurance = forms.CharField(
        label=_("Assurance"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300})
    )
    transport = forms.CharField(label=_("Transport"), max_length=120, required=False)
    repas = forms.BooleanField(
        label=_("Les élèves ne mangent pas à la cantine ces jours-là"), required=False, initial=True
    )
    avant = DayField(label=_("Réponse des familles avant le"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"assurance": _INSURANCE, **(initial or {})})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("facultative") is False and data.get("cout"):
            self.add_error("cout", _("Une sortie obligatoire est gratuite : mettez 0, ou choisissez « facultative »."))
        if data.get("avant") and data.get("le") and data["avant"] > data["le"]:
            self.add_error("avant", _("Les familles répondent avant la sortie."))
        return data

    @property
    def facts(self) -> EventFacts:
        """When and where, once valid."""
        data = self.cleaned_data
        return EventFacts(kind=Event.Kind.OUTING, title=data["titre"], text=data["texte"], **self.span)

    @property
    def outing(self) -> OutingFacts:
        """What an outing adds, once valid."""
        data = self.cleaned_data
        return OutingFacts(
            is_optional=data["facultative"],
            cost_cents=int(data["cout"] * 100),
            cost_note=data["cout_note"],
            insurance_note=data["assurance"],
            transport=data["transport"],
            meals_cancelled=data["repas"],
            answer_by_on=data["avant"],
        )


def initial_of(event: Event, outing: Outing) -> dict[str, Any]:
    """What the form holds when an outing is changed."""
    return {
        "titre": event.title,
        "le": event.starts_on,
        "jusquau": event.ends_on if event.ends_on > event.starts_on else None,
        "de": event.starts_at,
        "a": event.ends_at,
        "lieu": event.place,
        "texte": event.text,
        "facultative": "oui" if outing.is_optional else "non",
        "cout": Decimal(outing.cost_cents) / 100,
        "cout_note": outing.cost_note,
        "assurance": outing.insurance_note,
        "transport": outing.transport,
        "repas": outing.meals_cancelled,
        "avant": outing.answer_by_on,
    }


class ConsentForm(forms.Form):
    """What a guardian answers; a button says yes or no."""

    reponse = forms.ChoiceField(
        choices=[("oui", ""), ("non", "")], error_messages={"required": _("Choisissez une réponse.")}
    )
    mot = forms.CharField(
        label=_("Un mot pour l’organisateur"),
        max_length=200,
        required=False,
        help_text=_("Rien de médical ici : cela se dit à l’infirmerie."),
    )
