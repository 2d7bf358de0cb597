import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.forms_days import DayField
from pupitre.directory.rights import Right
from pupitre.directory.years import year_end
from pupitre.foundation import clock


class GiveForm(forms.Form):
    """A right among those that the giver holds, and its days. `held`: what the person has already from their profile."""

    debut = DayField(label=_("Premier jour"))
    fin = DayField(
        label=_("Dernier jour"),
        required=False,
        help_text=_("Laissez vide pour toute la durée de son service dans l’établissement."),
    )
    field_order = ("droit", "debut", "fin")

    def __init__(
        self, data: Mapping[str, Any] | None, *, rights: Mapping[str, Right], givable: set[str], held: set[str]
    ) -> None:
        today = clock.today()
        super().__init__(data, initial={"debut": today, "fin": year_end(today)})
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, right in rights.items():
            if key in givable and key not in held:
                groups.setdefault(right.group, []).append((key, right.label))
        self.has_rights = bool(groups)
        self.fields["droit"] = forms.ChoiceField(
            label=_("Droit"),
            choices=[("", _("Choisir un droit")), *groups.items()],
            error_messages={
                "required": _("Choisissez un droit."),
                "invalid_choice": _("Choisissez un droit dans la liste : on ne donne que ceux que l’on a."),
            },
        )
        self.order_fields(self.field_order)

    def clean_debut(self) -> dt.date:
        day: dt.date = self.cleaned_data["debut"]
        if day < clock.today():
            raise forms.ValidationError(_("Un droit commence aujourd’hui au plus tôt."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("debut") and data.get("fin") and data["fin"] < data["debut"]:
            self.add_error("fin", _("Le dernier jour vient avant le premier. Changez l’un des deux."))
        return data
