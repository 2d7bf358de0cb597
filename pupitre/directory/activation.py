"""How far the accounts of a school are opened: by class, for the staff, and person by person."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pupitre.accounts.models import ActivationCode, User
from pupitre.directory.models import Affiliation, Group, Guardianship, Membership, Person
from pupitre.directory.names import fold
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.directory.queries import students_of
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.ui.french import day_year

FOUND = 40
"""People shown for one search."""
NOT_STAFF = (Profile.STUDENT, Profile.GUARDIAN, Profile.ACADEMY_ADMIN)

# The accounts of a class: its students of today and their guardians. A guardian whom the head shut out of every
# child of the class is not counted: they have nothing to open here.
_DIVISIONS = """
with wanted as (
  select g.id, g.label from directory_group g
  join establishments_schoolyear y on y.establishment_id = g.establishment_id and y.id = g.school_year_id
  where g.establishment_id = %(school)s and g.kind = 'division' and g.ends_on is null
    and %(today)s between y.starts_on and y.ends_on),
pupils as (
  select distinct m.group_id, s.person_id from directory_membership m
  join directory_student s on s.establishment_id = m.establishment_id and s.id = m.student_id
  where m.establishment_id = %(school)s and m.group_id in (select id from wanted)
    and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')),
everyone as (
  select group_id, person_id, true as is_student from pupils
  union
  select p.group_id, k.guardian_id, false from pupils p join directory_guardianship k
    on k.student_id = p.person_id and k.establishment_id = %(school)s and not k.is_restricted
    and k.guardian_id <> k.student_id
    and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity'))
select w.id, w.label,
  count(e.person_id) filter (where is_student),
  count(*) filter (where is_student and u.state = 'active'),
  count(*) filter (where is_student and coalesce(u.state, 'created') = 'created'),
  count(e.person_id) filter (where not is_student),
  count(*) filter (where not is_student and u.state = 'active'),
  count(*) filter (where not is_student and coalesce(u.state, 'created') = 'created')
from wanted w left join everyone e on e.group_id = w.id
left join directory_person p on p.id = e.person_id left join accounts_user u on u.id = p.user_id
group by w.id, w.label
"""
_SCHOOL = """
select kind, count(*), count(*) filter (where state = 'active'), count(*) filter (where state = 'created') from (
  select distinct a.person_id, coalesce(u.state, 'created') as state,
    case a.profile when 'student' then 'student' when 'guardian' then 'guardian' else 'staff' end as kind
  from directory_affiliation a join directory_person p on p.id = a.person_id
  left join accounts_user u on u.id = p.user_id
  where a.establishment_id = %(school)s and a.profile <> 'academy_admin'
    and %(today)s between a.starts_on and coalesce(a.ends_on, 'infinity')) as here
group by kind
"""


@dataclass(frozen=True, slots=True)
class Share:
    """Accounts of some people: how many people, how many opened, how many never (no account, or not opened yet)."""

    total: int = 0
    active: int = 0
    never: int = 0

    @property
    def never_rate(self) -> int:
        """Those who never opened theirs, in whole per cent."""
        return round(100 * self.never / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class DivisionState:
    """A class of the year and the accounts of its students and of their guardians, each guardian once."""

    pk: int
    label: str
    students: Share
    guardians: Share


@dataclass(frozen=True, slots=True)
class SchoolState:
    """The whole school: someone with several children, or several trades, is counted once in each share."""

    divisions: tuple[DivisionState, ...]
    students: Share
    guardians: Share
    staff: Share


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A person and their account. `kind`: student, guardian, staff, or former for those who left the school; `about`:
    their trade, or their children here.

    `sheet_at` is when the code that still waits was made; `is_shut_out` says that nothing here is open to them (a
    guardian of nobody, or shut out of every child by the head): they receive no sheet.
    """

    person: Person
    kind: str
    about: str = ""
    sheet_at: dt.datetime | None = None
    is_shut_out: bool = False

    @property
    def user(self) -> User | None:
        return self.person.user

    @property
    def state(self) -> str:
        """A state of the account, or « none »."""
        return self.person.user.state if self.person.user else "none"


def activation_of_school() -> SchoolState:
    """The open school's accounts; two statements whatever the number of classes."""
    values: dict[str, int | dt.date] = {"school": current_establishment_id(), "today": clock.today()}
    with connection.cursor() as cursor:
        cursor.execute(_DIVISIONS, values)
        divisions = [DivisionState(row[0], row[1], Share(*row[2:5]), Share(*row[5:8])) for row in cursor.fetchall()]
        cursor.execute(_SCHOOL, values)
        shares = {row[0]: Share(*row[1:]) for row in cursor.fetchall()}
    divisions.sort(key=lambda division: fold(division.label))
    return SchoolState(tuple(divisions), *(shares.get(kind, Share()) for kind in ("student", "guardian", "staff")))


def divisions_of_today() -> QuerySet[Group]:
    """The classes of the current year."""
    today = clock.today()
    return Group.objects.filter(
        kind=Group.Kind.DIVISION, ends_on=None, school_year__starts_on__lte=today, school_year__ends_on__gte=today
    )


def accounts_of_division(group: Group) -> list[AccountRow]:
    """The students of a class then their guardians, each by name; three statements."""
    students = [AccountRow(student.person, "student") for student in students_of(group).select_related("person__user")]
    # A student of age who answers for themselves has one account, and one sheet.
    links = _links_today().filter(student__in=[row.person.pk for row in students]).exclude(guardian=F("student"))
    guardians = _guardians(links.select_related("guardian__user", "student"))
    return _with_sheets([*students, *guardians])


def accounts_of_staff() -> list[AccountRow]:
    """Whoever works in the school or soon will, guests included, by name; two statements.

    The academy's people are not the school's.
    """
    rows: dict[int, AccountRow] = {}
    for each in (
        _here_or_soon().exclude(profile__in=NOT_STAFF).select_related("person__user").order_by("person__sort_key", "pk")
    ):
        trade = _trade(each)
        known = rows.get(each.person_id)
        about = f"{known.about}, {trade}" if known else trade
        rows[each.person_id] = AccountRow(each.person, "staff", about)
    return _with_sheets(rows.values())


def accounts_of_people(people: Sequence[Person]) -> list[AccountRow]:
    """The accounts of people of the school, in the order given; three statements.

    Someone who works here is staff even when they also have a child here.
    """
    rows = {}
    trades: dict[int, list[Affiliation]] = {}
    for affiliation in _here_or_soon().filter(person__in=people).exclude(profile=Profile.ACADEMY_ADMIN).order_by("pk"):
        trades.setdefault(affiliation.person_id, []).append(affiliation)
    links = _links_today().filter(guardian__in=people).select_related("guardian", "student")
    guardians = {row.person.pk: row for row in _guardians(links)}
    for person in people:
        held = trades.get(person.pk, [])
        work = [each for each in held if each.profile not in NOT_STAFF]
        if work:
            about = ", ".join(map(_trade, work))
            rows[person.pk] = AccountRow(person, "staff", about)
        elif any(each.profile == Profile.STUDENT for each in held):
            function = next(each.function for each in held if each.profile == Profile.STUDENT)
            rows[person.pk] = AccountRow(person, "student", function)
        elif held:
            row = guardians.get(person.pk) or AccountRow(person, "guardian", is_shut_out=True)
            rows[person.pk] = replace(row, person=person)
        else:
            rows[person.pk] = AccountRow(person, "former", is_shut_out=True)
    return _with_sheets(rows.values())


def find_accounts(text: str) -> list[AccountRow]:
    """The people of the school, today or soon, whose name or username holds every word of `text`, by name; four statements."""
    words = fold(text).split()
    if not words:
        return []
    matching = Q()
    for word in words:
        matching &= Q(sort_key__contains=word) | Q(user__username__contains=word)
    present = _here_or_soon().filter(person=OuterRef("pk")).exclude(profile=Profile.ACADEMY_ADMIN)
    people = Person.objects.filter(matching, Exists(present)).select_related("user").order_by("sort_key")
    return accounts_of_people(list(people[:FOUND]))


def person_of_school(pk: int) -> Person | None:
    """Someone who is, or was, of the open school; the academy's people are not. One statement."""
    of_school = Affiliation.objects.filter(
        ~Q(profile=Profile.ACADEMY_ADMIN), person=OuterRef("pk"), establishment=current_establishment_id()
    )
    return Person.objects.filter(Exists(of_school), pk=pk).select_related("user").first()


def named(rows: Iterable[AccountRow], text: str) -> list[AccountRow]:
    """The rows whose name, username or children hold every word of `text`; all of them for an empty text."""
    words = fold(text).split()
    return [row for row in rows if all(word in _searched(row) for word in words)]


def _searched(row: AccountRow) -> str:
    return f"{row.person.sort_key} {row.user.username if row.user else ''} {fold(row.about)}"


def class_labels(student_ids: Iterable[int]) -> dict[int, str]:
    """The class of today of each student (person id), in the open school; one statement."""
    memberships = Membership.objects.filter(
        held_on(clock.today()), student__person__in=list(student_ids), group__kind=Group.Kind.DIVISION
    )
    return dict(memberships.values_list("student__person_id", "group__label"))


def _here_or_soon() -> QuerySet[Affiliation]:
    """Roles that are not over: the sheet of somebody who begins on Monday is printed on Friday."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    return Affiliation.objects.filter(lasting, establishment=current_establishment_id())


def _trade(role: Affiliation) -> str:
    """« Mathématiques », « AED à partir du lundi 30 novembre 2026 »."""
    name = role.function or str(Profile(role.profile).label)
    if role.starts_on <= clock.today():
        return name
    return _("%(role)s à partir du %(day)s") % {"role": name, "day": day_year(role.starts_on)}


def _links_today() -> QuerySet[Guardianship]:
    return Guardianship.objects.filter(held_on(clock.today()), establishment=current_establishment_id())


def _guardians(links: QuerySet[Guardianship]) -> list[AccountRow]:
    """One row per guardian, by name, with the children of these links that are open to them."""
    people: dict[int, Person] = {}
    children: dict[int, list[str]] = {}
    for link in links.order_by("guardian__sort_key", "student__sort_key"):
        people.setdefault(link.guardian_id, link.guardian)
        named = children.setdefault(link.guardian_id, [])
        if not link.is_restricted:
            named.append(link.student.display_name)
    return [
        AccountRow(person, "guardian", ", ".join(children[pk]), is_shut_out=not children[pk])
        for pk, person in people.items()
    ]


def _with_sheets(rows: Iterable[AccountRow]) -> list[AccountRow]:
    """The same rows, told since when a sheet waits for each."""
    rows = list(rows)
    waiting = ActivationCode.objects.filter(
        user__in=[row.person.user_id for row in rows if row.person.user_id], used_at=None, expires_at__gt=clock.now()
    )
    made = dict(waiting.order_by("created_at").values_list("user_id", "created_at"))
    return [replace(row, sheet_at=made.get(row.person.user_id or 0)) for row in rows]
