"""Sessions without a service: a substitution, an outing, some days of something else; and a session put off."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.directory.models import Group
from pupitre.directory.profiles import Profile
from pupitre.files.picking import Picking, pick
from pupitre.files.queries import files_of
from pupitre.files.refusals import Refusal as FileRefusal
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.textbook.forms import ExtraForm, SessionForm, WorkForm, session_initial
from pupitre.textbook.models import TextbookEntry
from pupitre.textbook.queries.sessions import local_now
from pupitre.textbook.refusals import Refusal
from pupitre.textbook.services.bumping import bump_session
from pupitre.textbook.services.writing import Place, save_session
from pupitre.textbook.views.writing import PURPOSE


@require_http_methods(["GET", "HEAD", "POST"])
def extra(request: ActorRequest, uai: str) -> HttpResponse:
    """A new session without a service."""
    if not request.actor.profiles & {Profile.TEACHER, Profile.SUPPORT, Profile.SCHOOL_LIFE}:
        raise Http404
    groups = _groups()
    if request.method == "POST":
        return _save(request, uai, ExtraForm(request.POST, groups=groups), None)
    now = local_now()
    place = ExtraForm(
        groups=groups,
        initial={"held_on": now.date(), "starts_at": dt.time(now.hour), "ends_at": dt.time(min(now.hour + 1, 23))},
    )
    form = SessionForm(initial={"rule": "now", "kind": "outing"})
    return _page(request, uai, place, form, _work(request, {"key": uuid4()}), uuid4())


@require_http_methods(["GET", "HEAD", "POST"])
def edit_extra(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A session without a service, again."""
    rows = TextbookEntry.objects.filter(course=None)
    entry = get_allowed_or_404(request.actor, "textbook.write_entry", rows, pk=pk)
    groups = _groups()
    if request.method == "POST":
        return _save(request, uai, ExtraForm(request.POST, groups=groups), entry)
    names = ("occasion", "held_on", "until_on", "starts_at", "ends_at")
    place = ExtraForm(
        groups=groups, initial={"group": entry.group_id, **{name: getattr(entry, name) for name in names}}
    )
    form = SessionForm(initial=session_initial(entry))
    return _page(request, uai, place, form, _work(request, {"key": uuid4()}), entry.key, entry=entry)


@require_POST
def bump(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """« Reporter au prochain cours »: the session and those that follow it go one lesson later."""
    entry = get_allowed_or_404(request.actor, "textbook.write_entry", TextbookEntry.objects.exclude(course=None), pk=pk)
    try:
        moved = bump_session(entry=entry, actor=request.actor)
    except Refusal:
        moved = entry
    return redirect(
        "textbook:session", uai=uai, pk=moved.course_id, day=str(moved.held_on), hour=f"{moved.starts_at:%H%M}"
    )


def _save(request: ActorRequest, uai: str, place: ExtraForm, entry: TextbookEntry | None) -> HttpResponse:
    form, work, picking = SessionForm(request.POST), _work(request), pick(request, PURPOSE)
    key = entry.key if entry else _uuid(request.POST.get("key", ""))
    given = work.is_given()
    # Both are looked at, so that everything to correct is said at once.
    sound = [place.is_valid(), form.is_valid(), not given or work.is_valid()]
    if not all(sound) or picking.problems:
        return _page(request, uai, place, form, work, key, picking=picking, entry=entry, status=422)
    data = place.cleaned_data
    where = Place(
        data["group"], data["held_on"], data["starts_at"], data["ends_at"], None, data["occasion"], data["until_on"]
    )
    try:
        saved = save_session(
            place=where,
            key=key,
            session=form.session(),
            actor=request.actor,
            uploads=picking.ids,
            keep=[int(each) for each in request.POST.getlist("held") if each.isdecimal()],
            work=work.work(uuid4()) if given else None,
        )
    except (Refusal, FileRefusal) as why:
        return _page(request, uai, place, form, work, key, picking=picking, entry=entry, error=str(why), status=422)
    return redirect("textbook:entry", uai=uai, pk=saved.pk)


def _work(request: ActorRequest, initial: dict[str, Any] | None = None) -> WorkForm:
    return WorkForm(request.POST if initial is None else None, initial=initial)


def _groups() -> list[tuple[int, str]]:
    rows = Group.objects.filter(ends_on=None).order_by("kind", "label")
    return list(rows.values_list("pk", "label"))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _page(
    request: ActorRequest,
    uai: str,
    place: ExtraForm,
    form: SessionForm,
    work: WorkForm,
    key: UUID,
    *,
    picking: Picking | None = None,
    entry: TextbookEntry | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "uai": uai,
        "place": place,
        "form": form,
        "work": work,
        "key": key,
        "entry": entry,
        "files": files_of([entry])[entry.pk] if entry else [],
        "picking": picking or pick(request, PURPOSE),
        "error": error,
    }
    return render(request, "textbook/extra.html", context, status=status)
