"""Who is here, on the pages of a person that belong to no school; and what a page says after a gesture."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from pupitre.accounts.lost_session import answer_lost_session
from pupitre.directory.identity import Identity
from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import STAFF
from pupitre.messaging.parties import PARTY_OF_PROFILE

SAID = "dit"
_NOTICES = {
    "envoye": _("Le message est envoyé."),
    "reponse": _("La réponse est envoyée."),
    "brouillon": _("Le brouillon est gardé."),
    "jete": _("Le brouillon est supprimé."),
    "change": _("Le message est modifié."),
    "rappele": _("Le message est retiré."),
    "signale": _("Merci. Le signalement est transmis à un adulte chargé de s’en occuper."),
    "corbeille": _("La discussion est dans la corbeille, pour trente jours."),
    "sorti": _("La discussion est sortie de la corbeille."),
    "range": _("La discussion est rangée."),
    "fait": _("C’est fait."),
    "suspendu": _("L’envoi de messages est suspendu."),
    "repris": _("L’envoi de messages est rétabli."),
    "regle": _("Les règles sont enregistrées."),
    "absent": _("C’est noté. Les personnes qui vous écrivent le liront."),
    "retour": _("La réponse automatique est retirée."),
}


def notice_of(request: HttpRequest) -> str:
    """What the address says was just done, or nothing: a code, never the text itself."""
    return str(_NOTICES.get(request.GET.get(SAID, ""), ""))


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's schools: their ids, the UAI of each, those where they write."""

    identity: Identity
    uais: dict[int, str]
    writing: tuple[str, ...]

    @property
    def person_id(self) -> int:
        return self.identity.person

    @property
    def works(self) -> bool:
        """Whether they work in one of their schools, as somebody who takes part in messages."""
        return any(role.profile in PARTY_OF_PROFILE and role.profile in STAFF for role in self.identity.roles or ())

    @property
    def schools(self) -> list[int]:
        return list(self.uais)


def mine(request: HttpRequest) -> Mine | None:
    """The person signed in, or None."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return None
    roles = identity.roles or []
    uais = {role.establishment: role.uai for role in roles}
    writing = dict.fromkeys(role.uai for role in roles if role.profile in PARTY_OF_PROFILE)
    return Mine(identity, uais, tuple(writing))


def signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, with what was being sent kept."""
    if request.method == "POST":
        return answer_lost_session(request)
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
