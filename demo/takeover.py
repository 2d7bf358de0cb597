"""The autumn that the collège lived with its former tool: absences taken over, latenesses waiting for somebody to look."""

import datetime as dt
from collections.abc import Iterator
from random import Random

from django.db.models import Q

from demo.attendance import actor_where
from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Closure, Establishment, SchoolYear
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.takeover.services.analysing import analyse
from pupitre.integrations.takeover.services.applying import apply
from pupitre.integrations.takeover.services.receiving import receive

_TITLES = "Nom;Prénom;Né(e) le;Classe;Date;Demi-journée;Motif;Justifiée"
_LATE_TITLES = "Élève;Né(e) le;Date;Heure;Durée;Motif"
_ACT_TITLES = "Élève;Né(e) le;Nature;Sanction;Date;Motif;Demandeur"
_ACTS = (
    ("Retenue", "", "Travail non fait, à trois reprises", "Mme Roussel"),
    ("Exclusion de cours", "", "Refus de se mettre au travail", "M. Delmas"),
    ("Sanction", "Avertissement", "Insolence envers un assistant d’éducation", "Mme Fontanel"),
    ("Incident", "Bagarre", "Bousculade dans la cour", "M. Bensaïd"),
)
_REASONS = ("Maladie", "Maladie", "Rendez-vous médical", "Raison familiale", "Problème de transport")
_BACK = 21
"""Days before today from which Pupitre calls the roll itself."""


def take_over_the_autumn(college: Establishment) -> None:
    """Three exports of the former tool: two taken, with a few lines left aside; one to look at."""
    with scope(college.pk):
        days = list(_days())
        if not days:
            return
        counsellor = actor_where(
            college, Q(profile=Profile.SCHOOL_LIFE, function__istartswith="CPE"), Profile.SCHOOL_LIFE
        )
        students = list(Student.objects.select_related("person").order_by("pk"))
        random = Random("reprise")
        absences = [
            _TITLES,
            *_absences(days, students, random),
            "DISPARUE;Zoé;01/02/2013;4e B;14/09/2026;Matin;Maladie;Oui",
        ]
        take = receive("absences-septembre-octobre.csv", "\r\n".join(absences).encode(), actor=counsellor)
        analyse(take)
        apply(take, actor=counsellor)
        acts = receive(
            "suivi-septembre-octobre.csv", "\r\n".join([_ACT_TITLES, *_acts(days, students)]).encode(), actor=counsellor
        )
        analyse(acts)
        apply(acts, actor=counsellor)
        latenesses = [_LATE_TITLES, *_latenesses(days, students, random)]
        analyse(receive("retards-septembre-octobre.csv", "\r\n".join(latenesses).encode(), actor=counsellor))


def _days() -> Iterator[dt.date]:
    """The school days of the year before those that the demonstration tells register by register."""
    today = clock.today()
    year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    closed = list(Closure.objects.values_list("starts_on", "ends_on"))
    day = year.starts_on if year else today
    while day < today - dt.timedelta(days=_BACK):
        if day.weekday() < 5 and not any(first <= day <= last for first, last in closed):
            yield day
        day += dt.timedelta(days=1)


def _absences(days: list[dt.date], students: list[Student], random: Random) -> Iterator[str]:
    for day in days:
        for each in random.sample(students, len(students) // 40):
            half = random.choice(("Matin", "Après-midi", "Journée"))
            reason, answer = (random.choice(_REASONS), "Oui") if random.random() < 0.85 else ("", "Non")
            names = (each.person.last_name, each.person.first_name, _born(each))
            yield ";".join((*names, "", f"{day:%d/%m/%Y}", half, reason, answer))


def _latenesses(days: list[dt.date], students: list[Student], random: Random) -> Iterator[str]:
    for day in days[::3]:
        for each in random.sample(students, 4):
            names = f"{each.person.last_name} {each.person.first_name}"
            yield f"{names};{_born(each)};{day:%d/%m/%Y};8h00;{random.choice((5, 10, 15))} min;Bus"


def _acts(days: list[dt.date], students: list[Student]) -> Iterator[str]:
    """What was decided in the autumn, and a warning of the year before, that the law has erased since."""
    random = Random("suivi repris")
    for day, act in zip(days[10::4], _ACTS * 2, strict=False):
        each = random.choice(students)
        nature, measure, motive, author = act
        names = f"{each.person.last_name} {each.person.first_name};{_born(each)}"
        yield f"{names};{nature};{measure};{day:%d/%m/%Y};{motive};{author}"
    last = students[0].person
    yield f"{last.last_name} {last.first_name};{_born(students[0])};Sanction;Avertissement;09/06/{days[0].year};Insolence;M. Ancien"


def _born(student: Student) -> str:
    return f"{student.person.birth_date:%d/%m/%Y}" if student.person.birth_date else ""
