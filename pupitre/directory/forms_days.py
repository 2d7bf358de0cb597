from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day picked in the browser's calendar, or typed « 31/08/2027 » where there is none."""

    default_error_messages = {
        "required": _("Il manque le jour. Par exemple : 31/08/2027"),
        "invalid": _("Il faut un jour qui existe. Par exemple : 31/08/2027"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)
