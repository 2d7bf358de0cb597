"""Who sits: those named in the convocation of the calendar, or the team of the class; who came, noted one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pupitre.agenda.models import Participant
from pupitre.councils.models import Member, Sitting
from pupitre.councils.queries.planned import planned_council
from pupitre.councils.refusals import Refusal
from pupitre.councils.stamping import see_again
from pupitre.directory.group_staff import group_staff_sql
from pupitre.directory.models import Affiliation, FormTeacher, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import COUNSELLOR_WORDS, STAFF, Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor

Role, Presence = Member.Role, Member.Presence
MOST = 80
"""Seats of one council."""


@dataclass(frozen=True, slots=True)
class _Seat:
    person_id: int
    role: str
    presence: str = Presence.EXPECTED


def seat_everyone(sitting: Sitting, actor: Actor, *, is_there: bool = True) -> int:
    """Name those who are to sit and are not yet; how many. Whoever opens is there; who said not to come is excused."""
    known = set(Member.objects.filter(sitting=sitting).values_list("person_id", flat=True))
    seats = [each for each in _expected(sitting, actor, is_there=is_there) if each.person_id not in known]
    return _add(sitting, seats)


@transaction.atomic
def name_expected(*, sitting: Sitting, actor: Actor) -> int:
    """Name those of the convocation, or of the team, before the council is opened; how many."""
    count = seat_everyone(sitting, actor, is_there=False)
    audit.record(actor, "councils.name_expected", sitting, members=count)
    return count


@transaction.atomic
def add_member(*, sitting: Sitting, person_id: int, actor: Actor) -> Member:
    """Name one more person of the school: who they are here says as what. Raises Refusal."""
    roles = set(
        Affiliation.objects.filter(
            held_on(clock.today()), person=person_id, establishment=current_establishment_id()
        ).values_list("profile", flat=True)
    )
    if not roles:
        raise Refusal(_("Cette personne n’est pas de l’établissement : choisissez-la dans la liste."))
    if Member.objects.filter(sitting=sitting).count() >= MOST:
        raise Refusal(_("Un conseil n’a pas plus de %(n)s membres : retirez d’abord quelqu’un.") % {"n": MOST})
    _add(sitting, [_Seat(person_id, _role(roles, person_id, set()))])
    audit.record(actor, "councils.add_member", sitting, person=person_id)
    see_again(sitting)
    found: Member = Member.objects.get(sitting=sitting, person=person_id)
    return found


@transaction.atomic
def remove_member(*, member: Member, actor: Actor) -> None:
    """Take somebody off the list of a council."""
    audit.record(actor, "councils.remove_member", member.sitting, person=member.person_id)
    sitting, person = member.sitting, member.person_id
    member.delete()
    see_again(sitting, [person])


@transaction.atomic
def note_presences(*, sitting: Sitting, told: Mapping[int, str], actor: Actor) -> int:
    """Note who came, by number of member; how many changed. What is not a presence, or not of this council, is left out."""
    changed = []
    for each in Member.objects.select_for_update().filter(sitting=sitting, pk__in=told):
        presence = told[each.pk]
        if presence in Presence.values and presence != each.presence:
            each.presence = presence
            changed.append(each)
    Member.objects.bulk_update(changed, ["presence"])
    if changed:
        audit.record(actor, "councils.note_presences", sitting, members=len(changed))
        see_again(sitting)
    return len(changed)


def _expected(sitting: Sitting, actor: Actor, *, is_there: bool) -> list[_Seat]:
    """Those of the convocation when there is one, else the team, the CPE and the head; three or four statements."""
    led = set(
        FormTeacher.objects.filter(held_on(clock.today()), group=sitting.division_id).values_list(
            "person_id", flat=True
        )
    )
    planned = planned_council(sitting.term_id, sitting.division_id)
    answers: dict[int, str] = {}
    if planned is not None and planned.event_id is not None:
        answers = dict(Participant.objects.filter(event=planned.event_id).values_list("person_id", "answer"))
    people = set(answers) or _team(sitting)
    roles = _profiles(people | {actor.person_id})
    seats = []
    for person in sorted(people | {actor.person_id}):
        if person not in roles:
            continue
        presence = Presence.EXCUSED if answers.get(person) == Participant.Answer.NO else Presence.EXPECTED
        presence = Presence.PRESENT if is_there and person == actor.person_id else presence
        seats.append(_Seat(person, _role(roles[person], person, led), presence))
    return seats


def _team(sitting: Sitting) -> set[int]:
    with connection.cursor() as cursor:
        statement = f"select t.person_id from ({group_staff_sql()}) t where t.group_id = %(group)s"  # noqa: S608
        cursor.execute(
            statement, {"school": current_establishment_id(), "today": clock.today(), "group": sitting.division_id}
        )
        team = {row[0] for row in cursor.fetchall()}
    here = Affiliation.objects.filter(
        held_on(clock.today()), establishment=current_establishment_id(),
        profile__in=(Profile.HEAD, Profile.SCHOOL_LIFE),
    )  # fmt: skip
    presiding = {
        person
        for person, profile, function in here.values_list("person_id", "profile", "function")
        if profile == Profile.HEAD or function.upper().startswith(COUNSELLOR_WORDS)
    }
    return team | presiding


def _profiles(people: set[int]) -> dict[int, set[str]]:
    rows = Affiliation.objects.filter(
        held_on(clock.today()), establishment=current_establishment_id(), person__in=people
    )
    held: dict[int, set[str]] = {}
    for person, profile in rows.values_list("person_id", "profile"):
        held.setdefault(person, set()).add(profile)
    return held


def _role(profiles: set[str], person: int, led: set[int]) -> str:
    if person in led:
        return Role.FORM_TEACHER
    if Profile.HEAD in profiles:
        return Role.PRESIDENT
    if Profile.TEACHER in profiles:
        return Role.TEACHER
    if Profile.SCHOOL_LIFE in profiles:
        return Role.SCHOOL_LIFE
    if profiles & STAFF:
        return Role.OTHER
    if Profile.STUDENT in profiles:
        return Role.STUDENT
    return Role.PARENT if Profile.GUARDIAN in profiles else Role.OTHER


def _add(sitting: Sitting, seats: list[_Seat]) -> int:
    names = dict(Person.objects.filter(pk__in=[each.person_id for each in seats]).values_list("pk", "formal_name"))
    rows = [
        Member(
            establishment_id=sitting.establishment_id, sitting=sitting, person_id=each.person_id,
            name=names[each.person_id], role=each.role, presence=each.presence,
        )
        for each in seats
    ]  # fmt: skip
    Member.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
