"""Every address of the API: what it asks for, what it gives, and who reads it. Routes and the description come from here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec
from django.db.models.expressions import Combinable
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text
from pupitre.integrations.api import records, scopes
from pupitre.integrations.api.queries.absences import absences, year_too
from pupitre.integrations.api.queries.around import agenda, messages_count, news
from pupitre.integrations.api.queries.calling import Call
from pupitre.integrations.api.queries.lessons import timetable
from pupitre.integrations.api.queries.marks import marks, terms_too
from pupitre.integrations.api.queries.work import homework
from pupitre.integrations.api.services.telling import me

Facts = Callable[[], Mapping[str, Combinable]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be written after the « ? »."""

    name: str
    says: Text
    kind: str = "string"
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address. `verb`: the policy of the page that shows the same; `facts`: what is read with the access."""

    name: str
    path: str
    scope: str
    title: Text
    answer: type[msgspec.Struct]
    read: Callable[[Call, QueryDict], msgspec.Struct]
    verb: str = ""
    parameters: tuple[Parameter, ...] = ()
    facts: Facts = field(default=dict)

    @property
    def is_of_student(self) -> bool:
        """Whether the address names a student."""
        return "number" in self.path

    @property
    def shown_path(self) -> str:
        """The address as people read it."""
        return f"/api/v1/{self.path.replace('<str:number>', '{number}')}"


_DAYS = (
    Parameter("from", _("Premier jour, comme 2026-11-24."), shape="date"),
    Parameter("to", _("Dernier jour, compris ; 62 jours au plus."), shape="date"),
)
_PAGES = (
    Parameter("limit", _("Lignes d’une réponse, 50 d’habitude, 100 au plus."), kind="integer"),
    Parameter("cursor", _("Le « next » de la réponse d’avant, tel quel.")),
)
_TERM = Parameter("term", _("Numéro d’une période ; celle du jour sans lui."), kind="integer")
_OF = "students/<str:number>"

ENDPOINTS = (
    Endpoint("me", "me", "", _("Qui lit, et quels élèves"), records.Me, me),
    Endpoint(
        "timetable", f"{_OF}/timetable", scopes.TIMETABLE, _("L’emploi du temps"), records.Lessons, timetable,
        "timetable.subscribe_to_student", _DAYS + _PAGES,
    ),
    Endpoint(
        "homework", f"{_OF}/homework", scopes.HOMEWORK, _("Le travail à faire"), records.Works, homework,
        "textbook.view_work_of", _DAYS + _PAGES,
    ),
    Endpoint(
        "marks", f"{_OF}/marks", scopes.MARKS, _("Les notes et les moyennes"), records.Marks, marks,
        "gradebook.read_as_family", (_TERM, *_PAGES), terms_too,
    ),
    Endpoint(
        "absences", f"{_OF}/absences", scopes.ABSENCES, _("Les absences et les retards"), records.Absences, absences,
        "attendance.view_record", _PAGES, year_too,
    ),
    Endpoint("news", "news", scopes.NEWS, _("Les actualités de la personne"), records.News, news, parameters=_PAGES),
    Endpoint(
        "agenda", "agenda", scopes.AGENDA, _("L’agenda de la personne"), records.Agenda, agenda,
        parameters=_DAYS + _PAGES,
    ),
    Endpoint(
        "messages_count", "messages/count", scopes.MESSAGES, _("Ses messages non lus"), records.Count, messages_count
    ),
)  # fmt: skip
