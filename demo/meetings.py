"""Two evenings: one whose wishes are open at the collège, one published at the lycée, where Nadia holds an appointment."""

import datetime as dt
from random import Random

from demo.accounts import person_of
from demo.cast import member
from demo.identifiers import COLLEGE, LYCEE
from pupitre.directory.models import Affiliation, Group, Guardianship, Membership, Person
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.clock import PARIS
from pupitre.meetings.models import Meeting, MeetingTeacher
from pupitre.meetings.queries.family import children_of
from pupitre.meetings.services.arranging import publish
from pupitre.meetings.services.asking import ask
from pupitre.meetings.services.planning import ask_plan, make_plan
from pupitre.meetings.services.preparing import Evening, Place, open_wishes, prepare, settle

_NOTE = "Entrée par le grand portail. Les salles sont affichées dans le hall."


def hold_evenings(schools: dict[str, Establishment]) -> None:
    """The evenings of both schools of the family."""
    with scope(schools[COLLEGE].pk):
        _open_evening(schools[COLLEGE])
    with scope(schools[LYCEE].pk):
        _published_evening(schools[LYCEE])


def _open_evening(college: Establishment) -> None:
    """The fourth and sixth years; half of the families have said whom they wish to see, Nadia has not."""
    head = _acting(member_pk("principal"), college, Profile.HEAD)
    today, groups = clock.today(), _groups(("4e", "6e"))
    with clock.at(clock.now() - dt.timedelta(days=6)):
        meeting = _evening(
            college, head, "Rencontre parents-professeurs, 4e et 6e", today + dt.timedelta(days=9), groups
        )
        _ask(meeting, college, 0.5)
    evening = _evening_of("Remise des bulletins des 3e", today + dt.timedelta(days=16), today + dt.timedelta(days=10))
    prepare(evening=evening, groups=_groups(("3e",)), actor=head)


def _published_evening(lycee: Establishment) -> None:
    """The class of Sarah, the same evening as the collège."""
    first = Affiliation.objects.filter(establishment=lycee, profile=Profile.HEAD).order_by("pk").first()
    head = _acting(first.person_id if first else member_pk("enseignante"), lycee, Profile.HEAD)
    with clock.at(clock.now() - dt.timedelta(days=8)):
        day = clock.today() + dt.timedelta(days=17)
        meeting = _evening(lycee, head, "Rencontre parents-professeurs de seconde", day, _groups(("2de 4", "2DE4")))
        _ask(meeting, lycee, 0.9, with_cast=True)
    ask_plan(meeting=meeting, actor=head)
    make_plan(meeting.pk, meeting.establishment_id)
    meeting.refresh_from_db()
    publish(meeting=meeting, actor=head)


def _evening_of(title: str, day: dt.date, closes_on: dt.date) -> Evening:
    return Evening(
        title=title,
        held_on=day,
        starts_at=dt.time(17),
        ends_at=dt.time(20, 30),
        slot_minutes=10,
        most_wishes=6,
        closes_at=dt.datetime.combine(closes_on, dt.time(20), PARIS),
        pause_starts_at=dt.time(18, 40),
        pause_ends_at=dt.time(18, 50),
        note=_NOTE,
    )


def _evening(school: Establishment, head: Actor, title: str, day: dt.date, groups: list[int]) -> Meeting:
    evening = _evening_of(title, day, day - dt.timedelta(days=4))
    meeting = prepare(evening=evening, groups=groups, actor=head)
    rows = list(MeetingTeacher.objects.filter(meeting=meeting).order_by("pk"))
    places = {
        row.pk: Place(f"Salle {100 * (1 + n % 2) + 1 + n // 2}", ("Premier étage", "Deuxième étage")[n % 2])
        for n, row in enumerate(rows)
    }
    settle(meeting=meeting, places=places, left_out=[], actor=head)
    open_wishes(meeting=meeting, actor=head)
    return meeting


def _ask(meeting: Meeting, school: Establishment, share: float, *, with_cast: bool = False) -> None:
    """Families ask, the same ones every time."""
    random = Random(school.uai)
    mother = person_of(member("parent"))
    for guardian in _guardians(meeting):
        is_cast = mother is not None and guardian == mother.pk
        if (is_cast != with_cast and is_cast) or (random.random() > share and not is_cast):
            continue
        actor = Actor(0, guardian, school.pk, school.uai, frozenset({str(Profile.GUARDIAN)}))
        pairs = [(child.student_id, each.pk) for child in children_of(actor, meeting) for each in child.teachers]
        chosen = random.sample(pairs, min(len(pairs), random.randint(2, 4)))
        levels = {pair: 2 if n == 0 else 1 for n, pair in enumerate(chosen)}
        away = [dt.time(17)] if random.random() < 0.2 else []
        if levels:
            ask(meeting=meeting, levels=levels, away=away, is_shared=False, actor=actor)


def _guardians(meeting: Meeting) -> list[int]:
    """One guardian a student of the classes invited."""
    groups = meeting.groups.values("group")
    students = Membership.objects.filter(group__in=groups, ends_on=None).values("student__person")
    links = Guardianship.objects.filter(
        establishment=meeting.establishment_id, student__in=students, level=1, is_restricted=False, ends_on=None
    )
    first: dict[int, int] = {}
    for student, guardian in links.order_by("student", "pk").values_list("student", "guardian"):
        first.setdefault(student, guardian)
    organisations = set(Person.objects.filter(is_organisation=True).values_list("pk", flat=True))
    return [pk for pk in dict.fromkeys(first.values()) if pk not in organisations]


def _groups(beginnings: tuple[str, ...]) -> list[int]:
    found = Group.objects.filter(kind=Group.Kind.DIVISION, ends_on=None).order_by("label")
    return [each.pk for each in found if each.label.startswith(beginnings)]


def member_pk(slug: str) -> int:
    """The record of a member of the cast."""
    person = person_of(member(slug))
    if person is None:
        raise LookupError(f"{slug} is not in the directory")
    return person.pk


def _acting(person_id: int, school: Establishment, profile: Profile) -> Actor:
    profiles = frozenset({str(profile)})
    return Actor(0, person_id, school.pk, school.uai, profiles, capabilities_of(profiles))
