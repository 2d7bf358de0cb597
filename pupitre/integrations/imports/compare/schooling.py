"""A student’s schooling here: regime, training level, dates, class and groups."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from pupitre.directory.models import Group, Membership, Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Create, Ref, Update, Write
from pupitre.integrations.exchange.records import StudentRecord
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.wording import boarding, field_label, text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.mapping import affiliate, student_label
from pupitre.integrations.imports.plan import Change

_SCHOOLING = ("mef", "status", "entered_on", "left_on", "exit_reason", "ine")


def schooling_values(record: StudentRecord) -> dict[str, Any]:
    """The columns of a schooling that is not known yet, but for the person."""
    return {"boarding_code": record.boarding_code, **{name: getattr(record, name) for name in _SCHOOLING}}


def compare_schooling(context: Context, record: StudentRecord, schooling: Student) -> None:
    """Changes of regime, level and dates, one by one."""
    label, key = student_label(record), f"student:{record.key}"
    only_missing = context.is_better_known(schooling.person_id)
    # One character is the class of a regime, that a longer code says better.
    is_same_class = len(record.boarding_code) == 1 and schooling.boarding_code.startswith(record.boarding_code)
    if not is_same_class and _is_news(record.boarding_code, schooling.boarding_code, only_missing=only_missing):
        writes: list[Write] = [set_column(schooling, "boarding_code", record.boarding_code)]
        context.plan.changes.append(
            Change(f"{key}:boarding", Kind.CHANGED_REGIME, label, writes, str(_("Régime")),
                   boarding(schooling.boarding_code), boarding(record.boarding_code))
        )  # fmt: skip
    for name in _SCHOOLING:
        new, old = getattr(record, name), getattr(schooling, name)
        # A file that no longer writes an exit date says that the student stays.
        stays = name == "left_on" and old and not new and not only_missing
        if stays or _is_news(new, old, only_missing=only_missing):
            writes = [set_column(schooling, name, new)]
            if stays:
                writes.append(
                    Update(Student, schooling.pk, {"exit_reason": schooling.exit_reason}, {"exit_reason": ""})
                )
                writes += affiliate(context.known, schooling.person_id, Profile.STUDENT,
                                    function="", source=context.source, starts_on=context.today)  # fmt: skip
            context.plan.changes.append(
                Change(f"{key}:{name}", Kind.CHANGED_SCHOOLING, label, writes, field_label(name), text(old), text(new))
            )


def _is_news(new: Any, old: Any, *, only_missing: bool) -> bool:
    """Whether a file says something else of a schooling; a lesser source only completes."""
    return bool(new) and new != old and not (only_missing and old)


def set_column(schooling: Student, name: str, value: Any) -> Update:
    """The row that changes one column of a schooling."""
    return Update(Student, schooling.pk, {name: getattr(schooling, name)}, {name: value})


def wanted_groups(context: Context, record: StudentRecord) -> list[str]:
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


def membership(context: Context, student: int | Ref, code: str, since: dt.date) -> Create:
    """The row that puts a student in a group."""
    return Create(
        Membership, {"student_id": student, "group_id": context.group(code), "starts_on": since, "ends_on": None}
    )


def compare_groups_of(context: Context, record: StudentRecord, schooling: Student) -> None:
    """A change of class, and one of groups."""
    if not record.says_groups and not record.division:
        return
    current = {
        context.known.group_codes[each.group_id]: each
        for each in context.known.memberships[schooling.pk]
        if each.ends_on is None or each.ends_on >= context.today
    }
    wanted = wanted_groups(context, record)
    here = {code for code in current if record.says_groups or current[code].group.kind == Group.Kind.DIVISION}
    if here and context.is_better_known(schooling.person_id):
        return
    gone, come = [code for code in here if code not in wanted], [code for code in wanted if code not in current]
    if record.says_groups and not (here or come):
        _leave_last_year(context, record, schooling)
    is_division = {code for code in (*gone, *come) if context.is_division(code)}
    for kind, field, codes in (
        (Kind.CHANGED_CLASS, str(_("Classe")), is_division),
        (Kind.CHANGED_GROUPS, str(_("Groupes")), {*gone, *come} - is_division),
    ):
        if not codes:
            continue
        leave, join = [code for code in gone if code in codes], [code for code in come if code in codes]
        if kind is Kind.CHANGED_CLASS and not join:
            if student_label(record) in context.class_unsure:
                continue
            context.classless += 1
        writes: list[Write] = [_end(current[code], context.today) for code in leave]
        writes += [_join(context, schooling, code) for code in join]
        if join:
            writes += _close_former(context, schooling)
        if kind is Kind.CHANGED_CLASS:
            writes += affiliate(context.known, schooling.person_id, Profile.STUDENT,
                                function=context.group_label(join[0]) if join else "", source=context.source,
                                starts_on=context.today)  # fmt: skip
        context.plan.changes.append(
            Change(f"student:{record.key}:{kind}", kind, student_label(record), writes, field,
                   ", ".join(map(context.group_label, leave)) or str(_("(aucune)")),
                   ", ".join(map(context.group_label, join)) or str(_("(aucune)")))
        )  # fmt: skip


def _end(held: Membership, today: dt.date) -> Update:
    return Update(Membership, held.pk, {"ends_on": held.ends_on}, {"ends_on": today - dt.timedelta(days=1)})


def _leave_last_year(context: Context, record: StudentRecord, schooling: Student) -> None:
    """A student who begins the year without a class does not stay in last year's."""
    if writes := _close_former(context, schooling):
        divisions = (
            each.group for each in context.known.former[schooling.pk] if each.group.kind == Group.Kind.DIVISION
        )
        context.plan.changes.append(
            Change(f"student:{record.key}:{Kind.CHANGED_CLASS}", Kind.CHANGED_CLASS, student_label(record), writes,
                   str(_("Classe")), ", ".join(each.label for each in divisions), str(_("(aucune)")))
        )  # fmt: skip


def _close_former(context: Context, schooling: Student) -> list[Write]:
    """Rows that close what a student held in former years: the new year begins with its own classes."""
    last = context.year_starts_on - dt.timedelta(days=1)
    return [
        Update(Membership, each.pk, {"ends_on": None}, {"ends_on": max(last, each.starts_on)})
        for each in context.known.former[schooling.pk]
    ]


def _join(context: Context, schooling: Student, code: str) -> Write:
    """A membership from today; one that began today and was closed is opened again."""
    for each in context.known.memberships[schooling.pk]:
        if context.known.group_codes[each.group_id] == code and each.starts_on == context.today:
            return Update(Membership, each.pk, {"ends_on": each.ends_on}, {"ends_on": None})
    return membership(context, schooling.pk, code, context.today)
