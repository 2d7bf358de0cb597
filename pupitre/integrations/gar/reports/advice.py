"""What to do about something that was refused, guessed from the words of the report; a key of `words.ADVICE`."""

import re

from pupitre.integrations.gar.reports.marks import fold

_BY_WORDS = tuple(
    (re.compile(words), key)
    for words, key in (
        (r"\bcvc\b|\bxsd\b|schema|mal forme", "schema"),
        (r"doublon|duplic|deja (?:present|existant|connu)|unicite|en double", "duplicate"),
        (r"\bmail|courriel|adresse electronique", "mail"),
        (r"naissance", "birth"),
        (r"\bmef|formation|niveau", "programme"),
        (r"matiere|discipline|specialite|enseignement", "subject"),
        (r"groupe|division|classe", "group"),
        (r"\buai\b|etablissement|structure", "school"),
        (r"profil", "profile"),
        (r"\bnom\b|prenom|patronym|civilite", "name"),
    )
)
_BY_KIND = {
    "GARMEF": "programme", "GARPersonMEF": "programme", "GARPersonMEFSTAT4": "programme", "GARMatiere": "subject",
    "GAREleveEnseignement": "subject", "GARGroupe": "group", "GARPersonGroupe": "group", "GAREnsGroupeMatiere": "group",
    "GAREnsClasseMatiere": "group", "GAREtab": "school", "GARRespAff": "mail", "Groupe": "group", "RespAff": "mail",
    "GAREleve": "person", "GAREnseignant": "person", "Eleve": "person", "Enseignant": "person",
}  # fmt: skip


def advise(kind: str, message: str, group: str) -> str:
    """By the words of the report first, then by what it is about."""
    # Names of nodes are no words: « GAREnsClasseMatiere » speaks of no class.
    text = fold(re.sub(r"\bGAR\w+|\b[0-9a-f]{32}\b", " ", message))
    found = next((key for words, key in _BY_WORDS if words.search(text)), "")
    return found or _BY_KIND.get(kind, "") or ("group" if group else "look")
