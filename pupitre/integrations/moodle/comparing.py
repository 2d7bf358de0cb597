"""What must change in Moodle for it to hold what the school wants: a pure comparison, which writes nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pupitre.foundation.registry import Text
from pupitre.foundation.ui.french import plural
from pupitre.integrations.moodle.answers import MoodleUser
from pupitre.integrations.moodle.found import Found
from pupitre.integrations.moodle.models import Change
from pupitre.integrations.moodle.wanted import Wanted, WantedAccount, WantedCohort, WantedCourse

Kind, Act = Change.Kind, Change.Act
AUTH = "cas"


@dataclass(frozen=True, slots=True)
class Known:
    """An account that we made or recognised before."""

    person: int
    label: str
    number: int
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to do, or one that cannot be done with the reason in `detail`."""

    kind: str
    act: str
    label: str
    detail: Text = ""
    person: int | None = None
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences, in the order of doing; the accounts recognised there (person, account); those that are gone."""

    differences: list[Difference]
    recognised: list[tuple[int, MoodleUser]]
    gone: list[int]


def compare(
    wanted: Wanted, found: Found, known: Collection[Known], *, student_role: int, teacher_role: int
) -> Comparison:
    """What must change, and whom the accounts of Moodle are."""
    accounts: list[Difference] = []
    recognised: list[tuple[int, MoodleUser]] = []
    ours = {each.person: each for each in known}
    for each in wanted.accounts:
        account = found.by_number.get(each.number)
        difference, is_theirs = _account(each, account, found.by_username.get(each.user), ours.get(each.person))
        if difference is not None:
            accounts.append(difference)
        if is_theirs is not None:
            recognised.append((each.person, is_theirs))
    accounts += [
        Difference(Kind.ACCOUNT, Act.REFUSE, each.label, each.reason, each.person) for each in wanted.unwritable
    ]
    leaving, gone = _leaving(wanted, found, known, {account.id for _person, account in recognised})
    numbers = {each.person: each.number for each in known if each.number not in gone} | {
        person: each.id for person, each in recognised
    }
    refused = {each.person for each in accounts if each.act == Act.REFUSE and each.person is not None}
    # A class that is ours no more, or empty: whom we put there leaves it.
    held = {each.number for each in wanted.cohorts}
    past = [
        WantedCohort(number, each.name, frozenset()) for number, each in found.cohorts.items() if number not in held
    ]
    cohorts = [
        change for each in [*wanted.cohorts, *past] if (change := _cohort(each, found, numbers, refused)) is not None
    ]
    courses = [
        change
        for each in wanted.courses
        if (change := _course(each, found, numbers, refused, student_role, teacher_role)) is not None
    ]
    return Comparison([*accounts, *leaving, *cohorts, *courses], recognised, gone)


def _account(
    wanted: WantedAccount, mine: MoodleUser | None, namesake: MoodleUser | None, known: Known | None
) -> tuple[Difference | None, MoodleUser | None]:
    """What to do with somebody's account; and the account, when it is theirs."""
    if mine is None and namesake is not None:
        if namesake.idnumber and namesake.idnumber != wanted.number:
            return _refused(
                wanted, _("Ce nom d’utilisateur est déjà celui d’un autre compte, qui a son propre numéro.")
            ), None
        if namesake.auth not in ("", AUTH):
            return _refused(wanted, _("Un compte du même nom existe, qui n’entre pas par le CAS.")), None
        mine = namesake
    if mine is None:
        return Difference(Kind.ACCOUNT, Act.CREATE, wanted.label, "", wanted.person, _fields(wanted)), None
    changed = _changed(wanted, mine, was_suspended_by_us=known is not None and known.is_suspended)
    if not changed:
        return None, mine
    words = ", ".join(str(_WORDS[name]()) for name in changed)
    return Difference(Kind.ACCOUNT, Act.CHANGE, wanted.label, words, wanted.person, {"id": mine.id, **changed}), mine


_WORDS = {
    "username": lambda: _("nom d’utilisateur"),
    "firstname": lambda: _("prénom"),
    "lastname": lambda: _("nom"),
    "email": lambda: _("adresse"),
    "idnumber": lambda: _("numéro"),
    "auth": lambda: _("entrée par le CAS"),
    "suspended": lambda: _("compte rouvert"),
}


