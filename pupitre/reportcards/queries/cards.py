"""Bulletins as people look for them: those of a student, the last version of one, who received it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Group, Guardianship, Student
from pupitre.establishments.scope import current_establishment_id
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, may
from pupitre.foundation.actor import Actor
from pupitre.reportcards.document import Bulletin, thawed
from pupitre.reportcards.models import Acknowledgement, ReportCard, ReportVersion
from pupitre.reportcards.policies import seen_now


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was given, with its PDF."""

    row: ReportVersion
    file: StoredFile | None

    @property
    def bulletin(self) -> Bulletin:
        """What it says."""
        return thawed(self.row.content)


def versions_of(card: ReportCard, *, is_family: bool, with_files: bool = True) -> list[Version]:
    """The versions of a bulletin, the last first, those that a family reads by now when it asks; two statements, one without
    their files.
    """
    rows = list(ReportVersion.objects.filter(seen_now() if is_family else Q(), card=card).order_by("-number"))
    files = files_of(rows) if with_files else {}
    return [Version(row, next(iter(files.get(row.pk, ())), None)) for row in rows]


def given_to(students: QuerySet[Student]) -> QuerySet[ReportCard]:
    """The bulletins of these students that families see by now, the last term first, with `n`, how many versions."""
    rows = ReportCard.objects.filter(student__in=students, published_at__lte=clock.now())
    return (
        rows.select_related("term__school_year", "student__person", "division")
        .annotate(n=Count("versions", filter=seen_now("versions__")))
        .order_by("-term__starts_on", "student__person__sort_key")
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """A guardian of a student, and what they said of the bulletin: nothing yet, or when."""

    guardian: str
    row: Acknowledgement | None


def receipts_of(cards: Collection[ReportCard]) -> Mapping[int, Sequence[Receipt]]:
    """By student, the guardians who see their bulletin, each with what they said of it; two statements."""
    people = {each.student.person_id: each for each in cards}
    links = Guardianship.objects.filter(
        open_on(clock.today()), Q(guardian__is_organisation=False), establishment=current_establishment_id(),
        student__in=people,
    ).select_related("guardian").order_by("level", "guardian__sort_key")  # fmt: skip
    said = {
        (row.card_id, row.guardian_id): row
        for row in Acknowledgement.objects.filter(card__in=[each.pk for each in cards])
    }
    found: dict[int, list[Receipt]] = defaultdict(list)
    for link in links:
        card = people[link.student_id]
        if link.guardian_id != link.student_id:
            found[card.student_id].append(Receipt(link.guardian.display_name, said.get((card.pk, link.guardian_id))))
    return found


def own_receipt(card: ReportCard, person_id: int) -> Acknowledgement | None:
    """What somebody said of a bulletin; one statement."""
    found: Acknowledgement | None = Acknowledgement.objects.filter(card=card, guardian=person_id).first()
    return found


def card_of(student: Student, term: int, actor: Actor) -> ReportCard | None:
    """The bulletin of a student in a term, when anything was written in it, with `may_say`, whether the actor may
    acknowledge it, and `may_write`, whether they write the synthesis of its class; one statement.
    """
    rows = ReportCard.objects.filter(student=student, term=term).select_related("division", "term__school_year")
    written = allowed(actor, "reportcards.write_synthesis", Group.objects.filter(pk=OuterRef("division")))
    rows = rows.annotate(may_say=may(actor, "reportcards.acknowledge"), may_write=Exists(written))
    found: ReportCard | None = rows.first()
    return found
