"""The form of the display settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from pupitre.foundation.ui.display import Display


class DisplayForm(forms.Form):
    """Theme, reading comfort and text size; `next` is the page the person came from."""

    theme = forms.ChoiceField(
        label=_("Couleurs"),
        widget=forms.RadioSelect,
        choices=[("systeme", _("Comme mon appareil")), ("cahier", _("Cahier")), ("ardoise", _("Ardoise"))],
    )
    comfort = forms.ChoiceField(
        label=_("Lecture"),
        widget=forms.RadioSelect,
        choices=[("standard", _("Standard")), ("confort", _("Confort de lecture"))],
    )
    size = forms.ChoiceField(
        label=_("Taille du texte"),
        widget=forms.RadioSelect,
        choices=[("normale", _("Normale")), ("grande", _("Grande")), ("tres-grande", _("Très grande"))],
    )

    theme_details = {
        "systeme": _("clair le jour, sombre la nuit si votre appareil le fait"),
        "cahier": _("encre sur page claire"),
        "ardoise": _("craie sur fond sombre"),
    }
    comfort_details = {"confort": _("lettres faciles à distinguer, lignes et mots plus espacés")}

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def next(self) -> str:
        """Where to go back: the page given or the one left, if it is ours; else the home."""
        asked = self.data.get("next") or self.request.GET.get("next") or self.request.headers.get("referer", "")
        here = self.request.get_host()
        own = url_has_allowed_host_and_scheme(asked, {here}, require_https=self.request.is_secure())
        return asked if own and not asked.endswith(self.request.path) else "/"

    def display(self) -> Display:
        """The choice, once valid."""
        data = self.cleaned_data
        return Display(theme=data["theme"], comfort=data["comfort"] == "confort", size=data["size"])
