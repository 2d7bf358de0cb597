"""What the invented PRONOTE says of a student, or of the children of a guardian: XML of « accueil ENT », dated of this week."""

import datetime as dt
from collections.abc import Iterable
from random import Random

from lxml import etree

from pupitre.directory.models import Person
from pupitre.foundation import clock
from pupitre.integrations.pronote.answers import NAMESPACE

_SUBJECTS = ("FRANÇAIS", "MATHÉMATIQUES", "ANGLAIS LV1", "HISTOIRE-GÉOGRAPHIE", "SVT", "TECHNOLOGIE")
_WORK = (
    ("FRANÇAIS", "Apprendre les vers 1 à 12 du poème"),
    ("MATHÉMATIQUES", "Exercices 14 et 15 page 77"),
    ("ANGLAIS LV1", "Réviser les verbes irréguliers, liste 3"),
)


def answer_of_student(student: Person) -> bytes:
    """As PRONOTE answers a student."""
    root = etree.Element(_tag("Eleve"), {"version": "1.03"})
    _tell(root, student)
    _unread(root, messages=1, informations=0)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def answer_of_guardian(children: Iterable[Person]) -> bytes:
    """As PRONOTE answers a guardian."""
    root = etree.Element(_tag("Parent"), {"version": "1.03"})
    for child in children:
        _tell(_add(root, "Eleve"), child)
    _unread(root, messages=0, informations=2)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def answer_of_others() -> bytes:
    """As PRONOTE answers somebody of whom « accueil ENT » says nothing."""
    return etree.tostring(etree.Element(_tag("Professeur")))


def _tell(pupil: etree._Element, person: Person) -> None:
    random, today = Random(f"pronote {person.last_name} {person.first_name}"), clock.today()
    _add(pupil, "Nom", person.last_name)
    _add(pupil, "Prenom", person.first_name)
    marks = _add(pupil, "PageReleveDeNotes")
    _add(marks, "Titre", "Relevé de notes")
    for back, subject in enumerate(random.sample(_SUBJECTS, 3), 1):
        mark = _add(marks, "Devoir", page=f"essai-note-{back}")
        _add(mark, "Note", f"{random.randint(16, 38) / 2:.2f}".replace(".", ","))
        _add(mark, "Bareme", "20.00")
        _add(mark, "Matiere", subject)
        _add(mark, "Date", str(_school_day(today - dt.timedelta(days=2 * back), -1)))
    book = _add(pupil, "PageCahierDeTextes")
    _add(book, "Titre", "Cahier de textes")
    for ahead, (subject, words) in enumerate(random.sample(_WORK, 2), 1):
        lesson = _add(book, "CahierDeTextes")
        _add(lesson, "Matiere", subject)
        _add(lesson, "Date", str(_school_day(today, -1)))
        work = _add(lesson, "TravailAFaire", page=f"essai-travail-{ahead}")
        _add(work, "Descriptif", f"<div>{words}</div>")
        _add(work, "PourLe", str(_school_day(today + dt.timedelta(days=2 * ahead), 1)))
    life = _add(pupil, "PageVieScolaire")
    _add(life, "Titre", "Vie scolaire")
    late = _add(life, "Retard", page="essai-retard")
    _add(late, "Date", f"{_school_day(today - dt.timedelta(days=6), -1)}T08:05:00")
    _add(late, "Justifie", "true")
    _add(late, "Motif", "Transports")


def _unread(root: etree._Element, *, messages: int, informations: int) -> None:
    box = _add(root, "PageMessagerie")
    _add(_add(box, "Discussions", page="essai-discussions"), "NombreMessagesNonLus", str(messages))
    _add(_add(box, "Informations", page="essai-informations"), "NombreInformationsNonLus", str(informations))


def _school_day(on: dt.date, step: int) -> dt.date:
    """The day itself, or the nearest one of the week in a direction."""
    while on.weekday() > 4:
        on += dt.timedelta(days=step)
    return on


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, _tag(name), attributes)
    element.text = text or None
    return element


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
