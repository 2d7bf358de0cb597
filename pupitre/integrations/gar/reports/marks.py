"""The marks by which an entry is understood: what this house wrote itself, and the words that every report uses."""

import re
import unicodedata

from pupitre.integrations.gar.reports.entries import Entry

_NUMBER = re.compile(r"(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])", re.IGNORECASE)
_UAI = re.compile(r"(?<![0-9A-Za-z])\d{7}[A-Z](?![0-9A-Za-z])")
_KINDS = (
    "GAREleveEnseignement", "GAREnsGroupeMatiere", "GAREnsClasseMatiere", "GARPersonMEFSTAT4", "GARPersonGroupe", "GARPersonMEF",
    "GAREnseignant", "GARRespAff", "GARMatiere", "GARGroupe", "GAREleve", "GAREtab", "GARMEF",
)  # fmt: skip
_KIND = re.compile(rf"\b({'|'.join(_KINDS)})\b")
_DOCUMENT = re.compile(r"_(Eleve|Enseignant|Etab|Groupe|RespAff)_\d{4}")
_GROUP_NAMES = {
    "garGroupeCode",
    "codeGroupe",
    "groupeCode",
    "codeDivision",
    "divisionCode",
    "groupe",
    "division",
    "classe",
}
_GROUP = re.compile(r"GARGroupeCode\W{1,4}([^\s,;'\"»<>)\]]{1,40})", re.IGNORECASE)
_MESSAGES = {
    "message", "messages", "libelle", "libelleerreur", "motif", "motifrejet", "description", "cause", "erreur", "error", "rejet",
    "detail", "raison", "anomalie", "texte", "commentaire", "avertissement", "messageerreur", "descriptionerreur", "libellemotif",
}  # fmt: skip
_CODES = {"code", "codeerreur", "errorcode", "codemotif", "coderejet", "idregle", "regle", "codeanomalie"}
_STATES = {
    "statut",
    "status",
    "etat",
    "resultat",
    "result",
    "verdict",
    "niveau",
    "severite",
    "gravite",
    "criticite",
    "type",
}
_NOTHING = re.compile(
    r"\b(?:0|zero|aucune?|sans|pas d[e’' ])\s*(?:\w+\s+)?(?:erreur|rejet|refus|anomalie|avertissement|alerte)\w*"
)
_REFUSED = re.compile(
    r"rejet|refus|erreur|error|invalid|\bko\b|fatal|bloquant|non (?:integr|conforme|trouve|accept)|echec|\bcvc\b|inconnu|manquant"
    r"|introuvable|doublon|incoheren"
)
_WARNED = re.compile(r"avertiss|warning|alerte|attention")
_PARTLY = re.compile(r"partiel|partial")
_TAKEN = re.compile(r"succes|success|\bok\b|accept|integre|\bvalide\b|conforme|termine")
_COUNTS = re.compile(
    r"^(?:nb|nombre|total|count|compte)|(?:recu|lu|integre|accepte|rejete|refuse|rejet|erreur|traite|charge|avertissement)e?s?$"
)
_COUNTED = re.compile(r"^\W*([^\d:=]{3,80}?)\s*[:=]\s*(\d{1,9})\W*$")
_COUNTED_WORDS = re.compile(
    r"nombre|\bnb\b|total|integr|accept|rejet|refus|erreur|avertiss|\blus?\b|recus?|traite|charge"
)


def fold(text: str) -> str:
    """Small letters without accents; words of a compound name apart (« nbRejets » is « nb rejets »)."""
    apart = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])|[_\-.]+", " ", text)
    return "".join(each for each in unicodedata.normalize("NFKD", apart.lower()) if not unicodedata.combining(each))


def _key(name: str) -> str:
    return fold(name).replace(" ", "")


def numbers_in(entry: Entry) -> tuple[str, ...]:
    """What may be the numbers of people."""
    return tuple(dict.fromkeys(each.lower() for each in _NUMBER.findall(entry.text)))


def school_in(entry: Entry) -> str:
    """The first UAI."""
    found = _UAI.search(entry.text)
    return found[0] if found else ""


def kind_in(entry: Entry) -> str:
    """Which of our nodes it speaks of."""
    names = " ".join(name for name, _value in entry.fields)
    found = _KIND.search(entry.text) or _KIND.search(entry.where.replace("/", " ")) or _KIND.search(names)
    return found[1] if found else ""


def document_in(entry: Entry, file: str) -> str:
    """Which of our documents."""
    found = _DOCUMENT.search(entry.text) or _DOCUMENT.search(file)
    return found[1] if found else ""


def group_in(entry: Entry) -> str:
    """The code of a class or of a group."""
    wanted = {_key(name) for name in _GROUP_NAMES}
    named = next((value for name, value in entry.fields if _key(name) in wanted and 0 < len(value) <= 40), "")
    if named in ("Groupe", "DIVISION", "GROUPE"):
        named = ""
    found = None if named else _GROUP.search(entry.text)
    return named or (found[1] if found else "")


def message_in(entry: Entry) -> str:
    """What is wrong, as the report words it."""
    named = [value for name, value in entry.fields if _key(name) in _MESSAGES and not value.isdecimal()]
    plain = [value for name, value in entry.fields if not name]
    return " ".join(dict.fromkeys(named or plain))[:300]


def code_in(entry: Entry) -> str:
    """The code of the error."""
    return next((value for name, value in entry.fields if _key(name) in _CODES and len(value) <= 30), "")


def level_in(entry: Entry) -> str:
    """« refused », « warned », « taken », or « » when nothing tells: by its state, its words, then where it stands."""
    states = " ".join(value for name, value in entry.fields if _key(name) in _STATES)
    names = " ".join(name for name, _value in entry.fields)
    for text in (states, message_in(entry), entry.where.replace("/", " "), names):
        level = _level(_NOTHING.sub(" ", fold(text)))
        if level:
            return level
    return ""


def _level(text: str) -> str:
    if _WARNED.search(text) and not re.search(r"rejet|refus", text):
        return "warned"
    if _REFUSED.search(text):
        return "refused"
    return "taken" if _TAKEN.search(text) else ""


def verdict_in(entry: Entry) -> str:
    """What an entry says of the whole: « accepted », « partly », « refused » or « »; a line that counts, by its state alone."""
    wanted = {"statut", "status", "etat", "resultat", "result", "verdict", "nom"} | (
        set() if figures_in(entry) else {""}
    )
    said = " ".join(value for name, value in entry.fields if _key(name) in wanted and not value.isdecimal())
    text = fold(said)
    if _PARTLY.search(text):
        return "partly"
    if _REFUSED.search(_NOTHING.sub(" ", text)):
        return "refused"
    return "accepted" if _TAKEN.search(text) or _NOTHING.search(text) else ""


def figures_in(entry: Entry) -> list[tuple[str, int]]:
    """What is counted, in the words of the report, and how many."""
    last = document_in(entry, "") or entry.where.rsplit("/", 1)[-1]
    found = [
        (f"{last} {name}".strip()[:80], int(value))
        for name, value in entry.fields
        if name and value.isdecimal() and len(value) < 10 and _COUNTS.search(_key(name))
    ]
    for name, value in entry.fields:
        told = None if name else _COUNTED.match(value)
        if told and _COUNTED_WORDS.search(fold(told[1])):
            found.append((told[1].strip(), int(told[2])))
    return found
