"""The places that events of the agenda take, told to whoever plans lessons or books rooms: when and what kind, never a title."""

from django.utils.translation import gettext as _

from pupitre.agenda.models import Event

# An event of several days takes its place from its first hour to its last, the days between whole.
PLACES = """select e.place, d.day::date,
  case when d.day::date = o.starts_on then coalesce(o.starts_at, '00:00') else '00:00' end,
  case when d.day::date = o.ends_on then coalesce(o.ends_at, '23:59') else '23:59' end, array[e.kind]::text[]
from agenda_occurrence o
join agenda_event e on e.establishment_id = o.establishment_id and e.id = o.event_id
cross join lateral generate_series(
  greatest(o.starts_on, %(first)s::date)::timestamp, least(o.ends_on, %(last)s::date)::timestamp, '1 day') d(day)
where o.establishment_id = %(school)s and o.starts_on <= %(last)s and o.ends_on >= %(first)s
  and e.place <> '' and e.kind <> 'holiday' and not e.is_personal and e.visible_at is not null and e.cancelled_at is null"""


def taken_by(words: list[str]) -> str:
    """« prise par l’agenda (conseil de classe) », after « La salle est »."""
    return _("prise par l’agenda (%(kind)s)") % {"kind": Event.Kind(words[0]).label.lower()}
