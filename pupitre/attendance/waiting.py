"""What waits for people on their home page: an absence to explain, registers to take, families to tell."""

import datetime as dt

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.attendance.words import hours
from pupitre.foundation.registry import Action
from pupitre.foundation.ui.french import day, hour, plural

# Dossiers of the guardian's children that nobody has explained: the last three weeks, beyond people talk.
TO_EXPLAIN = """(select coalesce(json_agg(json_build_object('id', c.id, 'first_name', p.first_name, 'state', c.state,
    'starts_on', c.starts_on, 'ends_on', c.ends_on, 'starts_at', to_char(c.starts_at, 'HH24:MI:SS'),
    'ends_at', to_char(c.ends_at, 'HH24:MI:SS')) order by c.ends_on desc, c.ends_at desc), '[]')
from directory_guardianship k
join directory_student st on st.establishment_id = wall.id and st.person_id = k.student_id
join directory_person p on p.id = k.student_id
join attendance_absencecase c on c.establishment_id = wall.id and c.student_id = st.id
  and c.starts_on >= %(today)s::date - 21
  and (c.state in ('reported', 'told', 'to_contact') or (c.state = 'refused' and c.refusals < 2))
where k.establishment_id = wall.id and k.guardian_id = %(person)s and k.level < 3 and not k.is_restricted
  and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity'))"""

# Observations of the last three weeks that no guardian has said to have read: one line a child.
TO_READ = """(select coalesce(json_agg(json_build_object('id', st.id, 'first_name', p.first_name, 'count', o.count)
    order by p.first_name), '[]')
from directory_guardianship k
join directory_student st on st.establishment_id = wall.id and st.person_id = k.student_id
join directory_person p on p.id = k.student_id
cross join lateral (select count(*) from attendance_observation o where o.establishment_id = wall.id
  and o.student_id = st.id and o.is_shown and o.read_at is null and o.observed_on >= %(today)s::date - 21) o
where k.establishment_id = wall.id and k.guardian_id = %(person)s and k.level < 3 and not k.is_restricted
  and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity') and o.count > 0)"""

# Own registers of today that should be taken by now.
TO_TAKE = """(select coalesce(json_agg(json_build_object('id', r.id, 'group', g.label,
    'starts_at', to_char(r.starts_at, 'HH24:MI:SS')) order by r.starts_at), '[]')
from attendance_rollcall r join directory_group g on g.establishment_id = wall.id and g.id = r.group_id
where r.establishment_id = wall.id and r.held_on = %(today)s and r.state = 'prepared' and r.student_ids <> '{}'
  and r.ends_at <= %(time)s and %(person)s = any(r.teacher_ids))"""

OF_OFFICE = """(select json_build_object(
  'to_tell', (select count(*) from attendance_absencecase c where c.establishment_id = wall.id
    and c.state in ('reported', 'to_contact') and c.starts_on <= %(today)s and c.ends_on >= %(today)s::date - 7),
  'exits', (select count(*) from attendance_exitrequest x where x.establishment_id = wall.id and x.state = 'pending'),
  'answers', (select count(*) from attendance_absencecase c where c.establishment_id = wall.id and c.state = 'answered'),
  'missing', (select count(*) from attendance_rollcall r where r.establishment_id = wall.id and r.held_on = %(today)s
    and r.state = 'prepared' and r.student_ids <> '{}' and r.starts_at <= %(time)s::time - interval '20 minutes'),
  'alerts', (select count(*) from attendance_absenteeismalert a where a.establishment_id = wall.id
    and a.fallen_at is null and a.closed_at is null
    and coalesce(a.watched_until_on, '-infinity') < %(today)s)))"""


class ToExplain(msgspec.Struct, frozen=True):
    """An absence of a child."""

    id: int
    first_name: str
    state: str
    starts_on: dt.date
    ends_on: dt.date
    starts_at: dt.time
    ends_at: dt.time


class ToRead(msgspec.Struct, frozen=True):
    """The observations of a child that wait to be read."""

    id: int
    first_name: str
    count: int


class ToTake(msgspec.Struct, frozen=True):
    """A register of one's own."""

    id: int
    group: str
    starts_at: dt.time


