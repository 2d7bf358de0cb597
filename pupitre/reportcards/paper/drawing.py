"""Drawing a bulletin: one PDF, made in memory, with nothing fetched. Data go as JSON, never spliced into the template."""

import json
from functools import cache
from importlib import resources
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from pupitre.reportcards.document import Bulletin, as_json
from pupitre.reportcards.words import about, missed_sentence, place_of, signature, teachers_of


def draw(bulletin: Bulletin, *, number: int = 0, given: str = "") -> bytes:
    """The PDF of a bulletin: version `number` given on a day (« 24 novembre 2026 »); 0 for a draft, which says so.

    Tagged: PDF/UA-1 (ISO 14289-1), for screen readers (ACC-2). The same facts always give the same bytes.
    """
    values = {
        "bulletin": as_json(bulletin).decode(),
        "words": json.dumps(_words(bulletin, number, given)),
        "draft": "no" if number else "yes",
    }
    made = _compiler().compile(format="pdf", sys_inputs=values, pdf_standards=["ua-1"], timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("typst made several files where one PDF was expected")
    return made


@cache
def _compiler() -> typst.Compiler:
    """Kept: the template is parsed and the fonts read once for a whole school."""
    return typst.Compiler(str(Path(__file__).with_name("bulletin.typ")), font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Atkinson Hyperlegible: made for readers who see badly."""
    folder = resources.files("fontpkg_atkinson_hyperlegible") / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def _words(bulletin: Bulletin, number: int, given: str) -> dict[str, str]:
    period = f"{bulletin.term} · {bulletin.year}"
    foot = _("%(name)s · %(period)s · bulletin n° %(n)s remis le %(day)s") if number else _("%(name)s · %(period)s")
    return {
        "title": _("Bulletin de %(name)s, %(period)s") % {"name": bulletin.name, "period": period},
        "foot": foot % {"name": bulletin.name, "period": period, "n": number, "day": given},
        "heading": _("Bulletin scolaire"),
        "period": period,
        "place": place_of(bulletin),
        "name": bulletin.name,
        "about": about(bulletin),
        "teacher": teachers_of(bulletin),
        "draft": _("Projet : ce bulletin n’est pas encore remis à la famille."),
        "subject": _("Discipline"),
        "student": _("Élève"),
        "class": _("Classe"),
        "spread": _("Étendue"),
        "level": _("Niveau"),
        "levels": _("Niveau de maîtrise, de 1 (insuffisante) à 4 (très bonne)."),
        "worked": _("Travaillé"),
        "text": _("Appréciation"),
        "general": _("Moyenne générale"),
        "computed": _("calculée "),
        "taken": _("reprise de "),
        "projects": _("Projets et parcours"),
        "supports": _("Accompagnement"),
        "colon": " : ",
        "life": _("Vie scolaire"),
        "missed": missed_sentence(bulletin.school_life),
        "council": _("Bilan du conseil de classe"),
        "wishes": _("Vœux : "),
        "decision": _("Orientation : "),
        "signed": signature(bulletin),
        "keep": _("À garder : ce document n’est remis qu’une fois. NN : pas de note qui compte."),
    }
