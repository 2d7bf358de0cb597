"""What is ready for the LSU, what is missing, the files that were made."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group
from pupitre.establishments.models import Establishment
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.integrations.lsu.checking import check
from pupitre.integrations.lsu.limits import VERSIONS
from pupitre.integrations.lsu.links import mending
from pupitre.integrations.lsu.models import LsuExport
from pupitre.integrations.lsu.policies import MANAGE
from pupitre.integrations.lsu.queries.exports import exports_seen
from pupitre.integrations.lsu.queries.lycee_subjects import writes_subjects
from pupitre.integrations.lsu.queries.terms import drafts_of, kind_of_school
from pupitre.integrations.lsu.refusals import Refusal
from pupitre.integrations.lsu.services.exporting import bytes_of, export_term
from pupitre.integrations.lsu.words import SAID, TITLES

_LATEST, _NAMES = 10, 12
_KEPT = ExpressionWrapper(Q(data__isnull=False), BooleanField())


@require_safe
def home(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    kind = kind_of_school()
    if kind != Establishment.Kind.COLLEGE:
        is_lycee = kind != Establishment.Kind.ECOLE
        context = {
            "uai": uai, "is_lycee": is_lycee, "terms": terms_of_year() if is_lycee else [],
            "writes_subjects": writes_subjects(request.actor),
        }  # fmt: skip
        return render(request, "lsu/lycee.html", context)
    return _page(request, uai)


@require_POST
def export(request: ActorRequest, uai: str) -> HttpResponse:
    """Make the file of the term, for the school or a class; then its page."""
    require(request.actor, MANAGE)
    terms = terms_of_year()
    term = term_asked(terms, request.POST.get("periode", ""))
    if term is None or kind_of_school() != Establishment.Kind.COLLEGE:
        raise Http404
    try:
        made = export_term(
            term=term, terms=terms, division=_division(request), actor=request.actor,
            takes_unvalidated=_may_take(request) and "non_arretes" in request.POST,
        )  # fmt: skip
    except Refusal as no:
        return _page(request, uai, problem=str(no))
    return redirect("lsu:made", uai=uai, pk=made.pk)


@require_safe
def made(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A file that was made: what it tells, whom it leaves out and why."""
    return render(request, "lsu/made.html", {"uai": uai, "made": _export(request, pk)})


@require_safe
def file(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The bytes of a file, once more in the journal."""
    kept: LsuExport = get_allowed_or_404(request.actor, "lsu.read_export", LsuExport.objects.exclude(data=None), pk=pk)
    headers = {"Content-Disposition": f'attachment; filename="{kept.name}"', "Cache-Control": "no-store"}
    return HttpResponse(bytes_of(kept, actor=request.actor), content_type="application/xml", headers=headers)


def _export(request: ActorRequest, pk: int) -> LsuExport:
    rows = LsuExport.objects.defer("data", "student_ids").select_related("term", "division", "made_by")
    found: LsuExport = get_allowed_or_404(request.actor, "lsu.read_export", rows.annotate(is_kept=_KEPT), pk=pk)
    return found


def _may_take(request: ActorRequest) -> bool:
    """Whether the actor may send what the council has not validated: whoever validates bulletins, the head."""
    return request.actor.has("reportcards.manage")


def _division(request: ActorRequest) -> Group | None:
    asked = request.POST.get("classe", "")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    found: Group | None = divisions_of_today().filter(pk=int(asked)).first()
    return found


def _page(request: ActorRequest, uai: str, *, problem: str = "") -> HttpResponse:
    terms = terms_of_year()
    term = term_asked(terms, (request.POST or request.GET).get("periode", ""))
    context: dict[str, Any] = {
        "uai": uai, "terms": terms, "term": term, "problem": problem, "said": SAID, "titles": TITLES, "names": _NAMES,
        "exports": list(exports_seen(request.actor)[:_LATEST]), "chosen": request.POST.get("classe", ""),
    }  # fmt: skip
    if term is not None:
        drafts = drafts_of(term, uai)
        context |= {
            "looked": check(drafts), "gone": drafts.facts.gone, "may_take": _may_take(request),
            "takes": "non_arretes" in request.POST,
            "mending": lambda fault: mending(fault, uai, term.pk, request.actor),
            "divisions": sorted(drafts.facts.divisions, key=lambda each: each.label),
            "version": (drafts.facts.settings or (VERSIONS[0], ""))[0],
        }  # fmt: skip
    return render(request, "lsu/home.html", context, status=422 if problem else 200)
