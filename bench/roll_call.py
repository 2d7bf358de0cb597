"""`pupitre bench-roll-call`: a school year of registers and absences for one large school, counted as it goes and whole.

What is measured: registers made for a day, a register opened, a student marked, a register taken; then every half-day of
the year recomputed, which must give what was counted day after day. In a database of its own.
"""

import argparse
import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random
from typing import Any

from bench import machine
from bench.keeping import judge, keep
from bench.report import Verdict
from bench.steps import fresh_place, run
from config.cli import Refused, database
from config.state import state_folder

MOST_SECONDS_TO_RECOUNT, MOST_TIMES_ALONE = 5.0, 2.0
FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 7, 2)
_AWAY, _STUDENTS_A_CLASS = 0.05, 25


def main(arguments: Sequence[str]) -> None:
    """The command. Leaves with status 1 when a target is missed and `--strict` was asked."""
    parser = argparse.ArgumentParser("pupitre bench-roll-call", description="Mesure l’appel et le compte des absences.")
    parser.add_argument("--students", type=int, default=1000, help="nombre d’élèves (1000)")
    parser.add_argument("--days", type=int, default=400, help="jours à jouer (l’année ; 0 : aucun)")
    parser.add_argument("--load", type=float, default=0, help="secondes de charge à mesurer ensuite (0 : aucune)")
    parser.add_argument("--schools", type=int, default=20, help="établissements de la mesure de charge (20)")
    parser.add_argument("--strict", action="store_true", help="échouer quand une cible n’est pas atteinte")
    options = parser.parse_args(arguments)
    if not 50 <= options.students <= 3000:
        raise Refused("un établissement compte ici de 50 à 3000 élèves. Donnez un autre nombre.")
    facts: dict[str, Any] = {"students": options.students, "machine": machine.describe()}
    if options.days:
        facts |= _measure(options.students, options.days)
    if options.load:
        facts["load"] = _loaded(options.schools, options.load)
    keep(f"roll-call-{options.students}", facts)
    judge(verdicts(facts), strict=options.strict)


def verdicts(facts: dict[str, Any]) -> Iterator[Verdict]:
    """The targets, with what was measured."""
    if "recount_seconds" in facts:
        yield from _counting(facts)
    if "load" in facts:
        load = facts["load"]
        ratio = load["p95_ratio"]
        yield Verdict(
            f"p95 de l’appel sous charge : au plus {MOST_TIMES_ALONE:.0f} × à vide",
            f"{ratio:.2f}".replace(".", ","),
            ratio <= MOST_TIMES_ALONE,
        )
        killed = load["kill"]
        yield Verdict(
            "aucune touche confirmée n’est perdue par kill -9",
            f"{killed['lost']} perdue sur {killed['acknowledged']}, {killed['retried']} renvoyées",
            killed["lost"] == 0 and killed["acknowledged"] > 0,
        )


def _counting(facts: dict[str, Any]) -> Iterator[Verdict]:
    seconds = facts["recount_seconds"]
    yield Verdict(
        f"une année recomptée : au plus {MOST_SECONDS_TO_RECOUNT:.0f} s",
        f"{seconds:.2f} s ({facts['half_days']} demi-journées, {facts['entries']} saisies)".replace(".", ",", 1),
        seconds <= MOST_SECONDS_TO_RECOUNT,
    )
    yield Verdict("égale au compte fait au fil des jours", str(facts["differences"]), facts["differences"] == 0)
    yield Verdict(
        "ouvrir un appel : au plus 3 requêtes", str(facts["open"]["statements"]), facts["open"]["statements"] <= 3
    )
    yield Verdict(
        "noter un élève : au plus 4 requêtes", str(facts["mark"]["statements"]), facts["mark"]["statements"] <= 4
    )


