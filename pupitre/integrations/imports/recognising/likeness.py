"""How much two names are alike, and why, in words for whoever decides. Knows texts, never the database."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec
from django.utils.translation import gettext as _

from pupitre.directory.names import fold
from pupitre.integrations.exchange.records import NameRecord

CERTAIN, LIKELY, WORTH = 100, 80, 50
"""Taken without asking; chosen beforehand for whoever decides; worth showing."""

_NOT_LETTERS = re.compile(r"[^a-z0-9]")
_WORDS = re.compile(r"[a-z]{3,}")
_LEVELS = {"sixieme": "6", "cinquieme": "5", "quatrieme": "4", "troisieme": "3", "seconde": "2", "premiere": "1",
           "terminale": "t", "term": "t"}  # fmt: skip
_ORDINAL = re.compile(r"\b([1-6])\s*(?:emes?|eres?|nde|de|e)\b")
_ALIKE = 0.6


class Item(msgspec.Struct, frozen=True):
    """Something of ours that a name may stand for. `value` names it: a code, or the number of a person."""

    value: str
    label: str
    codes: tuple[str, ...] = ()
    last_names: tuple[str, ...] = ()
    first_name: str = ""


def likeness(name: NameRecord, item: Item) -> tuple[int, str]:
    """From 0 to 100, and the reason; 100 is certain by itself, unless another item is certain too."""
    if name.kind == "teacher":
        return _of_people(name, item)
    if any(code == ours for code in name.codes for ours in item.codes):
        return CERTAIN, _("même code")
    if name.kind == "subject":
        return _of_subjects(name, item)
    return _of_codes(name, item)


@lru_cache(maxsize=4096)
def compact(text: str) -> str:
    """Letters and digits only, folded: « 5 ème-C » → « 5emec »."""
    return _NOT_LETTERS.sub("", fold(text))


@lru_cache(maxsize=4096)
def _level(text: str) -> str:
    """A class as briefly as it may be written: « CINQUIEME F », « 5EME F » → « 5f »."""
    told = fold(text)
    for word, digit in _LEVELS.items():
        told = re.sub(rf"\b{word}\b", digit, told)
    return _NOT_LETTERS.sub("", _ORDINAL.sub(r"\1", told).replace("classe", ""))


def _of_codes(name: NameRecord, item: Item) -> tuple[int, str]:
    theirs, ours = {compact(each) for each in (*name.codes, name.label)}, {compact(each) for each in item.codes}
    if theirs & ours - {""}:
        return 95, _("même code, aux blancs et aux accents près")
    if compact(item.label) in theirs:
        return 92, _("même libellé")
    if (
        name.kind == "group"
        and _level(name.label)
        and _level(name.label) in {_level(item.label), *map(_level, item.codes)}
    ):
        return 90, _("même niveau et même lettre")
    ratio = max(_ratio(a, b) for a in theirs for b in (*ours, compact(item.label)))
    return int(ratio * 78), _("écriture ressemblante") if ratio >= _ALIKE else ""


def _of_subjects(name: NameRecord, item: Item) -> tuple[int, str]:
    label = fold(name.label)
    if label == fold(item.label):
        return CERTAIN, _("même libellé")
    mine, other = set(_WORDS.findall(label)), set(_WORDS.findall(fold(item.label)))
    shared = {word for word in mine if any(_begins_alike(word, each) for each in other)}
    if shared:
        share = len(shared) / max(len(mine), len(other))
        return 55 + int(share * 40), _("mots en commun : %(words)s") % {"words": ", ".join(sorted(shared)).upper()}
    stems = [compact(each).rstrip("s") for each in name.codes]
    if any(len(stem) > 2 and any(word.startswith(stem) for word in other) for stem in stems):
        return 75, _("le libellé commence pareil")
    ratio = _ratio(compact(name.label), compact(item.label))
    return int(ratio * 70), _("écriture ressemblante") if ratio >= _ALIKE else ""


def _of_people(name: NameRecord, item: Item) -> tuple[int, str]:
    last, first = fold(name.last_name), fold(name.first_name)
    ours, mine = {fold(each) for each in item.last_names}, fold(item.first_name)
    if last in ours and first and first == mine:
        return CERTAIN, _("mêmes nom et prénom")
    if last == mine and first in ours:
        return 95, _("nom et prénom inversés")
    if last in ours:
        if not first:
            return 88, _("même nom ; le fichier ne dit pas le prénom")
        if mine.startswith(first.rstrip(".")) or first.startswith(mine or "-"):
            return 92, _("même nom, début du prénom")
        return 70, _("même nom, autre prénom")
    whole = f"{last} {first}".strip()
    if whole in {f"{each} {mine}" for each in ours} | {f"{mine} {each}" for each in ours}:
        return CERTAIN, _("mêmes nom et prénom")
    if last and any(set(last.split()) & set(each.split()) - {"de", "la", "le", "du"} for each in ours):
        return (85, _("une partie du nom, même prénom")) if first == mine else (60, _("une partie du nom"))
    ratio = max((_ratio(last, each) for each in ours), default=0.0)
    return int(ratio * 75), _("nom ressemblant") if ratio >= 0.75 else ""


def _begins_alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 3 and (one.startswith(other[:6]) or other.startswith(one)))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio() if one and other else 0.0
