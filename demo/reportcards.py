"""Bulletins of the first term: those of the class of Elias are given, those of the class of Inès are being written."""

import datetime as dt
from random import Random

from demo.accounts import person_of
from demo.cast import member
from pupitre.directory.models import Group, Guardianship, Student
from pupitre.directory.profiles import Profile, capabilities_of, given_by
from pupitre.establishments.models import Establishment, Term
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import ClassTerm
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.gradebook.services.periods import set_dates
from pupitre.reportcards.models import Project, ProjectCourse, ReportCard
from pupitre.reportcards.models.texts import Place
from pupitre.reportcards.queries.bulletins import bulletins_of
from pupitre.reportcards.queries.places import students_in
from pupitre.reportcards.services.council import fill_card, mention_called, validate_cards
from pupitre.reportcards.services.elements import set_elements
from pupitre.reportcards.services.entering import Told, Where, note_texts
from pupitre.reportcards.services.publishing import give
from pupitre.reportcards.services.receiving import acknowledge
from pupitre.timetable.models import Course

_ELEMENTS = (
    ("français", ("Récit fantastique", "Valeurs du présent et de l’imparfait")),
    ("math", ("Nombres relatifs", "Calcul littéral")),
    ("histoire", ("L’Europe du XVIIIe siècle", "Les villes dans la mondialisation")),
    ("anglais", ("Raconter au prétérit", "Présenter un lieu")),
    ("espagnol", ("Se présenter, décrire sa famille",)),
    ("sciences de la vie", ("Tectonique des plaques",)),
    ("physique", ("Atomes et molécules",)),
    ("techno", ("Objets connectés",)),
    ("arts", ("Image et narration",)),
    ("éducation musicale", ("Voix et récit",)),
    ("éducation physique", ("Badminton, demi-fond",)),
    ("latin", ("La vie à Rome",)),
)
_HIGH = (
    "Excellent trimestre : un travail soigné et une réflexion personnelle. Continuez ainsi.",
    "Très bon ensemble. La participation est active et toujours juste.",
    "Résultats très solides. Osez des réponses plus développées à l’écrit.",
)
_MIDDLE = (
    "Ensemble satisfaisant. Un travail plus régulier à la maison permettrait d’aller plus loin.",
    "Bon trimestre, en progrès. Relisez les consignes avant de répondre.",
    "Des connaissances, une attention qui varie : la participation aidera à prendre confiance.",
)
_LOW = (
    "Trimestre difficile. L’aide proposée à « Devoirs faits » est à saisir dès maintenant.",
    "Les bases restent fragiles. Demandez de l’aide en classe : les efforts récents sont encourageants.",
)
_UNMARKED = "Élève agréable, dont le travail n’a pas pu être assez évalué ce trimestre."
_LIVES = ("Élève investie dans la vie du collège.", "Rien à signaler.", "Des retards à corriger le matin.", "")


def fill_bulletins(college: Establishment) -> None:
    """One class whose council is over, another whose council comes: half of the syntheses are written, some texts miss."""
    with scope(college.pk):
        term = term_asked(terms_of_year(), "")
        given, drafted = _class_of("frere"), _class_of("eleve")
        if term is None or given is None or drafted is None:
            return
        head, cpe = _actor(college, "principal", Profile.HEAD), _actor(college, "cpe", Profile.SCHOOL_LIFE)
        council = _school_day(clock.today() - dt.timedelta(days=5))
        _dates(term, given, council, head)
        _dates(term, drafted, _school_day(clock.today() + dt.timedelta(days=3)), head)
        with clock.at(f"{council - dt.timedelta(days=2)}T17:30"):
            _write(given, term, head, cpe, whole=True)
        with clock.at(f"{council + dt.timedelta(days=1)}T16:10"):
            validate_cards(division=given, term=term, students=None, actor=head)
            give(list(ReportCard.objects.filter(division=given, term=term)), given, term, head)
        _some_received(college, given, term)
        _write(drafted, term, head, cpe, whole=False)


def _class_of(slug: str) -> Group | None:
    person = person_of(member(slug))
    rows = Group.objects.filter(kind=Group.Kind.DIVISION, memberships__student__person=person)
    found: Group | None = rows.first() if person else None
    return found


def _actor(college: Establishment, slug: str, profile: Profile) -> Actor:
    person = person_of(member(slug))
    profiles = frozenset({str(profile)})
    rights = capabilities_of(profiles, given_by(profile, "CPE"))
    return Actor(0, person.pk if person else 0, college.pk, college.uai, profiles, rights)


def _dates(term: Term, division: Group, council: dt.date, head: Actor) -> None:
    # The calendar may hold the council already: its day is the one.
    held = ClassTerm.objects.filter(term=term, division=division, council_on__isnull=False).first()
    council = held.council_on if held else council
    dates: dict[str, dt.date | None] = {"comments_end_on": council - dt.timedelta(days=1), "council_on": council}
    set_dates(term=term, divisions=[division], dates=dates, actor=head)


