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


class HourField(forms.TimeField):
    """An hour, as a browser's own field gives it."""

    default_error_messages = {
        "invalid": _("Écrivez l’heure comme 8:05."),
        "required": _("Il manque l’heure. Par exemple : 8:05"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        super().__init__(**kwargs)
        self.widget.input_type = "time"
