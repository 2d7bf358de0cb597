"""Who is in the groups that timetable software makes, when nothing better says it."""

from collections import defaultdict

from django.utils.translation import gettext as _

from pupitre.directory.models import Group, Membership
from pupitre.directory.names import fold
from pupitre.establishments.ledger import Create
from pupitre.foundation.ui.french import plural
from pupitre.integrations.exchange.records import MemberRecord, NameRecord, Reading
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.plan import Change
from pupitre.integrations.imports.recognising.recogniser import Recogniser


def compare_members(context: Context, recogniser: Recogniser, reading: Reading) -> None:
    """Fill groups that have nobody yet: those of SIECLE keep their students, classes are never touched."""
    names = {each.key: each for each in reading.names or () if each.kind == "group"}
    empty = _empty_groups(context)
    found: dict[str, set[int]] = defaultdict(set)
    unknown = []
    for member in reading.members or ():
        codes = {_code(recogniser, names.get(key)) for key in member.groups} & empty
        if not codes:
            continue
        student = _student(context, member)
        if student is None:
            unknown.append(member.label)
        for code in codes:
            if student is not None:
                found[code].add(student)
    for code, students in sorted(found.items()):
        rows = [
            Create(
                Membership,
                {"student_id": each, "group_id": context.group(code), "starts_on": context.today, "ends_on": None},
            )
            for each in sorted(students)
        ]
        context.plan.changes.append(
            Change(f"group:{code}:members", Kind.CHANGED_GROUPS, context.group_label(code), [*rows], str(_("Élèves du groupe")),
                   new=plural(len(rows), _("élève"), _("élèves")))
        )  # fmt: skip
    for label in sorted(unknown):
        context.plan.find(
            Severity.QUARANTINE, "unknown_student", label,
            _("Le logiciel d’emploi du temps met cet élève dans un groupe, et il n’est pas connu ici sous ce nom et cette date "
              "de naissance. Vérifiez-les dans l’un et l’autre."),
        )  # fmt: skip


def _code(recogniser: Recogniser, name: NameRecord | None) -> str:
    return recogniser.answer(name, may_ask=False).value if name else ""


def _empty_groups(context: Context) -> set[str]:
    """Our groups, classes left out, in which nobody is."""
    known = context.known
    held = {row.group_id for rows in known.memberships.values() for row in rows if row.ends_on is None}
    groups = {code for code, each in known.groups.items()
              if each.kind != Group.Kind.DIVISION and each.ends_on is None and each.pk not in held}  # fmt: skip
    return groups | {
        code for code, each in context.coming.items() if code not in known.groups and each.kind != "division"
    }


def _student(context: Context, member: MemberRecord) -> int | None:
    """The schooling of a member, by names and birth date, alone of their kind here."""
    key = (fold(member.last_name), fold(member.first_name), member.birth_date)
    people = [each for each in context.known.by_name.get(key, ()) if each in context.known.schoolings]
    return context.known.schoolings[people[0]].pk if member.birth_date and len(set(people)) == 1 else None
