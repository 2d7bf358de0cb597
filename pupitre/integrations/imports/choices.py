"""What of ours a name of timetable software may be said to be, for screens: read when somebody is asked."""

from collections.abc import Callable, Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from pupitre.directory.models import Affiliation, Group, Subject
from pupitre.directory.profiles import STAFF
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.integrations.imports.models import MatchKind
from pupitre.integrations.imports.recognising.weeks import EVERY, FIRST, SECOND
from pupitre.timetable.models import Classroom, TimetableSlot

Choices = list[tuple[str, str]]
"""Values and what people read."""


def choices_of(kinds: Collection[str]) -> dict[str, Choices]:
    """All that names of these kinds may be; a statement for each kind."""
    return {kind: _READERS[kind]() for kind in kinds}


def _groups() -> Choices:
    rows = list(Group.objects.filter(ends_on=None).order_by("-school_year__year", "kind", "label"))
    newest = [each for each in rows if each.school_year_id == rows[0].school_year_id]
    return [(each.code, each.label if each.label == each.code else f"{each.label} ({each.code})") for each in newest]


def _subjects() -> Choices:
    return [(each.code, f"{each.label} ({each.short_code or each.code})") for each in Subject.objects.order_by("label")]


def _people() -> Choices:
    today = clock.today()
    here = Affiliation.objects.filter(establishment=current_establishment_id(), profile__in=STAFF)
    rows = here.filter(Q(ends_on=None) | Q(ends_on__gte=today)).select_related("person")
    people = {each.person_id: each.person for each in rows}
    return [(str(pk), who.display_name) for pk, who in sorted(people.items(), key=lambda each: each[1].sort_key)]


def _classrooms() -> Choices:
    return [(each.code, each.code if each.label in ("", each.code) else f"{each.code}, {each.label}")
            for each in Classroom.objects.order_by("code")]  # fmt: skip


def _weeks() -> Choices:
    known = TimetableSlot.objects.exclude(alternation__in=("", EVERY, FIRST, SECOND))
    codes = sorted(known.values_list("alternation", flat=True).distinct())
    return [
        (EVERY, _("Toutes les semaines")),
        (FIRST, _("Une semaine sur deux, à partir de la première")),
        (SECOND, _("Une semaine sur deux, à partir de la deuxième")),
        *((code, _("Comme « %(code)s » de l’emploi du temps d’ici") % {"code": code}) for code in codes),
    ]


_READERS: dict[str, Callable[[], Choices]] = {
    MatchKind.GROUP: _groups,
    MatchKind.SUBJECT: _subjects,
    MatchKind.TEACHER: _people,
    MatchKind.CLASSROOM: _classrooms,
    MatchKind.WEEKS: _weeks,
}
