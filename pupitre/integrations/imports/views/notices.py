"""What a page says after a gesture: a code in the address, never the text itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.foundation.ui.french import number

SAID, COUNT = "dit", "n"
_NOWHERE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the head of the page."""

    text: str
    level: str = "ok"

    @property
    def icon(self) -> str:
        return {"ok": "ok-rond", "warn": "alerte"}.get(self.level, "info")


def _decided(count: int) -> Notice:
    if not count:
        return Notice(_("Rien à changer : vos choix étaient déjà ceux-là."), "info")
    text = ngettext("Un choix est enregistré.", "%(count)s choix sont enregistrés.", count)
    return Notice(text % {"count": number(count)})


def _undone(count: int) -> Notice:
    if not count:
        return Notice(_("L’import est annulé : tout est revenu comme avant."))
    text = ngettext(
        "L’import est annulé. Une fiche a servi ou changé depuis : elle est restée comme elle est.",
        "L’import est annulé. %(count)s fiches ont servi ou changé depuis : elles sont restées comme elles sont.",
        count,
    )
    return Notice(text % {"count": number(count)})


def _names(count: int) -> Notice:
    text = ngettext(
        "Un nom est retenu, pour cet import et les suivants. L’analyse est refaite.",
        "%(count)s noms sont retenus, pour cet import et les suivants. L’analyse est refaite.",
        count,
    )
    return Notice(text % {"count": number(count)})


_NOTICES: dict[str, Callable[[int], Notice]] = {
    "choix": _decided,
    "annule": _undone,
    "classe": lambda _count: Notice(_("C’est retenu, pour cet import et les suivants. L’analyse est refaite.")),
    "noms": lambda count: _names(count),
    "sans-reponse": lambda _count: Notice(
        _("Aucun nom n’a reçu de réponse. Choisissez-en au moins une, puis enregistrez."), "info"
    ),
    "correspondance": lambda _count: Notice(_("C’est retenu : le prochain import suivra.")),
    "nom-redemande": lambda _count: Notice(_("Ce nom sera redemandé au prochain import qui le contient.")),
    "abandon": lambda _count: Notice(_("L’import est abandonné : rien n’a changé, ses fichiers sont effacés.")),
    "redemande": lambda _count: Notice(_("Ce changement sera de nouveau proposé au prochain import.")),
    "deja": lambda _count: Notice(_("C’était déjà fait : rien n’a été fait deux fois."), "info"),
    "perime": lambda _count: Notice(
        _("L’analyse a été refaite entre-temps. Relisez cette page, puis recommencez."), "warn"
    ),
    "verifier": lambda _count: Notice(
        _("Lisez les points à confirmer, puis cochez « J’ai vérifié » pour appliquer cet import."), "warn"
    ),
    "patience": lambda _count: Notice(
        _("L’import est en plein travail. Attendez qu’il ait fini : rien ne sera appliqué sans vous."), "info"
    ),
    "trop-tard": lambda _count: Notice(
        _("Seul le dernier import appliqué peut être annulé, pendant 7 jours. Corrigez la base, puis réimportez."),
        "warn",
    ),
}


def notice_of(request: HttpRequest) -> Notice | None:
    """What the address says was just done."""
    make = _NOTICES.get(request.GET.get(SAID, ""))
    count = request.GET.get(COUNT, "")
    return make(int(count) if count.isdecimal() and len(count) < 9 else 0) if make else None


def for_htmx(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same redirection, for the whole page when htmx asked for a fragment."""
    if "HX-Request" not in request.headers:
        return response
    return HttpResponse(headers={"HX-Redirect": response["Location"]})


def back_to(
    route: str,
    uai: str,
    said: str,
    *,
    count: int | None = None,
    pk: int | None = None,
    query: Mapping[str, str] = _NOWHERE,
) -> HttpResponse:
    """Lead to a page of this school, with what happened."""
    path = reverse(f"imports:{route}", kwargs={"uai": uai} | ({} if pk is None else {"pk": pk}))
    said_there = {SAID: said} | ({} if count is None else {COUNT: str(count)})
    return HttpResponseRedirect(f"{path}?{urlencode({**query, **said_there})}")
