"""An evening as a family sees it: each child's teachers, what was asked, what was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from pupitre.directory.group_staff import group_staff_sql
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.meetings.models import FamilyRequest, Meeting, MeetingTeacher, Wish
from pupitre.meetings.slots import slots_of_teacher

# Children open to the guardian and invited, each with those of their teachers who receive.
_CHILDREN = """select st.id, p.first_name, p.display_name, p.id, p.birth_date,
  coalesce((select min(g.label) from directory_membership d
    join directory_group g on g.establishment_id = %(school)s and g.id = d.group_id and g.kind = 'division'
    where d.establishment_id = %(school)s and d.student_id = st.id
      and %(today)s between d.starts_on and coalesce(d.ends_on, 'infinity')), ''),
  array(select distinct t.id from directory_membership m
    join ({staff}) w on w.group_id = m.group_id
    join meetings_meetingteacher t on t.establishment_id = %(school)s and t.meeting_id = %(meeting)s and t.person_id = w.person_id
    where m.establishment_id = %(school)s and m.student_id = st.id
      and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity'))
from directory_guardianship k
join directory_person p on p.id = k.student_id
join directory_student st on st.establishment_id = %(school)s and st.person_id = k.student_id
where k.establishment_id = %(school)s and k.guardian_id = %(person)s and k.level < 3 and not k.is_restricted
  and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity')
  and (not exists (select from meetings_meetinggroup i where i.establishment_id = %(school)s and i.meeting_id = %(meeting)s)
    or exists (select from meetings_meetinggroup i
      join directory_membership m on m.establishment_id = %(school)s and m.group_id = i.group_id and m.student_id = st.id
        and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')
      where i.establishment_id = %(school)s and i.meeting_id = %(meeting)s))
order by p.birth_date, p.id"""

# Whether each of these children has another guardian who sees all of them.
_OTHERS = """select count(*) from (
  select k.guardian_id from directory_guardianship k
  where k.establishment_id = %(school)s and k.student_id = any(%(children)s) and k.guardian_id <> %(person)s
    and k.level < 3 and not k.is_restricted and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity')
  group by k.guardian_id having count(distinct k.student_id) = cardinality(%(children)s::bigint[])) g"""


@dataclass(frozen=True, slots=True)
class Child:
    """A child open to the guardian and invited; `teachers`: those of theirs who receive, by name."""

    student_id: int
    first_name: str
    name: str
    person_id: int
    born_on: Any
    division: str
    teachers: Sequence[MeetingTeacher] = ()


@dataclass(frozen=True)
class FamilyEvening:
    """Everything a family needs of an evening. `wishes` by child and teacher, of children open to this reader."""

    children: Sequence[Child]
    request: FamilyRequest | None
    may_share: bool
    wishes: Mapping[tuple[int, int], Wish] = field(default_factory=dict)

    @property
    def appointments(self) -> list[Wish]:
        """What is in the diary, in order."""
        return sorted((each for each in self.wishes.values() if each.slot is not None), key=lambda each: each.slot or 0)

    @property
    def unserved(self) -> list[Wish]:
        """What was asked and not given."""
        return [each for each in self.wishes.values() if each.slot is None]


def children_of(actor: Actor, meeting: Meeting) -> list[Child]:
    """The guardian's children who are invited, with their teachers; two statements."""
    facts: dict[str, Any] = {
        "school": current_establishment_id(),
        "today": clock.today(),
        "person": actor.person_id,
        "meeting": meeting.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN.format(staff=group_staff_sql()), facts)
        rows = cursor.fetchall()
    teachers = {each.pk: each for each in MeetingTeacher.objects.filter(meeting=meeting).order_by("person__sort_key")}
    return [_child(row, teachers) for row in rows]


def _child(row: Sequence[Any], teachers: Mapping[int, MeetingTeacher]) -> Child:
    student_id, first_name, name, person_id, born_on, division, received = row
    mine = [each for pk, each in teachers.items() if pk in received]
    return Child(student_id, first_name, name, person_id, born_on, division, mine)


def request_of(actor: Actor, meeting: Meeting) -> FamilyRequest | None:
    """The actor's own request, else the one shared with them; one statement."""
    rows = allowed(actor, "meetings.view_request", FamilyRequest.objects.filter(meeting=meeting))
    return min(rows, key=lambda each: each.guardian_id != actor.person_id, default=None)


def evening_of(actor: Actor, meeting: Meeting) -> FamilyEvening:
    """The evening of a guardian; five statements."""
    children, request = children_of(actor, meeting), request_of(actor, meeting)
    known = {each.student_id for each in children}
    rows = Wish.objects.filter(request=request, student__in=known).select_related("teacher", "student__person")
    wishes = {(each.student_id, each.teacher_id): each for each in rows} if request else {}
    return FamilyEvening(children, request, _has_others(actor, children), wishes)


def _has_others(actor: Actor, children: Sequence[Child]) -> bool:
    if not children:
        return False
    facts: dict[str, Any] = {
        "school": current_establishment_id(),
        "today": clock.today(),
        "person": actor.person_id,
        "children": [each.person_id for each in children],
    }
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, facts)
        return bool(cursor.fetchone()[0])


def free_slots(meeting: Meeting, teachers: Sequence[MeetingTeacher]) -> dict[int, list[int]]:
    """By teacher, the slots that nobody holds; one statement."""
    held = set(
        Wish.objects.filter(teacher__in=[each.pk for each in teachers], slot__isnull=False).values_list(
            "teacher_id", "slot"
        )
    )
    return {
        each.pk: sorted(n for n in slots_of_teacher(meeting, each) if (each.pk, n) not in held) for each in teachers
    }
