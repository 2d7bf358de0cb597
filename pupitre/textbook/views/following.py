"""The teacher's side of work: what was given, who did it, what was handed in, and what goes back."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.directory.models import Group, Student
from pupitre.directory.profiles import Profile
from pupitre.files.picking import pick
from pupitre.files.queries import files_beside, files_of
from pupitre.files.refusals import Refusal as FileRefusal
from pupitre.files.services.attaching import attach, detach
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.textbook.forms import WorkForm, work_initial
from pupitre.textbook.forms_copies import CorrectionForm, ExtensionForm
from pupitre.textbook.models import Homework, HomeworkStudent, Submission
from pupitre.textbook.queries.copies import CopyRow, copies_of, copy_of, students_for
from pupitre.textbook.queries.given import given_by
from pupitre.textbook.queries.lessons import Lesson, next_lessons
from pupitre.textbook.queries.loads import loads_of_group
from pupitre.textbook.queries.students import students_to_choose
from pupitre.textbook.refusals import NoDue, Refusal
from pupitre.textbook.services.giving import Due, change, postpone, take_back
from pupitre.textbook.services.handing_in import extend, give_back
from pupitre.textbook.text import to_page
from pupitre.textbook.views.work import homework_rows

WORK_FILES, BACK_FILES = "textbook.homework", "textbook.correction"
_SHOWN = 60


@require_safe
def given(request: ActorRequest, uai: str) -> HttpResponse:
    """Everything this person gives, from today on, or before."""
    if not request.actor.profiles & {Profile.TEACHER, Profile.SUPPORT}:
        raise Http404
    past = request.GET.get("voir") == "passe"
    context = {"uai": uai, "works": list(given_by(request.actor, past=past)[:_SHOWN]), "past": past}
    return render(request, "textbook/given.html", context)


@require_safe
def load(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """How loaded the days are, asked again as the day changes."""
    require(request.actor, "timetable.view_any")
    group = get_object_or_404(Group.objects.all(), pk=pk)
    form = WorkForm(request.GET, lessons=())
    days = [day for text in request.GET.get("days", "").split(",")[:8] if (day := _day(text))]
    named = request.GET.get("w-due", "").split("@")
    # The day where the lesson is held, when it is moved.
    asked = named[2] if len(named) == 3 else named[0]
    chosen = form.chosen_due()
    due = _day(asked) or (chosen.shown_on if chosen else days[0] if days else clock.today())
    context = {"uai": uai, "group": group.label, "loads": loads_of_group(group.pk, {*days, due}), "chosen": due}
    template = "textbook/_loads.html" if "HX-Request" in request.headers else "textbook/load.html"
    return render(request, template, context)


@require_safe
def follow(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """One work, student by student."""
    return _follow(request, uai, _mine(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Change a work."""
    homework = _mine(request, pk)
    lessons = _lessons(homework)
    choices = students_to_choose(homework.group_id)
    if request.method != "POST":
        named = HomeworkStudent.objects.filter(homework=homework).values_list("student", flat=True)
        form = WorkForm(initial=work_initial(homework, list(named)), lessons=lessons, students=choices)
        return _edit(request, uai, homework, form, lessons, picking=pick(request, WORK_FILES))
    form, picking = WorkForm(request.POST, lessons=lessons, students=choices), pick(request, WORK_FILES)
    if not form.is_given():
        form.add_error("title", _("Écrivez la consigne en quelques mots."))
    if not form.is_valid() or picking.problems:
        return _edit(request, uai, homework, form, lessons, picking=picking, status=422)
    try:
        change(homework=homework, work=form.work(homework.key), actor=request.actor)
        held = request.POST.getlist("held")
        for file in files_of([homework])[homework.pk]:
            if str(file.pk) not in held and file.pk not in picking.ids:
                detach(file=file, target=homework)
        attach(upload_ids=picking.ids, target=homework, actor=request.actor)
    except (Refusal, FileRefusal) as why:
        return _edit(request, uai, homework, form, lessons, picking=picking, error=str(why), status=422)
    return redirect(f"{reverse('textbook:follow', args=[uai, pk])}?fait=change")


