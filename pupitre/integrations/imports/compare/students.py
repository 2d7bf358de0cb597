"""Students: new, changed, left; their class and groups."""

import datetime as dt
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from pupitre.directory.models import Group, Guardianship, Membership, Student
from pupitre.directory.names import fold
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Create, Ref, Update, Write
from pupitre.integrations.exchange.records import StudentRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.wording import boarding, date_text, field_label, text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.mapping import (
    affiliate,
    changed_contact,
    changed_identity,
    end_affiliation,
    full_name,
    new_person,
    outside_id,
    student_label,
    update_person,
)
from pupitre.integrations.imports.matching import Mismatch, ids_to_add, match_student
from pupitre.integrations.imports.plan import Change

_SCHOOLING = ("mef", "status", "entered_on", "left_on", "exit_reason", "ine")


def compare_students(context: Context, records: list[StudentRecord], *, is_complete: bool) -> None:
    """Changes for the students of a file. `is_complete`: those it does not name are gone."""
    seen: set[int] = set()
    doubles = _repeated_ine(records)
    for record in records:
        if record.ine in doubles:
            context.plan.find(
                Severity.NOTICE, "ine_twice", student_label(record),
                _("L’INE %(ine)s est porté par plusieurs élèves. Faites-le corriger dans SIECLE.") % {"ine": record.ine},
            )  # fmt: skip
        person = _match(context, record)
        if person is _UNSURE:
            continue
        if person is None:
            _new(context, record)
        else:
            seen.add(person)
            context.students[record.key] = person
            _known(context, record, person)
    if is_complete:
        _missing(context, seen)


class _Unsure(int):
    """A record whose person cannot be told."""


_UNSURE = _Unsure(-1)


def _repeated_ine(records: list[StudentRecord]) -> set[str]:
    return {ine for ine, times in Counter(record.ine for record in records if record.ine).items() if times > 1}


def _match(context: Context, record: StudentRecord) -> int | None:
    try:
        return match_student(context.known, record.who)
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
        Create(Student, {"person_id": Ref(name), **_schooling_values(record)}, ref=schooling.name),
        *affiliate(
            context.known, Ref(name), Profile.STUDENT,
            function=context.group_label(record.division), source=context.source, starts_on=since,
        ),
        *(_membership(context, schooling, code, since) for code in _wanted_groups(context, record)),
    ]  # fmt: skip
    context.plan.changes.append(
        Change(f"student:{record.key}", Kind.NEW_STUDENT, full_name(record.who), writes,
               new=context.group_label(record.division) or str(_("sans classe")))
    )  # fmt: skip


def _schooling_values(record: StudentRecord) -> dict[str, Any]:
    return {"boarding_code": record.boarding_code, **{name: getattr(record, name) for name in _SCHOOLING}}


def _known(context: Context, record: StudentRecord, person_id: int) -> None:
    known = context.known
    person = known.people[person_id]
    schooling = known.schoolings.get(person_id)
    if record.left_on and record.left_on < context.today:
        _left(context, record, person_id)
        return
    label, key = student_label(record), f"student:{record.key}"
    _changed_person(context, record, person_id)
    if new_ids := ids_to_add(known, person_id, record.who):
        context.plan.changes.append(
            Change(f"{key}:ids", Kind.CHANGED_ID, label, [outside_id(person_id, each) for each in new_ids],
                   new=", ".join(each.value for each in new_ids), field=str(_("Identifiant")),
                   reason=str(_("Même élève : son compte est gardé.")))
        )  # fmt: skip
    since = context.since(record.entered_on)
    if schooling is None:
        # Known from another school: the same person comes here.
        ref = Ref(f"schooling:{record.key}")
        writes: list[Write] = [
            Create(Student, {"person_id": person_id, **_schooling_values(record)}, ref=ref.name),
            *affiliate(known, person_id, Profile.STUDENT, function=context.group_label(record.division),
                       source=context.source, starts_on=since),
            *(_membership(context, ref, code, since) for code in _wanted_groups(context, record)),
        ]  # fmt: skip
        context.plan.changes.append(
            Change(key, Kind.NEW_STUDENT, person.display_name, writes, new=context.group_label(record.division),
                   reason=str(_("Déjà connu d’un autre établissement : il garde son compte.")))
        )  # fmt: skip
        return
    _changed_schooling(context, record, schooling)
    _changed_groups(context, record, schooling)


