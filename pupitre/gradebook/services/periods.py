"""The dates of a term, class by class: until when marks are entered, and opening again what is closed (GRA-10)."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.agenda.models import Event, Meeting
from pupitre.directory.models import Group
from pupitre.establishments.models import SchoolYear, Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day_month
from pupitre.gradebook.models import ClassTerm, Reopening
from pupitre.gradebook.refusals import Refusal

_THREE = (
    ("T1", "Premier trimestre", (12, 1)),
    ("T2", "Deuxième trimestre", (3, 1)),
    ("T3", "Troisième trimestre", None),
)
_TWO = (("S1", "Premier semestre", (2, 1)), ("S2", "Second semestre", None))
_DATES = ("entry_ends_on", "comments_end_on", "council_on", "published_on")


@transaction.atomic
def open_terms(*, year: SchoolYear, semesters: bool, actor: Actor | None) -> list[Term]:
    """Cut a school year in three terms, or in two, when it has none yet; their dates can be changed afterwards."""
    if year.terms.exists():
        return list(year.terms.order_by("starts_on"))
    starts, made = year.starts_on, []
    for code, label, next_starts in _TWO if semesters else _THREE:
        following = _after(year, next_starts) if next_starts else None
        ends = following - dt.timedelta(days=1) if following else year.ends_on
        made.append(Term(school_year=year, code=code, label=label, starts_on=starts, ends_on=ends))
        starts = following or starts
    for term in made:
        term.save()
    audit.record(actor, "gradebook.open_terms", year, terms=len(made), establishment_id=year.establishment_id)
    return made


@transaction.atomic
def move_terms(*, dates: dict[int, tuple[dt.date, dt.date]], year: SchoolYear, actor: Actor) -> None:
    """Change the dates of the terms of a year. Raises Refusal when they leave it, or meet."""
    terms = sorted(year.terms.all(), key=lambda each: dates.get(each.pk, (each.starts_on, each.ends_on)))
    last = None
    for term in terms:
        starts, ends = dates.get(term.pk, (term.starts_on, term.ends_on))
        if not year.starts_on <= starts <= ends <= year.ends_on:
            raise Refusal(
                _("%(term)s : ces dates sortent de l’année scolaire, ou finissent avant de commencer.") % {"term": term}
            )
        if last is not None and starts <= last:
            raise Refusal(_("%(term)s commence avant la fin de la période précédente.") % {"term": term.label})
        last = ends
        term.starts_on, term.ends_on = starts, ends
    for term in terms:
        term.save(update_fields=["starts_on", "ends_on"])
    audit.record(actor, "gradebook.move_terms", year)


@transaction.atomic
def set_dates(*, term: Term, divisions: Collection[Group], dates: dict[str, dt.date | None], actor: Actor) -> int:
    """Set the dates of a term for several classes; how many. Raises Refusal for what would reopen a closed class,
    and for a council that the calendar holds on another day.
    """
    held = {each.division_id: each for each in ClassTerm.objects.filter(term=term, division__in=divisions)}
    if dates.get("council_on") is not None:
        _refuse_two_days(term, divisions, dates["council_on"])
    asked = {name: day for name in _DATES if (day := dates.get(name)) is not None}
    for division in divisions:
        row = held.get(division.pk) or ClassTerm(term=term, division=division)
        today = clock.today()
        opens_marks = is_closed(row) and asked.get("entry_ends_on", dt.date.min) >= today
        ended = row.comments_end_on is not None and row.comments_end_on < today
        if opens_marks or (ended and asked.get("comments_end_on", dt.date.min) >= today):
            raise Refusal(
                _("%(group)s : la période est close. Rouvrez-la en disant pourquoi.") % {"group": division.label}
            )
        for name, day in asked.items():
            setattr(row, name, day)
        row.save()
    audit.record(actor, "gradebook.set_dates", term, divisions=[each.pk for each in divisions])
    return len(divisions)


def _refuse_two_days(term: Term, divisions: Collection[Group], day: dt.date | None) -> None:
    """Refuse a day of council that is not the calendar’s, when the calendar has one: it is moved there, and followed here."""
    rows = Meeting.objects.filter(
        term=term, group__in=divisions, event__kind=Event.Kind.COUNCIL, event__cancelled_at=None
    ).exclude(event__starts_on=day)
    found = rows.select_related("event", "group").order_by("group__label").first()
    if found is not None:
        raise Refusal(
            _("%(group)s : son conseil est dans l’agenda, le %(day)s. Changez-en le jour là-bas : il suit ici.")
            % {"group": found.group.label, "day": day_month(found.event.starts_on)}
        )


@transaction.atomic
def reopen(*, class_term: ClassTerm, until_on: dt.date, why: str, actor: Actor) -> Reopening:
    """Open a closed term again for a class, until a day; who, when and why are kept. Raises Refusal."""
    if not why.strip():
        raise Refusal(_("Dites pourquoi en une phrase : elle reste dans le journal de la classe."))
    if until_on < clock.today():
        raise Refusal(_("Le nouveau dernier jour est déjà passé."))
    class_term.entry_ends_on = until_on
    if class_term.comments_end_on is not None and class_term.comments_end_on < until_on:
        # What is said of marks follows them.
        class_term.comments_end_on = until_on
    class_term.save(update_fields=["entry_ends_on", "comments_end_on"])
    row = Reopening(
        class_term=class_term, reopened_by_id=actor.person_id, reopened_at=clock.now(), until_on=until_on, why=why[:300]
    )
    row.save()
    audit.record(actor, "gradebook.reopen_term", class_term)
    return row


def is_closed(row: ClassTerm) -> bool:
    """Whether marks of the class are no longer entered in the term."""
    return row.entry_ends_on is not None and row.entry_ends_on < clock.today()


def _after(year: SchoolYear, month_day: tuple[int, int]) -> dt.date:
    month, day = month_day
    return dt.date(year.year if month >= 9 else year.year + 1, month, day)


def school_year_now() -> SchoolYear | None:
    """The school year of today in the open school."""
    today = clock.today()
    found: SchoolYear | None = SchoolYear.objects.filter(
        establishment_id=current_establishment_id(), starts_on__lte=today, ends_on__gte=today
    ).first()
    return found
