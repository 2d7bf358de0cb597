"""`pupitre bench-lsu`: the file of a term for one large collège, from the database to the XML, in a database of its own.

A thousand students, their services, six marks and an appreciation in each, a synthesis, absences: what a school exports.
"""

import argparse
import datetime as dt
import json
import resource
import sys
import time
from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

from bench import machine
from bench.keeping import judge, keep
from bench.report import Verdict
from bench.steps import fresh_place, run
from config.cli import Refused, database, say
from config.state import state_folder

MOST_SECONDS, MARKS, _STUDENTS_A_CLASS = 10.0, 6, 25
_WORDS = (
    "Un trimestre sérieux et régulier, des résultats qui progressent ; il faut oser davantage à l’oral et relire. " * 4
)


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser("pupitre bench-lsu", description="Mesure l’export du LSU.")
    parser.add_argument("--students", type=int, default=1000, help="nombre d’élèves (1000)")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    place = fresh_place(f"lsu-{options.students}")
    run("bench.lsu", ["fill", str(options.students)], place, as_owner=True)
    run("bench.lsu", ["measure", str(options.students)], place)
    facts = {"machine": machine.describe(), **json.loads((place / "lsu.json").read_text())}
    keep(f"lsu-{options.students}", facts)
    judge(
        (
            Verdict(
                f"au plus {MOST_SECONDS:.0f} s", f"{facts['export_s']:.2f} s".replace(".", ","),
                facts["export_s"] <= MOST_SECONDS,
            ),
            Verdict("tous les bilans y sont", str(facts["reports"]), facts["reports"] == facts["students"]),
        ),
        strict=options.strict,
    )  # fmt: skip


