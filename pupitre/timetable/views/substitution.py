"""Teachers who are away, and who takes their lessons."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.directory.models import Person
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.timetable import refusals
from pupitre.timetable.forms import REASONS
from pupitre.timetable.forms_absence import AbsenceForm
from pupitre.timetable.keys import key_of_text, text_of_key
from pupitre.timetable.models import LessonChange, SubstitutionOffer, TeacherAbsence
from pupitre.timetable.policies import MANAGE
from pupitre.timetable.queries.planned import planned_lesson, planned_lessons, teachers_of_school
from pupitre.timetable.queries.substitution import absences, lessons_of_absence, replacements_of_term
from pupitre.timetable.refusals import Refusal
from pupitre.timetable.services.changing import change_lessons
from pupitre.timetable.services.substituting import answer_offer, declare_absence, offer_lesson, withdraw_absence


@require_http_methods(["GET", "HEAD", "POST"])
def teacher_absences(request: ActorRequest, uai: str) -> HttpResponse:
    """Who is away, and the form to say that somebody will be; how many lessons each took over this term."""
    actor, today = request.actor, clock.today()
    require(actor, MANAGE)
    people = teachers_of_school(today)
    form = AbsenceForm(request.POST if request.method == "POST" else None, people=people, day=today)
    problem = ""
    if request.method == "POST" and form.is_valid():
        sent = dict(form.cleaned_data)
        sent["person"] = next(each for each in people if each.pk == sent["person"])
        try:
            made = declare_absence(**sent, actor=actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("timetable:teacher_absence", uai, made.pk)
    counts = replacements_of_term(today)
    context = {
        "uai": uai,
        "form": form,
        "problem": problem,
        "absences": absences(today),
        "counts": [(each, counts[each.pk]) for each in people if counts[each.pk]],
    }
    return render(request, "timetable/absences.html", context, status=422 if problem or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def teacher_absence(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The lessons of who is away: propose them one by one, or cancel several at once."""
    actor = request.actor
    require(actor, MANAGE)
    absence = get_object_or_404(TeacherAbsence.objects.select_related("person"), pk=pk, withdrawn_at=None)
    problem = ""
    if request.method == "POST":
        try:
            _do(request, absence)
        except Refusal as no:
            problem = str(no)
        else:
            if "retirer" in request.POST:
                return redirect("timetable:teacher_absences", uai)
            return redirect("timetable:teacher_absence", uai, pk)
    lessons = lessons_of_absence(absence, actor)
    counts = replacements_of_term(clock.today())
    context = {
        "uai": uai,
        "absence": absence,
        "rows": [
            (each, text_of_key(each.key), [(who, counts[who.person.pk]) for who in each.free]) for each in lessons
        ],
        "open": sum(each.is_open for each in lessons),
        "problem": problem,
        "reasons": REASONS,
    }
    return render(request, "timetable/absence.html", context, status=422 if problem else 200)


def _do(request: ActorRequest, absence: TeacherAbsence) -> None:
    actor, sent = request.actor, request.POST
    if "retirer" in sent:
        withdraw_absence(absence=absence, actor=actor)
    elif "proposer" in sent:
        key = key_of_text(sent["proposer"])
        lesson = planned_lesson(*key) if key else None
        teacher = Person.objects.filter(pk=_number(sent.get(f"a-{sent['proposer']}", ""))).first()
        if lesson is None or absence.person_id not in lesson.facts.teacher_ids:
            raise refusals.not_held()
        if teacher is None or teacher.pk not in {each.pk for each in teachers_of_school(lesson.held_on)}:
            raise refusals.unknown_teacher()
        offer_lesson(absence=absence, lesson=lesson, teacher=teacher, actor=actor)
    elif "annuler" in sent:
        keys = [key for key in map(key_of_text, sent.getlist("seance")) if key]
        found = [each for each in planned_lessons(keys).values() if absence.person_id in each.facts.teacher_ids]
        if not found:
            raise refusals.nothing_ticked()
        reason = sent.get("motif", "").strip()[:80]
        state = LessonChange.State.CANCELLED.value
        changes = [(each, replace(each.facts, state=state, is_test=False, reason=reason)) for each in found]
        change_lessons(changes=changes, actor=actor)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A lesson that is proposed to the reader: take it, or not."""
    rows = SubstitutionOffer.objects.select_related("course__group", "course__subject", "absence__person")
    found = get_allowed_or_404(request.actor, "timetable.answer_offer", rows, pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            answer_offer(offer=found, accepts="accepter" in request.POST, actor=request.actor)
        except Refusal as no:
            problem = str(no)
        else:
            return redirect("timetable:offer", uai, pk)
    lesson = planned_lesson(found.course_id, found.held_on, found.starts_at)
    context = {"uai": uai, "offer": found, "lesson": lesson, "problem": problem}
    return render(request, "timetable/offer.html", context, status=422 if problem else 200)
