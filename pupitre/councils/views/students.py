"""The screen of the council: one student, what is said of them, and the next."""

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.councils.display import lines_of, shown
from pupitre.councils.forms import ReviewForm
from pupitre.councils.orientation import Level, level_of
from pupitre.councils.queries.facts import ClassFacts, facts_of
from pupitre.councils.queries.incidents import incidents_of
from pupitre.councils.refusals import Refusal
from pupitre.councils.services.reviewing import Words, review, take_back, validate
from pupitre.councils.timekeeping import TimeLeft, time_left, words_of
from pupitre.councils.views.asking import Asked, class_attended, class_run
from pupitre.directory.models import Student
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.foundation.ui.french import in_paris
from pupitre.gradebook.queries.results import ClassResults, ClassStudent, results_of
from pupitre.reportcards.services.council import mention_called
from pupitre.reportcards.services.entering import Outcome

JSON = "application/json"
_SCHOOL_LIFE = "reportcards.school_life"


@require_http_methods(["GET", "HEAD", "POST"])
def student(request: ActorRequest, uai: str, term: int, pk: int, student: int) -> HttpResponse:
    if request.method != "POST":
        return page(request, class_attended(request.actor, term, pk), student)
    asked = class_run(request.actor, term, pk)
    if request.POST.get("geste") == "reprendre":
        return _taken_back(request, asked, student)
    return _reviewed(request, asked, student)


def page(
    request: ActorRequest, asked: Asked, number: int, *, form: ReviewForm | None = None, refusal: str = "",
    outcome: Outcome | None = None, typed: tuple[str, Outcome] | None = None,
) -> HttpResponse:  # fmt: skip
    """The screen of one student; 422 when something was refused. `typed`: an appreciation that was not kept, and why."""
    actor = request.actor
    results = results_of(asked.division, asked.term)
    found = _one_of(results, number)
    facts = facts_of(asked.division, asked.term, number)
    level = level_of((asked.division.code, asked.division.label))
    place = results.students.index(found)
    seen = sum(facts.is_seen(each.id) for each in results.students)
    context: dict[str, Any] = {
        "uai": actor.uai,
        "asked": asked,
        "facts": facts,
        "results": results,
        "lines": lines_of(results, facts),
        "shown": shown(
            found, results, facts, writes=_writes(actor, results),
            incidents=incidents_of(actor, number, asked.term),
        ),
        "before": results.students[place - 1] if place else None,
        "after": results.students[place + 1] if place + 1 < len(results.students) else None,
        "seen": seen,
        "form": form or _form(asked, facts, level),
        "level": level,
        "writes_life": actor.has(_SCHOOL_LIFE),
        "time_left": words_of(_time_left(facts, len(results.students) - seen)),
        "refusal": refusal,
        "outcome": outcome,
        "typed": typed,
    }  # fmt: skip
    return render(request, "councils/student.html", context, status=422 if refusal else 200)


def _reviewed(request: ActorRequest, asked: Asked, number: int) -> HttpResponse:
    """What was typed is kept; « Valider » ends the draft and goes on to the next."""
    facts = facts_of(asked.division, asked.term, number)
    level = level_of((asked.division.code, asked.division.label))
    form = ReviewForm(request.POST, mentions=facts.mentions, level=level, decides=asked.decides)
    if not form.is_valid():
        first = str(next(iter(form.errors.values()))[0])
        return _refused(request, asked, number, first, form=form)
    person = _student(number)
    data = form.cleaned_data
    words = Words(
        synthesis=data["appreciation"],
        base=data["version"],
        mention=mention_called(data["avis"]),
        wishes=data.get("voeux", ""),
        path=data.get("proposition", ""),
        reason=data.get("motif", ""),
        decision=data.get("decision"),
    )
    try:
        outcome = review(division=asked.division, term=asked.term, student=person, words=words, actor=request.actor)
        if outcome.sentence:
            form = _with_version(request.POST, form, outcome, facts, level, asked)
            return _refused(request, asked, number, outcome.sentence, form=form, outcome=outcome)
        if request.POST.get("geste") == "valider":
            validate(division=asked.division, term=asked.term, student=person, actor=request.actor)
    except Refusal as no:
        return _refused(request, asked, number, str(no), form=form)
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"fate": outcome.fate, "version": outcome.version})
    return _next(request, asked, number)


