"""Students who leave: by their exit date, or because a complete file no longer names them."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from pupitre.directory.models import Guardianship, Membership, Student
from pupitre.directory.names import fold
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Update, Write
from pupitre.integrations.exchange.records import OutsideId, StudentRecord
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.schooling import set_column
from pupitre.integrations.imports.compare.wording import date_text, text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.mapping import end_affiliation, student_label
from pupitre.integrations.imports.plan import Change
from pupitre.integrations.imports.sources import authority, is_told_by


def compare_left(context: Context, record: StudentRecord, person_id: int) -> None:
    """The departure of a student whose exit date is past."""
    schooling = context.known.schoolings.get(person_id)
    assert record.left_on  # noqa: S101 # nosec B101 - told by the caller
    if schooling is None or context.is_better_known(person_id):
        return
    # A day that was told while it was still to come closed nothing then.
    writes = _depart(context, person_id, schooling, record.left_on)
    after = {"left_on": record.left_on, "exit_reason": record.exit_reason or schooling.exit_reason}
    before = {name: getattr(schooling, name) for name in after}
    if before != after:
        writes.insert(0, Update(Student, schooling.pk, before, after))
    if not writes:
        return
    context.plan.changes.append(
        Change(f"student:{record.key}:left", Kind.LEFT_STUDENT, student_label(record), writes, str(_("Date de sortie")),
               text(schooling.left_on), date_text(record.left_on), str(_("Accès fermés, données gardées.")))
    )  # fmt: skip


def _depart(context: Context, person_id: int, schooling: Student, on: dt.date) -> list[Write]:
    """Rows that close everything a student has here; nothing is deleted (IDN-6)."""
    known = context.known
    writes: list[Write] = [*end_affiliation(known, person_id, Profile.STUDENT, on)]
    for membership in (*known.memberships[schooling.pk], *known.former[schooling.pk]):
        if membership.ends_on is None or membership.ends_on > on:
            writes.append(Update(Membership, membership.pk, {"ends_on": membership.ends_on}, {"ends_on": on}))
    writes += [
        Update(Guardianship, link.pk, {"ends_on": None}, {"ends_on": on})
        for link in known.links_of[person_id]
        if link.ends_on is None
    ]
    return writes


def _is_told(context: Context, schooling: Student) -> bool:
    """Whether this source speaks for a student: those of another base, or added by hand, are not its business."""
    known = context.known
    role = known.affiliations.get((schooling.person_id, Profile.STUDENT))
    ids = known.ids_of.get(schooling.person_id, set())
    return bool(role and authority(role.source)) and is_told_by(ids, context.source, known.establishment.uai)


def compare_missing(context: Context, seen: set[int]) -> None:
    """Students known here whom a complete file no longer names. Many at once: a human must confirm."""
    known = context.known
    here = [
        schooling
        for schooling in known.schoolings.values()
        if schooling.left_on is None and _is_told(context, schooling)
    ]
    _tell_missing(context, [each for each in here if each.person_id not in seen | context.unsure], len(here))


def compare_gone(context: Context, gone: Iterable[OutsideId], seen: set[int]) -> None:
    """Students whom a partial file says to be gone."""
    known = context.known
    people = {person for outside in gone for person in known.by_id.get(outside, ())} - seen - context.unsure
    here = [known.schoolings[person] for person in sorted(people) if person in known.schoolings]
    _tell_missing(context, [each for each in here if each.left_on is None], known.totals.get("students", len(here)))


def _tell_missing(context: Context, missing: list[Student], known_here: int) -> None:
    known = context.known
    for schooling in sorted(missing, key=lambda each: fold(known.name_of(each.person_id))):
        division = known.division_of(schooling)
        yesterday = context.today - dt.timedelta(days=1)
        writes: list[Write] = [
            set_column(schooling, "left_on", yesterday),
            *_depart(context, schooling.person_id, schooling, yesterday),
        ]
        context.plan.changes.append(
            Change(f"student:person-{schooling.person_id}:missing", Kind.MISSING_STUDENT,
                   f"{known.name_of(schooling.person_id)}, {division}".rstrip(", "), writes, old=division,
                   reason=str(_("N’est plus dans le fichier : accès fermés, données gardées.")))
        )  # fmt: skip
    context.guard(len(missing), known_here, _("élèves"))


def guard_classes(context: Context) -> None:
    """Hold: a file in which many lose their class without another was made before classes were given."""
    here = context.known.totals.get(
        "students", sum(schooling.left_on is None for schooling in context.known.schoolings.values())
    )
    told = _(
        "%(missing)s %(who)s sur %(known)s n’ont plus de classe dans le fichier. Attendez que les affectations soient faites, "
        "ou vérifiez l’export avant de l’appliquer."
    )
    context.guard(context.classless, here, _("élèves"), told)
