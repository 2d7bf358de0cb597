"""« Travail à faire »: the student's page, their guardians', and the page where a copy is handed in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.directory.guardians import links_to
from pupitre.directory.models import Person, Student
from pupitre.files.picking import Picking, pick
from pupitre.files.queries import files_beside
from pupitre.files.refusals import Refusal as FileRefusal
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, get_allowed_or_404, may
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.textbook.forms_copies import HandInForm
from pupitre.textbook.models import Homework
from pupitre.textbook.outside import OutsideWork
from pupitre.textbook.queries.copies import Said, copy_of, said_by, students_for, with_what_they_said
from pupitre.textbook.queries.work import StudentWork, WorkOf, by_day, work_of
from pupitre.textbook.refusals import Refusal
from pupitre.textbook.services.handing_in import Copy, hand_in, hours_until
from pupitre.textbook.services.marking import mark
from pupitre.textbook.text import to_page
from pupitre.timetable.display import subject_colour

PURPOSE = "textbook.submission"
MAJORITY_OF_PLANNING = 15
"""Under this age, a guardian may tick what is done (CDT-6)."""
_VIEWS = ("a-faire", "tout", "rendus")


@dataclass(frozen=True, slots=True)
class WorkDay:
    """The work of a day, and what other tools ask for that day."""

    on: dt.date
    works: Sequence[StudentWork]
    outside: Sequence[OutsideWork]
    is_tomorrow: bool
    days_away: int

    @property
    def minutes(self) -> int:
        """What is left of it."""
        return sum(each.minutes or 0 for each in self.works if not each.is_done)


@require_safe
def mine(request: ActorRequest, uai: str) -> HttpResponse:
    """The student's own."""
    student = Student.objects.filter(person=request.actor.person_id).values_list("pk", flat=True).first()
    if student is None:
        raise Http404
    works = work_of(request.actor.establishment_id, student, for_student=True)
    return _list(request, uai, works, reverse("textbook:mine", args=[uai]))