def _fill(students: int) -> None:
    """One school of that size with its timetable, and everything that its bulletins of the first term hold."""
    import psycopg
    from django.conf import settings

    from bench.academy.build import build_academy
    from pupitre.establishments.models import Establishment
    from pupitre.establishments.scope import scope

    with psycopg.connect(settings.OWNER_URL, autocommit=True) as connection:
        divisions = (max(1, students // _STUDENTS_A_CLASS),)
        build_academy(connection, schools=1, seed=1, tell=lambda _done: None, divisions=divisions)
    school = Establishment.objects.get()
    Establishment.objects.update(kind="college")
    with scope(school.pk):
        _number(school)
        _mark(school)
    with psycopg.connect(settings.OWNER_URL, autocommit=True) as connection:
        connection.execute("vacuum (freeze, analyze)")


def _number(school: Any) -> None:
    """The numbers of SIECLE and STSWeb."""
    from pupitre.directory.models import ExternalId, Student, Subject
    from pupitre.timetable.models import CourseTeacher

    people = Student.objects.values_list("person_id", flat=True)
    staff = set(CourseTeacher.objects.values_list("person_id", flat=True))
    rows = [
        ExternalId(person_id=pk, source="siecle_student", namespace=school.uai, value=str(600000 + pk)) for pk in people
    ]
    rows += [ExternalId(person_id=pk, source="sts_epp", namespace="bench", value=str(70000 + pk)) for pk in staff]
    ExternalId.objects.bulk_create(rows, ignore_conflicts=True)
    for place, subject in enumerate(Subject.objects.order_by("pk")):
        if len(subject.code) != 6:
            Subject.objects.filter(pk=subject.pk).update(code=f"{60000 + place:06d}")


def _mark(school: Any) -> None:
    from pupitre.directory.models import Group, Membership
    from pupitre.foundation import clock
    from pupitre.gradebook.models import Assessment, ClassTerm, StudentMark
    from pupitre.gradebook.services.periods import open_terms, school_year_now
    from pupitre.reportcards.models import ReportCard, SubjectReport
    from pupitre.timetable.models import Course

    year = school_year_now()
    if year is None:
        raise Refused("l’académie n’a pas d’année en cours")
    term = open_terms(year=year, semesters=False, actor=None)[0]
    now, random, on = clock.now(), Random(1), term.starts_on + dt.timedelta(days=30)
    members: dict[int, list[int]] = {}
    for group, student in Membership.objects.values_list("group_id", "student_id"):
        members.setdefault(group, []).append(student)
    owned = {"establishment_id": school.pk}
    courses = list(Course.objects.all())
    assessments = Assessment.objects.bulk_create(
        Assessment(
            **owned, course=course, term=term, title=f"Contrôle {n}", held_on=on, created_at=now, coefficient=Decimal(1)
        )
        for course in courses
        for n in range(MARKS)
    )  # fmt: skip
    StudentMark.objects.bulk_create(
        (
            StudentMark(
                **owned, assessment=each, student_id=student, points=Decimal(random.randrange(8, 41)) / 2, version=1,
                written_at=now,
            )
            for each in assessments
            for student in members.get(each.course.group_id, ())
        ),
        batch_size=5000,
    )  # fmt: skip
    SubjectReport.objects.bulk_create(
        (
            SubjectReport(
                **owned, course=course, term=term, student_id=student, text=_WORDS[: random.randrange(200, 400)]
            )
            for course in courses
            for student in members.get(course.group_id, ())
        ),
        batch_size=5000,
    )
    divisions = list(Group.objects.filter(kind=Group.Kind.DIVISION))
    ClassTerm.objects.bulk_create(
        ClassTerm(**owned, term=term, division=each, council_on=term.ends_on) for each in divisions
    )
    ReportCard.objects.bulk_create(
        ReportCard(
            **owned,
            term=term,
            division=each,
            student_id=student,
            synthesis=_WORDS[:300],
            status="validated",
            validated_at=now,
        )
        for each in divisions
        for student in members.get(each.pk, ())
    )


def _measure() -> dict[str, Any]:
    from pupitre.directory.models import Affiliation
    from pupitre.directory.profiles import Profile, capabilities_of
    from pupitre.establishments.models import Establishment, Term
    from pupitre.establishments.scope import scope
    from pupitre.foundation.actor import Actor
    from pupitre.integrations.lsu.checking import check
    from pupitre.integrations.lsu.queries.terms import drafts_of
    from pupitre.integrations.lsu.services.exporting import export_term

    school = Establishment.objects.get()
    head = Affiliation.objects.filter(establishment=school, profile=Profile.HEAD).earliest("pk")
    profiles = frozenset({str(Profile.HEAD)})
    actor = Actor(0, head.person_id, school.pk, school.uai, profiles, capabilities_of(profiles))
    with scope(school.pk):
        terms = list(Term.objects.select_related("school_year").order_by("starts_on"))
        started = time.monotonic()
        looked = check(drafts_of(terms[0], school.uai))
        checking = time.monotonic() - started
        started, worked = time.monotonic(), time.process_time()
        made = export_term(term=terms[0], terms=terms, division=None, actor=actor)
        exporting, processor = time.monotonic() - started, time.process_time() - worked
    facts = {
        "students": len(looked.ready) + len(looked.blocked), "reports": made.reports,
        "lines": sum(len(each.lines) for each in looked.ready), "check_s": round(checking, 2),
        "export_s": round(exporting, 2), "export_processor_s": round(processor, 2), "bytes": made.size,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    say(f"{facts['reports']} bilans, {facts['lines']} lignes, {facts['bytes']} octets")
    if looked.blocked:
        say(str(looked.blocked[0][1]))
    return facts


def _step(name: str, students: int) -> None:
    """Run apart: what is done in the database of the benchmark."""
    import django

    django.setup()
    if name == "fill":
        _fill(students)
    else:
        (state_folder() / "lsu.json").write_text(json.dumps(_measure()))


if __name__ == "__main__":
    with database():
        _step(sys.argv[1], int(sys.argv[2]))
