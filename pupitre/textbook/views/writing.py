"""The teacher's page: the lesson going on or just over is open, ready to be written."""

from dataclasses import replace
from uuid import uuid4

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.accounts.devices import device_name
from pupitre.files.picking import TICKED, Picking, pick
from pupitre.files.queries import files_of
from pupitre.files.refusals import Refusal as FileRefusal
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.ui.french import hour, in_paris
from pupitre.textbook.forms import OTHER, SessionForm, WorkForm, session_initial
from pupitre.textbook.models import SessionDraft, TextbookEntry
from pupitre.textbook.queries.loads import loads_of_group
from pupitre.textbook.queries.sessions import Sister, draft_at, sisters_of, steps_to, works_of
from pupitre.textbook.queries.students import students_to_choose
from pupitre.textbook.refusals import Refusal
from pupitre.textbook.services.copying import AlreadyWritten, copy_session
from pupitre.textbook.services.drafts import save_draft
from pupitre.textbook.services.writing import save_session
from pupitre.textbook.views.place import Desk, desk_at, url_of
from pupitre.timetable.models import Course

PURPOSE = "textbook.entry"
_LONGEST = 200_000
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "version"})


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: ActorRequest, uai: str, pk: int, day: str, hour: str) -> HttpResponse:
    courses = Course.objects.select_related("subject", "group")
    course = get_allowed_or_404(request.actor, "textbook.write_course", courses, pk=pk)
    desk = desk_at(request.actor, course, day, hour)
    return written(request, uai, desk) if request.method == "POST" else page(request, uai, desk)


def page(request: ActorRequest, uai: str, desk: Desk) -> HttpResponse:
    """The session as it is saved, or as it was being typed when the page was left."""
    draft = draft_at(desk.draft_place, request.actor)
    if draft is not None and desk.entry is not None and draft.saved_at <= desk.entry.saved_at:
        draft = None
    if draft is None:
        initial = (
            session_initial(desk.entry) if desk.entry else {"rule": "end", "kind": "lesson", "room": desk.lesson.room}
        )
        first = desk.dues[0].token if desk.dues else OTHER
        work = WorkForm(initial={"key": uuid4(), "due": first}, lessons=desk.dues, students=_students(desk))
        return _page(request, uai, desk, SessionForm(initial=initial), work)
    typed = QueryDict(mutable=True)
    for name, values in draft.content.get("fields", {}).items():
        typed.setlist(name, values)
    form, work = SessionForm(typed), WorkForm(typed, lessons=desk.dues, students=_students(desk))
    files = [int(each) for each in typed.getlist(TICKED) if each.isdecimal()]
    return _page(request, uai, desk, form, work, pick(request, PURPOSE, files), draft=draft)


def written(request: ActorRequest, uai: str, desk: Desk) -> HttpResponse:
    """What the page sent."""
    form = SessionForm(request.POST)
    work = WorkForm(request.POST, lessons=desk.dues, students=_students(desk))
    picking = pick(request, PURPOSE)
    if "look" in request.POST:
        return _page(request, uai, desk, form, work, picking)
    given = work.is_given()
    if not form.is_valid() or (given and not work.is_valid()) or picking.problems:
        return _page(request, uai, desk, form, work, picking, status=422)
    session = form.session()
    if "draft" in request.POST:
        session = replace(session, rule=TextbookEntry.Rule.DRAFT)
    try:
        entry = save_session(
            place=desk.place,
            key=desk.entry.key if desk.entry else desk.key,
            session=session,
            actor=request.actor,
            uploads=picking.ids,
            keep=[int(each) for each in request.POST.getlist("held") if each.isdecimal()],
            work=work.work(uuid4()) if given else None,
            work_has_files="work_files" in request.POST,
        )
        copied = _copies(request, desk, entry, work if given else None)
    except (Refusal, FileRefusal) as why:
        return _page(request, uai, desk, form, work, picking, error=str(why), status=422)
    response = redirect(url_of(uai, desk.lesson))
    response["Location"] += f"?fait={'brouillon' if session.rule == TextbookEntry.Rule.DRAFT else 'publie'}"
    if copied:
        response["Location"] += f"&copies={copied}"
    return response


@require_POST
def autosave(request: ActorRequest, uai: str) -> HttpResponse:
    """What the page sends every few seconds; the version that it now holds."""
    require(request.actor, "timetable.view_any")
    version = request.POST.get("version", "")
    names = [name for name in request.POST if name not in _NOT_KEPT]
    fields = {name: [each[:_LONGEST] for each in request.POST.getlist(name)] for name in names[:80]}
    saved = save_draft(
        place=request.POST.get("place", ""),
        version=int(version) if version.isdecimal() and len(version) < 9 else 0,
        content={"fields": fields, "body": request.POST.get("body", "")[:_LONGEST]},
        actor=request.actor,
        device=device_name(request.headers.get("User-Agent", "")),
    )
    at = hour(in_paris(saved.draft.saved_at))
    return JsonResponse({"version": saved.draft.version, "hour": at, "beside": saved.is_beside})


def _students(desk: Desk) -> list[tuple[int, str]]:
    return students_to_choose(desk.lesson.group_id)


def _sisters(desk: Desk, work: WorkForm | None) -> list[Sister]:
    steps, due = 1, work.chosen_due() if work is not None else None
    if due is not None and due.lesson_at is not None:
        steps = steps_to(desk.lesson, (due.on, due.lesson_at), desk.lessons) or 1
    return sisters_of(desk.lesson, desk.lessons, desk.written, steps)


def _copies(request: ActorRequest, desk: Desk, entry: TextbookEntry, work: WorkForm | None) -> int:
    """Copy to the sister classes that were ticked; one that has its session already is left as it is."""
    asked, done = set(request.POST.getlist("copy")), 0
    for sister in _sisters(desk, work):
        if str(sister.lesson.course_id) in asked:
            try:
                copy_session(entry=entry, to=sister.lesson, due=sister.due, actor=request.actor)
                done += 1
            except AlreadyWritten:
                continue
    return done


def _page(
    request: ActorRequest,
    uai: str,
    desk: Desk,
    form: SessionForm,
    work: WorkForm,
    picking: Picking | None = None,
    *,
    draft: SessionDraft | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    entry = desk.entry
    due = work.chosen_due()
    days = {each.shown_on for each in desk.dues} | ({due.shown_on} if due else set())
    before, after = desk.beside(-1), desk.beside(1)
    restored = ""
    if draft is not None:
        restored = _("Brouillon de %(hour)s restauré.") % {"hour": hour(in_paris(draft.saved_at))}
    context = {
        "uai": uai,
        "desk": desk,
        "entry": entry,
        "form": form,
        "work": work,
        "works": works_of(entry),
        "files": files_of([entry])[entry.pk] if entry else [],
        "picking": picking or pick(request, PURPOSE),
        "loads": loads_of_group(desk.lesson.group_id, days),
        "chosen": due.shown_on if due else None,
        "sisters": _sisters(desk, work),
        "copied": set(request.POST.getlist("copy")),
        "before_url": url_of(uai, before) if before else "",
        "after_url": url_of(uai, after) if after else "",
        "urls": {each.lesson.token: url_of(uai, each.lesson) for each in desk.week},
        "restored": restored,
        "other": draft.other if draft else "",
        "version": draft.version if draft else 0,
        "said": request.GET.get("fait", ""),
        "copies": request.GET.get("copies", ""),
        "error": error,
        "is_online": work["mode"].value() in ("file", "text", "audio"),
    }
    return render(request, "textbook/session.html", context, status=status)
