"""What bulletins show on homes: one that a guardian has not acknowledged, appreciations that a teacher still has to write."""

import datetime as dt

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.names import capitalise
from pupitre.foundation.registry import Action
from pupitre.foundation.ui.french import capfirst, day, plural
from pupitre.messaging.words import of_name

_NOW = "((%(today)s::date + %(time)s::time) at time zone 'Europe/Paris')"

TO_ACKNOWLEDGE = f"""(select coalesce(json_agg(json_build_object('student', c.student_id, 'term', c.term_id,
    'name', q.first_name, 'label', t.label) order by c.published_at, q.birth_date), '[]')
from directory_guardianship k
join directory_student s on s.establishment_id = wall.id and s.person_id = k.student_id
join reportcards_reportcard c on c.establishment_id = wall.id and c.student_id = s.id
join establishments_term t on t.establishment_id = wall.id and t.id = c.term_id
join directory_person q on q.id = k.student_id
where k.establishment_id = wall.id and k.guardian_id = %(person)s and k.level < 3 and not k.is_restricted
  and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity')
  and c.published_at <= {_NOW} and c.published_at > %(today)s::date - 120
  and not exists (select from reportcards_acknowledgement a where a.establishment_id = wall.id and a.card_id = c.id
    and a.guardian_id = %(person)s and a.number >= (select max(v.number) from reportcards_reportversion v
      where v.establishment_id = wall.id and v.card_id = c.id and (v.seen_at is null or v.seen_at <= {_NOW}))))"""  # noqa: S608

TO_WRITE = """(select coalesce(json_agg(json_build_object('course', x.id, 'term', x.term_id, 'group', x.label,
    'subject', x.subject, 'on', x.comments_end_on, 'left', x.expected - x.written) order by x.comments_end_on, x.label), '[]')
from (
  select c.id, d.term_id, g.label, j.label as subject, d.comments_end_on,
    (select count(*) from directory_membership m where m.establishment_id = wall.id and m.group_id = g.id
      and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')) as expected,
    (select count(*) from reportcards_subjectreport r where r.establishment_id = wall.id and r.course_id = c.id
      and r.term_id = d.term_id and r.text <> '') as written
  from timetable_courseteacher t
  join timetable_course c on c.establishment_id = wall.id and c.id = t.course_id and c.ends_on is null
  join directory_group g on g.establishment_id = wall.id and g.id = c.group_id
  join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
  join gradebook_classterm d on d.establishment_id = wall.id and d.division_id = g.id
  where t.establishment_id = wall.id and t.person_id = %(person)s
    and %(today)s between t.starts_on and coalesce(t.ends_on, 'infinity')
    and d.comments_end_on between %(today)s and %(today)s::date + 7
    -- An hour of class life has no appreciation to write.
    and exists (select from gradebook_assessment a where a.establishment_id = wall.id and a.course_id = c.id
      and a.term_id = d.term_id)) x
where x.expected > x.written)"""


class _Given(msgspec.Struct, frozen=True, gc=False):
    student: int
    term: int
    name: str
    label: str


class _Unwritten(msgspec.Struct, frozen=True, gc=False):
    course: int
    term: int
    group: str
    subject: str
    on: dt.date
    left: int


_given = msgspec.json.Decoder(list[_Given]).decode
_unwritten = msgspec.json.Decoder(list[_Unwritten]).decode


def to_acknowledge(raw: msgspec.Raw, uai: str) -> list[Action]:
    """A bulletin that was given, until the guardian says that they received it."""
    return [
        Action(
            _("Bulletin %(of_name)s à lire") % {"of_name": of_name(capitalise(each.name))},
            _("%(term)s : dites que vous l’avez reçu") % {"term": capfirst(each.label.lower())},
            reverse("reportcards:student", args=[uai, each.student, each.term]),
            _("Lire"),
            "info",
            "livre",
        )
        for each in _given(raw)
    ]


def to_write(raw: msgspec.Raw, uai: str) -> list[Action]:
    """Appreciations that close within a week, course by course."""
    return [
        Action(
            _("%(n)s à écrire, %(group)s") % {
                "n": plural(each.left, _("appréciation"), _("appréciations")), "group": each.group,
            },
            _("%(subject)s, avant %(day)s soir") % {"subject": each.subject, "day": day(each.on)},
            f"{reverse('reportcards:course', args=[uai, each.course])}?periode={each.term}",
            _("Écrire"),
            "warn",
            "crayon",
        )
        for each in _unwritten(raw)
    ]  # fmt: skip
