"""The cahier de textes as students, families, colleagues, the head and the inspector read it: by week, and by subject."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.textbook.forms import VisaForm
from pupitre.textbook.models import TextbookEntry
from pupitre.textbook.policies import SIGN, VIEW_ALL
from pupitre.textbook.queries.lessons import lessons_taught
from pupitre.textbook.queries.reading import (
    courses_of_student,
    courses_read,
    entries_of_course,
    entries_of_student,
    entries_read,
    visas_of,
)
from pupitre.textbook.queries.sessions import local_now, open_lesson
from pupitre.textbook.services.signing import sign
from pupitre.textbook.text import to_page
from pupitre.textbook.views import writing
from pupitre.textbook.views.place import desk_of, window
from pupitre.timetable.display import subject_colour
from pupitre.timetable.models import Course

_A_PAGE, _FARTHEST = 20, 420


@dataclass(frozen=True, slots=True)
class Shown:
    """A session as a reader sees it."""

    entry: TextbookEntry
    html: str
    files: list[StoredFile]
    colour: str
    subject: str


@require_safe
def notebook(request: ActorRequest, uai: str) -> HttpResponse:
    """« Cahier de textes »: for who teaches, the lesson going on or just over; for who learns, the week; else the classes."""
    actor = request.actor
    if Profile.STUDENT in actor.profiles:
        student = Student.objects.filter(person=actor.person_id).first()
        if student is not None:
            return redirect("textbook:student_week", uai=uai, pk=student.pk)
    if actor.profiles & {Profile.TEACHER, Profile.SUPPORT}:
        now = local_now()
        lessons = lessons_taught(actor.person_id, *window(now.date()))
        lesson = open_lesson(lessons, now)
        if lesson is not None:
            return writing.page(request, uai, desk_of(lesson, lessons))
    if actor.profiles == {Profile.GUARDIAN}:
        child = allowed(actor, "textbook.view_work_of", _students()).order_by("pk").first()
        if child is not None:
            return redirect("textbook:student_week", uai=uai, pk=child.pk)
    if not (actor.has(VIEW_ALL) or actor.has(SIGN) or actor.profiles & {Profile.TEACHER, Profile.SUPPORT}):
        raise Http404
    return render(request, "textbook/classes.html", {"uai": uai, "groups": _by_group(courses_read(actor))})


@require_safe
def student_week(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A student's week, lesson by lesson, as it was written."""
    student = get_allowed_or_404(request.actor, "textbook.view_work_of", _students(), pk=pk)
    monday = _monday(request.GET.get("semaine", ""))
    entries = entries_of_student(request.actor, student, monday, monday + dt.timedelta(days=6))
    context = {
        "uai": uai,
        "student": student,
        "is_mine": student.person_id == request.actor.person_id,
        "monday": monday,
        "days": _by_day(shown(entries)),
        "courses": [
            (each, subject_colour(each.subject.code, each.subject.label)) for each in courses_of_student(student)
        ],
        "before": monday - dt.timedelta(days=7),
        "after": monday + dt.timedelta(days=7),
    }
    return render(request, "textbook/student_week.html", context)


@require_safe
def book(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The whole cahier de textes of a course, the latest session first, and its visas."""
    return _book(request, uai, _course(request, pk), VisaForm(initial={"read_until_on": clock.today()}))


@require_POST
def sign_book(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """« Viser »."""
    courses = Course.objects.select_related("subject", "group")
    course = get_allowed_or_404(request.actor, "textbook.sign_course", courses, pk=pk)
    form = VisaForm(request.POST)
    if not form.is_valid():
        return _book(request, uai, course, form, status=422)
    sign(course=course, actor=request.actor, **form.cleaned_data)
    return redirect(f"{reverse('textbook:book', args=[uai, pk])}?fait=vise")


@require_safe
def entry(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """One session."""
    found = entries_read(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    may_write = allowed(request.actor, "textbook.write_entry", TextbookEntry.objects.filter(pk=pk)).exists()
    return render(request, "textbook/entry.html", {"uai": uai, "each": shown([found])[0], "may_write": may_write})


def shown(entries: list[TextbookEntry]) -> list[Shown]:
    """Sessions ready to be drawn; one statement for their files."""
    files = files_of(entries)
    return [Shown(each, to_page(each.body), files[each.pk], _colour(each), _subject(each)) for each in entries]


def _book(request: ActorRequest, uai: str, course: Course, form: VisaForm, status: int = 200) -> HttpResponse:
    paginator = Paginator(entries_of_course(request.actor, course), _A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "uai": uai,
        "course": course,
        "page": page,
        "sessions": shown(list(page.object_list)),
        "visas": visas_of(course) if _sees_visas(request) else [],
        "may_sign": request.actor.has(SIGN),
        "form": form,
        "said": request.GET.get("fait", ""),
    }
    return render(request, "textbook/book.html", context, status=status)


def _sees_visas(request: ActorRequest) -> bool:
    actor = request.actor
    return actor.has(VIEW_ALL) or actor.has(SIGN) or bool(actor.profiles & {Profile.TEACHER, Profile.SUPPORT})


def _course(request: ActorRequest, pk: int) -> Course:
    courses = Course.objects.select_related("subject", "group")
    return get_allowed_or_404(request.actor, "textbook.view_course", courses, pk=pk)


def _students() -> Any:
    return Student.objects.select_related("person")


def _by_day(sessions: list[Shown]) -> list[tuple[dt.date, list[Shown]]]:
    days: dict[dt.date, list[Shown]] = {}
    for each in sorted(sessions, key=lambda each: (each.entry.shown_on, each.entry.shown_at)):
        days.setdefault(each.entry.shown_on, []).append(each)
    return list(days.items())


def _by_group(courses: list[Course]) -> list[tuple[str, list[Course]]]:
    groups: dict[str, list[Course]] = {}
    for each in courses:
        groups.setdefault(each.group.label, []).append(each)
    return list(groups.items())


def _monday(text: str) -> dt.date:
    today = clock.today()
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = today
    day = day if abs((day - today).days) < _FARTHEST else today
    return day - dt.timedelta(days=day.weekday())


def _colour(entry: TextbookEntry) -> str:
    return subject_colour(entry.course.subject.code, entry.course.subject.label) if entry.course else "m-gris"


def _subject(entry: TextbookEntry) -> str:
    return entry.course.subject.label if entry.course else entry.occasion
