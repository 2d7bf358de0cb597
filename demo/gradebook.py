"""The marks of the first term: the classes of the cast, marked by whoever teaches them, shown as teachers show them."""

import datetime as dt
from decimal import Decimal
from random import Random

from django.db.models import F

from demo.accounts import person_of
from demo.cast import member
from pupitre.directory.models import Group, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment, Term
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, ServicePart
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.gradebook.services.assessing import add_part, create_assessment
from pupitre.gradebook.services.entering import Told, note_marks
from pupitre.gradebook.services.periods import open_terms, school_year_now
from pupitre.gradebook.services.publishing import NEW_MARK, publish
from pupitre.gradebook.services.ruling import set_final
from pupitre.gradebook.services.skills import choose_skills, note_levels
from pupitre.notifications.models import Notification
from pupitre.timetable.models import Course

_DONE = (
    # Days ago, title, coefficient, scale, how it counts.
    (40, "Contrôle de rentrée", "1", 20, "none"),
    (26, "Interrogation", "0,5", 10, "none"),
    (19, "Devoir maison", "0,5", 20, "if_better"),
    (12, "Contrôle de novembre", "2", 20, "none"),
)
_MATHS = {"Contrôle de novembre": "Calcul littéral", "Contrôle de rentrée": "Nombres relatifs"}
_WORDS = ("A", "D", "N")
_SKILLS = (
    # First letters of the subject, and the skills of the base that its tests look at.
    ("math", ("CPD_SCI.1", "CPD_SCI.2", "CPD_SCI.4")),
    ("français", ("CPD_FRA.2", "CPD_FRA.3")),
    ("anglais", ("CPD_ETR.1", "CPD_ETR.4")),
    ("espagnol", ("CPD_ETR.3", "CPD_ETR.4")),
    ("histoire", ("REP_MND.1", "REP_MND.2")),
    ("sciences", ("SYS_NAT.1", "SYS_NAT.3")),
    ("physique", ("SYS_NAT.1",)),
    ("techno", ("SYS_NAT.2", "MET_APP.2")),
    ("éducation", ("CPD_ART.1", "FRM_CIT.4")),
    ("arts", ("CPD_ART.2", "CPD_ART.3")),
)


def fill_marks(college: Establishment) -> None:
    """Four assessments a service shown to families, one of this week to students, one that nobody sees yet, one to come."""
    with scope(college.pk):
        year = school_year_now()
        if year is None:
            return
        terms = open_terms(year=year, semesters=False, actor=None)
        terms = terms_of_year() or terms
        term = term_asked(terms, "")
        if term is None:
            return
        courses = (
            Course.objects.filter(group__in=_classes(), ends_on=None)
            .exclude(subject__label__istartswith="vie de classe")
            .select_related("group", "subject")
        )
        for course in courses.order_by("pk"):
            teacher = _teacher(college, course)
            if teacher is not None:
                _service(course, term, teacher)
        # Families have read what is more than a week old.
        old = clock.now() - dt.timedelta(days=7)
        Notification.objects.filter(kind=NEW_MARK, visible_at__lt=old).update(read_at=F("visible_at"))


def _classes() -> list[Group]:
    """The classes of Inès and of her brother."""
    people = [person for slug in ("eleve", "frere") if (person := person_of(member(slug)))]
    return list(
        Group.objects.filter(kind=Group.Kind.DIVISION, memberships__student__person__in=people)
        .distinct()
        .order_by("pk")
    )


def _teacher(college: Establishment, course: Course) -> Actor | None:
    person_id = course.teachers.order_by("pk").values_list("person_id", flat=True).first()
    if person_id is None:
        return None
    profiles = frozenset({str(Profile.TEACHER)})
    return Actor(0, person_id, college.pk, college.uai, profiles, capabilities_of(profiles))


