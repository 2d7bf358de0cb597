"""A family says why: a reason, a photograph of the paper, three touches on a phone."""

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, AbsenceReason, Justification
from pupitre.attendance.photos import NotAPhoto, is_pdf, is_photo, without_traces
from pupitre.attendance.policies import ANSWERABLE
from pupitre.attendance.queries.cases import last_words
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.answering import MOST_REFUSALS, answer
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.directory.profiles import Profile
from pupitre.files.picking import FILES, Picking, pick
from pupitre.files.queries import files_of
from pupitre.files.refusals import Refusal as FileRefusal
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.foundation.ui.french import in_paris

OWNER = "attendance.justification"
PRESENT, OTHER = "present", "autre"
LARGEST_CLEANED = 12_000_000


@require_http_methods(["GET", "HEAD", "POST"])
def justify(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    rows = AbsenceCase.objects.select_related("student__person", "reason")
    seen = get_allowed_or_404(actor, "attendance.view_case_as_family", rows, pk=pk)
    may_answer = allowed(actor, "attendance.answer_case", AbsenceCase.objects.filter(pk=pk)).exists()
    reasons = [each for each in reasons_of_school() if each.usable_by_families]
    if request.method != "POST":
        return _page(request, seen, reasons, may_answer=may_answer)
    if not may_answer:
        return _page(request, seen, reasons, may_answer=False, problem=_too_late(seen, request.actor))
    problems = clean_photos(request)
    picking = pick(request, OWNER)
    picking.problems = [*problems, *picking.problems]
    chosen, text = request.POST.get("motif", ""), request.POST.get("mot", "").strip()
    reason = next((each for each in reasons if each.code == chosen), None)
    problem = _problem(chosen, text, reason)
    if problem or picking.problems:
        return _page(request, seen, reasons, may_answer=True, problem=problem, picking=picking)
    try:
        answer(case=seen, reason=reason, text=text, denies=chosen == PRESENT, file_ids=picking.ids, actor=actor)
    except (Refusal, FileRefusal) as no:
        return _page(request, seen, reasons, may_answer=True, problem=str(no), picking=picking)
    return redirect(f"{request.path}?dit=envoye")


def _too_late(seen: AbsenceCase, actor: Actor) -> str:
    if seen.student.person_id == actor.person_id and seen.state in ANSWERABLE:
        return _("Tes responsables répondent pour toi, depuis leur accueil.")
    return _("La vie scolaire a déjà décidé : la réponse ne peut plus être changée ici. Appelez-la si besoin.")


def _problem(chosen: str, text: str, reason: AbsenceReason | None) -> str:
    if chosen == OTHER and not text:
        return _("Dites la raison en quelques mots.")
    if reason is None and chosen not in (OTHER, PRESENT):
        return _("Choisissez une raison.")
    return ""


def clean_photos(request: ActorRequest) -> list[str]:
    """Take from photographs what the telephone writes in them, and keep only photographs and PDF; what was refused, said."""
    problems, kept = [], []
    for file in request.FILES.getlist(FILES):
        if not isinstance(file, UploadedFile):
            continue
        head = file.read(16)
        file.seek(0)
        if is_pdf(head) or (is_photo(head) and (file.size or 0) > LARGEST_CLEANED):
            # Too large to be kept anyway: the next step says so.
            kept.append(file)
            continue
        try:
            clean = without_traces(file.read())
        except NotAPhoto:
            problems.append(
                _("« %(name)s » n’est ni une photo ni un PDF. Prenez le papier en photo, puis recommencez.")
                % {"name": file.name}
            )
        else:
            kept.append(SimpleUploadedFile(file.name or "photo.jpg", clean, file.content_type or "image/jpeg"))
    request._files = MultiValueDict({FILES: kept})  # type: ignore[attr-defined]
    return problems


def _page(
    request: ActorRequest,
    seen: AbsenceCase,
    reasons: list[AbsenceReason],
    *,
    may_answer: bool,
    problem: str = "",
    picking: Picking | None = None,
) -> HttpResponse:
    said = last_words([seen]).get(seen.pk)
    entries = list(
        AbsenceEntry.objects.filter(case=seen, cancelled_at=None)
        .select_related("roll_call")
        .order_by("away_on", "starts_at")
    )
    context = {
        "uai": request.actor.uai,
        "case": seen,
        "child": seen.student.person,
        "is_own": seen.student.person_id == request.actor.person_id,
        "subjects": list(dict.fromkeys(each.roll_call.subject for each in entries if each.roll_call)),
        "reasons": reasons,
        "chosen": request.POST.get("motif", "") or _chosen(said),
        "text": request.POST.get("mot", "") or (said.text if said else ""),
        "said": said,
        "said_at": in_paris(said.edited_at or said.said_at) if said else None,
        "files": files_of([said])[said.pk] if said else [],
        "may_answer": may_answer and seen.refusals < MOST_REFUSALS,
        "problem": problem,
        "picking": picking,
        "is_sent": request.GET.get("dit") == "envoye" and said is not None,
        "is_guardian": Profile.GUARDIAN in request.actor.profiles,
    }
    return render(
        request, "attendance/justify.html", context, status=422 if problem or (picking and picking.problems) else 200
    )


def _chosen(said: Justification | None) -> str:
    if said is None:
        return ""
    return PRESENT if said.denies else said.reason.code if said.reason else OTHER
