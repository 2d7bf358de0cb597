from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.gradebook.socle import Domain
from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.cycles import COMPLEMENTS, LEVELS, OBJECTIVES


class CycleForm(forms.Form):
    """The end of a cycle of a student; what is not decided yet may wait."""

    synthesis = forms.CharField(
        label=_("Synthèse des acquis et conseils"), required=False,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": limits.SYNTHESIS}),
        help_text=_("1 500 caractères au plus. Elle est lue par la famille, et par le prochain établissement."),
    )  # fmt: skip
    complement = forms.ChoiceField(label=_("Enseignement de complément"), choices=COMPLEMENTS, required=False)
    complement_level = forms.ChoiceField(label=_("Complément, objectifs"), choices=OBJECTIVES, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in limits.COMPONENTS:
            self.fields[code] = forms.ChoiceField(label=Domain(code).label, choices=LEVELS, required=False)

    def components(self) -> Iterator[forms.BoundField]:
        """The fields of the eight components."""
        return (self[code] for code in limits.COMPONENTS)

    @property
    def levels(self) -> dict[str, int]:
        """What is decided."""
        told = self.cleaned_data
        return {code: int(told[code]) for code in limits.COMPONENTS if told.get(code)}
