"""What is sent of copies: by students, and by those who correct them."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.foundation import clock
from pupitre.textbook.forms import day_field, hour_field
from pupitre.textbook.models.hand_in import COMMENT_LENGTH, COPY_LENGTH


class HandInForm(forms.Form):
    """A copy: a text, a word for the teacher; files come by the picker."""

    text = forms.CharField(
        label=_("Ton texte"), required=False, max_length=COPY_LENGTH, widget=forms.Textarea(attrs={"rows": 8})
    )
    word = forms.CharField(label=_("Un mot pour ton professeur"), required=False, max_length=500)


class CorrectionForm(forms.Form):
    """What goes back with a copy."""

    comment = forms.CharField(
        label=_("Commentaire"), required=False, max_length=COMMENT_LENGTH, widget=forms.Textarea(attrs={"rows": 5})
    )


class ExtensionForm(forms.Form):
    """More time for one student."""

    until_on = day_field(_("Jusqu’au"), required=True)
    until_at = hour_field(_("À"))

    def clean_until_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["until_on"]
        if on < clock.today():
            raise forms.ValidationError(_("Ce jour est passé. Choisissez aujourd’hui ou un jour qui suit."))
        return on

    def until(self) -> dt.datetime:
        """The last instant given."""
        data: dict[str, Any] = self.cleaned_data
        return dt.datetime.combine(data["until_on"], data["until_at"] or dt.time(23, 59, 59), clock.PARIS)


class PostponeForm(forms.Form):
    """Another day for a work."""

    due = forms.CharField(required=False)
    due_on = day_field(_("Autre date"))
