"""What members of staff do, as people say it: « Mathématiques », « CPE »."""

import re

from pupitre.directory.names import fold

_NOT_LETTERS = re.compile(r"[^a-z0-9]")

# Short labels of recruitment disciplines, cut at ten letters by STSWeb, without dots nor blanks.
_DISCIPLINES = {
    "agroequip": "Agroéquipement",
    "all1": "Allemand",
    "allemand": "Allemand",
    "ang1": "Anglais",
    "anglais": "Anglais",
    "artsplast": "Arts plastiques",
    "biochgbio": "Biochimie-génie biologique",
    "documentat": "Documentation",
    "ecoges": "Économie-gestion",
    "ecogestion": "Économie-gestion",
    "edmusicale": "Éducation musicale",
    "educmusic": "Éducation musicale",
    "educmusica": "Éducation musicale",
    "educsocio": "Éducation socioculturelle",
    "eps": "EPS",
    "espagnol": "Espagnol",
    "histgeo": "Histoire-géographie",
    "histoiregeo": "Histoire-géographie",
    "italien": "Italien",
    "letclass": "Lettres classiques",
    "letmodern": "Lettres modernes",
    "lettclass": "Lettres classiques",
    "lettmod": "Lettres modernes",
    "lettrescla": "Lettres classiques",
    "lettresmod": "Lettres modernes",
    "math": "Mathématiques",
    "mathematiq": "Mathématiques",
    "mathematiques": "Mathématiques",
    "maths": "Mathématiques",
    "mathsscien": "Mathématiques-sciences",
    "numscinf": "Numérique et informatique",
    "philo": "Philosophie",
    "philosophi": "Philosophie",
    "phychimie": "Physique-chimie",
    "physchim": "Physique-chimie",
    "physchimie": "Physique-chimie",
    "portugais": "Portugais",
    "scecosoc": "Sciences économiques et sociales",
    "ses": "Sciences économiques et sociales",
    "svt": "SVT",
    "techno": "Technologie",
    "technologi": "Technologie",
}
_FUNCTIONS = {
    "ADF": "Administration",
    "ADM": "Administration",
    "AED": "Vie scolaire",
    "AES": "AESH",
    "ASS": "Service social",
    "DIR": "Direction",
    "DOC": "Documentation",
    "EDU": "CPE",
    "ENS": "Enseignement",
    "INF": "Infirmerie",
    "LAB": "Laboratoire",
    "MDS": "Médecine scolaire",
    "ORI": "Orientation",
    "SUR": "Vie scolaire",
}


def trade_of(function: str, disciplines: list[str]) -> str:
    """The first discipline in plain French for those who teach, else the function; « » when neither is known."""
    said = next((label for label in disciplines if label), "")
    if said and function in ("", "ENS"):
        return _DISCIPLINES.get(_NOT_LETTERS.sub("", fold(said)), _in_lower_case(said))
    return _FUNCTIONS.get(function, "")


def _in_lower_case(label: str) -> str:
    """« GENIE MECA » → « Genie meca »; a label that already mixes cases is left as it is."""
    return label.capitalize() if label == label.upper() else label
