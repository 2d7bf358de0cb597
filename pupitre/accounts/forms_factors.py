"""What the pages of the second factor are sent."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VerifyForm(forms.Form):
    """A code of the telephone, or of the paper; `next` and `kept` say what to go back to."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        error_messages={"required": _("Il manque le code. Par exemple : 123 456")},
    )
    remember = forms.BooleanField(label=_("Se souvenir de cet appareil pendant 30 jours"), required=False)
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)


class KeyForm(forms.Form):
    """What a key answered, as the browser tells it."""

    answer = forms.CharField(max_length=20000)
    ticket = forms.CharField(max_length=64)
    remember = forms.BooleanField(required=False)
    next = forms.CharField(required=False)
    kept = forms.CharField(required=False)
    name = forms.CharField(required=False, max_length=80)


class FirstCodeForm(forms.Form):
    """The first code that an application shows, which proves that it has read the square."""

    code = forms.CharField(
        label=_("Code affiché par l’application"),
        max_length=40,
        error_messages={"required": _("Il manque le code à six chiffres que l’application affiche.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
