"""What PRONOTE said, in the words of the home: sections of plain lines. Addresses are made of ours and of a checked key."""

import datetime as dt
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pupitre.foundation.registry import Text
from pupitre.foundation.text import plain, preview
from pupitre.foundation.ui.french import day, hour
from pupitre.integrations.pronote.records import Answer, Event, Mark, Pupil, Skill, Work
from pupitre.integrations.services.addresses import with_parameter
from pupitre.integrations.services.copies import Line, Section

_KINDS: dict[str, Text] = {
    "Absence": gettext_lazy("Absence"),
    "Retard": gettext_lazy("Retard"),
    "PassageInfirmerie": gettext_lazy("Passage à l’infirmerie"),
    "Punition": gettext_lazy("Punition"),
    "Sanction": gettext_lazy("Sanction"),
    "Observation": gettext_lazy("Observation"),
}
_WORDS: dict[str, Text] = {
    "abs": gettext_lazy("Absent"),
    "disp": gettext_lazy("Dispensé"),
    "n.not": gettext_lazy("Non noté"),
    "inap": gettext_lazy("Inapte"),
    "n.rdu": gettext_lazy("Non rendu"),
}
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?")


def sections_of(pupil: Pupil, *, base: str, today: dt.date, lessons_url: str) -> list[Section]:
    """What is said of a pupil: work to come, marks, school life, competencies, then the pages that can be opened.

    `lessons_url`: our page of the work and the lessons, in full.
    """
    titles = pupil.titles
    to_come = sorted(
        (each for each in pupil.to_do if each.on is None or each.on >= today), key=lambda each: each.on or dt.date.max
    )
    found = [
        Section(_("Travail à faire"), [_work(each, base) for each in to_come], lessons_url),
        Section(titles.get("PageReleveDeNotes") or _("Notes"), [_mark(each, base) for each in _latest(pupil.marks)]),
        Section(
            titles.get("PageVieScolaire") or _("Vie scolaire"), [_event(each, base) for each in _told(pupil.events)]
        ),
        Section(titles.get("PageCompetences") or _("Compétences"), [_skill(each) for each in pupil.skills]),
        Section(_("Pages de PRONOTE"), [Line(each.name, url=_url(base, each.page)) for each in pupil.pages]),
    ]
    if pupil.notice:
        found.insert(0, Section(titles.get("PageReleveDeNotes") or _("Notes"), [Line(pupil.notice)]))
    return [section for section in found if section.lines]


def unread_of(answer: Answer, *, base: str) -> list[Section]:
    """What waits to be read by whoever asked."""
    lines = []
    if answer.messages:
        text = ngettext("%(n)s discussion non lue", "%(n)s discussions non lues", answer.messages)
        lines.append(Line(text % {"n": answer.messages}, url=_url(base, answer.messages_page)))
    if answer.informations:
        text = ngettext("%(n)s information non lue", "%(n)s informations non lues", answer.informations)
        lines.append(Line(text % {"n": answer.informations}, url=_url(base, answer.informations_page)))
    pages = [Line(each.name, url=_url(base, each.page)) for each in answer.pages]
    found = [Section(_("À lire"), lines), Section(_("Pages de PRONOTE"), pages)]
    return [section for section in found if section.lines]


def _url(base: str, page: str) -> str:
    return with_parameter(base, "page", page) if page else ""


def _latest(marks: list[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda each: each.on or dt.date.min, reverse=True)


def _told(events: list[Event]) -> list[Event]:
    return sorted(events, key=lambda each: each.starts_at or dt.datetime.min, reverse=True)


def _mark(mark: Mark, base: str) -> Line:
    return Line(mark.subject, _day(mark.on), _points(mark.value, mark.scale), _url(base, mark.page))


def _points(value: str, scale: str) -> str:
    """« 15/20 »; a word when there is no number."""
    if not _NUMBER.fullmatch(value):
        return str(_WORDS.get(value.lower(), value))
    points = _short(value)
    return f"{points}/{_short(scale)}" if _NUMBER.fullmatch(scale) else points


def _short(number: str) -> str:
    whole, _dot, decimals = number.replace(".", ",").partition(",")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def _work(work: Work, base: str) -> Line:
    when = _("Pour le %(day)s") % {"day": day(work.on)} if work.on else ""
    text = preview(plain(work.html)) or work.title
    return Line(work.subject, " · ".join(filter(None, (when, text))), "", _url(base, work.page))


def _event(event: Event, base: str) -> Line:
    words = [_span(event), *event.words]
    value = ""
    if event.is_open:
        value = _("En cours")
    elif event.is_justified is not None:
        value = _("Justifié") if event.is_justified else _("À justifier")
    return Line(str(_KINDS[event.kind]), " · ".join(filter(None, words)), value, _url(base, event.page))


def _span(event: Event) -> str:
    start, end = event.starts_at, event.ends_at
    if start is None:
        return ""
    if end is None or end.date() == start.date():
        hours = f", {hour(start)}" if start.time() != dt.time() else ""
        return day(start) + hours + (f" – {hour(end)}" if end else "")
    return _("du %(first)s au %(last)s") % {"first": day(start), "last": day(end)}


def _skill(skill: Skill) -> Line:
    return Line(skill.name, " · ".join(filter(None, (skill.subject, _day(skill.on)))), skill.level)


def _day(on: dt.date | None) -> str:
    return day(on) if on else ""
