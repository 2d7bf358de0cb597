"""What the office types about a teacher who is away."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Person
from pupitre.timetable.forms import LONGEST, DayField, HourField


class AbsenceForm(forms.Form):
    """Who, from when, until when; the reason stays in the office."""

    person = forms.TypedChoiceField(label=_("Professeur"), coerce=int)
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"))
    starts_at = HourField(label=_("À partir de"), required=False)
    ends_at = HourField(label=_("Jusqu’à"), required=False)
    reason = forms.CharField(
        label=_("Motif"),
        required=False,
        max_length=LONGEST,
        help_text=_("Lu par ceux qui modifient les cours, et par personne d’autre."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, people: Sequence[Person], day: dt.date) -> None:
        super().__init__(data, initial={"starts_on": day, "ends_on": day})
        self.fields["person"].choices = [(each.pk, each.formal_name) for each in people]  # type: ignore[attr-defined]
