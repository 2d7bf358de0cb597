"""What waits for people on their home page: something to read, detentions to plan and to note, an erasure to answer."""

import datetime as dt

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation.registry import Action
from pupitre.foundation.ui.french import day, plural

_UNREAD = """(select {who} as first_name, x.id, x.what, x.at from (
  select p.id, p.student_id, 'punishment' as what, p.shown_at as at from discipline_punishment p
  where p.establishment_id = wall.id and p.student_id = st.id and p.shown_at > %(today)s::date - 30
    and p.state <> 'cancelled' and not exists (select from discipline_acknowledgement a
      where a.establishment_id = wall.id and a.punishment_id = p.id and a.person_id = %(person)s)
  union all
  select s.id, s.student_id, 'sanction', s.noted_at from discipline_sanction s
  where s.decided_by_id <> 0
    and s.establishment_id = wall.id and s.student_id = st.id and coalesce(s.erases_on, 'infinity') > %(today)s
    and not exists (select from discipline_acknowledgement a
      where a.establishment_id = wall.id and a.sanction_id = s.id and a.person_id = %(person)s)) x)"""

_ROWS = "(select coalesce(json_agg(json_build_object('first_name', u.first_name, 'id', u.id, 'what', u.what) order by u.at), '[]')"

# What the guardian has not said to have read: punishments of the last month, sanctions as long as they are written.
OF_CHILDREN = (
    _ROWS
    + """
from directory_guardianship k
join directory_student st on st.establishment_id = wall.id and st.person_id = k.student_id
join directory_person person on person.id = k.student_id
cross join lateral """
    + _UNREAD.format(who="person.first_name")
    + """ u
where k.establishment_id = wall.id and k.guardian_id = %(person)s and k.level < 3 and not k.is_restricted
  and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity'))"""
)

OF_STUDENT = (
    _ROWS
    + """
from directory_student st cross join lateral """
    + _UNREAD.format(who="''")
    + """ u where st.establishment_id = wall.id and st.person_id = %(person)s)"""
)

OF_OFFICE = """(select json_build_object(
  'to_plan', (select count(*) from discipline_punishment p where p.establishment_id = wall.id and p.kind = 'detention'
    and p.state in ('to_do', 'not_done') and not exists (select from discipline_detention d
      where d.establishment_id = wall.id and d.punishment_id = p.id and d.state = 'planned')),
  'to_note', (select count(*) from discipline_detention d where d.establishment_id = wall.id and d.state = 'planned'
    and (d.held_on < %(today)s or (d.held_on = %(today)s and d.ends_at <= %(time)s)))))"""

OF_HEAD = """(select count(*) from discipline_sanction s where s.establishment_id = wall.id
  and s.erasure_asked_at is not null and s.erasure_refused_at is null)"""


# Students whom the teacher sent out of a lesson these last days, and whose report is not written; sanctions put aside.
TO_REPORT = """(select coalesce(json_agg(json_build_object('student', k.student_id, 'register', r.id,
    'name', p.display_name, 'group', g.label, 'held_on', r.held_on) order by r.held_on, r.starts_at), '[]')
from attendance_rollcall r
join directory_group g on g.establishment_id = wall.id and g.id = r.group_id
join attendance_rollmark k on k.establishment_id = wall.id and k.roll_call_id = r.id and k.state = 'excluded'
join directory_student st on st.establishment_id = wall.id and st.id = k.student_id
join directory_person p on p.id = st.person_id
where r.establishment_id = wall.id and r.held_on between %(today)s::date - 3 and %(today)s and r.state = 'done'
  and %(person)s = any(r.teacher_ids)
  and not exists (select from discipline_punishment x where x.establishment_id = wall.id
    and x.roll_call_id = r.id and x.student_id = k.student_id)
  and not exists (select from attendance_absenceentry e where e.establishment_id = wall.id
    and e.student_id = k.student_id and e.away_on = r.held_on and e.kind = 'exclusion' and e.roll_call_id is null
    and e.cancelled_at is null))"""


class ToReport(msgspec.Struct, frozen=True):
    """A student sent out of a lesson, whose report is not written."""

    student: int
    register: int
    name: str
    group: str
    held_on: dt.date


class ToRead(msgspec.Struct, frozen=True):
    """A punishment or a sanction that a family has not said to have read."""

    first_name: str
    id: int
    what: str


class Office(msgspec.Struct, frozen=True):
    """What waits for the office, counted."""

    to_plan: int
    to_note: int


_to_read = msgspec.json.Decoder(list[ToRead]).decode
_to_report = msgspec.json.Decoder(list[ToReport]).decode
_office = msgspec.json.Decoder(Office).decode
_count = msgspec.json.Decoder(int).decode


def of_children(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One line each, with the child's name."""
    return [_line(row, uai, _named(row)) for row in _to_read(raw)]


def _named(row: ToRead) -> str:
    if row.what == "sanction":
        return _("%(name)s : une décision de la direction") % {"name": row.first_name}
    return _("%(name)s : une punition à lire") % {"name": row.first_name}


def of_student(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One line each."""
    labels = {"sanction": _("Une décision de la direction"), "punishment": _("Une punition à lire")}
    return [_line(row, uai, labels[row.what]) for row in _to_read(raw)]


def _line(row: ToRead, uai: str, label: str) -> Action:
    return Action(
        label=label,
        detail="",
        url=reverse(f"discipline:{row.what}", args=[uai, row.id]),
        verb=_("Lire"),
        level="bad" if row.what == "sanction" else "warn",
        icon="drapeau",
    )


def to_report(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One line a report that the teacher owes."""
    return [
        Action(
            label=_("Rapport d’exclusion, %(name)s") % {"name": row.name},
            detail=_("%(group)s, %(day)s.") % {"group": row.group, "day": day(row.held_on)},
            url=f"{reverse('discipline:give', args=[uai, row.student])}?appel={row.register}",
            verb=_("Écrire"),
            level="warn",
            icon="crayon",
        )
        for row in _to_report(raw)
    ]


def of_office(raw: msgspec.Raw, uai: str) -> list[Action]:
    """Detentions to plan, and those whose end has come without anybody saying who came."""
    row, lines = _office(raw), []
    if row.to_note:
        words = _("retenue sans réponse"), _("retenues sans réponse")
        detail = _("Dites qui est venu : une absence s’ouvre pour les autres.")
        url = reverse("discipline:week", args=[uai])
        lines.append(Action(plural(row.to_note, *words), detail, url, _("Noter"), "warn", "drapeau"))
    if row.to_plan:
        words = _("retenue à planifier"), _("retenues à planifier")
        detail = _("La famille est prévenue du jour et de l’heure.")
        url = reverse("discipline:week", args=[uai])
        lines.append(Action(plural(row.to_plan, *words), detail, url, _("Planifier"), "info", "agenda"))
    return lines


def of_head(raw: msgspec.Raw, uai: str) -> list[Action]:
    """Erasures that families ask."""
    count = _count(raw)
    words = _("effacement de sanction demandé"), _("effacements de sanction demandés")
    url = reverse("discipline:sanctions", args=[uai])
    return [Action(plural(count, *words), "", url, _("Répondre"), "warn", "drapeau")] if count else []
