"""Refusing what would change the averages of a term that is closed for a class (GRA-10)."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pupitre.directory.models import Group, Membership, Student
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.ui.french import day_month
from pupitre.gradebook.models import Assessment, ClassTerm
from pupitre.gradebook.refusals import Refusal
from pupitre.timetable.models import Course


def terms_counted(assessment: Assessment) -> set[int]:
    """The terms whose averages an assessment enters, as it was kept and as it is about to be."""
    held = Assessment.objects.filter(pk=assessment.pk).values_list("term_id", "other_term_id").first() or ()
    return {each for each in (assessment.term_id, assessment.other_term_id, *held) if each is not None}


def refuse_closed_course(course: Course, terms: Collection[int]) -> None:
    """Refuse what would change averages of a course in these terms; one statement. Raises Refusal.

    Of a group that mixes classes, one class that is closed is enough: its students have these averages too.
    """
    row = _closed(course, terms).select_related("term", "division").order_by("entry_ends_on", "division__label").first()
    if row is not None:
        raise Refusal(_sentence(course, row))


def refuse_closed_everywhere(course: Course, terms: Collection[int]) -> None:
    """Refuse an assessment without marks when every class of the course is closed in one of its terms. Raises Refusal.

    It changes no average; in a group, each cell is then closed with the class of its student.
    """
    rows = list(_closed(course, terms).select_related("term", "division").order_by("entry_ends_on", "division__label"))
    for row in rows:
        shut = {each.division_id for each in rows if each.term_id == row.term_id}
        if not _divisions(course, row.term).exclude(pk__in=shut).exists():
            raise Refusal(_sentence(course, row))


def refuse_closed_student(student: Student, term: Term) -> None:
    """Refuse what would change the marks of a student whose class is closed; one statement. Raises Refusal."""
    mine = _in_term(student.memberships.filter(group__kind=Group.Kind.DIVISION), term.starts_on, term.ends_on)
    closed = ClassTerm.objects.filter(term=term, division__in=mine.values("group"), entry_ends_on__lt=clock.today())
    if closed.exists():
        raise Refusal(_("%(term)s : la saisie est close. Seule la direction peut la rouvrir.") % {"term": term.label})


def refuse_closed_students(students: Iterable[int], terms: Collection[int]) -> None:
    """Refuse what would change what these students have when the class of one of them is closed; one statement.

    Raises Refusal.
    """
    there = _of_row(Membership.objects.filter(group=OuterRef("division"), student__in=list(students)))
    row = _shut(terms).filter(Exists(there)).select_related("term", "division").order_by("entry_ends_on").first()
    if row is not None:
        raise Refusal(
            _("%(group)s : la saisie de la période est close depuis le %(day)s. Seule la direction peut la rouvrir.")
            % {"group": row.division.label, "day": day_month(row.entry_ends_on or clock.today())}
        )


def _closed(course: Course, terms: Collection[int]) -> QuerySet[ClassTerm]:
    """The classes of a course that are closed, term by term."""
    if course.group.kind == Group.Kind.DIVISION:
        return _shut(terms).filter(division=course.group_id)
    # Two queries away from the row whose term it is. Whoever left the group before a term has no average of it there.
    first, last = OuterRef(OuterRef("term__starts_on")), OuterRef(OuterRef("term__ends_on"))
    members = _in_term(Membership.objects.filter(group=course.group_id), first, last).values("student")
    return _shut(terms).filter(
        Exists(_of_row(Membership.objects.filter(group=OuterRef("division"), student__in=members)))
    )


def _shut(terms: Collection[int]) -> QuerySet[ClassTerm]:
    rows: QuerySet[ClassTerm] = ClassTerm.objects.filter(term__in=terms, entry_ends_on__lt=clock.today())
    return rows


def _in_term(rows: QuerySet[Membership], first: dt.date | OuterRef, last: dt.date | OuterRef) -> QuerySet[Membership]:
    """Those that meet a term, by its first and last days."""
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=first), starts_on__lte=last)


def _of_row(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """Those that meet the term of the outer query."""
    return _in_term(rows, OuterRef("term__starts_on"), OuterRef("term__ends_on"))


def _divisions(course: Course, term: Term) -> QuerySet[Group]:
    """The classes whose students follow a course in a term."""
    if course.group.kind == Group.Kind.DIVISION:
        return Group.objects.filter(pk=course.group_id)
    members = _in_term(Membership.objects.filter(group=course.group_id), term.starts_on, term.ends_on)
    theirs = Membership.objects.filter(student__in=members.values("student"), group__kind=Group.Kind.DIVISION)
    return Group.objects.filter(pk__in=_in_term(theirs, term.starts_on, term.ends_on).values("group"))


def _sentence(course: Course, row: ClassTerm) -> str:
    facts = {"term": row.term.label, "day": day_month(row.entry_ends_on or clock.today()), "group": row.division.label}
    if row.division_id == course.group_id:
        return _("%(term)s : la saisie est close depuis le %(day)s. Seule la direction peut la rouvrir.") % facts
    return (
        _("%(term)s : la saisie est close depuis le %(day)s pour %(group)s. Seule la direction peut la rouvrir.")
        % facts
    )
