"""What the calendar shows on homes: the next events; an answer to give, a consent to sign, an outing to approve."""

import datetime as dt

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.agenda.kinds import LOOKS, Look
from pupitre.agenda.models import Event
from pupitre.agenda.sql import next_events
from pupitre.foundation.registry import Action
from pupitre.foundation.ui.french import capfirst, day, hour, plural

NEXT = next_events()


class NextEvent(msgspec.Struct, frozen=True, gc=False):
    """An event to come, on a home; `wards` are the first names of the children whom it concerns."""

    uai: str
    id: int
    kind: str
    title: str
    place: str
    starts_on: dt.date
    ends_on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    wards: list[str]

    @property
    def url(self) -> str:
        return reverse("agenda:event", args=[self.uai, self.id])

    @property
    def label(self) -> str:
        return str(Event.Kind(self.kind).label)

    @property
    def look(self) -> Look:
        return LOOKS[self.kind]

    @property
    def detail(self) -> str:
        """« Jeudi 3 décembre, 17 h, salle 204 »."""
        parts = capfirst(day(self.starts_on)), hour(self.starts_at) if self.starts_at else "", self.place
        return ", ".join(part for part in parts if part)


decode_next = msgspec.json.Decoder(list[NextEvent]).decode

_NOW = "((%(today)s::date + %(time)s::time) at time zone 'Europe/Paris')"

# The outings of their children that the guardian has not answered.
TO_SIGN = f"""(select coalesce(json_agg(json_build_object('part', p.id, 'name', q.first_name, 'title', e.title,
    'on', e.starts_on, 'ends_at', e.ends_at, 'by', o.answer_by_on, 'cents', o.cost_cents) order by e.starts_on, q.birth_date), '[]')
from directory_guardianship k
join agenda_participant p on p.establishment_id = wall.id and p.person_id = k.student_id and p.role = 'student'
join agenda_event e on e.establishment_id = wall.id and e.id = p.event_id
join agenda_outing o on o.establishment_id = wall.id and o.event_id = e.id
join directory_person q on q.id = p.person_id
where k.establishment_id = wall.id and k.guardian_id = %(person)s and k.level < 3 and not k.is_restricted
  and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity')
  and o.state = 'approved' and o.is_optional and e.cancelled_at is null and e.visible_at <= {_NOW}
  and e.starts_on >= %(today)s and not exists (select from agenda_consent c where c.establishment_id = wall.id
    and c.participant_id = p.id and c.guardian_id = %(person)s))"""  # noqa: S608

# Invitations without an answer, of those who work or learn here.
TO_ANSWER = """(select coalesce(json_agg(json_build_object('id', e.id, 'title', e.title, 'on', e.starts_on, 'at', e.starts_at)
    order by e.starts_on), '[]')
from agenda_participant p join agenda_event e on e.establishment_id = wall.id and e.id = p.event_id
where p.establishment_id = wall.id and p.person_id = %(person)s and p.answer = '' and p.role <> 'student'
  and e.kind <> 'outing' and e.visible_at is not null and e.cancelled_at is null and e.author_id <> %(person)s
  and e.starts_on between %(today)s and %(today)s::date + 30)"""

TO_APPROVE = """(select count(*) from agenda_outing o join agenda_event e on e.establishment_id = wall.id and e.id = o.event_id
where o.establishment_id = wall.id and o.state = 'submitted' and e.starts_on >= %(today)s)"""


class ToSign(msgspec.Struct, frozen=True):
    """The outing of a child that waits for a guardian's answer."""

    part: int
    name: str
    title: str
    on: dt.date
    ends_at: dt.time | None
    by: dt.date | None
    cents: int


class ToAnswer(msgspec.Struct, frozen=True):
    """An invitation without an answer."""

    id: int
    title: str
    on: dt.date
    at: dt.time | None


_to_sign = msgspec.json.Decoder(list[ToSign]).decode
_to_answer = msgspec.json.Decoder(list[ToAnswer]).decode
_count = msgspec.json.Decoder(int).decode


def to_sign(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One line a child: « Inès : sortie au théâtre, jeudi 26 novembre »."""
    return [
        Action(
            label=_("%(name)s : %(title)s, %(day)s") % {"name": row.name, "title": row.title, "day": day(row.on)},
            detail=_detail(row),
            url=reverse("agenda:consent", args=[uai, row.part]),
            verb=_("Lire et signer"),
            level="warn",
            icon="signer",
        )
        for row in _to_sign(raw)
    ]


def _detail(row: ToSign) -> str:
    asked = (
        _("Votre accord est attendu avant le %(day)s.") % {"day": day(row.by)}
        if row.by
        else _("Votre accord est attendu.")
    )
    cost = euros(row.cents) if row.cents else _("Gratuit")
    back = _(", retour à %(hour)s") % {"hour": hour(row.ends_at)} if row.ends_at else ""
    return f"{asked} {cost}{back}."


def euros(cents: int) -> str:
    """« 12 € », « 7,50 € »."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02}\N{NO-BREAK SPACE}€" if rest else f"{whole}\N{NO-BREAK SPACE}€"


def to_answer(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One line an invitation."""
    return [
        Action(
            label=row.title,
            detail=_("%(day)s à %(hour)s.") % {"day": day(row.on), "hour": hour(row.at)}
            if row.at
            else f"{day(row.on)}.",
            url=reverse("agenda:event", args=[uai, row.id]),
            verb=_("Répondre"),
            level="info",
            icon="agenda",
        )
        for row in _to_answer(raw)
    ]


def to_approve(raw: msgspec.Raw, uai: str) -> list[Action]:
    """The outings that wait for the head."""
    count = _count(raw)
    words = _("sortie à autoriser"), _("sorties à autoriser")
    url = reverse("agenda:outings", args=[uai])
    return [Action(plural(count, *words), "", url, _("Décider"), "warn", "lieu")] if count else []
