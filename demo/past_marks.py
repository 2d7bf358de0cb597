"""What the former tool had given: bulletins of the year before, taken over; marks of the autumn that wait for somebody to look."""

from collections.abc import Iterator, Sequence
from random import Random

from django.db.models import Q

from demo.accounts import person_of
from demo.attendance import actor_where
from demo.cast import member
from pupitre.directory.models import Group, Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.takeover.models import TakeOver
from pupitre.integrations.takeover.services.analysing import analyse
from pupitre.integrations.takeover.services.applying import apply
from pupitre.integrations.takeover.services.receiving import receive

_WHO = "Nom;Prénom;Né(e) le;Classe"
_AVERAGES = f"{_WHO};Matière;Professeur;Moyenne;Moyenne classe;Appréciation"
_BULLETINS = (
    f"{_WHO};Période;Moyenne générale;Moyenne classe;Appréciation générale;Mention;Demi-journées;Non justifiées;Retards"
)
_MARKS = f"{_WHO};Matière;Date;Devoir;Note;Barème;Coefficient;Période"
_SUBJECTS = (
    ("Français", "Mme Leroy", 124), ("Mathématiques", "M. Ferry", 118), ("Histoire-géographie", "Mme Aubin", 126),
    ("Anglais LV1", "M. Carter", 131), ("SVT", "Mme Da Costa", 129), ("EPS", "M. Roche", 148),
)  # fmt: skip
"""The subject, who taught it, the average of the class in tenths."""
_SAID = (
    "Bon trimestre, continuez.",
    "Des efforts réguliers.",
    "Travail sérieux, participez davantage.",
    "Un trimestre inégal.",
)
_TERMS = ("Trimestre 1", "Trimestre 2", "Trimestre 3")


def take_over_the_past(college: Establishment) -> None:
    """Averages and bulletins of the class of Inès the year before, taken; a file of marks with lines to settle."""
    with scope(college.pk):
        ines = person_of(member("eleve"))
        division = Group.objects.filter(kind=Group.Kind.DIVISION, memberships__student__person=ines).first()
        if division is None:
            return
        head = actor_where(college, Q(profile=Profile.HEAD), Profile.HEAD)
        students = list(
            Student.objects.filter(memberships__group=division).select_related("person").order_by("person__sort_key")
        )
        random = Random("bulletins repris")
        year = clock.today().year - (2 if clock.today().month < 8 else 1)
        said = {"origin": "PRONOTE", "year": year}
        bulletins = [_BULLETINS]
        for place, term in enumerate(_TERMS, 1):
            averages = [_AVERAGES]
            for each in students:
                tenths = _tenths(random)
                averages += _averages(each, tenths, random)
                bulletins.append(_bulletin(each, term, sum(tenths) / len(tenths) / 10, random))
            _take(f"moyennes-5e-{term.lower().replace(' ', '-')}.csv", averages, head, {**said, "period": f"T{place}"})
        _take("bulletins-5e.csv", bulletins, head, said)
        marks = [_MARKS, *_marks(students[:12], division.label, year + 1, random)]
        analyse(receive("notes-septembre.csv", "\r\n".join(marks).encode(), actor=head, said={"origin": "PRONOTE"}))


def _take(name: str, lines: Sequence[str], head: Actor, said: dict[str, object]) -> TakeOver:
    take = receive(name, "\r\n".join(lines).encode(), actor=head, said=said)
    analyse(take)
    return apply(take, actor=head)


def _who(student: Student) -> str:
    person = student.person
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else ""
    return f"{person.last_name};{person.first_name};{born};5e A"


def _tenths(random: Random) -> list[int]:
    """The averages of a student, subject by subject."""
    level = random.randint(-30, 35)
    return [min(200, max(40, mean + level + random.randint(-15, 15))) for _subject, _teacher, mean in _SUBJECTS]


def _averages(student: Student, tenths: Sequence[int], random: Random) -> Iterator[str]:
    for (subject, teacher, mean), value in zip(_SUBJECTS, tenths, strict=True):
        yield f"{_who(student)};{subject};{teacher};{_shown(value / 10)};{_shown(mean / 10)};{random.choice(_SAID)}"


def _bulletin(student: Student, term: str, value: float, random: Random) -> str:
    mention = "Félicitations" if value > 15.5 else "Encouragements" if value > 13 else ""
    missed = random.choice((0, 0, 0, 1, 2, 4))
    counts = f"{missed};{missed // 3};{random.choice((0, 0, 1, 2))}"
    return f"{_who(student)};{term};{_shown(value)};12,90;{random.choice(_SAID)};{mention};{counts}"


def _marks(students: Sequence[Student], division: str, year: int, random: Random) -> Iterator[str]:
    """A test in mathematics, another in a subject that has another name here, and lines that somebody mends."""
    for place, each in enumerate(students):
        who = _who(each).replace("5e A", division)
        note = "Abs" if place == 3 else "21" if place == 7 else _shown(random.randint(60, 190) / 10)
        yield f"{who};Mathématiques;15/09/{year};Évaluation de rentrée;{note};20;1;Trimestre 1"
        yield f"{who};Maths approfondies;22/09/{year};Défi de calcul;{random.randint(3, 10)};10;0,5;Trimestre 1"
    yield f"DISPARUE;Zoé;01/02/2013;{division};Mathématiques;15/09/{year};Évaluation de rentrée;12;20;1;Trimestre 1"


def _shown(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