@require_safe
def child(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A child's, for their guardian."""
    student = get_allowed_or_404(request.actor, "textbook.view_work_of", _students(), pk=pk)
    is_mine = student.person_id == request.actor.person_id
    works = work_of(request.actor.establishment_id, student.pk, for_student=is_mine)
    return _list(request, uai, works, reverse("textbook:child", args=[uai, pk]), None if is_mine else student)


@require_POST
def tell(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Done, not understood, planned: one touch."""
    homework, student = _whose(request, pk)
    is_mine = student.person_id == request.actor.person_id
    said, back = request.POST.get("dit", ""), request.POST.get("retour", "")
    if said in ("fait", "pas-fait") and (is_mine or _is_young(student.person)):
        mark(homework=homework, student=student, actor=request.actor, done=said == "fait")
    elif said in ("pas-compris", "compris") and is_mine:
        mark(homework=homework, student=student, actor=request.actor, unclear=said == "pas-compris")
    elif said == "prevu" and is_mine:
        on = _day(request.POST.get("jour", ""))
        mark(homework=homework, student=student, actor=request.actor, planned_on=on, plans=True)
    else:
        raise Http404
    if back == "accueil":
        return redirect("portal:school", place=uai)
    place = reverse("textbook:mine", args=[uai]) if is_mine else reverse("textbook:child", args=[uai, student.pk])
    return redirect(reverse("textbook:work", args=[uai, pk]) if back == "travail" else f"{place}#t{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """One work: what is asked, and, for the student, where it is handed in."""
    actor = request.actor
    rows = homework_rows().annotate(
        gives=may(actor, "textbook.write_homework"), does=may(actor, "textbook.do_homework")
    )
    homework = get_allowed_or_404(actor, "textbook.view_homework", rows, pk=pk)
    if request.method != "POST" and vars(homework)["gives"]:
        return redirect("textbook:follow", uai=uai, pk=pk)
    student = _schooling(actor, homework) if vars(homework)["does"] else None
    if request.method != "POST":
        picking = pick(request, PURPOSE) if student is not None and homework.is_online else None
        return _work(request, uai, homework, student, picking=picking)
    if student is None or not homework.is_online:
        raise Http404
    form, picking = HandInForm(request.POST), pick(request, PURPOSE)
    if not form.is_valid() or picking.problems:
        return _work(request, uai, homework, student, form, picking, status=422)
    copy = Copy(
        form.cleaned_data["text"], form.cleaned_data["word"], picking.ids, _numbers(request.POST.getlist("held"))
    )
    try:
        hand_in(homework=homework, student=student, copy=copy, actor=request.actor)
    except (Refusal, FileRefusal) as why:
        return _work(request, uai, homework, student, form, picking, error=str(why), status=422)
    response = redirect("textbook:work", uai=uai, pk=pk)
    response["Location"] += "?fait=rendu"
    return response


def homework_rows() -> QuerySet[Homework]:
    """Homework with what its pages say of it."""
    rows: QuerySet[Homework] = Homework.objects.select_related("course__subject", "group", "author", "entry")
    return rows


def _list(request: ActorRequest, uai: str, found: WorkOf, path: str, child: Student | None = None) -> HttpResponse:
    works = found.works
    asked = request.GET.get("voir", "")
    view = asked if asked in _VIEWS else _VIEWS[0]
    today = clock.today()
    # What other tools ask for is handed in there: only they know what was.
    others = [] if view == "rendus" else [each for each in found.outside if view == "tout" or each.due_on >= today]
    if view == "rendus":
        kept = [each for each in works if each.is_handed]
    elif view == "tout":
        kept = works
    else:
        kept = [each for each in works if each.due_on >= today or (each.is_open and not each.is_handed)]
    tomorrow = today + dt.timedelta(days=1)
    days = [WorkDay(on, rows, outside, on == tomorrow, (on - today).days) for on, rows, outside in by_day(kept, others)]
    days.sort(key=lambda each: (each.on <= today, each.on))
    ahead = [each for each in works if each.due_on > today and not each.is_done]
    due = [*(each.due_on for each in ahead), *(each.due_on for each in found.outside)]
    friday = today + dt.timedelta(days=max(4 - today.weekday(), 0))
    context = {
        "uai": uai,
        "days": days,
        "view": view,
        "path": path,
        "child": child,
        "may_tick": child is None or _is_young(child.person),
        "for_tomorrow": due.count(tomorrow),
        "for_week": sum(tomorrow < on <= friday for on in due),
        "done": sum(each.is_done and each.due_on >= today for each in works),
        "colour_of": lambda each: subject_colour(each.code, each.subject),
        "today": today,
    }
    return render(request, "textbook/work_list.html", context)


def _work(
    request: ActorRequest,
    uai: str,
    homework: Homework,
    student: Student | None,
    form: HandInForm | None = None,
    picking: Picking | None = None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    whose = student or _ward(request.actor, homework)
    copy, correction = copy_of(homework, whose) if whose else (None, None)
    files, copy_files, correction_files = files_beside(homework, copy, correction)
    said = said_by(whose) if whose else Said()
    if form is None:
        form = HandInForm(initial={"text": copy.text, "word": copy.word} if copy else None)
    context = {
        "uai": uai,
        "homework": homework,
        "html": to_page(homework.details),
        "files": files,
        "student": student,
        "child": None if student else whose,
        "hours": hours_until(homework, said.until_at) if whose and homework.is_online else None,
        "copy": copy,
        "copy_files": copy_files,
        "correction": correction,
        "correction_html": to_page(correction.comment) if correction else "",
        "correction_files": correction_files,
        "form": form,
        "picking": picking,
        "mark": said if student else None,
        "colour": subject_colour(homework.course.subject.code, homework.course.subject.label)
        if homework.course
        else "m-gris",
        "subject": homework.course.subject.label if homework.course else homework.occasion,
        "error": error,
        "said": request.GET.get("fait", ""),
        "today": clock.today(),
    }
    return render(request, "textbook/work.html", context, status=status)


def _doer(actor: Actor, homework: Homework) -> Student | None:
    """The actor's schooling, when the work is theirs to do."""
    if not allowed(actor, "textbook.do_homework", Homework.objects.all()).filter(pk=homework.pk).exists():
        return None
    return _schooling(actor, homework)


def _schooling(actor: Actor, homework: Homework) -> Student | None:
    """The actor's own, with what they said of the work."""
    return with_what_they_said(_students().filter(person=actor.person_id), homework).first()


def _ward(actor: Actor, homework: Homework) -> Student | None:
    """The actor's child whose work it is; the eldest when twins have the same."""
    mine = students_for(homework).filter(Exists(links_to(actor, "person")))
    return with_what_they_said(mine, homework).first()


def _whose(request: ActorRequest, pk: int) -> tuple[Homework, Student]:
    """The work and the student that a touch is about: oneself, or the child named."""
    homework = get_allowed_or_404(request.actor, "textbook.view_homework", Homework.objects.all(), pk=pk)
    student = _doer(request.actor, homework)
    if student is None:
        asked = request.POST.get("eleve", "")
        rows = allowed(request.actor, "textbook.view_work_of", _students())
        student = rows.filter(pk=int(asked) if asked.isdecimal() and len(asked) < 19 else 0).first()
    if student is None or not allowed_for(homework, student):
        raise Http404
    return homework, student


def allowed_for(homework: Homework, student: Student) -> bool:
    """Whether a homework is this student's to do."""
    return students_for(homework).filter(pk=student.pk).exists()


def _is_young(person: Person) -> bool:
    """Under fifteen: their guardians may tick. An unknown age is taken as young, as lists without a birth date are of colleges."""
    if person.birth_date is None:
        return True
    today, born = clock.today(), person.birth_date
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return age < MAJORITY_OF_PLANNING


def _students() -> QuerySet[Student]:
    rows: QuerySet[Student] = Student.objects.select_related("person")
    return rows


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _numbers(texts: list[str]) -> list[int]:
    return [int(each) for each in texts if each.isdecimal() and len(each) < 19]
