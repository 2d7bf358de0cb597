"""A family announces an absence, or asks for an exemption."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.attendance.forms_family import AnnounceForm
from pupitre.attendance.models import AbsenceCase
from pupitre.attendance.queries.lessons import subjects_taught
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.announcing import announce
from pupitre.attendance.services.entering import Entered
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.transitions import State
from pupitre.attendance.views.justify import OWNER, clean_photos
from pupitre.directory.models import Student
from pupitre.files.picking import Picking, pick
from pupitre.files.refusals import Refusal as FileRefusal
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.commitments import Commitment, commitments_of, knows_commitments

SHOWN = (*(State.PLANNED, State.CONFIRMED, State.DECLINED, State.EXEMPTION_ASKED, State.EXEMPT, State.NOT_EXEMPT),)


@require_http_methods(["GET", "HEAD", "POST"])
def announce_absence(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    rows = Student.objects.select_related("person").order_by("person__sort_key")
    children = list(allowed(actor, "attendance.announce_absence", rows))
    if not children:
        raise Http404
    reasons = [each for each in reasons_of_school() if each.usable_by_families]
    posted = request.POST if request.method == "POST" else None
    form = AnnounceForm(posted, children=children, reasons=reasons, subjects=subjects_taught())
    if posted is None:
        return _page(request, form, children)
    problems = clean_photos(request)
    picking = pick(request, OWNER)
    picking.problems = [*problems, *picking.problems]
    if not form.is_valid() or picking.problems:
        return _page(request, form, children, picking=picking)
    text, entered = form.cleaned_data["mot"].strip(), form.entered
    held = _exams_during(form.student, entered)
    if held and "quand_meme" not in request.POST:
        return _page(request, form, children, held=held, picking=picking)
    try:
        announce(entered, student=form.student, text=text, file_ids=picking.ids, actor=actor)
    except (Refusal, FileRefusal) as no:
        return _page(request, form, children, problem=str(no), picking=picking)
    return redirect(f"{request.path}?dit=envoye")


def _exams_during(student: Student, entered: Entered) -> list[Commitment]:
    """The exams and tests that the student would miss; those of another hour of the day are none of them."""
    return [
        each
        for each in commitments_of([student.pk], entered.starts_on, entered.ends_on)
        if each.is_exam
        and (each.starts_at is None or each.starts_at < entered.ends_at)
        and (each.ends_at is None or each.ends_at > entered.starts_at)
    ]


def _page(
    request: ActorRequest,
    form: AnnounceForm,
    children: list[Student],
    *,
    problem: str = "",
    held: Sequence[Commitment] = (),
    picking: Picking | None = None,
) -> HttpResponse:
    known = AbsenceCase.objects.filter(student__in=children, state__in=SHOWN, ends_on__gte=clock.today())
    context = {
        "uai": request.actor.uai,
        "form": form,
        "is_own": children[0].person_id == request.actor.person_id,
        "known": list(known.select_related("student__person").order_by("starts_on", "pk")),
        "problem": problem,
        "held": held,
        "knows": knows_commitments(),
        "picking": picking,
        "is_sent": request.GET.get("dit") == "envoye",
    }
    is_wrong = problem or held or form.errors or (picking and picking.problems)
    return render(request, "attendance/announce.html", context, status=422 if is_wrong else 200)
