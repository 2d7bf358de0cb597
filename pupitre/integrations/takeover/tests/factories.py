"""Exports as other tools write them, invented."""

from pupitre.directory.models import Person
from pupitre.gradebook.tests.factories import first_term
from pupitre.integrations.takeover.models import TakeOver
from pupitre.integrations.takeover.services.analysing import analyse
from pupitre.integrations.takeover.services.receiving import receive
from tests.cast import Cast

TITLES = (
    "Nom",
    "Prénom",
    "Né(e) le",
    "Classe",
    "Date début",
    "Heure début",
    "Date fin",
    "Heure fin",
    "Motif",
    "Justifiée",
)


def csv_of(*rows: str, titles: str = ";".join(TITLES), encoding: str = "utf-8") -> bytes:
    """A file: its titles, then rows already separated."""
    return "\r\n".join((titles, *rows, "")).encode(encoding)


def known(person: Person, born: str = "2013-05-14") -> Person:
    """Give somebody of the cast a birth date."""
    person.birth_date = born
    person.save(update_fields=["birth_date"])
    person.refresh_from_db()
    return person


def handed_over(*rows: str, name: str = "absences.csv", titles: str = ";".join(TITLES)) -> TakeOver:
    """A file received and read, in the open school."""
    take = receive(name, csv_of(*rows, titles=titles), actor=None)
    analyse(take)
    return take


def issues(take: TakeOver) -> list[tuple[int, str, str]]:
    """The lines that are not taken."""
    return list(take.issues.order_by("number").values_list("number", "fate", "reason"))


def marks_to_check() -> TakeOver:
    """A file of marks received and read, in the open school: one mark to take, a subject to recognise, a mark that is refused."""
    first_term()
    take = receive(
        "notes.csv",
        csv_of(
            "BELKACEM;Inès;4B;Mathématiques;15/09/2026;Fractions;14,5",
            "BELKACEM;Inès;4B;Maths expertes;16/09/2026;Vecteurs;12",
            "BELKACEM;Inès;4B;Mathématiques;17/09/2026;Calcul;21",
            titles="Nom;Prénom;Classe;Matière;Date;Devoir;Note",
        ),
        actor=None,
        said={"origin": "PRONOTE"},
    )
    analyse(take)
    return take


def file_of(
    cast: Cast, state: str = TakeOver.State.TO_REVIEW, school: str = "college", *, marks: bool = False
) -> TakeOver:
    """A file of a school, standing somewhere."""
    from pupitre.establishments.scope import scope
    from pupitre.foundation import clock

    with scope(getattr(cast, school).pk):
        take = (
            marks_to_check()
            if marks
            else handed_over(
                "BELKACEM;Inès;14/05/2013;4B;03/11/2026;8h05;03/11/2026;9h00;Trottinette;Non",
                "INCONNU;Zoé;;4B;03/11/2026;8h05;03/11/2026;9h00;;Non",
            )
        )
        take.state = state
        if state in (TakeOver.State.APPLIED, TakeOver.State.UNDONE):
            take.applied_at = take.ended_at = clock.now()
        if state == TakeOver.State.ABANDONED:
            take.ended_at = clock.now()
        take.save()
        return take
