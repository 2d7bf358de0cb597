"""The bulletins of the children of a guardian, in every school, with what is still to acknowledge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from pupitre.directory.models import Student
from pupitre.directory.names import capitalise
from pupitre.directory.siblings import colours_of
from pupitre.establishments.scope import scope
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.reportcards.models import Acknowledgement, ReportCard
from pupitre.reportcards.queries.cards import given_to


@dataclass(frozen=True, slots=True)
class ChildResults:
    """A child in a school: their last bulletin and how many were given, how many wait for this guardian."""

    student: Student
    uai: str
    school: str
    colour: str
    last: ReportCard | None
    given: int
    waiting: int

    @property
    def name(self) -> str:
        """« Inès »."""
        return capitalise(self.student.person.first_name)


def results_of_children(actors: Sequence[Actor], names: Mapping[str, str]) -> list[ChildResults]:
    """The children of a guardian, the eldest first; two statements a school. `names`: of the schools, by UAI."""
    found: list[tuple[Actor, Student, list[ReportCard]]] = []
    for actor in actors:
        with scope(actor.establishment_id):
            rows = allowed(actor, "reportcards.read_as_family", Student.objects.select_related("person"))
            students = list(rows)
            said = Acknowledgement.objects.filter(card=OuterRef("pk"), guardian=actor.person_id)
            cards = list(
                given_to(Student.objects.filter(pk__in=[each.pk for each in students])).annotate(is_said=Exists(said))
            )
        found += [(actor, each, [card for card in cards if card.student_id == each.pk]) for each in students]
    births = {student.person_id: student.person.birth_date for _actor, student, _cards in found}
    colours, order = colours_of(births), list(colours_of(births))
    return [
        ChildResults(
            student, actor.uai, names[actor.uai], colours[student.person_id], cards[0] if cards else None, len(cards),
            sum(not getattr(each, "is_said", True) for each in cards),
        )
        for actor, student, cards in sorted(found, key=lambda each: (order.index(each[1].person_id), each[0].uai))
    ]  # fmt: skip