def _service(course: Course, term: Term, teacher: Actor) -> None:
    today = clock.today()
    parts = _parts(course, teacher)
    random = Random(f"notes {course.group.code} {course.subject.code}")
    students = list(Student.objects.filter(memberships__group=course.group, memberships__ends_on=None).distinct())
    levels = {each.pk: random.gauss(13, 3) for each in students}
    for place, (ago, title, weight, scale, option) in enumerate(_DONE):
        held_on = _school_day(today - dt.timedelta(days=ago))
        if held_on < term.starts_on:
            continue
        with clock.at(f"{held_on}T17:05"):
            name = _MATHS.get(title, title) if course.subject.label.startswith("Math") else title
            part = parts[place % len(parts)] if parts else None
            made = _assessment(course, term, name, held_on, weight, scale, option, teacher, part)
            _fill(made, students, levels, random, teacher)
            _master(made, students, levels, random, teacher)
            publish(assessment=made, at=None, actor=teacher)
    recent = _school_day(today - dt.timedelta(days=2))
    part = parts[-1] if parts else None
    made = _assessment(course, term, "Évaluation de la semaine", recent, "1", 20, "none", teacher, part)
    _fill(made, students, levels, random, teacher)
    with clock.at(f"{_school_day(today - dt.timedelta(days=1))}T16:00"):
        publish(assessment=made, at=None, actor=teacher)
    hidden = _assessment(
        course, term, "Copies en cours", _school_day(today - dt.timedelta(days=1)), "1", 20, "none", teacher,
        parts[0] if parts else None,
    )  # fmt: skip
    _fill(hidden, students[: len(students) * 4 // 5], levels, random, teacher)
    coming = min(_school_day(today + dt.timedelta(days=6)), term.ends_on)
    _assessment(course, term, "Bilan du trimestre", coming, "2", 20, "none", teacher, parts[0] if parts else None)
    if course.subject.label.startswith("Math") and students:
        # One average set by hand beside the computed one, as a teacher does after an accident.
        set_final(course=course, term=term, student=students[-1], value=Decimal("14.5"), actor=teacher)


def _parts(course: Course, teacher: Actor) -> list[ServicePart]:
    """English is marked in two parts, writing weighing twice as much as speaking."""
    if not course.subject.label.lower().startswith("anglais"):
        return []
    told = (("Écrit", Decimal(2)), ("Oral", Decimal(1)))
    return [add_part(course=course, label=label, coefficient=weight, actor=teacher) for label, weight in told]


def _assessment(
    course: Course, term: Term, title: str, held_on: dt.date, weight: str, scale: int, option: str, teacher: Actor,
    part: ServicePart | None = None,
) -> Assessment:  # fmt: skip
    made = Assessment(
        course=course, term=term, title=title, held_on=held_on, scale=scale, option=option,
        coefficient=Decimal(weight.replace(",", ".")), part=part,
    )  # fmt: skip
    return create_assessment(assessment=made, actor=teacher)


def _fill(made: Assessment, students: list[Student], levels: dict[int, float], random: Random, teacher: Actor) -> None:
    told = []
    for each in students:
        if random.random() < 0.04:
            text = random.choice(_WORDS)
        else:
            worth = min(max(random.gauss(levels[each.pk], 2), 1), 20) * made.scale / 20
            text = f"{round(worth * 2) / 2:g}"
        told.append(Told(each.pk, text, 0))
    note_marks(assessment=made, told=told, actor=teacher)


def _master(
    made: Assessment, students: list[Student], levels: dict[int, float], random: Random, teacher: Actor
) -> None:
    """The levels of mastery that go with the marks."""
    subject = made.course.subject.label.lower()
    keys = next((keys for stem, keys in _SKILLS if subject.startswith(stem)), ())
    if not keys:
        return
    choose_skills(assessment=made, keys=keys, actor=teacher)
    noted = {}
    for each in students:
        for key in keys:
            worth = random.gauss(levels[each.pk], 2.5)
            noted[each.pk, key] = 1 + sum(worth >= step for step in (7, 11, 15))
    note_levels(assessment=made, before={}, after=noted, actor=teacher)


def _school_day(day: dt.date) -> dt.date:
    """The same day, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))
