"""Work to do on homes: a student's own, and how much each child of a guardian has."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import capfirst, day, duration, plural
from pupitre.portal.cards import Badge, ChildCover, WorkCard, WorkLine
from pupitre.portal.homes.moment import Moment
from pupitre.textbook.queries.work import ChildWork, HomeWork
from pupitre.timetable.display import subject_colour

WORK, CHILDREN = "textbook.due", "textbook.children"


def work_card(works: Sequence[HomeWork] | None, moment: Moment, uai: str) -> WorkCard | None:
    """The work of the next day with something due; None when there is none, or when it could not be read."""
    if not works:
        return None
    left = sum(each.minutes or 0 for each in works if not each.is_done)
    return WorkCard(
        title=capfirst(_("pour %(day)s") % {"day": _when(works[0].due_on, moment)}),
        detail=_("environ %(time)s") % {"time": duration(left)} if left else "",
        lines=[_line(each, uai) for each in works],
        all_url=reverse("textbook:mine", args=[uai]),
    )


def left_to_do(works: Sequence[HomeWork] | None, moment: Moment) -> SafeString:
    """« Tu as 2 choses à faire pour demain. », or nothing."""
    left = sum(not each.is_done for each in works or ())
    if not works or not left:
        return SafeString("")
    what = plural(left, _("chose à faire"), _("choses à faire"))
    return format_html(_(" Tu as <b>{}</b> pour {}."), what, _when(works[0].due_on, moment))


def cover_work(work: ChildWork | None, moment: Moment, uai: str, cover: ChildCover) -> ChildCover:
    """The cover of a child with what they have to do."""
    if work is None:
        return cover
    url = reverse("textbook:child", args=[uai, work.student])
    if work.due_on is None or not work.count:
        return replace(cover, work_label=_("Travail à faire"), work_line=_("Rien"), work_url=url)
    label = capfirst(_("pour %(day)s") % {"day": _when(work.due_on, moment)})
    text = plural(work.count, _("devoir"), _("devoirs"))
    if work.done:
        text += (
            _(", %(done)s fait") % {"done": work.done}
            if work.done == 1
            else _(", %(done)s faits") % {"done": work.done}
        )
    return replace(cover, work_label=label, work_line=text, work_url=url)


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
