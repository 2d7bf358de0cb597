"""Subjects taught in the region: national codes where we know them, the trade that teaches each, the kind of room."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject. `trade` is the discipline of its teachers; `room` the kind of room it needs."""

    key: str  # also the national short code (CODE_GESTION)
    code: str
    short_label: str
    label: str
    trade: str
    room: str = "general"


@dataclass(frozen=True, slots=True)
class Trade:
    """A discipline of recruitment: STS code and label, hours owed in a week."""

    code: str
    label: str
    hours: float = 18.0


TRADES: dict[str, Trade] = {
    "FRANC": Trade("L0202", "LET MODERN"),
    "LATIN": Trade("L0201", "LET CLASS"),
    "PHILO": Trade("L0100", "PHILOSOPHI"),
    "MATHS": Trade("L1300", "MATHS"),
    "ANGLA": Trade("L0422", "ANGLAIS"),
    "ALLEM": Trade("L0421", "ALLEMAND"),
    "ESPAG": Trade("L0426", "ESPAGNOL"),
    "HIGEO": Trade("L1000", "HIST. GEO."),
    "SES": Trade("L1100", "SC.ECO.SOC"),
    "SVT": Trade("L1600", "S.V.T."),
    "PHCH": Trade("L1500", "PHY.CHIMIE"),
    "TECHN": Trade("L1400", "TECHNOLOGI"),
    "NSI": Trade("L1413", "NUM.SC.INF"),
    "EPS": Trade("L1900", "E. P. S.", 20.0),
    "ARTS": Trade("L1800", "ARTS PLAST"),
    "MUSIQ": Trade("L1700", "EDUC MUSIC"),
    "AGRON": Trade("L5100", "AGRONOMIE"),
    "ZOOTE": Trade("L5200", "ZOOTECHNIE"),
    "AGEQU": Trade("L5300", "AGROEQUIP."),
    "SOCUL": Trade("L5400", "EDUC SOCIO"),
}

_ALL = (
    Subject("FRANC", "020700", "FRANCAIS", "Français", "FRANC"),
    Subject("MATHS", "061300", "MATHS", "Mathématiques", "MATHS"),
    Subject("AGL1", "030201", "ANGLAIS LV1", "Anglais LV1", "ANGLA"),
    Subject("ESP2", "030602", "ESPAGNOL LV2", "Espagnol LV2", "ESPAG"),
    Subject("ALL2", "030102", "ALLEMAND LV2", "Allemand LV2", "ALLEM"),
    Subject("HGEC", "042100", "HIST-GEO-EMC", "Histoire-géographie", "HIGEO"),
    Subject("EMC", "042900", "ENS.MOR.CIV", "Enseignement moral et civique", "HIGEO"),
    Subject("SVT", "062900", "SVT", "Sciences de la vie et de la Terre", "SVT", "science"),
    Subject("PH-CH", "062300", "PHYS-CHIM", "Physique-chimie", "PHCH", "science"),
    Subject("TECHN", "070800", "TECHNOLOGIE", "Technologie", "TECHN", "workshop"),
    Subject("EPS", "100100", "EPS", "Éducation physique et sportive", "EPS", "sport"),
    Subject("A-PLA", "090100", "ARTS PLAST", "Arts plastiques", "ARTS", "art"),
    Subject("EDMUS", "081300", "EDUC. MUSIC", "Éducation musicale", "MUSIQ", "music"),
    Subject("LCALA", "020100", "LATIN", "Latin", "LATIN"),
    Subject("ACCPE", "006600", "ACCOMP.PERSO", "Accompagnement personnalisé", "FRANC"),
    Subject("VICLA", "008400", "VIE DE CLASSE", "Vie de classe", ""),
    Subject("SES", "050700", "SC.ECO.SOC", "Sciences économiques et sociales", "SES"),
    Subject("SNT", "065700", "SC.NUM.TECHN", "Sciences numériques et technologie", "NSI", "computer"),
    Subject("ENSCI", "065300", "ENS. SCIENT.", "Enseignement scientifique", "PHCH", "science"),
    Subject("PHILO", "010300", "PHILOSOPHIE", "Philosophie", "PHILO"),
    Subject("MATH-S", "061301", "SPE MATHS", "Mathématiques, spécialité", "MATHS"),
    Subject("PHCH-S", "062301", "SPE PHYS-CHI", "Physique-chimie, spécialité", "PHCH", "science"),
    Subject("SVT-S", "062901", "SPE SVT", "SVT, spécialité", "SVT", "science"),
    Subject("SES-S", "050701", "SPE SES", "SES, spécialité", "SES"),
    Subject("HGGSP", "043800", "SPE HGGSP", "Histoire-géographie, géopolitique", "HIGEO"),
    Subject("HLPHI", "010301", "SPE HLP", "Humanités, littérature et philosophie", "PHILO"),
    Subject("LLCA", "030290", "SPE LLCER ANG", "Anglais, spécialité LLCER", "ANGLA"),
    Subject("NSINF", "065701", "SPE NSI", "Numérique et informatique, spécialité", "NSI", "computer"),
    Subject("BIOEC", "063400", "BIO-ECOLOGIE", "Biologie-écologie", "SVT", "science"),
    Subject("AGRON", "510100", "AGRONOMIE", "Agronomie", "AGRON"),
    Subject("ZOOTE", "510200", "ZOOTECHNIE", "Zootechnie", "ZOOTE", "farm"),
    Subject("AGEQU", "510300", "AGROEQUIPEMT", "Agroéquipement", "AGEQU", "workshop"),
    Subject("EDSOC", "510400", "EDUC.SOCIOC.", "Éducation socioculturelle", "SOCUL"),
)

SUBJECTS: dict[str, Subject] = {subject.key: subject for subject in _ALL}

# Taught by whoever teaches the other subject to the same division.
FOLLOWS = {"ACCPE": "FRANC", "EMC": "HGEC"}
