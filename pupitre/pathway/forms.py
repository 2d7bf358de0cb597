from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.pathway.models import NOTE_LENGTH, FollowUpNote


class NoteForm(forms.Form):
    """A note of follow-up."""

    text = forms.CharField(
        label=_("Note de suivi"), widget=forms.Textarea(attrs={"rows": 4}), max_length=NOTE_LENGTH,
        help_text=_("Des faits, ce qui est décidé. L’élève et ses responsables peuvent demander à la lire ; rien de la santé ici."),
        error_messages={
            "required": _("Écrivez la note : ce qui a été dit, ce qui est décidé, pour quand."),
            "max_length": _("La note fait %(show_value)s signes, %(limit_value)s au plus. Raccourcissez-la."),
        },
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=_("Qui la lit"), choices=FollowUpNote.Audience.choices, widget=forms.RadioSelect,
        initial=FollowUpNote.Audience.TEAM.value, error_messages={"required": _("Dites qui pourra lire cette note.")},
    )  # fmt: skip
