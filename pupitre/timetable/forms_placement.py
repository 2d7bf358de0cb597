"""What the office types of a work placement: its days, then a line a student."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group
from pupitre.timetable.forms import DayField
from pupitre.timetable.models import PlacedStudent
from pupitre.timetable.services.placing import Place

LENGTHS = {"company": 80, "place": 80, "tutor": 120}


class PlanForm(forms.Form):
    """A class, a name and days."""

    group = forms.TypedChoiceField(label=_("Classe"), coerce=int)
    label = forms.CharField(
        label=_("Nom"),
        max_length=60,
        initial=_("Stage"),
        help_text=_("Les familles le lisent : « PFMP 1 », « Stage »."),
    )
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"))

    def __init__(self, data: Mapping[str, Any] | None, *, groups: Sequence[Group]) -> None:
        super().__init__(data)
        self.fields["group"].choices = [(each.pk, each.label) for each in groups]  # type: ignore[attr-defined]


class DaysForm(forms.Form):
    """The days of a placement."""

    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"))


def places_sent(data: Mapping[str, str], rows: Sequence[PlacedStudent]) -> dict[int, Place]:
    """What was typed for each student listed; too long a text is cut, as its field says."""
    found = {}
    for row in rows:
        words = {name: data.get(f"{name}_{row.student_id}", "").strip()[:most] for name, most in LENGTHS.items()}
        asked = data.get(f"agreement_{row.student_id}", row.agreement)
        agreement = asked if asked in PlacedStudent.Agreement.values else row.agreement
        found[row.student_id] = Place(**words, agreement=agreement)
    return found
