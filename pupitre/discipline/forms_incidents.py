"""What staff type of an incident."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.forms_days import DayField
from pupitre.discipline.forms import HourField
from pupitre.discipline.models import Incident, IncidentPerson
from pupitre.discipline.models.incidents import Partner
from pupitre.discipline.services.incidents import Reported
from pupitre.foundation import clock


class ReportForm(forms.Form):
    """An incident, as whoever saw it says."""

    le = DayField(label=_("Jour"))
    a = HourField(label=_("Heure"), required=False)
    lieu = forms.CharField(label=_("Lieu"), max_length=80, help_text=_("Par exemple : cour, couloir du premier étage"))
    nature = forms.ChoiceField(label=_("Nature"), choices=[("", _("À choisir")), *Incident.Kind.choices])
    gravite = forms.TypedChoiceField(
        label=_("Gravité"),
        choices=Incident.Gravity.choices,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Les deux premiers niveaux ne comptent pas dans les alertes."),
    )
    faits = forms.CharField(
        label=_("Faits"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 2000}),
        help_text=_("Ce que vous avez vu et entendu, sans jugement. Les familles ne lisent pas ce texte."),
    )

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial={"le": clock.today()})

    @property
    def reported(self) -> Reported:
        """What was typed, once valid."""
        data = self.cleaned_data
        return Reported(data["le"], data["a"], data["lieu"], data["nature"], data["gravite"], data["faits"])


class PartForm(forms.Form):
    """The part of somebody: a student found by name, or another person."""

    role = forms.ChoiceField(label=_("Part"), choices=IncidentPerson.Role.choices)
    nom = forms.CharField(label=_("Ou une autre personne"), max_length=120, required=False)


class FollowUpForm(forms.Form):
    """What is done about it."""

    gravite = forms.TypedChoiceField(label=_("Gravité"), choices=Incident.Gravity.choices, coerce=int)
    suite = forms.CharField(
        label=_("Suite donnée"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )
    revoir = DayField(label=_("À revoir le"), required=False)
    partenaires = forms.MultipleChoiceField(
        label=_("Partenaires prévenus"),
        choices=Partner.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ShowForm(forms.Form):
    """What families read."""

    texte = forms.CharField(
        label=_("Ce que les familles liront"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 600}),
        help_text=_("Le même texte pour la famille de chaque élève concerné. Il ne nomme personne."),
    )