def _changed_person(context: Context, record: StudentRecord, person_id: int) -> None:
    person = context.known.people[person_id]
    changes = (
        (Kind.CHANGED_IDENTITY, changed_identity(person, record.who)),
        (Kind.CHANGED_CONTACT, changed_contact(person, record.who)),
    )
    for kind, changed in changes:
        for name, (old, new) in changed.items():
            context.plan.changes.append(
                Change(f"student:{record.key}:{name}", kind, student_label(record),
                       [update_person(person, {name: (old, new)})], field_label(name), text(old), text(new))
            )  # fmt: skip


def _changed_schooling(context: Context, record: StudentRecord, schooling: Student) -> None:
    label, key = student_label(record), f"student:{record.key}"
    if record.boarding_code and record.boarding_code != schooling.boarding_code:
        writes: list[Write] = [_set(schooling, "boarding_code", record.boarding_code)]
        context.plan.changes.append(
            Change(f"{key}:boarding", Kind.CHANGED_REGIME, label, writes, str(_("Régime")),
                   boarding(schooling.boarding_code), boarding(record.boarding_code))
        )  # fmt: skip
    for name in _SCHOOLING:
        new, old = getattr(record, name), getattr(schooling, name)
        # A file that no longer writes an exit date says that the student stays.
        if (new or (name == "left_on" and old and record.says_groups)) and new != old:
            writes = [_set(schooling, name, new)]
            if name == "left_on" and new is None:
                writes += affiliate(context.known, schooling.person_id, Profile.STUDENT,
                                    function="", source=context.source, starts_on=context.today)  # fmt: skip
            context.plan.changes.append(
                Change(f"{key}:{name}", Kind.CHANGED_SCHOOLING, label, writes, field_label(name), text(old), text(new))
            )


def _set(schooling: Student, name: str, value: Any) -> Update:
    return Update(Student, schooling.pk, {name: getattr(schooling, name)}, {name: value})


def _wanted_groups(context: Context, record: StudentRecord) -> list[str]:
    """The codes of the division and groups that exist or will; the others are noted once."""
    wanted = []
    for code in (record.division, *record.groups):
        if not code:
            continue
        if (ours := context.group_code(code)) is not None:
            wanted.append(ours)
        else:
            context.unknown_group(code, student_label(record))
    return wanted


def _membership(context: Context, student: int | Ref, code: str, since: dt.date) -> Create:
    return Create(
        Membership, {"student_id": student, "group_id": context.group(code), "starts_on": since, "ends_on": None}
    )


def _changed_groups(context: Context, record: StudentRecord, schooling: Student) -> None:
    if not record.says_groups and not record.division:
        return
    current = {
        context.known.group_codes[each.group_id]: each
        for each in context.known.memberships[schooling.pk]
        if each.ends_on is None or each.ends_on >= context.today
    }
    wanted = _wanted_groups(context, record)
    here = {code for code in current if record.says_groups or current[code].group.kind == Group.Kind.DIVISION}
    gone, come = [code for code in here if code not in wanted], [code for code in wanted if code not in current]
    is_division = {code for code in (*gone, *come) if context.is_division(code)}
    for kind, field, codes in (
        (Kind.CHANGED_CLASS, str(_("Classe")), is_division),
        (Kind.CHANGED_GROUPS, str(_("Groupes")), {*gone, *come} - is_division),
    ):
        if not codes:
            continue
        leave, join = [code for code in gone if code in codes], [code for code in come if code in codes]
        if kind is Kind.CHANGED_CLASS and not join and record.key in context.class_unsure:
            continue
        writes: list[Write] = [_end(current[code], context.today) for code in leave]
        writes += [_join(context, schooling, code) for code in join]
        if kind is Kind.CHANGED_CLASS:
            writes += affiliate(context.known, schooling.person_id, Profile.STUDENT,
                                function=context.group_label(join[0]) if join else "", source=context.source,
                                starts_on=context.today)  # fmt: skip
        context.plan.changes.append(
            Change(f"student:{record.key}:{kind}", kind, student_label(record), writes, field,
                   ", ".join(map(context.group_label, leave)) or str(_("(aucune)")),
                   ", ".join(map(context.group_label, join)) or str(_("(aucune)")))
        )  # fmt: skip