def _loaded(schools: int, seconds: float) -> dict[str, Any]:
    """The hour when everyone calls the roll, in an academy kept from one run to the next."""
    from bench.data import prepare

    place = prepare(schools)
    results = place / "roll-call-load.json"
    run("bench.roll_call_load", [str(seconds), str(results)], place)
    found: dict[str, Any] = json.loads(results.read_text())
    return found


def _measure(students: int, days: int) -> dict[str, Any]:
    place = fresh_place(f"roll-call-{students}")
    run("bench.roll_call", ["fill", str(students), "0"], place, as_owner=True)
    run("bench.roll_call", ["play", str(students), str(days)], place)
    found: dict[str, Any] = json.loads((place / "roll-call.json").read_text())
    return found


def _fill(students: int) -> None:
    """One school of that size, with its timetable."""
    import psycopg
    from django.conf import settings

    from bench.academy.build import build_academy

    with psycopg.connect(settings.OWNER_URL, autocommit=True) as connection:
        divisions = (max(1, students // _STUDENTS_A_CLASS),)
        build_academy(connection, schools=1, seed=1, tell=lambda _done: None, divisions=divisions)
        connection.execute("vacuum (freeze, analyze)")


def _play(days: int) -> dict[str, Any]:
    """Every school day of the year: registers, absences, decisions; then everything counted again."""
    from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CountedHalfDay, RollCall
    from pupitre.attendance.services.counting import recount_period
    from pupitre.establishments.models import Establishment
    from pupitre.establishments.scope import scope

    school = Establishment.objects.get()
    random = Random(1)
    prepared: list[float] = []
    taken: list[float] = []
    played = 0
    for number in range((LAST - FIRST).days):
        day = FIRST + dt.timedelta(days=number)
        if day.weekday() < 5 and played < days:
            with scope(school.pk):
                played += _play_day(day, random, prepared, taken)
    with scope(school.pk):
        facts: dict[str, Any] = {
            "days": played,
            "registers": RollCall.objects.count(),
            "entries": AbsenceEntry.objects.count(),
            "dossiers": AbsenceCase.objects.count(),
            "half_days": CountedHalfDay.objects.count(),
            "prepare_day_ms": _spread(prepared),
            "take_hour_ms": _spread(taken),
        }
        seconds, facts["differences"] = _timed(lambda: recount_period(FIRST, LAST))
        facts["recount_seconds"] = round(seconds, 3)
    return facts | _one_by_one(school)


def _play_day(day: dt.date, random: Random, prepared: list[float], taken: list[float]) -> int:
    from pupitre.attendance.models import RollCall, RollMark
    from pupitre.attendance.services.finishing import finish_many
    from pupitre.attendance.services.preparing import prepare_registers
    from pupitre.foundation import clock

    seconds, made = _timed(lambda: prepare_registers(day))
    if not made:
        return 0
    prepared.append(seconds)
    with clock.at(dt.datetime.combine(day, dt.time(18))):
        registers = list(RollCall.objects.filter(held_on=day).order_by("starts_at"))
        students = sorted({pk for each in registers for pk in each.student_ids})
        away = set(random.sample(students, int(len(students) * _AWAY)))
        RollMark.objects.bulk_create(
            RollMark(
                establishment_id=each.establishment_id, roll_call=each, student_id=pk, marked_at=clock.now(),
                state="absent" if random.random() < 0.9 else "late", at=each.starts_at,
            )
            for each in registers
            for pk in each.student_ids
            if pk in away and random.random() < 0.7
        )  # fmt: skip
        seconds, _recorded = _timed(lambda: finish_many(registers))
        taken.append(seconds)
        _decide(day, random)
    return 1


def _decide(day: dt.date, random: Random) -> None:
    """Some dossiers get a reason, so that half-days of every worth are counted."""
    from pupitre.attendance.models import AbsenceCase
    from pupitre.attendance.services.deciding import decide
    from pupitre.attendance.services.reasons import reasons_of_school
    from pupitre.attendance.transitions import Act
    from pupitre.directory.models import Affiliation
    from pupitre.directory.profiles import Profile, capabilities_of
    from pupitre.establishments.models import Establishment
    from pupitre.foundation.actor import Actor

    school = Establishment.objects.get()
    head = Affiliation.objects.filter(establishment=school, profile=Profile.HEAD).earliest("pk")
    profiles = frozenset({str(Profile.HEAD)})
    actor = Actor(0, head.person_id, school.pk, school.uai, profiles, capabilities_of(profiles))
    reasons = reasons_of_school()
    cases = list(AbsenceCase.objects.filter(starts_on=day).values_list("pk", flat=True))
    chosen = {pk: random.choice(reasons) for pk in cases if random.random() < 0.7}
    if chosen:
        decide(list(chosen), Act.ENTER_REASON, actor=actor, reasons=chosen)


def _one_by_one(school: Any) -> dict[str, Any]:
    """A register opened, a student marked, a register taken: statements, and milliseconds alone on the machine."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from pupitre.attendance.models import RollCall
    from pupitre.attendance.queries.roll_call import roll_of
    from pupitre.attendance.services.finishing import finish_roll_call, note_marks
    from pupitre.attendance.services.marking import Told
    from pupitre.attendance.services.preparing import prepare_registers
    from pupitre.directory.profiles import Profile, capabilities_of
    from pupitre.establishments.scope import scope
    from pupitre.foundation import clock
    from pupitre.foundation.actor import Actor

    day = dt.date(2026, 11, 24)
    with scope(school.pk):
        prepare_registers(day)
        registers = list(RollCall.objects.filter(held_on=day).exclude(teacher_ids=[])[:40])
        RollCall.objects.filter(held_on=day).update(state="prepared")
    facts: dict[str, Any] = {}
    profiles = frozenset({str(Profile.TEACHER)})
    spans: dict[str, list[float]] = {"open": [], "mark": [], "take": []}
    statements: dict[str, int] = {}
    with clock.at(dt.datetime.combine(day, dt.time(17))):
        for register in registers:
            teacher = Actor(0, register.teacher_ids[0], school.pk, school.uai, profiles, capabilities_of(profiles))
            pk, student = register.pk, register.student_ids[0]
            told = [Told(student, "absent", base=_version(school, pk, student))]
            for name, gesture in (
                ("open", partial(roll_of, teacher, pk)),
                ("mark", partial(note_marks, pk, told, actor=teacher)),
                ("take", partial(finish_roll_call, pk, [], actor=teacher)),
            ):
                with CaptureQueriesContext(connection) as captured:
                    seconds, _done = _timed(gesture)
                spans[name].append(seconds)
                # With who is there, and without the marks of transactions.
                counted = [
                    each for each in captured.captured_queries if not each["sql"].startswith(("BEGIN", "COMMIT"))
                ]
                statements[name] = max(statements.get(name, 0), len(counted) + 1)
    for name, times in spans.items():
        facts[name] = {"statements": statements[name], **_spread(times)}
    return facts


def _version(school: Any, roll_call: int, student: int) -> int:
    from pupitre.attendance.models import RollMark
    from pupitre.establishments.scope import scope

    with scope(school.pk):
        found = RollMark.objects.filter(roll_call=roll_call, student=student).values_list("version", flat=True).first()
    return found or 0


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.monotonic()
    found = work()
    return time.monotonic() - started, found


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    """The middle and the slow end, in milliseconds."""
    ordered = sorted(seconds)
    return {
        "p50_ms": round(1000 * statistics.median(ordered), 2),
        "p95_ms": round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 2),
    }


def _step(name: str, students: int, days: int) -> None:
    """Run apart: what is done in the database of the benchmark."""
    import django

    django.setup()
    if name == "fill":
        _fill(students)
    else:
        (state_folder() / "roll-call.json").write_text(json.dumps(_play(days)))


if __name__ == "__main__":
    with database():
        _step(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
