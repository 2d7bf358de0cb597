"""Progressions: made of what was written, kept from a year to another, shared, carried to another school as a file."""

import json
from itertools import zip_longest
from typing import Any
from uuid import uuid4

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.textbook.models import Homework, Progression, ProgressionStep, TextbookEntry
from pupitre.textbook.models.entries import BODY_LENGTH, TITLE_LENGTH
from pupitre.textbook.models.homework import WORK_LENGTH
from pupitre.textbook.queries.lessons import Lesson, next_lessons
from pupitre.textbook.refusals import NotOurFile
from pupitre.textbook.services.giving import Work, due_in
from pupitre.textbook.services.writing import Session, entry_at, place_of, save_session
from pupitre.timetable.models import Course

FORMAT, _MOST_STEPS, _LARGEST = "pupitre.progression.1", 300, 2_000_000


@transaction.atomic
def progression_of_course(*, course: Course, title: str, actor: Actor) -> Progression:
    """Make a progression of the sessions written in a course, in their order; notes for oneself are left out."""
    made = _new(title, course.subject.label, course.group.label, actor)
    entries = TextbookEntry.objects.filter(course=course).exclude(title="", body="").order_by("held_on", "starts_at")
    works = {
        each.entry_id: each for each in Homework.objects.filter(course=course, is_individual=False).order_by("-pk")
    }
    _add(made, [_step_of(each, works.get(each.pk)) for each in entries[:_MOST_STEPS]])
    audit.record(actor, "textbook.make_progression", made)
    return made


@transaction.atomic
def progression_of_file(*, content: bytes, actor: Actor) -> Progression:
    """Make a progression of a file exported here or elsewhere. Raises NotOurFile; what is too long is cut."""
    if len(content) > _LARGEST:
        raise NotOurFile
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise NotOurFile from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("steps"), list):
        raise NotOurFile
    made = _new(_text(data, "title", 120), _text(data, "subject", 80), _text(data, "level", 40), actor)
    _add(made, [each for each in data["steps"][:_MOST_STEPS] if isinstance(each, dict)])
    audit.record(actor, "textbook.import_progression", made)
    return made


def file_of(progression: Progression) -> str:
    """A progression as a file: JSON, without a name of anybody."""
    steps = [
        {"title": each.title, "kind": each.kind, "body": each.body, "elements": each.elements, "work": each.work}
        for each in progression.steps.order_by("position")
    ]
    facts = {name: getattr(progression, name) for name in ("title", "subject", "level")}
    return json.dumps({"format": FORMAT, **facts, "steps": steps}, ensure_ascii=False, indent=1)


@transaction.atomic
def plan(*, progression: Progression, course: Course, actor: Actor) -> int:
    """Lay a progression on the lessons to come of a course, as drafts, where nothing is written; how many were laid.

    Its work goes with them, due in the lesson that follows: families read neither before the session is published.
    """
    now = clock.now().astimezone(clock.PARIS)
    steps = list(progression.steps.order_by("position"))
    laid = 0
    lessons = next_lessons(course.pk, now.date(), now.time(), len(steps) * 2 + 1)
    for lesson, after in zip_longest(lessons, lessons[1:]):
        if laid == len(steps):
            break
        if entry_at(place_of(lesson)) is None:
            _lay(steps[laid], lesson, after, actor)
            laid += 1
    audit.record(actor, "textbook.plan", progression, sessions=laid)
    return laid


def _lay(step: ProgressionStep, lesson: Lesson, after: Lesson | None, actor: Actor) -> None:
    work = Work(key=uuid4(), title=step.work, due=due_in(after)) if step.work and after else None
    session = Session(
        title=step.title, kind=step.kind, room=lesson.room, body=step.body, elements=step.elements,
        # No lesson follows this year: it is to be given by hand.
        private_note="" if work else step.work, rule=TextbookEntry.Rule.DRAFT,
    )  # fmt: skip
    if session.title or session.body or work:
        save_session(place=place_of(lesson), key=uuid4(), session=session, actor=actor, work=work)


def _new(title: str, subject: str, level: str, actor: Actor) -> Progression:
    made: Progression = Progression.objects.create(
        establishment_id=actor.establishment_id,
        owner_id=actor.person_id,
        title=plain(title)[:120] or subject[:120] or level,
        subject=subject[:80],
        level=level[:40],
        saved_at=clock.now(),
    )
    return made


def _step_of(entry: TextbookEntry, work: Homework | None) -> dict[str, Any]:
    facts = {name: getattr(entry, name) for name in ("title", "kind", "body", "elements")}
    return {**facts, "work": work.title if work else ""}


def _add(progression: Progression, steps: list[dict[str, Any]]) -> None:
    kinds = TextbookEntry.Kind.values
    ProgressionStep.objects.bulk_create(
        ProgressionStep(
            establishment_id=progression.establishment_id,
            progression=progression,
            position=position,
            title=_text(each, "title", TITLE_LENGTH),
            kind=str(each["kind"]) if each.get("kind") in kinds else TextbookEntry.Kind.LESSON,
            body=_text(each, "body", BODY_LENGTH),
            elements=[str(one)[:200] for one in each.get("elements", []) if isinstance(one, str)][:20],
            work=_text(each, "work", WORK_LENGTH),
        )
        for position, each in enumerate(steps, 1)
    )


def _text(data: dict[str, Any], name: str, most: int) -> str:
    value = data.get(name, "")
    return plain(value)[:most] if isinstance(value, str) else ""
