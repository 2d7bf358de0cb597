"""The report of an analysis, ready to draw: figures, parts, kinds, one page of rows."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import plural
from pupitre.integrations.imports.kinds import TAB_OF, Kind, Tab
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.queries import Figures, differences_of, figures_of, findings_of, questions_of
from pupitre.integrations.imports.views.matching import drawn, options_for
from pupitre.integrations.imports.views.place import ASIDE, KNOW, MATCH, PARTS, Place, counts_of, settled
from pupitre.integrations.imports.words import count_words, kind_words, title_of

A_PAGE, EVERYTHING, QUESTIONS = 50, 500, 25
"""Rows of a page, of a page when everything is asked (a form may not hold more than a thousand fields), of a page of questions,
each with all that it may be."""
ALERTS = frozenset({Kind.SAME_PERSON, Kind.REMOVED_LINK, Kind.MISSING_STUDENT, Kind.ENDED_GROUP})
"""What takes something away from somebody, or needs a human eye."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure: « Élèves lus », « 619 », « dont 7 mises de côté »."""

    label: str
    value: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A tab, or a filter: its name, how much it holds, where it leads."""

    label: str
    count: int
    url: str
    current: bool
    urgent: bool = False


def review_of(job: ImportJob, asked: Place) -> dict[str, Any]:
    """The context of the report; five statements whatever the number of rows.

    `differences`, `findings` or `questions` (the others are None): a page of rows; `place`: where one stands.
    """
    figures = figures_of(job)
    place = settled(asked, figures)
    parts = _parts(place, figures)
    context: dict[str, Any] = {
        "figures": figures,
        "key_figures": key_figures(job, figures),
        "place": place,
        "parts": parts,
        "part": next(part for part in parts if part.current),
        "kinds": _kinds(place, figures),
        "subject": _subject(place),
        "alerts": ALERTS,
        "title_of": title_of,
        "everything": EVERYTHING,
        "differences": None,
        "findings": None,
        "questions": None,
        "orders": _orders(place),
    }
    if place.part == MATCH:
        page = _page(questions_of(job), place)
        context["questions"] = page
        context["asked"] = drawn(page, options_for({each.kind for each in page}))
    elif place.part in (ASIDE, KNOW):
        context["findings"] = _page(findings_of(job, left_aside=place.part == ASIDE), place)
    else:
        context["differences"] = _page(
            differences_of(job, place.tab or "", place.kind, by_field=place.by_teacher), place
        )
    return context


def key_figures(job: ImportJob, figures: Figures) -> list[Figure]:
    """What was read, and the three parts of the report that say most."""
    shown = sorted(Tab, key=lambda tab: not figures.by_tab[tab])[:3]
    ordered = [tab for tab in (Tab.NEW, Tab.CHANGED, Tab.LEFT, Tab.STRUCTURE, Tab.TIMETABLE) if tab in shown]
    return _read(job, figures) + [Figure(str(tab.label), figures.by_tab[tab], _detail(tab, figures)) for tab in ordered]


def _read(job: ImportJob, figures: Figures) -> list[Figure]:
    labels = {
        "students": _("Élèves lus"),
        "staff": _("Personnels lus"),
        "guardians": _("Responsables lus"),
        "lessons": _("Cours lus"),
        "divisions": _("Classes lues"),
        "subjects": _("Matières lues"),
    }
    main = next((name for name in labels if job.counts.get(name)), "students")
    others = [plural(job.counts[name], *map(str, count_words(name) or ("", ""))) for name in labels
              if name != main and job.counts.get(name)][:2]  # fmt: skip
    aside = plural(figures.left_aside, _("fiche mise de côté"), _("fiches mises de côté")) if figures.left_aside else ""
    return [Figure(labels[main], job.counts.get(main, 0), aside or ", ".join(others))]


def _detail(tab: Tab, figures: Figures) -> str:
    if not figures.by_tab[tab]:
        return _("rien à changer")
    if tab == Tab.LEFT:
        return _("accès fermés, données gardées")
    kinds = sorted(
        ((count, kind) for kind, count in figures.by_kind.items() if count and TAB_OF[kind] == tab), reverse=True
    )
    said = [plural(count, *map(str, words)) for count, kind in kinds[:2] if (words := kind_words(kind))]
    return (_("dont %(kinds)s") if len(kinds) > 2 else "%(kinds)s") % {"kinds": ", ".join(said)}


def _parts(place: Place, figures: Figures) -> list[Part]:
    counts = counts_of(figures)
    return [
        Part(str(label), counts[part], place.to(part), part == place.part, urgent=part in (MATCH, ASIDE))
        for part, (_tab, label) in PARTS.items()
        if counts[part] or part == place.part or part in ("modifies", "nouveaux", "partis")
    ]


def _kinds(place: Place, figures: Figures) -> list[Part]:
    found = [(kind, figures.by_kind[kind]) for kind in Kind if kind in figures.by_kind and TAB_OF[kind] == place.tab]
    if len(found) < 2:
        return []
    everything = Part(_("Tous"), sum(count for _kind, count in found), place.to(), not place.kind)
    return [
        everything,
        *(Part(str(kind.label), count, place.to(kind=kind), kind == place.kind) for kind, count in found),
    ]


def _orders(place: Place) -> list[Part]:
    """Lessons by class, or by teacher."""
    if place.tab != Tab.TIMETABLE:
        return []
    orders = ((_("Par classe"), False), (_("Par enseignant"), True))
    return [
        Part(label, 0, place.to(kind=place.kind, by_teacher=by_teacher), place.by_teacher == by_teacher)
        for label, by_teacher in orders
    ]


def _subject(place: Place) -> str:
    """What the first column names."""
    if place.tab == Tab.STRUCTURE:
        return _("Classe, matière ou date")
    return _("Enseignement") if place.tab == Tab.TIMETABLE else _("Personne")


def _page(rows: Any, place: Place) -> "Page[Any]":
    size = EVERYTHING if place.everything and place.part != MATCH else QUESTIONS if place.part == MATCH else A_PAGE
    page: Page[Any] = Paginator(rows, size).get_page(place.page)
    return page
