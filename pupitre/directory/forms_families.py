from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pupitre.directory.services.restrictions import LetInReason, ShutReason

_MESSAGES = {
    "required": _("Choisissez une raison : elle reste dans le journal."),
    "invalid_choice": _("Choisissez une raison dans la liste."),
}


class AccessForm(forms.Form):
    """Why a guardian is shut out of a child, or let in again when they are shut out today."""

    def __init__(self, *args: Any, is_shut: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = LetInReason if is_shut else ShutReason
        self.fields["raison"] = forms.ChoiceField(
            label=_("Pourquoi"), choices=[("", _("Choisir une raison")), *reasons.choices], error_messages=_MESSAGES
        )
