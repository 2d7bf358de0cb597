"""The cahier de textes of the classes of the cast: the last days written, work for the next ones, some to hand in."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from random import Random
from uuid import UUID

from demo.accounts import person_of
from demo.cast import member
from pupitre.directory.models import Membership, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import Homework
from pupitre.textbook.queries.lessons import Lesson, lessons_of_courses
from pupitre.textbook.refusals import Refusal
from pupitre.textbook.services.giving import Due, Work
from pupitre.textbook.services.handing_in import Copy, hand_in
from pupitre.textbook.services.marking import mark
from pupitre.textbook.services.writing import Place, Session, save_session
from pupitre.timetable.models import Course, CourseTeacher

_BACK, _AHEAD = 9, 24
# By the first letters of the subject: what was done, and the work that follows.
_TOLD: dict[str, tuple[tuple[str, str, str], ...]] = {
    "math": (
        (
            "Égalité de Pythagore : découverte",
            "Activité 2 page 214 : tracé, mesure, conjecture.\n- Exercices 1 à 3",
            "Exercices 4 et 5 page 218",
        ),
        (
            "Calculer la longueur d’un côté",
            "Rappel : dans un triangle rectangle, $a^2 + b^2 = c^2$.\nMéthode en trois étapes.",
            "Apprendre l’égalité de Pythagore",
        ),
        (
            "Exercices d’application",
            "Exercices 6 à 9 page 219, corrigés au tableau.",
            "Exercice 12 page 220, à rédiger",
        ),
    ),
    "fran": (
        (
            "« Matin brun », lecture du chapitre 2",
            "Lecture à voix haute. **Vocabulaire** : la soumission, la peur.",
            "Lire le chapitre 3 de « Matin brun »",
        ),
        (
            "Le narrateur et son point de vue",
            "Leçon copiée. Exercices 2 et 3 page 41.",
            "Écrire 10 lignes sur le personnage de Charlie",
        ),
    ),
    "angl": (("Unit 2: daily routine", "Listening 2, questions 1 à 5.", "Apprendre le vocabulaire de l’unité 2"),),
    "hist": (
        (
            "Les villes dans la mondialisation",
            "Étude de cas : Shanghai. Croquis commencé.",
            "Réviser : les villes dans la mondialisation",
        ),
    ),
    "scie": (
        ("La tectonique des plaques", "TP : repérer les séismes sur une carte.", "Légender le schéma de la faille"),
    ),
    "espa": (("La familia", "Compréhension orale, puis écrite.", "Exercices 3 et 4 page 41"),),
}
_OTHER = (
    ("Reprise et exercices", "Correction du travail donné, puis exercices en groupes.", "Revoir la leçon du jour"),
)
_MINUTES = (10, 15, 20, 25, 30)


def fill_textbook(college: Establishment) -> None:
    """Write the sessions of the last days for the classes of Inès and Elias, as their teachers would have."""
    with scope(college.pk):
        lessons = _lessons()
        random = Random("cahier de textes")  # the same every time
        for lesson in lessons:
            if _end_of(lesson) <= clock.now() and random.random() < 0.93:
                _write(college, lesson, lessons, random)
        _to_hand_in(college, lessons, random)


def _lessons() -> list[Lesson]:
    """The lessons of every group where one of the two sits, some days back and some weeks ahead."""
    people = [person.pk for slug in ("eleve", "frere") if (person := person_of(member(slug)))]
    groups = Membership.objects.filter(student__person__in=people, ends_on=None).values("group")
    courses = Course.objects.filter(group__in=groups, ends_on=None).values_list("pk", flat=True)
    today = clock.today()
    return lessons_of_courses(courses, today - dt.timedelta(days=_BACK), today + dt.timedelta(days=_AHEAD))


def _write(college: Establishment, lesson: Lesson, lessons: Sequence[Lesson], random: Random) -> None:
    teacher = _teacher_of(college, lesson)
    if teacher is None:
        return
    title, body, asked = random.choice(_words_of(lesson))
    following = [each for each in lessons if each.course_id == lesson.course_id and each.held_on > lesson.held_on]
    work = None
    if following and random.random() < 0.45:
        due = Due(following[0].held_on, following[0].starts_at)
        kind = Homework.Kind.REVISION if asked.startswith(("Réviser", "Apprendre")) else Homework.Kind.EXERCISE
        work = Work(UUID(int=random.getrandbits(128)), asked, due, kind=kind, minutes=random.choice(_MINUTES))
    place = Place(lesson.group_id, lesson.held_on, lesson.starts_at, lesson.ends_at, lesson.course_id)
    session = Session(title=title, body=body, room=lesson.room)
    # Holidays may stand between a lesson and the next: that one gives no work.
    with clock.at(_end_of(lesson)), suppress(Refusal):
        save_session(place=place, key=UUID(int=random.getrandbits(128)), session=session, actor=teacher, work=work)


def _to_hand_in(college: Establishment, lessons: Sequence[Lesson], random: Random) -> None:
    """Hélène’s « devoir maison »: some have handed it in, two have not understood; Inès has not begun."""
    helene, ines = person_of(member("enseignante")), person_of(member("eleve"))
    if helene is None or ines is None:
        return
    groups = list(Membership.objects.filter(student__person=ines, ends_on=None).values_list("group", flat=True))
    taught = set(CourseTeacher.objects.filter(person=helene, course__group__in=groups).values_list("course", flat=True))
    mine = [each for each in lessons if each.course_id in taught]
    past, ahead = (
        [each for each in mine if _end_of(each) <= clock.now()],
        [each for each in mine if each.held_on > clock.today()],
    )
    if not past or not ahead:
        return
    lesson, key = past[-1], UUID(int=random.getrandbits(128))
    work = Work(
        key,
        "Devoir maison n° 4 : théorème de Pythagore".replace(" ", "\N{NO-BREAK SPACE}", 3),
        Due(ahead[0].held_on, ahead[0].starts_at),
        details="Exercices 1 à 3 de la fiche. **Justifie chaque calcul.** Une photo bien lisible suffit.\n"
        "Rappel : $c = \\sqrt{a^2 + b^2}$.",
        kind=Homework.Kind.HAND_IN,
        minutes=30,
        difficulty=2,
        mode=Homework.Mode.FILE,
        late_days=3,
    )
    place = Place(lesson.group_id, lesson.held_on, lesson.starts_at, lesson.ends_at, lesson.course_id)
    teacher = _acting(college, helene.pk, Profile.TEACHER)
    session = Session(
        title="Calculer la longueur d’un côté", body="Méthode en trois étapes, exercices 4 et 5 page 218."
    )
    with clock.at(_end_of(lesson)):
        save_session(place=place, key=UUID(int=random.getrandbits(128)), session=session, actor=teacher, work=work)
    homework = Homework.objects.get(key=key)
    rows = Student.objects.filter(memberships__group=lesson.group_id, memberships__ends_on=None).exclude(person=ines)
    students = list(rows.select_related("person").order_by("pk").distinct())
    for place_of, student in enumerate(random.sample(students, min(11, len(students)))):
        actor = _acting(college, student.person_id, Profile.STUDENT)
        if place_of < 2:
            mark(homework=homework, student=student, actor=actor, unclear=True)
        else:
            text = f"Exercice 1 : j’ai trouvé {random.randint(4, 9)} cm.\nExercice 2 : le triangle est rectangle en B."
            hand_in(homework=homework, student=student, copy=Copy(text=text), actor=actor)


def _words_of(lesson: Lesson) -> tuple[tuple[str, str, str], ...]:
    name = lesson.subject.casefold().replace("ç", "c")
    return next((told for start, told in _TOLD.items() if name.startswith(start)), _OTHER)


def _end_of(lesson: Lesson) -> dt.datetime:
    return dt.datetime.combine(lesson.held_on, lesson.ends_at, clock.PARIS)


def _teacher_of(college: Establishment, lesson: Lesson) -> Actor | None:
    person = (
        CourseTeacher.objects.filter(course=lesson.course_id).order_by("pk").values_list("person", flat=True).first()
    )
    return _acting(college, person, Profile.TEACHER) if person else None


def _acting(college: Establishment, person_id: int, profile: str) -> Actor:
    profiles = frozenset({str(profile)})
    return Actor(0, person_id, college.pk, college.uai, profiles, capabilities_of(profiles))
