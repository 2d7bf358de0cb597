"""The lessons of timetable software, told with our classes, subjects, people, rooms and weeks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pupitre.integrations.exchange.records import LessonRecord, NameRecord, Reading
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.gathering import Gathered
from pupitre.integrations.imports.compare.wanted import Key, Scope, Wanted, put_together
from pupitre.integrations.imports.recognising.members import compare_members
from pupitre.integrations.imports.recognising.recogniser import Recogniser
from pupitre.integrations.imports.recognising.weeks import Weeks
from pupitre.integrations.imports.sources import SOURCE_OF

_FEWEST = 3  # classes named, for their share to say something


@dataclass(slots=True)
class Told:
    """What the readings of timetable software say, in our words."""

    lessons: list[tuple[Key, Wanted]] = field(default_factory=list)
    scope: Scope = field(default_factory=Scope)


def recognise(context: Context, readings: Iterable[Reading], said: Gathered) -> Told | None:
    """Lessons with our codes, questions for what is not recognised; None when no reading needs it."""
    named = [each for each in readings if each.names is not None]
    if not named:
        return None
    closures = [*context.known.closures, *((each.starts_on, each.ends_on) for each in said.closures or ())]
    weeks, told = Weeks(context, closures), Told()
    recognisers: dict[str, Recogniser] = {}
    for reading in named:
        source = SOURCE_OF[reading.kind]
        recogniser = recognisers.setdefault(source, Recogniser(context, source, weeks))
        names = {(each.kind, each.key): each for each in reading.names or ()}
        if reading.lessons is not None:
            _Reader(recogniser, names, told).read(reading)
    for reading in named:
        if reading.members:
            compare_members(context, recognisers[SOURCE_OF[reading.kind]], reading)
    for recogniser in recognisers.values():
        told.scope.is_open |= recogniser.is_asked("group", "subject", "weeks")
        recogniser.tell()
    told.lessons = put_together(told.lessons)
    _tell_presumed(context, weeks)
    return told if any(each.lessons is not None for each in named) else None


class _Reader:
    """The lessons of one reading."""

    def __init__(self, recogniser: Recogniser, names: dict[tuple[str, str], NameRecord], told: Told) -> None:
        self._recogniser, self._names, self._told = recogniser, names, told
        self._context = recogniser.context
        # What a file never names (a column that was not exported, an agenda) it does not say is gone either.
        self._said = {kind for kind, _key in names}

    def read(self, reading: Reading) -> None:
        """Translate every lesson; those that wait for an answer, or are not wanted, are left out."""
        scope = self._told.scope
        scope.add(reading.span, self._context.first_monday)
        self._check_school(reading)
        for lesson in reading.lessons or ():
            self._lesson(lesson)

    def _name(self, kind: str, key: str) -> NameRecord:
        return self._names.get((kind, key)) or NameRecord(kind, key, key, (key,) if kind != "teacher" else ())

    def _lesson(self, lesson: LessonRecord) -> None:
        """Everything that a lesson names is asked at once, unless it is not wanted at all."""
        group = self._recogniser.answer(self._name("group", lesson.group))
        subject = self._recogniser.answer(self._name("subject", lesson.subject))
        if group.value:
            self._told.scope.groups.add(group.value)
        if group.is_ignored or subject.is_ignored:
            return
        weeks = lesson.weeks or self._weeks(lesson.alternation)
        room, teachers = self._room(lesson.classroom), self._teachers(lesson.teachers)
        if group.is_open or subject.is_open or not weeks:
            return
        key = (group.value, subject.value, self._modality(group.value, subject.value, lesson.modality))
        mask = self._context.mask(weeks)
        if mask.bit_count() < len(weeks):
            self._told.scope.outside.add(key)
        self._told.lessons.append(
            (key, Wanted(lesson.weekday, lesson.starts_at, lesson.ends_at, mask, lesson.alternation, room, teachers))
        )

    def _room(self, written: str) -> str | None:
        """Our code; None when the file does not say, or when it is not recognised."""
        if not written:
            return "" if "classroom" in self._said else None
        answer = self._recogniser.answer(self._name("classroom", written))
        return None if answer.is_open else answer.value

    def _weeks(self, alternation: str) -> tuple[dt.date, ...]:
        answer = self._recogniser.answer(NameRecord("weeks", alternation, alternation))
        return self._recogniser.weeks.mondays(answer.value) if answer.value else ()

    def _teachers(self, keys: tuple[str, ...]) -> tuple[str, ...] | None:
        """Keys of our staff; None as soon as somebody is not recognised: whoever is known to teach then stays."""
        if not keys:
            return () if "teacher" in self._said else None
        found = []
        for key in keys:
            answer = self._recogniser.answer(self._name("teacher", key))
            if answer.is_open:
                found.append("")
            elif answer.value:
                ours = f"{self._recogniser.source}:{answer.value}"
                self._context.staff[ours] = self._recogniser.person(answer.value)
                self._context.staff_names[ours] = self._recogniser.person_name(answer.value)
                found.append(ours)
        return None if "" in found else tuple(dict.fromkeys(found))

    def _modality(self, group: str, subject: str, said: str) -> str:
        """The modality said, else that of the course we know: software often leaves it out."""
        known = sorted(m for (g, s, m) in self._context.known.courses if (g, s) == (group, subject))
        if said in known or not known:
            return said
        return said or ("CG" if "CG" in known else known[0])

    def _check_school(self, reading: Reading) -> None:
        """Hold a file most of whose classes do not exist here: it may be that of another school."""
        classes = {each.group for each in reading.lessons or ()}
        classes = {each for each in classes if not self._name("group", each).is_part}
        unknown = [
            each for each in classes if self._recogniser.answer(self._name("group", each), may_ask=False).is_open
        ]
        if len(classes) >= _FEWEST and len(unknown) > len(classes) / 2:
            self._context.plan.holds.append(
                _("Plus de la moitié des classes de « %(name)s » n’existent pas ici. Est-ce bien l’emploi du temps de cet "
                  "établissement ?") % {"name": reading.name}
            )  # fmt: skip


def _tell_presumed(context: Context, weeks: Weeks) -> None:
    for written in sorted(weeks.presumed):
        meant = weeks.meaning(written) or ""
        first = ", ".join(f"{monday:%d/%m/%Y}" for monday in weeks.mondays(meant)[:4])
        context.plan.find(
            Severity.NOTICE, "presumed_weeks", _("Semaines « %(name)s »") % {"name": written},
            _("Le fichier ne dit pas leurs dates : ce sont ici celles du %(dates)s, et ainsi de suite. Vérifiez-le avant "
              "d’appliquer.") % {"dates": first},
        )  # fmt: skip
