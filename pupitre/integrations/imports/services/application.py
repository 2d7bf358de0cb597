"""Second step: write what was looked at, in one transaction, with a ledger to take it back."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _

from pupitre.accounts.models import User
from pupitre.accounts.services.creation import NewAccount, create_accounts
from pupitre.directory.models import (
    Affiliation,
    ExternalId,
    FormTeacher,
    Group,
    Guardianship,
    Membership,
    Person,
    Programme,
    Student,
    Subject,
)
from pupitre.directory.profiles import STAFF
from pupitre.establishments.ledger import Line, Update, write
from pupitre.establishments.models import Closure, SchoolYear, Term
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.events import carry_out
from pupitre.foundation.stamps import raise_stamps, school_audience
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.imports.events import ImportApplied
from pupitre.integrations.imports.models import Decision, Difference, ImportJob, JournalEntry, Verdict
from pupitre.integrations.imports.plan import Plan
from pupitre.integrations.imports.services.analysis import plan_of, readings_of
from pupitre.integrations.imports.services.consequences import of_changed_people, of_closed_links
from pupitre.integrations.imports.services.jobs import forget_files
from pupitre.integrations.imports.sources import PERSON_FIELDS
from pupitre.timetable.models import Classroom, Course, CourseTeacher, TimetableSlot

State = ImportJob.State
ORDER = (
    SchoolYear, Term, Closure, Programme, Subject, Group, Classroom, Person, ExternalId, Affiliation, Student, Membership,
    Guardianship, FormTeacher, Course, CourseTeacher, TimetableSlot,
)  # fmt: skip
"""Tables in the order in which rows may point to one another."""
_ROWS_A_LINE = 2000


class NotAppliable(Exception):
    """The import cannot be applied now; the message is a French sentence."""


def apply(
    job_id: int,
    establishment_id: int,
    *,
    actor: Actor | None = None,
    confirmed: bool = False,
    renewed: bool = False,
) -> ImportJob:
    """Write the differences that were not declined. One transaction: whatever fails, nothing has changed.

    `renewed`: where the school changed since the analysis, what the files make of it now is written, unless that must be
    confirmed; what was declined stays so.

    Raises NotAppliable when the job is not waiting for it, is held and not `confirmed`, or when the school changed since
    the analysis.
    """
    with scope(establishment_id):
        _alone(establishment_id)
        job = ImportJob.objects.select_for_update().get(pk=job_id)
        _check(job, confirmed=confirmed)
        plan = _plan(job, confirmed=confirmed, renewed=renewed)
        declined = set(Difference.objects.filter(job=job, decision=Decision.SKIP).values_list("key", flat=True))
        writes = [each for change in plan.changes if change.key not in declined for each in change.writes]
        lines = write([*writes, *of_changed_people(writes)], ORDER, remember={Person: PERSON_FIELDS})
        if any(isinstance(each, Update) and each.model is Guardianship for each in writes):
            lines += write(of_closed_links(establishment_id), ORDER)
        lines += _open_accounts(establishment_id)
        _keep(job, lines)
        raise_stamps([school_audience(establishment_id)])
        job.state, job.applied_at, job.progress = State.APPLIED, clock.now(), ""
        job.save(update_fields=["state", "applied_at", "progress"])
        forget_files(job)
        carry_out(ImportApplied(establishment_id, job.pk))
        audit.record(
            actor, "imports.apply", job, changes=len(plan.changes) - len(declined), establishment_id=establishment_id
        )
        return job


def _alone(establishment_id: int) -> None:
    """One import at a time in a school."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('pupitre.imports'), %s)", [establishment_id])


def _check(job: ImportJob, *, confirmed: bool) -> None:
    if job.state not in (State.TO_REVIEW, State.APPLYING):
        raise NotAppliable(
            _("Cet import n’attend plus d’être appliqué : %(state)s.") % {"state": job.get_state_display()}
        )
    if not job.may_apply:
        raise NotAppliable(" ".join(job.reasons))
    if job.verdict == Verdict.HOLD and not confirmed:
        raise NotAppliable(_("Cet import demande votre confirmation : %(why)s") % {"why": " ".join(job.reasons)})


def _plan(job: ImportJob, *, confirmed: bool, renewed: bool) -> Plan:
    try:
        plan = plan_of(readings_of(job))
    except Rejected as refusal:
        raise NotAppliable(str(refusal)) from refusal
    if renewed and (plan.blocks or (plan.holds and not confirmed)):
        raise NotAppliable(
            _("Cet import demande votre confirmation : %(why)s") % {"why": " ".join([*plan.blocks, *plan.holds])}
        )
    if plan.fingerprint != job.fingerprint and not renewed:
        raise NotAppliable(
            _("L’établissement a changé depuis l’analyse. Relancez-la : vous verrez ce qui serait fait maintenant.")
        )
    return plan


def _open_accounts(establishment_id: int) -> list[Line]:
    """An account, to be activated, for everyone who has a role here and none yet."""
    today = clock.today()
    people = list(
        Person.objects.filter(
            affiliations__establishment=establishment_id, affiliations__ends_on=None, user=None
        ).distinct()
    )
    if not people:
        return []
    staff = _staff_among(people, today)
    accounts = create_accounts(
        [
            NewAccount(
                person_id=person.pk, display_name=person.display_name, first_name=person.first_name,
                last_name=person.usage_name or person.last_name, email=person.email, is_staff=person.pk in staff,
            )
            for person in people
        ]
    )  # fmt: skip
    created = Line(User._meta.label, "create", [[user.pk, None, None] for user in accounts.values()])
    links = [Update(Person, person, {"user_id": None}, {"user_id": user.pk}) for person, user in accounts.items()]
    return [created, *write(links, ORDER)]


def _staff_among(people: Iterable[Person], today: dt.date) -> set[int]:
    rows = Affiliation.objects.filter(person__in=[person.pk for person in people], profile__in=STAFF)
    return set(rows.values_list("person_id", flat=True))


def _keep(job: ImportJob, lines: list[Line]) -> None:
    pieces = [
        Line(line.model, line.action, line.rows[start : start + _ROWS_A_LINE])
        for line in lines
        for start in range(0, len(line.rows), _ROWS_A_LINE)
    ]
    JournalEntry.objects.bulk_create(
        JournalEntry(job=job, establishment_id=job.establishment_id, number=number, table=line.model, action=line.action,
                     rows=line.rows)
        for number, line in enumerate(pieces)
    )  # fmt: skip
