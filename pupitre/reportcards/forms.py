from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.reportcards.models import MOST_APPRECIATION, Project, Support
from pupitre.reportcards.queries.mentions import mentions_offered
from pupitre.timetable.models import Course


class CouncilForm(forms.Form):
    """What the council says of a student besides the synthesis."""

    mention = forms.ChoiceField(label=_("Mention"), required=False)
    supports = forms.MultipleChoiceField(
        label=_("Accompagnement"), choices=Support.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    wishes = forms.CharField(
        label=_("Vœux d’orientation"), required=False, max_length=MOST_APPRECIATION, widget=forms.Textarea
    )
    decision = forms.CharField(
        label=_("Proposition ou décision d’orientation"), required=False, max_length=MOST_APPRECIATION,
        widget=forms.Textarea,
    )  # fmt: skip

    def __init__(self, *args: Any, held: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A mention that was put away stays on the bulletin that bears it.
        labels = list(dict.fromkeys([*mentions_offered(), *([held] if held else [])]))
        field = self.fields["mention"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Aucune")), *((each, each) for each in labels)]


class WhyForm(forms.Form):
    """Why bulletins are opened again."""

    why = forms.CharField(
        label=_("Pourquoi les rouvrir"), max_length=300, error_messages={"required": _("Dites pourquoi en une phrase.")}
    )


class RulesForm(forms.Form):
    """What the bulletins of the school show."""

    shows_previous = forms.BooleanField(label=_("Moyennes des périodes précédentes"), required=False)
    shows_spread = forms.BooleanField(label=_("Plus basse et plus haute moyenne de la classe"), required=False)
    mentions = forms.CharField(
        label=_("Mentions du conseil"), required=False, max_length=600, widget=forms.Textarea,
        help_text=_("Une par ligne, 60 caractères au plus. Une mention retirée reste sur les bulletins qui la portent."),
    )  # fmt: skip


class ProjectForm(forms.Form):
    """Something a class did across subjects."""

    kind = forms.ChoiceField(label=_("Nature"), choices=Project.Kind.choices)
    title = forms.CharField(label=_("Intitulé"), max_length=150)
    text = forms.CharField(
        label=_("Ce qui est dit à toute la classe"), required=False, max_length=MOST_APPRECIATION, widget=forms.Textarea
    )
    courses = forms.TypedMultipleChoiceField(
        label=_("Disciplines"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, courses: Iterable[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {each.pk: each for each in courses}
        field = self.fields["courses"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [(pk, each.subject.label) for pk, each in self.offered.items()]

    def clean_courses(self) -> list[Course]:
        return [self.offered[pk] for pk in self.cleaned_data["courses"]]
