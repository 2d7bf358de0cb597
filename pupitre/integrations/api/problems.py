"""What went wrong, as applications are told (RFC 9457): a kind, a title and a sentence, in French; and the words of RFC 6750."""

from collections.abc import Mapping

import msgspec
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.foundation.registry import Text

KINDS: dict[str, tuple[int, Text]] = {
    "demande": (400, gettext_lazy("La demande n’est pas comprise")),
    "jeton": (401, gettext_lazy("Il faut un jeton d’accès valable")),
    "ferme": (403, gettext_lazy("L’accès n’est pas ouvert")),
    "portee": (403, gettext_lazy("La portée du jeton ne suffit pas")),
    "introuvable": (404, gettext_lazy("Rien à cette adresse pour cette personne")),
    "methode": (405, gettext_lazy("Cette adresse se lit seulement")),
    "rythme": (429, gettext_lazy("Trop de demandes en peu de temps")),
}
"""By kind, the status and the title."""


class Problem(Exception):
    """An answer that is not what was asked for."""

    def __init__(self, kind: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(kind)
        self.kind, self.detail, self.headers = kind, detail, headers or {}

    def response(self) -> HttpResponse:
        """The answer itself."""
        status, title = KINDS[self.kind]
        told = {"type": type_of(self.kind), "title": str(title), "status": status, "detail": self.detail}
        response = HttpResponse(msgspec.json.encode(told), status=status, content_type="application/problem+json")
        for name, value in self.headers.items():
            response[name] = value
        return response


def type_of(kind: str) -> str:
    """The address that explains a kind: a line of the page for developers."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('api:developers')}#{kind}"


def unknown_token(*, was_sent: bool) -> Problem:
    """No token, or one that is good no more. RFC 6750, 3.1: without a token, no error is named."""
    said = _("Ce jeton est inconnu, trop vieux ou retiré, ou le compte n’est plus ouvert.")
    detail = said if was_sent else _("Aucun jeton n’a été envoyé dans l’en-tête Authorization.")
    error = ', error="invalid_token"' if was_sent else ""
    return Problem("jeton", detail, {"WWW-Authenticate": f'Bearer realm="Pupitre"{error}'})


def too_narrow(scope: str) -> Problem:
    """The token, the person or the school does not open what is asked."""
    said = _("Cette lecture demande la portée « %(scope)s », que la personne et l’établissement doivent ouvrir.")
    challenge = f'Bearer realm="Pupitre", error="insufficient_scope", scope="{scope}"'
    return Problem("portee", said % {"scope": scope}, {"WWW-Authenticate": challenge})


def not_open() -> Problem:
    """The school has shut the service, or the person may not use it any more."""
    return Problem("ferme", _("L’établissement n’ouvre pas cette application à cette personne."))


def nothing_here() -> Problem:
    """What one may not see does not exist."""
    return Problem(
        "introuvable", _("Cette adresse n’existe pas, ou ce qu’elle montre n’est pas ouvert à cette personne.")
    )


def too_fast(seconds: int) -> Problem:
    """Too many calls in a minute."""
    said = _("Attendez %(seconds)s secondes avant la prochaine demande.") % {"seconds": seconds}
    return Problem("rythme", said, {"Retry-After": str(seconds)})
