from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pupitre.directory.forms_days import DayField
from pupitre.establishments.models import Term
from pupitre.gradebook.forms import coefficient
from pupitre.gradebook.models import Assessment
from pupitre.timetable.models import Course


class NewAssessmentForm(forms.Form):
    """The assessment that the marks of a tool make; its term is the one of its day."""

    title = forms.CharField(
        label=_("Titre"), max_length=80, error_messages={"required": _("Donnez un titre à l’évaluation.")}
    )
    held_on = DayField(label=_("Date"))
    coefficient = coefficient(
        _("Coefficient"), initial=Decimal(1), help_text=_("0 : la note est montrée, et ne compte pas.")
    )

    def __init__(self, *args: Any, terms: Sequence[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._terms = terms

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        self.term = next((each for each in self._terms if each.starts_on <= day <= each.ends_on), None)
        if self.term is None:
            raise ValidationError(_("Aucune période de l’année ne contient ce jour."), "no_term")
        return day

    def assessment(self, course: Course, scale: int) -> Assessment:
        """The assessment, not saved. Ask once the form is valid."""
        return Assessment(course=course, term=self.term, scale=scale, **self.cleaned_data)
