"""Booklets drawn at random, for the writer: whatever people may type, within the lengths that are checked before."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.booklet import (
    Booklet,
    CycleReport,
    Discipline,
    Header,
    Line,
    Period,
    Project,
    Pupil,
    Responsible,
    SchoolLife,
    Teacher,
    TermReport,
)
from pupitre.integrations.lsu.text import clean, one_line

_ANY = st.characters(exclude_categories=["Cs"])


def said(most: int, least: int = 1) -> st.SearchStrategy[str]:
    """A text that says something once cleaned."""
    return st.text(_ANY, min_size=least, max_size=most).filter(lambda text: bool(clean(text)) or not least)


def name(most: int = 100) -> st.SearchStrategy[str]:
    return st.text(_ANY, min_size=1, max_size=most).filter(lambda text: bool(one_line(text)))


_PUPILS = [Pupil(610300 + n, f"NOM {n}", "Zoé", "5B") for n in range(4)]
_PERIODS = [Period(2026, n, 3) for n in (1, 2, 3)]
_CODES = (("020700", "S"), ("061300", "S"), ("030201", "O"), ("020100", "F"))
_DISCIPLINES = [Discipline(code, mode, f"Discipline {code}") for code, mode in _CODES]
_KINDS = (("epp", "MME"), ("local", "M"), ("epp", ""))
_TEACHERS = [Teacher(kind, 7 + n, civility, "MARCHEVILLE", "Agnès") for n, (kind, civility) in enumerate(_KINDS)]
_PAIRS = st.tuples(st.sampled_from(_TEACHERS), st.sampled_from(_DISCIPLINES))


def _project(key: int, title: str, description: str, theme: str) -> Project:
    lines = tuple((_TEACHERS[n % 3], _DISCIPLINES[n]) for n in range(2 + key % 2))
    return Project(key, title, lines, description, f"TH_{key}" if theme else "", theme)


_COUNTS = st.integers(0, 999)
_AVERAGES = st.sampled_from(["", "0,0", "9,5", "12,57", "20,00"])


@st.composite
def _lines(draw: Any) -> list[Line]:
    disciplines = draw(st.lists(st.sampled_from(_DISCIPLINES), min_size=1, unique=True))
    return [
        Line(
            discipline, draw(st.lists(st.sampled_from(_TEACHERS), min_size=1, unique=True)),
            draw(st.lists(said(limits.ELEMENT, 0), max_size=3)), draw(_AVERAGES), draw(_AVERAGES),
            draw(st.sampled_from([None, 1, 2, 3, 4])), draw(said(limits.APPRECIATION, 0)),
        )
        for discipline in disciplines
    ]  # fmt: skip


def _coded(codes: tuple[str, ...], most: int) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(codes), said(most, 0), max_size=len(codes))


_RESPONSIBLES = st.lists(
    st.builds(Responsible, st.sampled_from(["M", "MME", ""]), name(), st.one_of(st.just(""), name()), st.sampled_from([1, 2]),
              said(60, 0)), max_size=2,
)  # fmt: skip
_DAYS = st.dates(dt.date(2026, 9, 1), dt.date(2027, 7, 1))


@st.composite
def booklets(draw: Any) -> Booklet:
    """A file that tells of a few students."""
    epis = [_project(n, draw(name(150)), draw(said(600, 0)), draw(name(100))) for n in range(1, 3)]
    helps = [_project(n, draw(name(150)), "", "") for n in range(3, 5)]
    comments = said(limits.COMMENT, 0)
    whose = draw(st.lists(st.tuples(st.sampled_from(_PUPILS), st.sampled_from(_PERIODS)), unique=True, min_size=1))
    terms = [
        TermReport(
            pupil, period, draw(_DAYS), draw(_DAYS), draw(st.sampled_from(["Mme VASSEUR", "M. <Roi> & fils"])),
            draw(_lines()), draw(said(limits.ADVICE)),
            SchoolLife(draw(_COUNTS), draw(_COUNTS), draw(_COUNTS), draw(comments)),
            draw(st.one_of(st.none(), st.datetimes(dt.datetime(2026, 9, 1), dt.datetime(2027, 7, 1)))),
            draw(st.lists(st.sampled_from(_TEACHERS), unique=True)),
            [(each, draw(comments)) for each in draw(st.lists(st.sampled_from(epis), unique=True))],
            [(each, draw(comments)) for each in draw(st.lists(st.sampled_from(helps), unique=True))],
            draw(_coded(limits.PATHS, 600)), draw(_coded(limits.SUPPORTS, 600)), draw(comments), draw(_RESPONSIBLES),
        )
        for pupil, period in whose
    ]  # fmt: skip
    cycles = [
        CycleReport(
            pupil, 4, 2026, draw(_DAYS), "Mme VASSEUR", {code: draw(st.integers(0, 4)) for code in limits.COMPONENTS},
            draw(said(limits.SYNTHESIS)), draw(st.sampled_from(["", *limits.COMPLEMENTS])), draw(st.sampled_from([None, 1, 2])),
            draw(st.sampled_from(["", *limits.LANGUAGES])), draw(st.sampled_from([None, 1, 2])), (), draw(_RESPONSIBLES),
        )
        for pupil in draw(st.lists(st.sampled_from(_PUPILS), unique=True))
    ]  # fmt: skip
    paths = {(period, "5B"): draw(_coded(limits.PATHS, 600)) for period in draw(st.sets(st.sampled_from(_PERIODS)))}
    header = Header(
        "0990001N", draw(st.sampled_from(limits.VERSIONS)), application_version=draw(st.sampled_from(["", "0.1"]))
    )
    return Booklet(header, terms, cycles, paths)
