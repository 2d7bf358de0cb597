"""What an adult is to a child, from the word a school types to the national code (SIECLE, 2018)."""

from pupitre.directory.names import fold

_CODES = {
    "10": ("mere", "maman"),
    "20": ("pere", "papa"),
    "37": ("frere", "soeur", "frere ou soeur", "fratrie"),
    "38": ("ascendant", "grand mere", "grand pere", "grands parents", "grand parent"),
    "39": ("famille", "autre membre de la famille", "tante", "oncle", "belle mere", "beau pere", "cousin", "cousine"),
    "41": ("educateur", "educatrice"),
    "42": ("assistant familial", "assistante familiale", "famille d accueil"),
    "43": ("garde d enfant", "nourrice", "assistante maternelle", "assistant maternel"),
    "50": ("tuteur", "tutrice"),
    "51": ("ase", "aide sociale a l enfance"),
    "70": ("eleve lui meme", "eleve elle meme", "l eleve lui meme", "lui meme", "elle meme", "eleve"),
    "90": ("autre", "autre lien"),
}
_CODE_OF_WORD = {word: code for code, words in _CODES.items() for word in words}


def relation_of(written: str) -> str | None:
    """The code of a relation written as a word or as the code itself; « » when nothing is said, None when not understood."""
    word = fold(written)
    if not word or word in _CODES:
        return word
    return _CODE_OF_WORD.get(word)
