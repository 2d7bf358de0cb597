from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.forms_days import DayField
from pupitre.establishments.models import Term
from pupitre.gradebook.models import Assessment, GradingRules, ServicePart
from pupitre.gradebook.models.assessments import LARGEST_SCALE

_WHOLE = {"invalid": _("Écrivez un nombre entier.")}
_NUMBER = {"invalid": _("Écrivez un nombre : « 1 » ou « 0,5 ».")}


class FrenchDecimal(forms.DecimalField):
    """A number written with a comma or a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".").strip() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


def coefficient(label: Any, **options: Any) -> FrenchDecimal:
    """A coefficient from 0 to 99, two decimals at most."""
    return FrenchDecimal(
        label=label, min_value=0, max_value=LARGEST_SCALE, max_digits=4, decimal_places=2, error_messages=_NUMBER,
        **options,
    )  # fmt: skip


class AssessmentForm(forms.Form):
    """An assessment of a course, in one of the terms of the year."""

    title = forms.CharField(
        label=_("Titre"), max_length=80, error_messages={"required": _("Donnez un titre à l’évaluation.")}
    )
    held_on = DayField(label=_("Date"))
    kind = forms.ChoiceField(label=_("Type"), choices=Assessment.Kind.choices)
    scale = forms.IntegerField(
        label=_("Barème"), min_value=1, max_value=LARGEST_SCALE, initial=20, error_messages=_WHOLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    coefficient = coefficient(
        _("Coefficient"), initial=Decimal(1), help_text=_("0 : la note est montrée, et ne compte pas.")
    )
    is_brought = forms.BooleanField(
        label=_("Ramener la note sur 20"), required=False,
        help_text=_("Sinon, une note sur 10 pèse deux fois moins qu’une note sur 20."),
    )  # fmt: skip
    option = forms.ChoiceField(label=_("Cette note compte"), choices=Assessment.OPTIONS)
    part = forms.ChoiceField(label=_("Sous-matière"))
    term = forms.ChoiceField(label=_("Période"))
    other_term = forms.ChoiceField(label=_("Compte aussi dans"), required=False)
    description = forms.CharField(
        label=_("Consignes, compétences visées"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("L’élève et ses responsables le lisent avec la note."),
    )  # fmt: skip
    guardian_delay_hours = forms.IntegerField(
        label=_("Délai pour les responsables, en heures"), min_value=0, max_value=336, required=False,
        error_messages=_WHOLE, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Après les élèves. Vide : le délai de l’établissement."),
    )  # fmt: skip
    is_locked = forms.BooleanField(label=_("Verrouiller : plus aucune note ne change"), required=False)

    def __init__(self, *args: Any, terms: Sequence[Term], parts: Sequence[ServicePart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._terms = {str(each.pk): each for each in terms}
        self._parts = {str(each.pk): each for each in parts}
        names = [(pk, each.label.capitalize()) for pk, each in self._terms.items()]
        self._offer("term", names)
        self._offer("other_term", [("", _("Aucune autre période")), *names])
        self._offer("part", [(pk, each.label) for pk, each in self._parts.items()])
        if not parts:
            del self.fields["part"]

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # nosec B101 - for the types
        field.choices = choices

    def apply(self, assessment: Assessment) -> Assessment:
        """Write what was typed in an assessment, which is not saved."""
        data = self.cleaned_data
        for name in ("title", "held_on", "kind", "scale", "coefficient", "is_brought", "option", "description"):
            setattr(assessment, name, data[name])
        assessment.guardian_delay_hours, assessment.is_locked = data["guardian_delay_hours"], data["is_locked"]
        assessment.term = self._terms[data["term"]]
        assessment.other_term = self._terms.get(data["other_term"])
        assessment.part = self._parts.get(data.get("part", ""))
        return assessment

    @staticmethod
    def facts_of(assessment: Assessment) -> dict[str, Any]:
        """What the form shows of an assessment that exists."""
        plain = ("title", "held_on", "kind", "scale", "coefficient", "is_brought", "option", "description", "is_locked")
        facts = {name: getattr(assessment, name) for name in (*plain, "guardian_delay_hours")}
        links = {name: getattr(assessment, f"{name}_id") or "" for name in ("term", "other_term", "part")}
        return facts | links


class PartForm(forms.Form):
    """A part of a service."""

    label = forms.CharField(
        label=_("Sous-matière"), max_length=40, error_messages={"required": _("Donnez un nom à la sous-matière.")}
    )
    coefficient = coefficient(_("Coefficient dans la moyenne du service"), initial=Decimal(1))


class WeightForm(forms.Form):
    """What a service weighs in the general average of a term."""

    weight = coefficient(_("Coefficient dans la moyenne générale"))


class FinalForm(forms.Form):
    """An average set in the place of the computed one; empty, the computed one comes back."""

    value = FrenchDecimal(
        label=_("Moyenne finale"), min_value=0, max_value=20, max_digits=4, decimal_places=2, required=False,
        error_messages=_NUMBER, help_text=_("Vide : la moyenne calculée revient."),
    )  # fmt: skip


class PublishForm(forms.Form):
    """When students see the marks: now when nothing is said."""

    day = DayField(label=_("Jour"), required=False)
    at = forms.TimeField(
        label=_("Heure"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Écrivez une heure, comme 17:00.")},
    )  # fmt: skip


class RulesForm(forms.Form):
    """What the school chose for its marks, as `GradingRules` holds it."""

    direction = forms.ChoiceField(
        label=_("Arrondir les moyennes"), choices=GradingRules.DIRECTIONS, widget=forms.RadioSelect
    )
    step = forms.TypedChoiceField(
        label=_("À quel pas"), choices=GradingRules.STEPS, coerce=int, widget=forms.RadioSelect
    )
    annual = forms.ChoiceField(
        label=_("Moyenne de l’année"), choices=GradingRules.Annual.choices, widget=forms.RadioSelect
    )
    guardian_delay_hours = forms.IntegerField(
        label=_("Délai pour les responsables, en heures"), min_value=0, max_value=336, error_messages=_WHOLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Après les élèves. La circulaire du 10 juillet 2025 conseille 24 heures."),
    )  # fmt: skip
    shows_class = forms.BooleanField(
        label=_("Élèves et responsables lisent la moyenne, la plus basse et la plus haute de la classe"), required=False
    )


class TermDatesForm(forms.Form):
    """First and last day of a term."""

    starts_on = DayField(label=_("Premier jour"))
    ends_on = DayField(label=_("Dernier jour"))


class ClassDatesForm(forms.Form):
    """The dates of a term for the classes that are ticked; what is empty is left as it is."""

    entry_ends_on = DayField(label=_("Dernier jour de saisie des notes"), required=False)
    comments_end_on = DayField(label=_("Dernier jour des appréciations"), required=False)
    council_on = DayField(label=_("Conseil de classe"), required=False)
    published_on = DayField(label=_("Publication des bulletins"), required=False)
