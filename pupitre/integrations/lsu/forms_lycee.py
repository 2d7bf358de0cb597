from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.models import Engagement, ExamOpinion

_LONG = {"max_length": _("%(limit_value)s caractères au plus : il y en a %(show_value)s.")}


class LyceeYearForm(forms.Form):
    """What the booklet of the lycée says of the year of a student."""

    engagements = forms.MultipleChoiceField(
        label=_("Engagements dans l’année"), choices=Engagement.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    detail = forms.CharField(
        label=_("Préciser un engagement"), required=False, max_length=300, error_messages=_LONG,
        help_text=_("Ce que l’élève souhaite voir figurer, et rien de sa vie privée."),
    )  # fmt: skip
    appreciation = forms.CharField(
        label=_("Appréciation annuelle"), required=False, max_length=limits.APPRECIATION, error_messages=_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    exam_opinion = forms.ChoiceField(
        label=_("Avis en vue de l’examen"), required=False, choices=[("", _("Pas d’avis")), *ExamOpinion.choices],
        help_text=_("L’année de l’examen seulement."),
    )  # fmt: skip
    head_opinion = forms.CharField(
        label=_("Avis du chef d’établissement"), required=False, max_length=limits.APPRECIATION, error_messages=_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, decides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not decides:
            del self.fields["head_opinion"]
