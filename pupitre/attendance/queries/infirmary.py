"""Who is in the infirmary, and who was there today."""

from pupitre.attendance.models import AbsenceEntry
from pupitre.attendance.queries.cases import division_of
from pupitre.attendance.queries.roll_call import local_now
from pupitre.foundation import clock


def passages_today() -> list[AbsenceEntry]:
    """The passages of today with `division`, the class; those still there first; one statement."""
    rows = AbsenceEntry.objects.filter(
        kind=AbsenceEntry.Kind.INFIRMARY, away_on=clock.today(), cancelled_at=None, roll_call=None
    )
    rows = rows.select_related("student__person").annotate(division=division_of("student"))
    return list(rows.order_by("-ends_at", "-starts_at"))


def open_passages() -> list[AbsenceEntry]:
    """Those that came in today and are still there; one statement."""
    return [each for each in passages_today() if is_inside(each)]


def is_inside(entry: AbsenceEntry) -> bool:
    """Whether a passage of today goes on: the office may have said until when."""
    return bool(entry.ends_at > local_now().time())
