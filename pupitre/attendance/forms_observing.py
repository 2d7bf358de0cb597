from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.attendance.models import Observation


class ObservationForm(forms.Form):
    """The same observation of some students of a lesson."""

    nature = forms.ChoiceField(
        label=_("Observation"),
        choices=Observation.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l’observation à noter.")},
    )
    texte = forms.CharField(
        label=_("Précision"),
        max_length=300,
        required=False,
        help_text=_("Courte et factuelle : la famille la lit quand vous la lui montrez."),
    )
    montrer = forms.BooleanField(label=_("La montrer à l’élève et à ses responsables"), required=False, initial=True)
