"""The places where teachers receive families, told to whoever plans lessons or books rooms."""

from django.utils.translation import gettext as _

PLACES = """select t.room, m.held_on, coalesce(t.from_at, m.starts_at), coalesce(t.until_at, m.ends_at), array[m.title]::text[]
from meetings_meetingteacher t join meetings_meeting m on m.establishment_id = t.establishment_id and m.id = t.meeting_id
where t.establishment_id = %(school)s and m.held_on between %(first)s and %(last)s and m.state <> 'cancelled' and t.room <> ''"""


def taken_by(words: list[str]) -> str:
    """« prise par la soirée « Rencontres de décembre » », after « La salle est »."""
    return _("prise par la soirée « %(title)s »") % {"title": words[0]}
