"""Collège, lycée général et technologique, lycée agricole: the grids of the demo schools."""

from demo.teaching.programme import Level, Line, Track

_ES1 = Track("ES1", "ESP2", "espagnol 1")
_ES2 = Track("ES2", "ESP2", "espagnol 2")
_ALL = Track("ALL", "ALL2", "allemand")
_LATIN = Track("LAT", "LCALA", "latin")
_LANGUAGES = ((7, ("ESP2",)), (3, ("ALL2",)))
_LANGUAGES_AND_LATIN = ((58, ("ESP2",)), (24, ("ALL2",)), (9, ("ESP2", "LCALA")), (9, ("ALL2", "LCALA")))


def _letters(code: str, count: int) -> tuple[str, ...]:
    """Letters, as long as there are enough; numbers in a huge school."""
    return tuple(f"{code}{chr(65 + rank)}" if count <= 26 else f"{code}{rank + 1:02d}" for rank in range(count))


def college(divisions_a_level: int = 6, size: int = 25) -> tuple[Level, ...]:
    """6e to 3e (arrêté du 19 mai 2015, annexes; 6e as changed in 2023)."""
    languages = Line("LV2", 2, (_ES1, _ES2, _ALL), singles=2, alternate="TECHN")
    common = {"A-PLA": 1, "EDMUS": 1, "SVT": 1, "PH-CH": 1, "HGEC": 3, "AGL1": 3}
    halves = ("SVT", "PH-CH")
    return (
        Level(
            "6", "6e", "10010012110", "21110010012", "6EME", 11, _letters("6", divisions_a_level), size,
            singles={**common, "AGL1": 4, "FRANC": 4, "MATHS": 4, "ACCPE": 1},
            doubles={"EPS": 2}, alternates=(("FRANC", "MATHS"), ("VICLA", "")), halves=halves,
        ),
        Level(
            "5", "5e", "10110001110", "21120010001", "5G", 12, _letters("5", divisions_a_level), size,
            singles={**common, "FRANC": 4, "MATHS": 3, "EPS": 1, "TECHN": 1},
            doubles={"EPS": 1}, alternates=(("FRANC", "MATHS"), ("", "VICLA")), halves=halves,
            lines=(languages, Line("LAT", 3, (_LATIN,), singles=1, facultative=True)), choices=_LANGUAGES_AND_LATIN,
        ),
        Level(
            "4", "4e", "10210001110", "21150010001", "4G", 13, _letters("4", divisions_a_level), size,
            singles={**common, "FRANC": 4, "MATHS": 3, "EPS": 1, "TECHN": 1},
            doubles={"EPS": 1}, alternates=(("FRANC", "MATHS"), ("VICLA", "")), halves=halves,
            lines=(languages, Line("LAT", 3, (_LATIN,), singles=2, facultative=True)), choices=_LANGUAGES_AND_LATIN,
        ),
        Level(
            "3", "3e", "10310019110", "21160010019", "3EME", 14, _letters("3", divisions_a_level), size,
            singles={**common, "FRANC": 4, "MATHS": 3, "EPS": 1, "TECHN": 1},
            doubles={"EPS": 1}, alternates=(("HGEC", "MATHS"), ("", "VICLA")), halves=halves,
            lines=(languages, Line("LAT", 3, (_LATIN,), singles=2, facultative=True)), choices=_LANGUAGES_AND_LATIN,
        ),
    )  # fmt: skip


def _numbered(code: str, count: int) -> tuple[str, ...]:
    return tuple(f"{code}{rank}" for rank in range(1, count + 1))


_SPECIALITIES = (
    Line("S1", 4, (Track("MA1", "MATH-S", "spé maths 1"), Track("MA2", "MATH-S", "spé maths 2"),
                   Track("SES", "SES-S", "spé SES"), Track("HLP", "HLPHI", "spé HLP")), doubles=2),
    Line("S2", 4, (Track("PC1", "PHCH-S", "spé phys. 1"), Track("PC2", "PHCH-S", "spé phys. 2"),
                   Track("HG1", "HGGSP", "spé HGGSP 1"), Track("HG2", "HGGSP", "spé HGGSP 2")), doubles=2),
    Line("S3", 4, (Track("SV1", "SVT-S", "spé SVT 1"), Track("SV2", "SVT-S", "spé SVT 2"),
                   Track("LL1", "LLCA", "spé angl. 1"), Track("LL2", "LLCA", "spé angl. 2"),
                   Track("NSI", "NSINF", "spé NSI")), doubles=2),
)  # fmt: skip
_LAST_SPECIALITIES = (
    Line("S1", 4, (Track("MA1", "MATH-S", "spé maths 1"), Track("MA2", "MATH-S", "spé maths 2"),
                   Track("SES", "SES-S", "spé SES"), Track("HLP", "HLPHI", "spé HLP")), doubles=3),
    Line("S2", 4, (Track("PC1", "PHCH-S", "spé phys."), Track("SV1", "SVT-S", "spé SVT"),
                   Track("HG1", "HGGSP", "spé HGGSP"), Track("NSI", "NSINF", "spé NSI")), doubles=3),
)  # fmt: skip
_COMBINATIONS = (
    (24, ("MATH-S", "PHCH-S", "SVT-S")),
    (13, ("MATH-S", "PHCH-S", "NSINF")),
    (10, ("MATH-S", "HGGSP", "LLCA")),
    (9, ("MATH-S", "PHCH-S", "LLCA")),
    (22, ("SES-S", "HGGSP", "LLCA")),
    (9, ("SES-S", "HGGSP", "SVT-S")),
    (13, ("HLPHI", "HGGSP", "LLCA")),
)
_LAST_COMBINATIONS = (
    (28, ("MATH-S", "PHCH-S")),
    (12, ("MATH-S", "NSINF")),
    (10, ("MATH-S", "SVT-S")),
    (22, ("SES-S", "HGGSP")),
    (4, ("SES-S", "SVT-S")),
    (8, ("HLPHI", "HGGSP")),
    (16, ("HLPHI", "SVT-S")),
)