def _refused(wanted: WantedAccount, reason: str) -> Difference:
    return Difference(Kind.ACCOUNT, Act.REFUSE, wanted.label, reason, wanted.person)


def _fields(wanted: WantedAccount) -> dict[str, Any]:
    return {
        "username": wanted.user,
        "auth": AUTH,
        "firstname": wanted.first_name,
        "lastname": wanted.last_name,
        "email": wanted.email,
        "idnumber": wanted.number,
    }


def _changed(wanted: WantedAccount, mine: MoodleUser, *, was_suspended_by_us: bool) -> dict[str, Any]:
    """The fields that differ. What Moodle does not let us read is taken as right, or it would be written every night."""
    changed = {}
    for name, value in _fields(wanted).items():
        held = getattr(mine, name)
        if name == "email" and wanted.is_technical and held:
            continue
        if held != value and (held or name == "idnumber"):
            changed[name] = value
    # Somebody whom Moodle's own people suspended stays so.
    if mine.suspended and was_suspended_by_us:
        changed["suspended"] = 0
    return changed


def _leaving(
    wanted: Wanted, found: Found, known: Collection[Known], recognised: Collection[int]
) -> tuple[list[Difference], list[int]]:
    """Those whom the school does not want any more: suspended, never deleted. And the accounts that Moodle has no more."""
    staying = {each.person for each in wanted.accounts}
    leaving: list[Difference] = []
    gone: list[int] = []
    for each in known:
        account = found.by_id.get(each.number)
        if account is None:
            gone.append(each.number)
        elif each.person not in staying and each.number not in recognised and not account.suspended:
            content = {"id": each.number, "suspended": 1}
            detail = _("n’est plus de ceux à qui le service est ouvert")
            leaving.append(Difference(Kind.ACCOUNT, Act.SUSPEND, each.label, detail, each.person, content))
    return leaving, gone


def _cohort(
    wanted: WantedCohort, found: Found, numbers: Mapping[int, int], refused: Collection[int]
) -> Difference | None:
    there = found.cohorts.get(wanted.number)
    held = found.members.get(there.id, frozenset()) if there else frozenset()
    members = wanted.members - set(refused)
    add = sorted(person for person in members if numbers.get(person) not in held)
    # Those whom somebody put there by hand are left: only ours are taken away.
    drop = sorted(person for person, number in numbers.items() if number in held and person not in members)
    is_renamed = there is not None and there.name != wanted.name
    if there is not None and not (add or drop or is_renamed):
        return None
    content = {
        "id": there.id if there else None,
        "number": wanted.number,
        "name": wanted.name,
        "add": add,
        "drop": drop,
    }
    act = Act.CREATE if there is None else Act.CHANGE if is_renamed else Act.MEMBERS
    return Difference(Kind.COHORT, act, wanted.name, _moves(add, drop), None, content)


def _course(
    wanted: WantedCourse,
    found: Found,
    numbers: Mapping[int, int],
    refused: Collection[int],
    student_role: int,
    teacher_role: int,
) -> Difference | None:
    number = found.courses.get(wanted.course)
    held = found.enrolled.get(wanted.course, {})
    add: list[list[int]] = []
    drop: list[list[int]] = []
    for role, people in ((teacher_role, wanted.teachers), (student_role, wanted.students)):
        people = people - set(refused)
        add += [[role, person] for person in sorted(people) if role not in held.get(numbers.get(person, 0), ())]
        drop += [
            [role, person]
            for person, there in sorted(numbers.items())
            if role in held.get(there, ()) and person not in people
        ]
    if number is not None and not (add or drop):
        return None
    content = {
        "id": number,
        "course": wanted.course,
        "number": wanted.number,
        "name": wanted.name,
        "short_name": wanted.short_name,
        "add": add,
        "drop": drop,
    }
    act = Act.CREATE if number is None else Act.MEMBERS
    return Difference(Kind.COURSE, act, wanted.name, _moves(add, drop), None, content)


def _moves(add: Collection[object], drop: Collection[object]) -> str:
    parts = [_("%(count)s à ajouter") % {"count": plural(len(add), _("personne"), _("personnes"))}] if add else []
    parts += [_("%(count)s à retirer") % {"count": plural(len(drop), _("personne"), _("personnes"))}] if drop else []
    return ", ".join(parts)
