"""Names of files as people see them: the last part of a path, without the signs that hide what a file is."""

import unicodedata
from pathlib import PurePath

from django.utils.translation import gettext as _

MOST_LETTERS = 150
_ENDING = 20
# Not accepted in a name by one system or another.
_FORBIDDEN = frozenset('<>:"|?*')
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


def clean_name(given: str) -> tuple[str, str]:
    """The name to keep, and a sentence for whoever sent it when it is not the name given."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    # Controls, and the signs that write backwards: with U+202E, « facture[U+202E]fdp.exe » reads « factureexe.pdf ».
    name = "".join(letter for letter in last if _is_plain(letter)).strip(" .")
    name = name or _("Fichier sans nom")
    if name.partition(".")[0].upper() in _RESERVED:
        name = f"_{name}"
    short = _shortened(name)
    if short != name:
        return short, _("Le nom du fichier était trop long : il est devenu « %(name)s ».") % {"name": short}
    if name != unicodedata.normalize("NFC", given):
        return name, _(
            "Le nom du fichier contenait des signes qui ne conviennent pas : il est devenu « %(name)s »."
        ) % {"name": name}
    return name, ""


def _is_plain(letter: str) -> bool:
    # Cf: invisible signs, those that turn the direction of writing among them. The joiner of emoji is one, and may go.
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and letter not in _FORBIDDEN


def _shortened(name: str) -> str:
    """At most so many letters; the end, which tells what it is, stays."""
    if len(name) <= MOST_LETTERS:
        return name
    end = PurePath(name).suffix
    end = end if len(end) <= _ENDING else ""
    return name[: MOST_LETTERS - len(end)].rstrip(" .") + end
