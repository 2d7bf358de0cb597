"""From a report to what each school should know of it: who and which groups the GAR refused, each behind the wall."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q

from pupitre.directory.models import Affiliation
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.gar.models import Delivery, Report, ReportLine
from pupitre.integrations.gar.profiles import STAFF_PROFILES
from pupitre.integrations.gar.reports.reading import Level, Read, Said, read_report
from pupitre.integrations.gar.reports.unpacking import Damaged
from pupitre.integrations.gar.sealing import unseal
from pupitre.integrations.services.models import Pseudonym

_log = logging.getLogger(__name__)
_SLICE = 1000


def interpret(report: Report) -> None:
    """Read a report that was received, and give each school its lines; a form that nobody foresaw raises nothing."""
    # Before it is opened: one that brings the worker down must not be taken up again at each run.
    _mark(report, Report.Verdict.UNKNOWN)
    try:
        read = read_report(report.name, unseal(bytes(report.data)))
    except Damaged:
        _mark(report, Report.Verdict.DAMAGED)
        return
    except Exception:  # noqa: BLE001 - a form that nobody foresaw is a report that is not understood, never one that is lost
        _log.exception("gar: report %s", report.pk)
        return
    try:
        _keep(report, read)
    except Exception:
        # The database said no, not the report: it is for the next run.
        _mark(report, "")
        raise


def _mark(report: Report, verdict: str) -> None:
    Report.objects.filter(pk=report.pk).update(verdict=verdict)


@transaction.atomic
def _keep(report: Report, read: Read) -> None:
    """A report that is read twice has the same lines."""
    schools = {each.uai: each for each in Establishment.objects.filter(academy__in=report.access.academies)}
    people = _people({number for said in read.said for number in said.numbers})
    where = _where(people.values(), schools.values())
    lines: dict[str, list[ReportLine]] = defaultdict(list)
    report.unplaced = 0
    for said in read.said:
        places = _places(said, people, where, schools)
        report.unplaced += not places
        for uai, person in places:
            lines[uai].append(_line(report, said, person))
    for uai, school in schools.items():
        if uai in lines or uai in report.schools:
            with scope(school.pk):
                ReportLine.objects.filter(report=report).delete()
                for line in lines[uai]:
                    line.establishment_id = school.pk
                ReportLine.objects.bulk_create(lines[uai], batch_size=_SLICE)
    report.schools = {uai: _counts(some) for uai, some in sorted(lines.items()) if some}
    report.verdict, report.figures, report.is_cut = read.verdict, read.figures, read.is_cut
    named = Delivery.objects.filter(access=report.access, name__in=read.deliveries).order_by("-started_at")
    report.delivery = named.first() if read.deliveries else None
    report.save(update_fields=["verdict", "figures", "schools", "unplaced", "is_cut", "delivery"])


def _people(numbers: Collection[str]) -> dict[str, int]:
    """Who bears these numbers, by number."""
    wanted, found = sorted(numbers), dict[str, int]()
    for at in range(0, len(wanted), _SLICE):
        rows = Pseudonym.objects.filter(value__in=wanted[at : at + _SLICE], service=None)
        found |= dict(rows.values_list("value", "person_id"))
    return found


def _where(people: Collection[int], schools: Iterable[Establishment]) -> dict[int, list[str]]:
    """The schools of these people where they are sent, by person; one statement."""
    rows = Affiliation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=clock.today()),
        person__in=set(people),
        establishment__in=[each.pk for each in schools],
        profile__in=["student", *STAFF_PROFILES],
    )
    found: dict[int, list[str]] = defaultdict(list)
    for person, uai in rows.values_list("person_id", "establishment__uai").order_by("establishment__uai").distinct():
        found[person].append(uai)
    return found


def _places(
    said: Said, people: dict[str, int], where: dict[int, list[str]], schools: Collection[str]
) -> list[tuple[str, int | None]]:
    """In which school something is told, and of whom. A person is told of where the report says, else wherever they are."""
    known = [people[number] for number in said.numbers if number in people]
    found: list[tuple[str, int | None]] = [
        (uai, person)
        for person in known
        for uai in where.get(person, ())
        if said.uai not in where[person] or uai == said.uai
    ]
    if not found and said.uai in schools:
        found = [(said.uai, None)]
    return found


def _line(report: Report, said: Said, person: int | None) -> ReportLine:
    return ReportLine(
        report=report, level=said.level, person_id=person, group_code=said.group[:40], kind=said.kind or said.document,
        code=said.code[:30], message=said.message[:300],
    )  # fmt: skip


def _counts(lines: Collection[ReportLine]) -> list[int]:
    refused = sum(1 for each in lines if each.level == Level.REFUSED)
    return [refused, len(lines) - refused]
