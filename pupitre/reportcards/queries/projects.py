"""The projects of a class, and the courses that may take part in one."""

from django.db.models import Exists, OuterRef, QuerySet

from pupitre.directory.models import Group, Membership
from pupitre.directory.periods import held_on
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.reportcards.models import Project
from pupitre.timetable.models import Course


def projects_of(division: Group, term: Term) -> QuerySet[Project]:
    """Those of a class in a term, in their order; two statements."""
    rows = Project.objects.filter(division=division, term=term)
    return rows.prefetch_related("courses__course__subject").order_by("position", "pk")


def courses_of_class(division: Group) -> QuerySet[Course]:
    """The courses that students of a class take today, by subject; one statement."""
    here = Membership.objects.filter(held_on(clock.today()), group=division).values("student")
    theirs = Membership.objects.filter(held_on(clock.today()), student__in=here, group=OuterRef("group"))
    rows = Course.objects.filter(Exists(theirs), ends_on=None, group__school_year=division.school_year_id)
    return rows.select_related("subject", "group").order_by("subject__label", "pk")
