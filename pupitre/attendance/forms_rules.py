"""What a school chooses of its registers and counts, and of its reasons."""

from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.forms_office import HourField
from pupitre.attendance.models import AbsenceReason, AttendanceRules

_WHOLE = {"invalid": _("Écrivez un nombre entier.")}


def _minutes(label: Any, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, help_text=hint, error_messages=_WHOLE)


class RulesForm(forms.Form):
    """The rules of the school, as `AttendanceRules` holds them, and the cut of its day."""

    half_day_cut = HourField(label=_("Début de la pause du midi"))
    day_opens_at = HourField(label=_("Ouverture le matin"))
    afternoon_opens_at = HourField(label=_("Reprise l’après-midi"))
    day_closes_at = HourField(label=_("Fermeture le soir"))
    method = forms.ChoiceField(
        label=_("Compter les demi-journées"), choices=AttendanceRules.METHODS, widget=forms.RadioSelect
    )
    late_becomes_absence_minutes = _minutes(
        _("Un retard devient une absence à partir de"), 240, _("En minutes. Écrivez 0 pour que cela n’arrive jamais.")
    )
    carries_absence = forms.BooleanField(
        label=_("Un élève absent au cours précédent de la demi-journée est montré absent au suivant"), required=False
    )
    splits_long = forms.BooleanField(label=_("Un cours de deux heures ou plus a un appel par heure"), required=False)
    tell_after_minutes = _minutes(
        _("Prévenir les familles après"), 15, _("En minutes, 15 au plus : le temps de corriger une erreur.")
    )
    assistants_decide = forms.BooleanField(
        label=_("Les assistants d’éducation décident aussi des motifs"), required=False
    )
    adults_answer = forms.BooleanField(label=_("Les élèves majeurs répondent pour eux-mêmes"), required=False)
    families_choose_exit = forms.BooleanField(
        label=_("Les familles demandent un régime de sortie en ligne, et la vie scolaire répond"), required=False
    )
    first_threshold = forms.IntegerField(
        label=_("Premier seuil du mois"), min_value=1, max_value=60, error_messages=_WHOLE
    )
    second_threshold = forms.IntegerField(
        label=_("Second seuil du mois"), min_value=1, max_value=60, error_messages=_WHOLE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("half_day_cut", "day_opens_at", "afternoon_opens_at", "day_closes_at"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        hours = [data.get(name) for name in ("day_opens_at", "half_day_cut", "afternoon_opens_at", "day_closes_at")]
        known = [each for each in hours if each is not None]
        if len(known) == len(hours) and any(one > two for one, two in pairwise(known)):
            self.add_error("half_day_cut", _("Les heures ne se suivent pas : ouverture, pause, reprise, fermeture."))
        first, second = data.get("first_threshold"), data.get("second_threshold")
        if first and second and second < first:
            self.add_error("second_threshold", _("Le second seuil vient après le premier."))
        return data


class ReasonForm(forms.Form):
    """A reason, with everything that it changes."""

    label = forms.CharField(label=_("Nom"), max_length=80)
    hint = forms.CharField(label=_("Précision pour les familles"), max_length=80, required=False)
    family = forms.ChoiceField(label=_("Au sens de la loi"), choices=AbsenceReason.Family.choices, initial="other")
    is_receivable = forms.BooleanField(label=_("Recevable : l’absence est justifiée"), required=False)
    needs_document = forms.BooleanField(label=_("Un justificatif est demandé"), required=False)
    settles = forms.BooleanField(label=_("Règle l’absence aussitôt"), required=False)
    counts = forms.BooleanField(label=_("Compte en demi-journées"), required=False, initial=True)
    raises_alerts = forms.BooleanField(label=_("Compte dans les seuils"), required=False, initial=True)
    is_health = forms.BooleanField(label=_("Santé : les professeurs ne le lisent pas"), required=False)
    shown_to_families = forms.BooleanField(label=_("Les familles le voient"), required=False, initial=True)
    usable_by_families = forms.BooleanField(label=_("Les familles peuvent le choisir"), required=False)