def _refused(
    request: ActorRequest, asked: Asked, number: int, sentence: str, *, form: ReviewForm, outcome: Outcome | None = None
) -> HttpResponse:  # fmt: skip
    if request.headers.get("Accept") == JSON:
        facts: dict[str, Any] = {"fate": "refused", "sentence": sentence}
        if outcome is not None and outcome.fate == "conflict":
            facts |= {"fate": "conflict", "theirs": outcome.text, "version": outcome.version}
        return JsonResponse(facts, status=409 if facts["fate"] == "conflict" else 422)
    return page(request, asked, number, form=form, refusal=sentence, outcome=outcome)


def _taken_back(request: ActorRequest, asked: Asked, number: int) -> HttpResponse:
    try:
        take_back(division=asked.division, term=asked.term, student=_student(number), actor=request.actor)
    except Refusal as no:
        return page(request, asked, number, refusal=str(no))
    return redirect("councils:student", request.actor.uai, asked.term.pk, asked.division.pk, number)


def _next(request: ActorRequest, asked: Asked, number: int) -> HttpResponse:
    """The student after this one; after the last, the page of the class. « Enregistrer » stays here."""
    students = results_of(asked.division, asked.term).students
    numbers = [each.id for each in students]
    place = numbers.index(number) + (request.POST.get("geste") in ("valider", "suivant"))
    if place == len(numbers):
        return redirect("councils:division", request.actor.uai, asked.term.pk, asked.division.pk)
    return redirect("councils:student", request.actor.uai, asked.term.pk, asked.division.pk, numbers[place])


def _form(asked: Asked, facts: ClassFacts, level: Level | None) -> ReviewForm:
    card = facts.card
    initial = {
        "appreciation": card.synthesis, "version": card.version, "avis": card.mention, "voeux": card.wishes,
        "proposition": facts.proposal.path, "motif": facts.proposal.reason, "decision": card.decision,
    }  # fmt: skip
    return ReviewForm(None, mentions=facts.mentions, level=level, decides=asked.decides, initial=initial)


def _with_version(
    posted: QueryDict, form: ReviewForm, outcome: Outcome, facts: ClassFacts, level: Level | None, asked: Asked
) -> ReviewForm:  # fmt: skip
    """The same form, standing on what somebody else wrote meanwhile: sent again, it is written over knowingly."""
    if outcome.fate != "conflict":
        return form
    typed = {**posted.dict(), "version": outcome.version}
    return ReviewForm(typed, mentions=facts.mentions, level=level, decides=asked.decides)


def _one_of(results: ClassResults, number: int) -> ClassStudent:
    found = next((each for each in results.students if each.id == number), None)
    if found is None:
        raise Http404
    return found


def _student(number: int) -> Student:
    found: Student | None = Student.objects.select_related("person").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _writes(actor: Actor, results: ClassResults) -> Collection[int] | None:
    """The courses that the reader comments; what is sent is asked of the policy of bulletins again."""
    if actor.has("reportcards.manage"):
        return None
    return {
        each.course for each in results.services if any(person == actor.person_id for person, _name in each.teachers)
    }


def _time_left(facts: ClassFacts, students: int) -> TimeLeft | None:
    planned = facts.planned
    if facts.sitting.state != "open" or planned is None or planned.ends_at is None or planned.on != clock.today():
        return None
    return time_left(in_paris(clock.now()).replace(tzinfo=None), planned.on, planned.ends_at, students)
