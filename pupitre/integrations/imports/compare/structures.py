"""The year, its terms and closures; subjects and training levels; divisions and groups."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from pupitre.directory.models import Affiliation, Group, Membership, Programme, Subject
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Create, Ref, Update, Write
from pupitre.establishments.models import Closure, Term
from pupitre.integrations.exchange.records import (
    ClosureRecord,
    GroupRecord,
    ProgrammeRecord,
    StudentRecord,
    SubjectRecord,
    TermRecord,
)
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.wording import date_text, text
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.plan import Change


def compare_calendar(context: Context, terms: Iterable[TermRecord], closures: Iterable[ClosureRecord]) -> None:
    """Marking periods are brought up to date; closures are added, never removed: a school adds its own."""
    known = context.known
    for term in terms:
        held = known.terms.get(term.code)
        after = {"label": term.label, "starts_on": term.starts_on, "ends_on": term.ends_on}
        if held is None:
            write: Write = Create(Term, {"school_year_id": context.school_year, "code": term.code, **after})
        else:
            write = Update(Term, held.pk, {name: getattr(held, name) for name in after}, after)
            if write.before == after:
                continue
        period = f"{date_text(term.starts_on)} – {date_text(term.ends_on)}"
        old = f"{date_text(held.starts_on)} – {date_text(held.ends_on)}" if held else ""
        context.plan.changes.append(
            Change(f"term:{term.code}", Kind.CALENDAR, term.label, [write], str(_("Période de notation")), old, period)
        )
    for closure in closures:
        if (closure.starts_on, closure.ends_on) not in known.closures:
            values = {"label": closure.label[:60], "starts_on": closure.starts_on, "ends_on": closure.ends_on}
            context.plan.changes.append(
                Change(f"closure:{closure.starts_on}:{closure.ends_on}", Kind.CALENDAR, closure.label, [Create(Closure, values)],
                       str(_("Fermeture")), new=f"{date_text(closure.starts_on)} – {date_text(closure.ends_on)}")
            )  # fmt: skip


def compare_subjects(context: Context, records: Iterable[SubjectRecord], *, may_rename: bool) -> None:
    """Subjects new or renamed. One that a file no longer names stays: last year's lessons point to it.

    Only the nomenclature renames one (`may_rename`); other files name those that have nothing but their code.
    """
    for record in records:
        after = {
            "short_code": record.short_code,
            "short_label": record.short_label,
            "label": record.label or record.code,
        }
        held = context.known.subjects.get(record.code)
        if held is None:
            write: Write = Create(Subject, {"code": record.code, **after}, ref=f"subject:{record.code}")
        else:
            after = {name: value for name, value in after.items() if value and value != getattr(held, name)}
            if not after or not (may_rename or held.label == held.code):
                continue
            write = Update(Subject, held.pk, {name: getattr(held, name) for name in after}, after)
        old = held.label if held else ""
        context.plan.changes.append(
            Change(f"subject:{record.code}", Kind.SUBJECT, record.label or record.code, [write],
                   record.code, old, record.label or record.code)
        )  # fmt: skip
        context.coming_subjects.add(record.code)


def compare_programmes(context: Context, records: Iterable[ProgrammeRecord], *, may_rename: bool) -> None:
    """Training levels (MEF) new or renamed."""
    for record in records:
        held = context.known.programmes.get(record.mef)
        if held is None:
            write: Write = Create(Programme, {"mef": record.mef, "label": record.label, "stat": record.stat})
            old, new = "", record.label
        else:
            after = _programme_said(held, record, may_rename=may_rename)
            if not after:
                continue
            write = Update(Programme, held.pk, {name: getattr(held, name) for name in after}, after)
            told = "label" if "label" in after else "stat"
            old, new = getattr(held, told), after[told]
        context.plan.changes.append(
            Change(f"programme:{record.mef}", Kind.PROGRAMME, record.label, [write], record.mef, old, new)
        )


def _programme_said(held: Programme, record: ProgrammeRecord, *, may_rename: bool) -> dict[str, str]:
    """What a record changes of a level: its name, its code in statistics, by the file that may, or when none is held."""
    after = {}
    if record.label and held.label != record.label and (may_rename or held.label == held.mef):
        after["label"] = record.label
    if record.stat and held.stat != record.stat and (may_rename or not held.stat):
        after["stat"] = record.stat
    return after


def groups_named_by(students: Iterable[StudentRecord]) -> list[GroupRecord]:
    """The divisions and groups that a file of students names, when nothing else describes them."""
    found: dict[str, GroupRecord] = {}
    for student in students:
        if student.division:
            found.setdefault(student.division, GroupRecord(student.division, student.division, "division"))
        for code in student.groups:
            found.setdefault(code, GroupRecord(code, code, "group"))
    return list(found.values())


def compare_groups(context: Context, *, may_rename: bool) -> None:
    """Divisions and groups new, renamed, and gone when the files describe them all.

    `may_rename`: the file is that which makes the classes; others only name those that have nothing but their code.
    """
    known = context.known
    for record in context.coming.values():
        held = known.groups.get(record.code)
        label = (record.label or record.code)[:60]
        if held is None:
            context.plan.changes.append(new_group(context, record))
            continue
        after: dict[str, object] = {}
        if label not in (record.code, held.label) and (may_rename or held.label == held.code):
            after["label"] = label
        if held.ends_on is not None and may_rename:
            after["ends_on"] = None
        if after:
            before = {name: getattr(held, name) for name in after}
            writes = [Update(Group, held.pk, before, after), *_renamed_functions(context, held, label)]
            context.plan.changes.append(
                Change(
                    f"group:{record.code}",
                    Kind.CHANGED_GROUP,
                    record.code,
                    writes,
                    str(_("Libellé")),
                    held.label,
                    label,
                )
            )
    if context.describes_groups:
        here = [held for held in known.groups.values() if held.ends_on is None]
        gone = [held for held in here if held.code not in context.coming]
        context.plan.changes += [_ended_group(context, held) for held in gone]
        context.guard(len(gone), len(here), _("classes et groupes"))


def _renamed_functions(context: Context, held: Group, label: str) -> list[Write]:
    """Students are told by the name of their class."""
    if held.kind != Group.Kind.DIVISION or held.label == label:
        return []
    roles = (role for (_person, profile), role in context.known.affiliations.items() if profile == Profile.STUDENT)
    return [Update(Affiliation, each.pk, {"function": held.label}, {"function": label})
            for each in roles if each.function == held.label]  # fmt: skip


def new_group(context: Context, record: GroupRecord) -> Change:
    """The change that makes a class or a group."""
    kind = Group.Kind.DIVISION if record.kind == "division" else Group.Kind.GROUP
    if kind is Group.Kind.GROUP and len(record.divisions) == 1:
        kind = Group.Kind.PART
    values = {"school_year_id": context.school_year, "kind": kind, "code": record.code,
              "label": (record.label or record.code)[:60], "ends_on": None}  # fmt: skip
    return Change(
        f"group:{record.code}", Kind.NEW_GROUP, record.code, [Create(Group, values, ref=f"group:{record.code}")],
        str(kind.label), new=record.label or record.code,
        reason=str(_("Classes : %(codes)s")) % {"codes": ", ".join(record.divisions)} if record.divisions else "",
    )  # fmt: skip


def _ended_group(context: Context, held: Group) -> Change:
    yesterday = context.today - dt.timedelta(days=1)
    writes: list[Write] = [Update(Group, held.pk, {"ends_on": None}, {"ends_on": yesterday})]
    for memberships in context.known.memberships.values():
        writes += [
            Update(Membership, each.pk, {"ends_on": each.ends_on}, {"ends_on": yesterday})
            for each in memberships
            if each.group_id == held.pk and (each.ends_on is None or each.ends_on > yesterday)
        ]
    return Change(f"group:{held.code}:ended", Kind.ENDED_GROUP, held.code, writes, str(held.get_kind_display()),
                  held.label, text(""), str(_("N’est plus dans les structures.")))  # fmt: skip


def subject(context: Context, code: str) -> tuple[int | Ref, list[Write]]:
    """The row of a subject, and the rows that make it when no nomenclature names it: its code is then its name."""
    held = context.known.subjects.get(code)
    if held:
        return held.pk, []
    if code in context.coming_subjects:
        return Ref(f"subject:{code}"), []
    values = {"code": code, "short_code": "", "short_label": "", "label": code}
    return Ref(f"subject:{code}"), [Create(Subject, values, ref=f"subject:{code}")]