class Office(msgspec.Struct, frozen=True):
    """What waits for the office, counted."""

    to_tell: int
    exits: int
    answers: int
    missing: int
    alerts: int


_explain = msgspec.json.Decoder(list[ToExplain]).decode
_read = msgspec.json.Decoder(list[ToRead]).decode
_take = msgspec.json.Decoder(list[ToTake]).decode
_office = msgspec.json.Decoder(Office).decode


def to_explain(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One line an absence, with the child's name."""
    return [
        Action(
            label=_("%(name)s n’était pas en cours") % {"name": row.first_name},
            detail=_refused(row) if row.state == "refused" else _when(row),
            url=reverse("attendance:justify", args=[uai, row.id]),
            verb=_("Dire pourquoi"),
            level="bad",
            icon="alerte",
        )
        for row in _explain(raw)
    ]


def to_read(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One line a child."""
    words = _("observation à lire"), _("observations à lire")
    return [
        Action(
            label=f"{row.first_name}{_(' : ')}{plural(row.count, *words)}",
            detail=_("Un professeur a noté quelque chose en cours."),
            url=reverse("attendance:record", args=[uai, row.id]) + "#t-observations",
            verb=_("Lire"),
            level="info",
            icon="cahier",
        )
        for row in _read(raw)
    ]


def to_take(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One line a register that was not taken in its lesson."""
    return [
        Action(
            label=_("Appel de %(group)s, %(hour)s") % {"group": row.group, "hour": hour(row.starts_at)},
            detail=_("Il n’a pas été fait pendant le cours."),
            url=reverse("attendance:roll_call", args=[uai, row.id]),
            verb=_("Faire l’appel"),
            level="warn",
            icon="appel",
        )
        for row in _take(raw)
    ]


def of_office(raw: msgspec.Raw, uai: str) -> list[Action]:
    """What the office does of a morning, the most urgent first."""
    row = _office(raw)
    cases = reverse("attendance:cases", args=[uai])
    lines = (
        (
            row.to_tell,
            (
                _("famille ne sait pas que son enfant est absent"),
                _("familles ne savent pas que leur enfant est absent"),
            ),
            _("Un message part aux responsables, avec le lien pour répondre."),
            reverse("attendance:tell", args=[uai]),
            _("Prévenir"),
            "bad",
            "envoyer",
        ),
        (
            row.missing,
            (_("appel manque aujourd’hui"), _("appels manquent aujourd’hui")),
            _("Les professeurs sont relancés d’eux-mêmes après un quart d’heure."),
            reverse("attendance:registers", args=[uai]),
            _("Voir"),
            "warn",
            "appel",
        ),
        (
            row.answers,
            (_("famille a répondu"), _("familles ont répondu")),
            _("Leur motif attend une décision."),
            f"{cases}?filtre=reponses",
            _("Examiner"),
            "warn",
            "lettre",
        ),
        (
            row.exits,
            (_("famille demande un régime de sortie"), _("familles demandent un régime de sortie")),
            _("Rien ne change au portail avant votre réponse."),
            reverse("attendance:regimes", args=[uai]),
            _("Répondre"),
            "info",
            "sortir",
        ),
        (
            row.alerts,
            (_("élève à suivre pour son assiduité"), _("élèves à suivre pour leur assiduité")),
            _("4 demi-journées sans motif accepté dans le mois, ou davantage."),
            reverse("attendance:alerts", args=[uai]),
            _("Suivre"),
            "info",
            "drapeau",
        ),
    )
    return [
        Action(label=plural(count, *words), detail=detail, url=url, verb=verb, level=level, icon=icon)  # type: ignore[arg-type]
        for count, words, detail, url, verb, level, icon in lines
        if count
    ]


def _when(row: ToExplain) -> str:
    if row.starts_on != row.ends_on:
        return _("Du %(first)s au %(last)s.") % {"first": day(row.starts_on), "last": day(row.ends_on)}
    return f"{day(row.starts_on).capitalize()}, {hours(row.starts_at, row.ends_at)}."


def _refused(row: ToExplain) -> str:
    return _("%(when)s La vie scolaire n’a pas accepté le motif : vous pouvez répondre une fois de plus.") % {
        "when": _when(row)
    }
