"""What the office types of an exit regime."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.models import ExitRegime
from pupitre.attendance.models.exits import COLOURS, LEAVINGS

_BOARDING = (
    ("0", _("Externes")),
    ("1", _("Externes surveillés")),
    ("2", _("Demi-pensionnaires")),
    ("3", _("Internes")),
)


class HoursField(forms.Field):
    """Hours separated by spaces or commas: « 12:00 16:30 »."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> list[dt.time]:
        try:
            hours = [_hour(each) for each in str(value or "").replace(",", " ").replace(";", " ").split()]
        except ValueError:
            raise forms.ValidationError(_("Écrivez des heures comme 12:00 16:30, séparées par une espace.")) from None
        return sorted(set(hours))

    def prepare_value(self, value: Any) -> Any:
        return " ".join(f"{each:%H:%M}" for each in value) if isinstance(value, list) else value


class RegimeForm(forms.Form):
    """A regime: its letter, its name, its colour, and what it lets do."""

    code = forms.CharField(
        label=_("Repère"), max_length=3, help_text=_("Une ou deux lettres, lues à côté de la couleur.")
    )
    label = forms.CharField(label=_("Nom"), max_length=60)
    colour = forms.ChoiceField(label=_("Couleur"), choices=COLOURS)
    leaving = forms.ChoiceField(
        label=_("Quand sa journée est-elle finie ?"), choices=LEAVINGS, widget=forms.RadioSelect
    )
    at_noon = forms.BooleanField(label=_("Il peut sortir pour le repas"), required=False)
    in_gaps = forms.BooleanField(label=_("Il peut sortir entre deux cours"), required=False)
    fixed_hours = HoursField(
        label=_("Seulement à ces heures"), required=False,
        help_text=_("Par exemple 12:00 16:30. Laissez vide s’il sort dès la fin du cours."),
    )  # fmt: skip
    boarding = forms.MultipleChoiceField(
        label=_("Sans choix de la famille, ce régime est celui des"), choices=_BOARDING, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def clean_boarding(self) -> str:
        return "".join(self.cleaned_data["boarding"])

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


def form_of(regime: ExitRegime | None) -> RegimeForm:
    """The form of a regime as it is, or of a new one."""
    if regime is None:
        return RegimeForm(initial={"leaving": LEAVINGS[0][0]})
    initial = {name: getattr(regime, name) for name in RegimeForm.base_fields}
    return RegimeForm(initial={**initial, "boarding": list(regime.boarding)})


def _hour(text: str) -> dt.time:
    """« 12:00 », « 12h », « 9 h » without its space. Raises ValueError."""
    hours, _colon, minutes = text.lower().replace("h", ":").partition(":")
    return dt.time(int(hours), int(minutes or 0))
