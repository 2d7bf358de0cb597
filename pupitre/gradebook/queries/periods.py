"""Where each class stands in a term: its dates, closed or open."""

from dataclasses import dataclass

from django.http import Http404

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.gradebook.models import ClassTerm


@dataclass(frozen=True, slots=True)
class ClassOfTerm:
    """A class in a term; `dates` is None when none was set."""

    division: Group
    dates: ClassTerm | None

    @property
    def is_closed(self) -> bool:
        """Whether marks are no longer entered."""
        ends_on = self.dates.entry_ends_on if self.dates else None
        return ends_on is not None and ends_on < clock.today()

    @property
    def comments_closed(self) -> bool:
        """Whether appreciations of bulletins are no longer entered."""
        ends_on = self.dates.comments_end_on if self.dates else None
        return ends_on is not None and ends_on < clock.today()


def classes_of_term(term: Term) -> list[ClassOfTerm]:
    """The classes of the year with their dates in a term; two statements."""
    held = {each.division_id: each for each in ClassTerm.objects.filter(term=term)}
    return [ClassOfTerm(each, held.get(each.pk)) for each in divisions_of_today().order_by("label")]


def class_term_of(term_id: int, division: Group) -> ClassTerm:
    """The dates of one class in a term. Raises Http404 when none was set."""
    found: ClassTerm | None = ClassTerm.objects.filter(term=term_id, division=division).select_related("term").first()
    if found is None:
        raise Http404
    return found
