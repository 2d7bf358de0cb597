"""What a human decides of the differences and of the records left aside."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.integrations.imports.forms import DecisionsForm, GroupForm
from pupitre.integrations.imports.models import Decision, ImportJob, JobFinding
from pupitre.integrations.imports.queries import differences_of, figures_of
from pupitre.integrations.imports.services.decisions import decide as decide_differences
from pupitre.integrations.imports.services.decisions import settle_group
from pupitre.integrations.imports.services.resuming import analyse_again
from pupitre.integrations.imports.views.notices import back_to, for_htmx
from pupitre.integrations.imports.views.place import Place

State = ImportJob.State


@require_POST
def decide(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Keep the ticks of a page; htmx sends them as they change, and is told how much is ready."""
    job = _managed(request, pk)
    place, form = Place.of(request.POST), DecisionsForm(request.POST)
    if job.state != State.TO_REVIEW:
        return for_htmx(request, back_to("job", uai, "deja", pk=pk))
    whole = request.POST.get("whole", "")
    is_whole = form.is_valid() and whole in Decision.values and place.tab is not None
    changed = (
        _decide_whole(job, place, Decision(whole), request.actor, for_good=form.cleaned_data["remember"])
        if is_whole
        else _decide_shown(job, form, request.actor)
    )
    if changed is None:
        return for_htmx(request, back_to("job", uai, "perime", pk=pk, query=place.query))
    if "HX-Request" in request.headers:
        return render(request, "imports/_kept.html", {"figures": figures_of(job)})
    if request.POST.get("then") == "apply":
        return redirect("imports:apply", uai=uai, pk=pk)
    return back_to("job", uai, "choix", count=changed, pk=pk, query=place.query)


@require_POST
def settle(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    job, form = _managed(request, pk), GroupForm(request.POST)
    finding = JobFinding.objects.filter(job=job, pk=form.cleaned_data["finding"]).first() if form.is_valid() else None
    if job.state != State.TO_REVIEW:
        return back_to("job", uai, "deja", pk=pk)
    if finding is None or form.cleaned_data["code"] not in finding.choices:
        return back_to("job", uai, "perime", pk=pk)
    settle_group(job, finding.new, form.cleaned_data["code"], request.actor)
    analyse_again(job, request.actor)
    return back_to("job", uai, "classe", pk=pk)


def _managed(request: ActorRequest, pk: int) -> ImportJob:
    return get_allowed_or_404(request.actor, "imports.manage_job", ImportJob.objects.defer("readings"), pk=pk)


def _decide_shown(job: ImportJob, form: DecisionsForm, actor: Actor) -> int | None:
    """The rows of a page, ticked or not; how many changed, None when the page is of a former analysis."""
    if not form.is_valid():
        return None
    shown, ticked, changed = form.cleaned_data["shown"], form.ticked(), 0
    rows = list(differences_of(job).filter(pk__in=shown))
    if len(rows) < len(shown):
        return None
    for decision, wanted in ((Decision.APPLY, True), (Decision.SKIP, False)):
        keys = [row.key for row in rows if (row.pk in ticked) == wanted and row.decision != decision]
        if keys:
            changed += decide_differences(job, keys, decision, actor)
    if form.cleaned_data["remember"]:
        _remember(job, shown - ticked, actor)
    return changed


def _decide_whole(job: ImportJob, place: Place, decision: Decision, actor: Actor, *, for_good: bool) -> int:
    """Everything of the part or of the kind being looked at, pages not shown included."""
    rows = differences_of(job, place.tab or "", place.kind).exclude(decision=decision)
    keys = list(rows.values_list("key", flat=True))
    return decide_differences(job, keys, decision, actor, for_good=for_good) if keys else 0


def _remember(job: ImportJob, unticked: frozenset[int], actor: Actor) -> None:
    """Ignore for good what a human set aside on this page; what was never proposed is asked again."""
    rows = differences_of(job).filter(pk__in=unticked, decided=True, decision=Decision.SKIP)
    keys = list(rows.values_list("key", flat=True))
    if keys:
        decide_differences(job, keys, Decision.SKIP, actor, for_good=True)
