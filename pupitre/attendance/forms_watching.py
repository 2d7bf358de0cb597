"""From how many a student is shown: two levels and a number of days for each indicator."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.models import Indicator, WatchRule

_NUMBER = {
    "required": _("Écrivez un nombre, par exemple 3."),
    "invalid": _("Écrivez un nombre, par exemple 3."),
    "min_value": _("Écrivez un nombre à partir de 1."),
    "max_value": _("Ce nombre est trop grand : %(limit_value)s au plus."),
}


class LevelsForm(forms.Form):
    """The rules of a school."""

    def __init__(self, data: Mapping[str, Any] | None, *, rules: Sequence[WatchRule]) -> None:
        super().__init__(data)
        for rule in rules:
            key = rule.indicator
            is_marks = key == Indicator.MARKS
            first = _("Premier niveau, en évaluations") if is_marks else _("Premier niveau, en demi-journées")
            second = _("Second niveau, en évaluations") if is_marks else _("Second niveau, en demi-journées")
            fields: dict[str, forms.Field] = {
                f"{key}_active": forms.BooleanField(label=_("Surveiller"), required=False, initial=rule.is_active),
                f"{key}_premier": _number(first, rule.first_level, 99),
                f"{key}_second": _number(second, rule.second_level, 99),
                f"{key}_jours": _number(_("Sur combien de jours"), rule.days, 366),
            }
            self.fields.update(fields)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for each in Indicator.values:
            first, second = data.get(f"{each}_premier"), data.get(f"{each}_second")
            if first and second and second < first:
                self.add_error(f"{each}_second", _("Le second niveau ne peut pas être plus bas que le premier."))
        return data

    @property
    def levels(self) -> dict[str, tuple[int, int, int, bool]]:
        """What was typed, once valid."""
        data = self.cleaned_data
        return {
            each: (data[f"{each}_premier"], data[f"{each}_second"], data[f"{each}_jours"], data[f"{each}_active"])
            for each in Indicator.values
        }


def _number(label: Any, initial: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, initial=initial, min_value=1, max_value=most, error_messages=_NUMBER)
