"""The school arranges the home of each profile, and imposes blocks."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.directory.profiles import capabilities_of
from pupitre.foundation.access import allowed, require
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.portal.blocks import blocks_of
from pupitre.portal.forms import LayoutForm
from pupitre.portal.layout import Layout, SchoolRow, school_layout
from pupitre.portal.models import SchoolLayout
from pupitre.portal.screens import AUDIENCES, lines_of, moved_to, summary_of, title_of
from pupitre.portal.services import arrange_school_home, reset_school_home
from pupitre.portal.views.notices import SAID, notice_of


@require_safe
def school_homes(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, "portal.manage_layout")
    kept = _rows(request.actor)
    lines = [
        (
            title_of(audience),
            summary_of(_layout(profile, kept.get(profile)) if profile in kept else None, profile),
            reverse("portal:school_home", args=[uai, audience]),
            profile in kept,
        )
        for audience, profile in AUDIENCES.items()
    ]
    return render(request, "portal/school_homes.html", {"uai": uai, "lines": lines, "notice": notice_of(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def school_home(request: ActorRequest, uai: str, audience: str) -> HttpResponse:
    require(request.actor, "portal.manage_layout")
    if audience not in AUDIENCES:
        raise Http404
    profile = AUDIENCES[audience]
    row = _rows(request.actor).get(profile)
    layout = _layout(profile, row)
    if request.method != "POST":
        return _page(request, uai, audience, layout, is_arranged=row is not None)
    if "reset" in request.POST:
        reset_school_home(profile=profile, actor=request.actor)
        return _back(uai, "origine")
    form = LayoutForm(request.POST, layout.order, may_lock=True)
    if not form.is_valid():
        return _page(request, uai, audience, layout, is_arranged=row is not None, error=form.first_error)
    wanted = form.layout()
    if form.moved_block:
        return _page(request, uai, audience, wanted, is_arranged=row is not None, moved=form.moved_block)
    arrange_school_home(profile=profile, layout=wanted, actor=request.actor)
    return _back(uai, "regle")


def _rows(actor: Actor) -> dict[str, SchoolLayout]:
    rows = allowed(actor, "portal.manage_school_layout", SchoolLayout.objects.all())
    return {row.profile: row for row in rows}


def _layout(profile: str, row: SchoolLayout | None) -> Layout:
    alone = frozenset({profile})
    decided = SchoolRow(row.blocks, row.hidden, row.locked) if row else None
    return school_layout(blocks_of(alone, capabilities_of(alone)), [decided])


def _page(
    request: ActorRequest,
    uai: str,
    audience: str,
    layout: Layout,
    *,
    is_arranged: bool,
    moved: str = "",
    error: str = "",
) -> HttpResponse:
    profile = AUDIENCES[audience]
    context = {
        "uai": uai,
        "title": title_of(audience),
        "action": reverse("portal:school_home", args=[uai, audience]),
        "lines": lines_of(layout, profile, may_lock=True),
        "said": moved_to(layout, moved, profile),
        "moved": moved,
        "way": "up" if request.POST.get("up") else "down",
        "error": error,
        "is_arranged": is_arranged,
    }
    return render(request, "portal/school_home.html", context, status=422 if error else 200)


def _back(uai: str, said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('portal:school_homes', args=[uai])}?{urlencode({SAID: said})}")
