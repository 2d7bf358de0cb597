"""What a page says after a gesture: a code in the address, never the text itself."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

SAID = "dit"
_NOTICES = {
    "range": _("Votre accueil est rangé comme vous l’avez choisi."),
    "range-tu": _("Ton accueil est rangé comme tu l’as choisi."),
    "origine": _("L’accueil a retrouvé sa disposition d’origine."),
    "regle": _("La page d’accueil est réglée. Chacun la verra à sa prochaine ouverture."),
}


def notice_of(request: HttpRequest) -> str:
    """What the address says was just done, or nothing."""
    return str(_NOTICES.get(request.GET.get(SAID, ""), ""))