def _with_languages(
    combinations: tuple[tuple[int, tuple[str, ...]], ...],
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple((weight * share, (*ones, *others)) for weight, ones in combinations for share, others in _LANGUAGES)


def lycee() -> tuple[Level, ...]:
    """2de, 1re and Tle générales (arrêtés du 16 juillet 2018)."""
    languages = Line("LV2", 2, (_ES1, _ES2, _ALL), singles=2)
    return (
        Level(
            "20", "2de", "20010018110", "22110010018", "2NDE GT", 15, _numbered("20", 8), 30,
            singles={"FRANC": 4, "HGEC": 3, "AGL1": 3, "MATHS": 4, "PH-CH": 2, "SVT": 1, "SES": 1, "SNT": 1},
            doubles={"EPS": 1}, alternates=(("EMC", "PH-CH"), ("VICLA", "SNT")), halves=("SVT", "PH-CH"),
            lines=(
                Line("LV2", 2, (_ES1, _ES2, _ALL), singles=2, alternate="SES"),
                Line("LAT", 4, (_LATIN,), singles=2, facultative=True),
            ),
            choices=_LANGUAGES_AND_LATIN,
        ),
        Level(
            "1", "1re", "20111010110", "22121010110", "1ERE G", 16, _numbered("1G", 8), 29,
            singles={"FRANC": 4, "HGEC": 3, "AGL1": 2, "ENSCI": 2},
            doubles={"EPS": 1}, alternates=(("EMC", "AGL1"),),
            lines=(*_SPECIALITIES, languages), choices=_with_languages(_COMBINATIONS),
        ),
        Level(
            "T", "Tle", "20211010110", "22131010110", "TLE G", 17, _numbered("TG", 8), 28,
            singles={"PHILO": 4, "HGEC": 3, "AGL1": 2, "ENSCI": 2},
            doubles={"EPS": 1}, alternates=(("EMC", "VICLA"),),
            lines=(*_LAST_SPECIALITIES, languages), choices=_with_languages(_LAST_COMBINATIONS),
        ),
    )  # fmt: skip


def lycee_agricole() -> tuple[Level, ...]:
    """Agricultural lycée: general, technological, professional levels and apprentices, one or two divisions each."""
    common = {"FRANC": 3, "HGEC": 2, "AGL1": 2, "MATHS": 3, "BIOEC": 2, "PH-CH": 2, "EDSOC": 1}
    farm = {"FRANC": 2, "HGEC": 1, "AGL1": 2, "MATHS": 2, "BIOEC": 2, "EDSOC": 1, "AGRON": 2}
    trade = {"EPS": 1, "ZOOTE": 1, "AGEQU": 2}
    return (
        Level("2GT", "2de GT", "20010018110", "22110010018", "2NDE GT", 15, ("2GT1", "2GT2"), 26,
              singles={**common, "FRANC": 4, "MATHS": 4, "SES": 2, "AGRON": 2}, doubles={"EPS": 1},
              alternates=(("EMC", "PH-CH"), ("", "VICLA"))),
        Level("1STAV", "1re STAV", "21321004110", "23213004110", "1STAV", 16, ("1STAV",), 25,
              singles={**common, "AGRON": 2, "ZOOTE": 1}, doubles={"EPS": 1, "ZOOTE": 1, "AGEQU": 1},
              alternates=(("EMC", "VICLA"),)),
        Level("TSTAV", "Tle STAV", "21421004110", "23214004110", "TSTAV", 17, ("TSTAV",), 24,
              singles={**common, "FRANC": 1, "PHILO": 2, "AGRON": 3}, doubles={"EPS": 1, "ZOOTE": 1, "AGEQU": 1},
              alternates=(("EMC", "VICLA"),)),
        Level("1CGEA", "1re CGEA", "27621206320", "24713621206", "1EPROA", 16, ("1CGEA",), 26,
              singles=farm, doubles=trade, alternates=(("EMC", "VICLA"), ("PH-CH", "AGRON"))),
        Level("TCGEA", "Tle CGEA", "27721206320", "24723621206", "TLPROA", 17, ("TCGEA",), 25,
              singles=farm, doubles=trade, alternates=(("VICLA", "EMC"), ("AGRON", "PH-CH"))),
        Level("CAPA1", "CAPa 1", "24133610210", "24133361021", "CAPA1", 15, ("CAPA1",), 24, singles=farm,
              doubles={**trade, "ZOOTE": 2}, alternates=(("EMC", "VICLA"),), status="AP"),
        Level("CAPA2", "CAPa 2", "24133610211", "24143361021", "CAPA2", 16, ("CAPA2",), 24, singles=farm,
              doubles={**trade, "ZOOTE": 2}, alternates=(("VICLA", "EMC"),), status="AP"),
    )  # fmt: skip
