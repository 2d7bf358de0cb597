"""Work to do on homes: a student's own, and how much each child of a guardian has."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.foundation import clock
from pupitre.foundation.ui.french import capfirst, day, duration, hour, in_paris, plural
from pupitre.portal.cards import Badge, ChildCover, ElsewhereLine, WorkCard, WorkLine
from pupitre.portal.homes.moment import Moment
from pupitre.portal.homes.outside import COPIES, age_of
from pupitre.portal.queries import HomeRows
from pupitre.textbook.queries.work import ChildWork, HomeWork
from pupitre.timetable.display import subject_colour

WORK, CHILDREN = "textbook.due", "textbook.children"
DEADLINES = "moodle.children"
_AHEAD = 14


@dataclass(frozen=True, slots=True)
class NextDay:
    """The first day after today with something due. `elsewhere`: of other tools, the copy of each and its line."""

    due_on: dt.date
    works: Sequence[HomeWork]
    elsewhere: Sequence[tuple[Any, Any]] = ()

    @property
    def left(self) -> int:
        """How many things are still to be done; what was done in another tool is not in its list any more."""
        return sum(not each.is_done for each in self.works) + len(self.elsewhere)


def next_day(rows: HomeRows, person_id: int, moment: Moment) -> NextDay | None:
    """What is due next, here and elsewhere; None when nothing is, or when it could not be read."""
    works: Sequence[HomeWork] | None = rows.parts.get(WORK)
    if works is None:
        return None
    given = {each.external_url for each in works if each.external_url}
    asked = [
        (copy, line)
        for copy in rows.parts.get(COPIES, ())
        for section in copy.about.get(person_id, ())
        for line in section.lines
        if line.due_at and line.url not in given and _is_soon(in_paris(line.due_at).date(), moment)
    ]
    days = [*(each.due_on for each in works), *(in_paris(line.due_at).date() for _copy, line in asked)]
    if not days:
        return None
    first = min(days)
    elsewhere = [each for each in asked if in_paris(each[1].due_at).date() == first]
    elsewhere.sort(key=lambda each: each[1].due_at)
    return NextDay(first, [each for each in works if each.due_on == first], elsewhere)


def work_card(found: NextDay | None, moment: Moment, uai: str) -> WorkCard | None:
    """The work of the next day with something due; None when there is none, or when it could not be read."""
    if found is None:
        return None
    left = sum(each.minutes or 0 for each in found.works if not each.is_done)
    return WorkCard(
        title=capfirst(_("pour %(day)s") % {"day": _when(found.due_on, moment)}),
        detail=_("environ %(time)s") % {"time": duration(left)} if left else "",
        lines=[_line(each, uai) for each in found.works],
        all_url=reverse("textbook:mine", args=[uai]),
        elsewhere=[_elsewhere(*each, moment) for each in found.elsewhere],
        told=frozenset(line for _copy, line in found.elsewhere),
    )


def left_to_do(found: NextDay | None, moment: Moment) -> SafeString:
    """« Tu as 2 choses à faire pour demain. », or nothing."""
    if found is None or not found.left:
        return SafeString("")
    what = plural(found.left, _("chose à faire"), _("choses à faire"))
    return format_html(_(" Tu as <b>{}</b> pour {}."), what, _when(found.due_on, moment))


def cover_work(
    work: ChildWork | None, moment: Moment, uai: str, cover: ChildCover, deadlines: Iterable[Any] = ()
) -> ChildCover:
    """The cover of a child with what they have to do, here and in other tools (`deadlines`)."""
    if work is None:
        return cover
    url = reverse("textbook:child", args=[uai, work.student])
    asked = [each for each in deadlines if each.person == work.person and _is_soon(each.due_on, moment)]
    days = [*([work.due_on] if work.due_on and work.count else []), *(each.due_on for each in asked)]
    if not days:
        return replace(cover, work_label=_("Travail à faire"), work_line=_("Rien"), work_url=url)
    first = min(days)
    here = _counted(work) if work.due_on == first else ""
    sources = [each.source for each in asked if each.due_on == first]
    label = capfirst(_("pour %(day)s") % {"day": _when(first, moment)})
    return replace(cover, work_label=label, work_line=_with_sources(here, sources), work_url=url)


def _counted(work: ChildWork) -> str:
    """« 2 devoirs, 1 fait »."""
    text = plural(work.count or 0, _("devoir"), _("devoirs"))
    if not work.done:
        return text
    done = _(", %(done)s fait") if work.done == 1 else _(", %(done)s faits")
    return text + done % {"done": work.done}


def _with_sources(here: str, sources: Sequence[str]) -> str:
    """« 2 devoirs, et 1 dans Moodle »; « 1 devoir dans Moodle » when nothing is given here."""
    if not sources:
        return here
    facts = {"n": len(sources), "source": ", ".join(dict.fromkeys(sources))}
    if here:
        return here + _(", et %(n)s dans %(source)s") % facts
    return ngettext("%(n)s devoir dans %(source)s", "%(n)s devoirs dans %(source)s", len(sources)) % facts


def _is_soon(on: dt.date, moment: Moment) -> bool:
    """Whether a day is one of those in which work given here is looked for."""
    return 0 < (on - moment.now.date()).days <= _AHEAD


def _elsewhere(copy: Any, line: Any, moment: Moment) -> ElsewhereLine:
    when = _("avant %(hour)s") % {"hour": hour(in_paris(line.due_at))}
    # Its own card says the hour of the data; here, only what may have changed since.
    age = age_of(copy.fetched_at, moment) if copy.trouble(clock.now()) else ""
    return ElsewhereLine(line.title, " · ".join(filter(None, (line.subject, when, age))), line.url, copy.name)


def _line(work: HomeWork, uai: str) -> WorkLine:
    detail = [work.subject, duration(work.minutes) if work.minutes else ""]
    if work.is_online and not work.is_handed:
        detail.insert(1, _("à rendre en ligne"))
    return WorkLine(
        title=work.title,
        detail=" · ".join(filter(None, detail)),
        colour=subject_colour(work.code, work.subject),
        url=reverse("textbook:work", args=[uai, work.id]),
        tell_url=reverse("textbook:tell", args=[uai, work.id]),
        is_done=work.is_done,
        to_hand_in=work.is_online and not work.is_handed,
        badge=_badge(work),
    )


def _badge(work: HomeWork) -> Badge | None:
    if work.change:
        return Badge(_("Déplacé") if work.change == "moved" else _("Cours annulé"), "warn", "echange")
    if work.is_handed:
        return Badge(_("Rendu"), "ok", "ok")
    if work.kind == "revision":
        return Badge(_("À réviser"), "warn", "crayon")
    return Badge(_("À apporter")) if work.kind == "bring" else None


def _when(on: dt.date, moment: Moment) -> str:
    return _("demain") if (on - moment.now.date()).days == 1 else _("le %(day)s") % {"day": day(on)}
