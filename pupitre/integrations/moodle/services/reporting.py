"""Comparing a school with its Moodle: a report that names every difference, before anything is written there."""

from dataclasses import dataclass

from django.db import transaction

from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.jobs import enqueue
from pupitre.integrations.moodle.client import Moodle, MoodleFailure
from pupitre.integrations.moodle.comparing import Comparison, Known, compare
from pupitre.integrations.moodle.found import read_moodle
from pupitre.integrations.moodle.models import Account, Change, LinkedCourse, Report, Site
from pupitre.integrations.moodle.services.gathering import wanted_of
from pupitre.integrations.moodle.services.outcomes import failed, is_resting, moodle_of, worked
from pupitre.integrations.moodle.wanted import Wanted

COMPARE, APPLY = "moodle.compare", "moodle.apply"
State = Report.State
_OPEN = (State.COMPARING, State.TO_REVIEW)


class AtWork(RuntimeError):
    """Changes are being written in Moodle: nothing else may begin."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of Moodle, out of any transaction."""

    site: Site
    moodle: Moodle
    wanted: Wanted
    known: list[Known]
    linked: dict[int, int]


@transaction.atomic
def ask_for_report(site: Site, *, actor: Actor | None) -> Report:
    """Have the open school compared with its Moodle; a report that nobody applied is abandoned. Raises AtWork."""
    Site.objects.select_for_update().get(pk=site.pk)
    if Report.objects.filter(state=State.APPLYING).exists():
        raise AtWork(site.pk)
    now = clock.now()
    Report.objects.filter(state__in=_OPEN).update(state=State.ABANDONED, ended_at=now)
    report = Report.objects.create(site=site, asked_by_id=actor.person_id if actor else None, created_at=now)
    audit.record(actor, "moodle.compare", report, establishment_id=site.establishment_id)
    enqueue(COMPARE, establishment_id=site.establishment_id, pk=report.pk)
    return report


def ask_everywhere() -> None:
    """Have every school that keeps its Moodle compared, those whose Moodle failed a short time ago left in peace."""
    for pk in Establishment.objects.filter(is_open=True).order_by("pk").values_list("pk", flat=True):
        with scope(pk):
            # A service that was withdrawn is told nothing more.
            open_here = Site.objects.filter(connector__is_on=True, connector__service__ended_at=None)
            site = open_here.filter(is_on=True).first()
            if site is None or is_resting(site) or Report.objects.filter(state=State.APPLYING).exists():
                continue
            ask_for_report(site, actor=None)


def write_report(establishment_id: int, pk: int) -> None:
    """Compare, and write the report that waits for it. What a school lets be done alone is then done, unless it is too much."""
    with scope(establishment_id):
        report = Report.objects.filter(pk=pk, state=State.COMPARING).first()
        if report is None:
            return
        site = Site.objects.select_related("connector__service").get(pk=report.site_id)
    try:
        with scope(establishment_id):
            asked = _question(site)
        found = read_moodle(
            asked.moodle, asked.wanted, known=[each.number for each in asked.known], linked=asked.linked
        )
    except MoodleFailure as no:
        with scope(establishment_id):
            failed(site, no)
            Report.objects.filter(pk=pk).update(state=State.FAILED, failure=no.code, ended_at=clock.now())
        return
    compared = compare(asked.wanted, found, asked.known, student_role=site.student_role, teacher_role=site.teacher_role)
    with scope(establishment_id):
        _keep(report, site, compared, dict(found.courses))


def is_too_much(report: Report, site: Site) -> bool:
    """Whether more people would be suspended than the school allows without a word."""
    return report.suspended * 100 > report.known * site.most_suspended


def _question(site: Site) -> Question:
    names = dict(Person.objects.filter(pk__in=_persons(site)).values_list("pk", "display_name"))
    known = [
        Known(each.person_id, names.get(each.person_id, ""), each.number, each.is_suspended)
        for each in Account.objects.filter(site=site).order_by("pk")
    ]
    linked = dict(LinkedCourse.objects.filter(site=site).values_list("course_id", "number"))
    return Question(site, moodle_of(site), wanted_of(site), known, linked)


def _persons(site: Site) -> list[int]:
    return list(Account.objects.filter(site=site).values_list("person_id", flat=True))


def _keep(report: Report, site: Site, compared: Comparison, courses: dict[int, int]) -> None:
    """Write what was found, and whom the accounts are, in the open school."""
    if Report.objects.select_for_update().filter(pk=report.pk, state=State.COMPARING).first() is None:
        return
    Account.objects.filter(site=site, number__in=compared.gone).delete()
    _recognise(site, compared)
    _link(site, courses)
    Change.objects.bulk_create(
        Change(
            establishment_id=site.establishment_id,
            report=report,
            kind=each.kind,
            act=each.act,
            fate=Change.Fate.REFUSED if each.act == Change.Act.REFUSE else Change.Fate.WAITING,
            label=each.label[:200],
            detail=str(each.detail)[:300],
            person_id=each.person,
            content=dict(each.content),
        )
        for each in compared.differences
    )
    report.known = Account.objects.filter(site=site, is_suspended=False).count()
    report.suspended = sum(each.act == Change.Act.SUSPEND for each in compared.differences)
    to_do = any(each.act != Change.Act.REFUSE for each in compared.differences)
    report.state = State.TO_REVIEW if to_do else State.ALIKE
    report.ended_at = None if to_do else clock.now()
    report.save()
    worked(site)
    # Asked for by hand: whoever asked reads it first.
    if to_do and report.asked_by_id is None and site.applies_alone and not is_too_much(report, site):
        begin_applying(report, actor=None)


@transaction.atomic
def begin_applying(report: Report, *, actor: Actor | None) -> bool:
    """Have a report applied; whether it waited for that."""
    if not Report.objects.filter(pk=report.pk, state=State.TO_REVIEW).update(state=State.APPLYING):
        return False
    audit.record(actor, "moodle.apply", report, establishment_id=report.establishment_id, suspended=report.suspended)
    enqueue(APPLY, establishment_id=report.establishment_id, pk=report.pk)
    return True


@transaction.atomic
def abandon(report: Report, *, actor: Actor) -> None:
    """Leave a report aside: nothing of it is written."""
    if Report.objects.filter(pk=report.pk, state__in=_OPEN).update(state=State.ABANDONED, ended_at=clock.now()):
        audit.record(actor, "moodle.abandon", report)


def give_up(establishment_id: int, pk: int) -> None:
    """End a report whose work broke: Moodle answered something that nobody expected."""
    with scope(establishment_id):
        at_work = Report.objects.filter(pk=pk, state__in=(State.COMPARING, State.APPLYING))
        at_work.update(state=State.FAILED, failure="unreadable", ended_at=clock.now())


def _recognise(site: Site, compared: Comparison) -> None:
    """One person for an account: two records that became one leave the second account aside."""
    Account.objects.bulk_create(
        [
            Account(
                establishment_id=site.establishment_id,
                site=site,
                person_id=person,
                number=account.id,
                username=account.username,
            )
            for person, account in compared.recognised
        ],
        ignore_conflicts=True,
    )


def _link(site: Site, courses: dict[int, int]) -> None:
    LinkedCourse.objects.filter(site=site).exclude(number__in=courses.values()).delete()
    LinkedCourse.objects.bulk_create(
        [
            LinkedCourse(establishment_id=site.establishment_id, site=site, course_id=course, number=number)
            for course, number in courses.items()
        ],
        ignore_conflicts=True,
    )