@require_POST
def redate(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Another day, one touch: after a lesson was cancelled."""
    homework = _mine(request, pk)
    form = WorkForm(request.POST, lessons=_lessons(homework))
    due = form.chosen_due()
    if due is None:
        return _follow(request, uai, homework, error=str(NoDue()), status=422)
    try:
        postpone(homework=homework, due=due, actor=request.actor)
    except Refusal as why:
        return _follow(request, uai, homework, error=str(why), status=422)
    return redirect(f"{reverse('textbook:follow', args=[uai, pk])}?fait=date")


@require_POST
def remove(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Take a work back, unless somebody handed something in."""
    homework = _mine(request, pk)
    for file in files_of([homework])[homework.pk]:
        if not homework.submissions.exists():
            detach(file=file, target=homework)
    if not take_back(homework=homework, actor=request.actor):
        return redirect(f"{reverse('textbook:follow', args=[uai, pk])}?fait=garde")
    return redirect("textbook:given", uai=uai)


@require_POST
def more_time(request: ActorRequest, uai: str, pk: int, student: int) -> HttpResponse:
    """More time for one student."""
    homework = _mine(request, pk)
    whose = get_object_or_404(students_for(homework), pk=student)
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _copy(request, uai, homework, whose, extension=form, status=422)
    extend(homework=homework, student=whose, until_at=form.until(), actor=request.actor)
    return redirect(f"{reverse('textbook:follow', args=[uai, pk])}?fait=delai")


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: ActorRequest, uai: str, pk: int, student: int) -> HttpResponse:
    """A copy, and what goes back with it."""
    homework = _mine(request, pk)
    whose = get_object_or_404(students_for(homework), pk=student)
    if request.method != "POST":
        return _copy(request, uai, homework, whose)
    submission = get_allowed_or_404(
        request.actor, "textbook.view_submission", Submission.objects.select_related("student", "homework"),
        homework=homework, student=whose,
    )  # fmt: skip
    form, picking = CorrectionForm(request.POST), pick(request, BACK_FILES)
    if form.is_valid() and not picking.problems:
        try:
            give_back(
                submission=submission, comment=form.cleaned_data["comment"], uploads=picking.ids, actor=request.actor
            )
        except FileRefusal as why:
            return _copy(request, uai, homework, whose, form=form, picking=picking, error=str(why), status=422)
        return redirect(f"{reverse('textbook:follow', args=[uai, pk])}?fait=rendue")
    return _copy(request, uai, homework, whose, form=form, picking=picking, status=422)


def _mine(request: ActorRequest, pk: int) -> Homework:
    return get_allowed_or_404(request.actor, "textbook.write_homework", homework_rows(), pk=pk)


def _lessons(homework: Homework) -> list[Lesson]:
    if homework.course_id is None:
        return []
    after = max(homework.given_on, clock.today() - dt.timedelta(days=1))
    return next_lessons(homework.course_id, after, dt.time(23, 59), 6)


def _follow(request: ActorRequest, uai: str, homework: Homework, *, error: str = "", status: int = 200) -> HttpResponse:
    rows = copies_of(homework)
    context = {
        "uai": uai,
        "homework": homework,
        "html": to_page(homework.details),
        "files": files_of([homework])[homework.pk],
        "rows": rows,
        "counts": _counts(rows),
        "lessons": _lessons(homework),
        "write_url": _letter(uai, homework, [each for each in rows if each.copy is None]),
        "said": request.GET.get("fait", ""),
        "error": error,
    }
    return render(request, "textbook/follow.html", context, status=status)


def _counts(rows: list[CopyRow]) -> dict[str, int]:
    return {
        "expected": len(rows),
        "done": sum(bool(each.said.done_at) for each in rows),
        "unclear": sum(bool(each.said.unclear_at) for each in rows),
        "received": sum(each.state == "received" for each in rows),
        "late": sum(each.state == "late" for each in rows),
        "nothing": sum(each.state == "nothing" for each in rows),
        "to_correct": sum(each.copy is not None and not each.is_returned for each in rows),
    }


def _letter(uai: str, homework: Homework, missing: list[CopyRow]) -> str:
    """A letter begun to those who handed nothing in, and to their guardians."""
    tokens = [("a", f"famille-{each.person.pk}") for each in missing]
    query = urlencode([*tokens, ("sujet", homework.title[:120])])
    return f"{reverse('messages_of_school:write', args=[uai])}?{query}" if tokens else ""


def _edit(
    request: ActorRequest,
    uai: str,
    homework: Homework,
    form: WorkForm,
    lessons: list[Lesson],
    *,
    picking: Any,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    due = form.chosen_due() or Due(homework.due_on, homework.due_at)
    days = {*(each.shown_on for each in lessons[:4]), due.shown_on}
    context = {
        "uai": uai,
        "homework": homework,
        "work": form,
        "dues": lessons[:4],
        "days": ",".join(str(each.shown_on) for each in lessons[:4]),
        "group": homework.group.label,
        "group_id": homework.group_id,
        "loads": loads_of_group(homework.group_id, days, besides=homework.pk),
        "chosen": due.shown_on,
        "files": files_of([homework])[homework.pk],
        "picking": picking,
        "error": error,
    }
    return render(request, "textbook/homework_edit.html", context, status=status)


def _copy(
    request: ActorRequest,
    uai: str,
    homework: Homework,
    student: Student,
    *,
    form: CorrectionForm | None = None,
    extension: ExtensionForm | None = None,
    picking: Any = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    submission, correction = copy_of(homework, student)
    files, back_files = files_beside(submission, correction)
    context = {
        "uai": uai,
        "homework": homework,
        "student": student,
        "copy": submission,
        "html": to_page(submission.text) if submission else "",
        "files": files,
        "correction": correction,
        "back_files": back_files,
        "form": form or CorrectionForm(initial={"comment": correction.comment if correction else ""}),
        "extension": extension or ExtensionForm(initial={"until_on": homework.due_on}),
        "picking": picking or pick(request, BACK_FILES),
        "error": error,
    }
    return render(request, "textbook/copy.html", context, status=status)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
