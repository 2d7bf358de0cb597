"""Students of a file: who they are here, the new ones, those known."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Create, Ref, Write
from pupitre.integrations.exchange.records import OutsideId, StudentRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.departures import compare_gone, compare_left, compare_missing, guard_classes
from pupitre.integrations.imports.compare.people import compare_person
from pupitre.integrations.imports.compare.schooling import (
    compare_groups_of,
    compare_schooling,
    membership,
    schooling_values,
    wanted_groups,
)
from pupitre.integrations.imports.compare.wording import date_text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.mapping import affiliate, full_name, new_person, student_label
from pupitre.integrations.imports.matching import Mismatch, match_student
from pupitre.integrations.imports.plan import Change


def compare_students(
    context: Context, records: list[StudentRecord], *, is_complete: bool, gone: Iterable[OutsideId] | None = None
) -> None:
    """Changes for the students of a file. `is_complete`: those it does not name are gone; `gone`: those whom a partial file
    says to be."""
    seen: set[int] = set()
    doubles, taken = _repeated_ine(records), _taken(context, records)
    for record in records:
        if record.ine in doubles:
            context.plan.find(
                Severity.NOTICE, "ine_twice", student_label(record),
                _("L’INE %(ine)s est porté par plusieurs élèves. Faites-le corriger dans SIECLE.") % {"ine": record.ine},
            )  # fmt: skip
        person = _match(context, record, taken)
        if person is _UNSURE:
            continue
        if person is None:
            _new(context, record)
        elif person in seen or taken.get(person, record.key) != record.key:
            _twice(context, record, person)
        else:
            seen.add(person)
            context.students[record.key] = person
            _known(context, record, person)
    if gone is not None:
        compare_gone(context, gone, seen)
        guard_classes(context)
    elif is_complete:
        compare_missing(context, seen)
        guard_classes(context)


class _Unsure(int):
    """A record whose person cannot be told."""


_UNSURE = _Unsure(-1)


def _repeated_ine(records: list[StudentRecord]) -> set[str]:
    return {ine for ine, times in Counter(record.ine for record in records if record.ine).items() if times > 1}


def _taken(context: Context, records: list[StudentRecord]) -> dict[int, str]:
    """The people whom a record names by the number of its source: no other record stands for them (twins share an INE)."""
    return {
        person: record.key
        for record in records
        for outside in record.who.ids
        if outside.source != "ine"
        for person in context.known.by_id.get(outside, ())
    }


def _twice(context: Context, record: StudentRecord, person_id: int) -> None:
    context.left_aside.add(record.key)
    context.plan.find(
        Severity.QUARANTINE, "same_student", student_label(record),
        _("Une autre fiche du fichier est déjà celle de %(known)s. Gardez la bonne dans la base de l’établissement.")
        % {"known": context.known.name_of(person_id)},
    )  # fmt: skip


def _match(context: Context, record: StudentRecord, taken: dict[int, str]) -> int | None:
    try:
        return match_student(context.known, record.who, key=record.key, taken=taken)
    except Mismatch as mismatch:
        context.plan.find(
            Severity.QUARANTINE, "two_people_one_id", student_label(record),
            _(
                "Cet identifiant est déjà celui de %(known)s, dont le nom et la naissance sont autres. "
                "Vérifiez la fiche dans la base de l’établissement."
            ) % {"known": mismatch.person.display_name},
        )  # fmt: skip
        context.left_aside.add(record.key)
        if mismatch.person.pk in context.known.schoolings:
            context.unsure.add(mismatch.person.pk)
        return _UNSURE


def _new(context: Context, record: StudentRecord) -> None:
    if record.left_on and record.left_on < context.today:
        context.plan.find(
            Severity.NOTICE, "left_before_known", student_label(record),
            _("Sorti le %(day)s, avant d’être connu ici : aucun compte n’est créé.") % {"day": date_text(record.left_on)},
        )  # fmt: skip
        context.left_aside.add(record.key)
        return
    name = f"student:{record.key}"
    context.students[record.key] = Ref(name)
    since = context.since(record.entered_on)
    schooling = Ref(f"schooling:{record.key}")
    writes: list[Write] = [
        *new_person(name, record.who),
        Create(Student, {"person_id": Ref(name), **schooling_values(record)}, ref=schooling.name),
        *affiliate(
            context.known, Ref(name), Profile.STUDENT,
            function=context.group_label(record.division), source=context.source, starts_on=since,
        ),
        *(membership(context, schooling, code, since) for code in wanted_groups(context, record)),
    ]  # fmt: skip
    context.plan.changes.append(
        Change(f"student:{record.key}", Kind.NEW_STUDENT, full_name(record.who), writes,
               new=context.group_label(record.division) or str(_("sans classe")))
    )  # fmt: skip


def _known(context: Context, record: StudentRecord, person_id: int) -> None:
    known = context.known
    person = known.people[person_id]
    schooling = known.schoolings.get(person_id)
    if record.left_on and record.left_on < context.today:
        # Their links are closed: the file of guardians, which keeps them, opens none again.
        context.left_aside.add(record.key)
        compare_left(context, record, person_id)
        return
    label, key = student_label(record), f"student:{record.key}"
    compare_person(context, person_id, record.who, key=key, label=label,
                   reason=str(_("Même élève : son compte est gardé.")))  # fmt: skip
    since = context.since(record.entered_on)
    if schooling is None:
        # Known from another school: the same person comes here.
        ref = Ref(f"schooling:{record.key}")
        writes: list[Write] = [
            Create(Student, {"person_id": person_id, **schooling_values(record)}, ref=ref.name),
            *affiliate(known, person_id, Profile.STUDENT, function=context.group_label(record.division),
                       source=context.source, starts_on=since),
            *(membership(context, ref, code, since) for code in wanted_groups(context, record)),
        ]  # fmt: skip
        context.plan.changes.append(
            Change(key, Kind.NEW_STUDENT, person.display_name, writes, new=context.group_label(record.division),
                   reason=str(_("Déjà connu d’un autre établissement : il garde son compte.")))
        )  # fmt: skip
        return
    compare_schooling(context, record, schooling)
    compare_groups_of(context, record, schooling)