def _write(division: Group, term: Term, head: Actor, cpe: Actor, *, whole: bool) -> None:
    random = Random(f"bulletins {division.code}")
    students = list(students_in(division.pk, term))
    courses = Course.objects.filter(
        group__memberships__student__in=students, group__school_year=division.school_year_id, ends_on=None
    ).exclude(subject__label__istartswith="vie de classe")  # fmt: skip
    made = {each.student: each for each in bulletins_of(division, term)}
    values = {(each.student, line.course): line.value for each in made.values() for line in each.lines}
    for course in courses.select_related("group", "subject").distinct().order_by("pk"):
        if any(key[1] == course.pk for key in values):
            _elements(course, term, head)
        teacher = _teacher(course, head)
        late = not whole and course.subject.label.startswith("Math")
        told = [
            Told(each.pk, _text(values[each.pk, course.pk], random), 0)
            for each in students
            if (each.pk, course.pk) in values and random.random() > (0.6 if late else 0 if whole else 0.06)
        ]
        note_texts(where=Where(Place.SUBJECT, term, course.group_id, course), told=told, actor=teacher)
    lives = [Told(each.pk, random.choice(_LIVES), 0) for each in students]
    note_texts(where=Where(Place.SCHOOL_LIFE, term, division.pk), told=lives, actor=cpe)
    _council(division, term, {each.pk: made[each.pk].value for each in students}, head, random, whole=whole)
    _project(division, term)


def _council(
    division: Group, term: Term, values: dict[int, str], head: Actor, random: Random, *, whole: bool
) -> None:  # fmt: skip
    form_teacher = division.form_teachers.order_by("pk").values_list("person_id", flat=True).first()
    writer = head if form_teacher is None else Actor(
        0, form_teacher, head.establishment_id, head.uai, frozenset({str(Profile.TEACHER)}), frozenset()
    )  # fmt: skip
    told = [Told(each, _text(value, random), 0) for each, value in values.items() if whole or random.random() < 0.5]
    note_texts(where=Where(Place.SYNTHESIS, term, division.pk), told=told, actor=writer)
    for student in Student.objects.filter(pk__in=[each.student for each in told]):
        label = next((word for least, word in _MENTIONS if _number(values[student.pk]) >= least), "")
        supports = ["DF"] if _number(values[student.pk]) < 10 else []
        fill_card(
            student=student, term=term, actor=writer, mention=mention_called(label if whole else ""), supports=supports
        )


_MENTIONS = ((15.5, "Félicitations"), (14.0, "Compliments"), (12.5, "Encouragements"))


def _elements(course: Course, term: Term, head: Actor) -> None:
    subject = course.subject.label.lower()
    labels = next((labels for stem, labels in _ELEMENTS if subject.startswith(stem)), ())
    if labels:
        set_elements(course=course, term=term, labels=labels, actor=head)


def _project(division: Group, term: Term) -> None:
    project = Project(
        division=division, term=term, kind=Project.Kind.CITIZEN, title="Élire ses délégués",
        text="Débat sur le rôle des délégués, affiches, élection : la classe s’y est engagée avec sérieux.",
    )  # fmt: skip
    project.save()
    history = Course.objects.filter(group=division, subject__label__istartswith="histoire").first()
    if history is not None:
        ProjectCourse(project=project, course=history).save()


def _teacher(course: Course, head: Actor) -> Actor:
    person = course.teachers.order_by("pk").values_list("person_id", flat=True).first()
    if person is None:
        return head
    # Written in the name of the teacher, whatever the dates that the demonstration sets.
    return Actor(0, person, head.establishment_id, head.uai, head.profiles, head.capabilities)


def _some_received(college: Establishment, division: Group, term: Term) -> None:
    """Two guardians out of three acknowledged; not Nadia, who has it to do."""
    nadia = person_of(member("parent"))
    cards = {card.student.person_id: card for card in ReportCard.objects.filter(
        division=division, term=term).select_related("student")}  # fmt: skip
    links = Guardianship.objects.filter(establishment=college, student__in=cards, level=1).order_by("pk")
    for place, link in enumerate(links):
        if place % 3 and (nadia is None or link.guardian_id != nadia.pk):
            guardian = Actor(0, link.guardian_id, college.pk, college.uai, frozenset({str(Profile.GUARDIAN)}))
            acknowledge(card=cards[link.student_id], actor=guardian)


def _text(value: str, random: Random) -> str:
    if value == "NN":
        return _UNMARKED
    average = _number(value)
    return random.choice(_HIGH if average >= 14.5 else _MIDDLE if average >= 10 else _LOW)


def _number(value: str) -> float:
    return 0.0 if value == "NN" else float(value.replace(",", "."))


def _school_day(day: dt.date) -> dt.date:
    """The same day, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))
