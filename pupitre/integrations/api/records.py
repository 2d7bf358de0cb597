"""The answers, as applications read them. The description of the API is made from these very classes.

Instants carry their offset (« 2026-11-24T08:05:00+01:00 »); what is not known is null; codes are in English, texts in French.
"""

import datetime as dt
from typing import Annotated as As

from django.utils.translation import gettext_noop as _
from msgspec import Meta, Struct


def D(text: str) -> Meta:
    """What a field says, for developers."""
    return Meta(description=text)


class School(Struct, frozen=True):
    """L’établissement du jeton."""

    uai: As[str, D(_("Code national de l’établissement."))]
    name: str


class Student(Struct, frozen=True):
    """Un élève que la personne peut suivre ici."""

    number: As[str, D(_("Numéro de l’élève, propre à cette application ; il sert dans les adresses."))]
    is_me: As[bool, D(_("Vrai quand c’est la personne elle-même."))]
    first_name: As[str | None, D(_("Prénom, avec la portée students:read."))]
    division: As[str | None, D(_("Classe, avec la portée students:read."))]


class Me(Struct, frozen=True):
    """Qui lit, dans quel établissement, et ce qui lui est ouvert."""

    number: As[str, D(_("Numéro de la personne, le même que « sub » dans le jeton d’identité."))]
    profiles: As[list[str], D(_("student, guardian, ou les deux."))]
    school: School
    scopes: As[list[str], D(_("Ce que le jeton, la personne et l’établissement ouvrent aujourd’hui."))]
    students: list[Student]


class Lesson(Struct, frozen=True):
    """Un cours d’un jour, comme la semaine de l’élève le montre."""

    id: As[str, D(_("Stable tant que la semaine donne ce cours, même déplacé."))]
    starts_at: dt.datetime
    ends_at: dt.datetime
    subject: str
    group: str
    room: str
    teachers: str
    state: As[str, D(_("held (a lieu), cancelled (annulé), outing (sortie) ou internship (stage)."))]
    is_changed: As[bool, D(_("Déplacé, remplacé, ajouté ou annulé."))]
    is_test: As[bool, D(_("Devoir surveillé."))]
    note: As[str, D(_("Ce que l’établissement en dit ; vide d’habitude."))]


class Work(Struct, frozen=True):
    """Un travail à faire, donné dans Pupitre."""

    id: str
    title: str
    details: As[str, D(_("Texte simple ; les formules sont en LaTeX entre deux signes $."))]
    kind: As[str, D(_("exercise, revision, bring (à apporter) ou hand_in (à rendre)."))]
    subject: str
    teacher: str
    given_on: dt.date
    due_on: dt.date
    due_at: As[dt.datetime, D(_("À partir de quand une copie est en retard."))]
    minutes: As[int | None, D(_("Durée prévue par le professeur."))]
    is_cancelled: As[bool, D(_("Le cours pour lequel il était donné est annulé."))]
    is_done: As[bool, D(_("Coché par l’élève."))]
    is_online: As[bool, D(_("Se rend en ligne, sur la page."))]
    is_handed: As[bool, D(_("Rendu en ligne."))]
    files: As[list[str], D(_("Noms des documents joints, à ouvrir sur la page."))]


class Mark(Struct, frozen=True):
    """Une évaluation publiée, et la note de l’élève."""

    id: str
    subject: str
    title: str
    held_on: dt.date
    term: As[int, D(_("Numéro de la période, comme dans « terms »."))]
    value: As[float | None, D(_("Note sur « scale » ; null quand rien n’est chiffré."))]
    scale: int
    coefficient: float
    text: As[str, D(_("La note comme la page l’écrit : « 12,5 », « Abs », « – »."))]
    remark: As[str, D(_("Appréciation du professeur."))]
    class_mean: As[float | None, D(_("Moyenne du devoir sur 20, quand l’établissement la montre."))]


class Average(Struct, frozen=True):
    """La moyenne d’une matière dans la période montrée, comme la page l’écrit."""

    subject: str
    teachers: str
    average: str
    class_average: str | None
    coefficient: float


class Term(Struct, frozen=True):
    """Une période de l’année."""

    id: int
    label: str
    starts_on: dt.date
    ends_on: dt.date
    is_shown: As[bool, D(_("Celle dont les moyennes sont données."))]


class Absence(Struct, frozen=True):
    """Une absence, une dispense ou un retard."""

    id: str
    kind: As[str, D(_("absence, exemption (dispense) ou lateness (retard)."))]
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: As[str, D(_("Où en est le dossier, en français ; vide pour un retard."))]
    standing: As[str | None, D(_("justified, pending (en attente), unjustified ; null pour un retard."))]
    counts: As[bool, D(_("Peut faire une demi-journée d’absence."))]
    reason: As[str, D(_("Motif ; un motif de santé n’est jamais transmis."))]


class NewsItem(Struct, frozen=True):
    """Une actualité."""

    id: str
    title: str
    summary: str
    text: As[str, D(_("Texte simple."))]
    category: str
    author: str
    published_at: dt.datetime
    ends_on: dt.date | None
    is_read: As[bool, D(_("Ouverte dans Pupitre ; la lire ici n’y change rien."))]
    answer_expected: bool
    url: As[str, D(_("La page, pour y répondre."))]


class Event(Struct, frozen=True):
    """Un moment de l’agenda."""

    id: str
    title: str
    kind: str
    place: str
    starts_on: dt.date
    ends_on: dt.date
    starts_at: As[dt.datetime | None, D(_("null quand c’est toute la journée."))]
    ends_at: dt.datetime | None
    is_cancelled: bool


class DaysOff(Struct, frozen=True):
    """Des jours sans cours."""

    label: str
    starts_on: dt.date
    ends_on: dt.date


NEXT = D(_("À renvoyer dans « cursor » pour la suite ; null à la fin."))


class Lessons(Struct, frozen=True):
    """Les cours, dans l’ordre."""

    data: list[Lesson]
    next: As[str | None, NEXT]


class Works(Struct, frozen=True):
    """Le travail à faire, par jour."""

    data: list[Work]
    next: As[str | None, NEXT]


class Marks(Struct, frozen=True):
    """Les notes et les moyennes d’une période, la plus récente d’abord."""

    data: list[Mark]
    next: As[str | None, NEXT]
    terms: list[Term]
    averages: list[Average]
    general: As[str | None, D(_("Moyenne générale de la période, comme la page l’écrit."))]


class Absences(Struct, frozen=True):
    """Les absences et les retards de l’année, le plus récent d’abord."""

    data: list[Absence]
    next: As[str | None, NEXT]


class News(Struct, frozen=True):
    """Les actualités, la plus récente d’abord."""

    data: list[NewsItem]
    next: As[str | None, NEXT]


class Agenda(Struct, frozen=True):
    """Les moments de l’agenda, dans l’ordre, et les jours sans cours."""

    data: list[Event]
    next: As[str | None, NEXT]
    days_off: list[DaysOff]


class Count(Struct, frozen=True):
    """Un nombre."""

    unread: As[int, D(_("Messages non lus reçus dans cet établissement, 99 au plus."))]