def _end(membership: Membership, today: dt.date) -> Update:
    return Update(Membership, membership.pk, {"ends_on": membership.ends_on}, {"ends_on": today - dt.timedelta(days=1)})


def _join(context: Context, schooling: Student, code: str) -> Write:
    """A membership from today; one that began today and was closed is opened again."""
    for each in context.known.memberships[schooling.pk]:
        if context.known.group_codes[each.group_id] == code and each.starts_on == context.today:
            return Update(Membership, each.pk, {"ends_on": each.ends_on}, {"ends_on": None})
    return _membership(context, schooling.pk, code, context.today)


def _left(context: Context, record: StudentRecord, person_id: int) -> None:
    schooling = context.known.schoolings.get(person_id)
    if schooling is None or schooling.left_on == record.left_on:
        return
    assert record.left_on  # noqa: S101 # nosec B101 - told by the caller
    after = {"left_on": record.left_on, "exit_reason": record.exit_reason}
    writes: list[Write] = [
        Update(Student, schooling.pk, {name: getattr(schooling, name) for name in after}, after),
        *_depart(context, person_id, schooling, record.left_on),
    ]
    context.plan.changes.append(
        Change(f"student:{record.key}:left", Kind.LEFT_STUDENT, student_label(record), writes, str(_("Date de sortie")),
               text(schooling.left_on), date_text(record.left_on), str(_("Accès fermés, données gardées.")))
    )  # fmt: skip


def _depart(context: Context, person_id: int, schooling: Student, on: dt.date) -> list[Write]:
    """Rows that close everything a student has here; nothing is deleted (IDN-6)."""
    known = context.known
    writes: list[Write] = [*end_affiliation(known, person_id, Profile.STUDENT, on)]
    for membership in known.memberships[schooling.pk]:
        if membership.ends_on is None or membership.ends_on > on:
            writes.append(Update(Membership, membership.pk, {"ends_on": membership.ends_on}, {"ends_on": on}))
    for (student, _guardian), link in known.guardianships.items():
        if student == person_id and link.ends_on is None:
            writes.append(Update(Guardianship, link.pk, {"ends_on": None}, {"ends_on": on}))
    return writes


def _missing(context: Context, seen: set[int]) -> None:
    """Students known here whom a complete file no longer names. Many at once: a human must confirm."""
    known = context.known
    here = [schooling for person_id, schooling in known.schoolings.items() if schooling.left_on is None]
    missing = [each for each in here if each.person_id not in seen | context.unsure]
    for schooling in sorted(missing, key=lambda each: fold(known.name_of(each.person_id))):
        division = known.division_of(schooling)
        yesterday = context.today - dt.timedelta(days=1)
        writes: list[Write] = [
            _set(schooling, "left_on", yesterday),
            *_depart(context, schooling.person_id, schooling, yesterday),
        ]
        context.plan.changes.append(
            Change(f"student:person-{schooling.person_id}:missing", Kind.MISSING_STUDENT,
                   f"{known.name_of(schooling.person_id)}, {division}".rstrip(", "), writes, old=division,
                   reason=str(_("N’est plus dans le fichier : accès fermés, données gardées.")))
        )  # fmt: skip
    context.guard(len(missing), len(here), _("élèves"))
