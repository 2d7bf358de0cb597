"""Single values as sources write them: names, dates, booleans, phone numbers, addresses, identifiers."""

import html
import re
import unicodedata
from datetime import date, datetime

_ESCAPED = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_LOST_LETTERS = re.compile(
    r"\ufffd|Ã(?:\u00a0|[^\sA-Za-zÀ-ÿ\-'’])|Å[’“”‚„¡¸¾›]|[\x00-\x1f\x7f-\x9f]|(?<=[^\W\d_])\?|\?(?=[^\W\d_])"
)
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_FRENCH_INSTANT = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?")
_TRUE, _FALSE = frozenset({"1", "true", "o", "oui", "vrai"}), frozenset({"0", "false", "n", "non", "faux"})
_SEVERAL = re.compile(r"[/;,|]|\bou\b|\bet\b|(?<=\d)\s+-\s+(?=[\d+])", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.)+[A-Z][A-Z0-9-]{0,61}[A-Z0-9]",
                    re.IGNORECASE)  # fmt: skip
_INE = re.compile(r"[0-9A-Z]{11}")
_UAI = re.compile(r"(\d{7})([A-Z])")
_CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def clean(value: str | None) -> str:
    """Trimmed, NFC, escapes of escapes undone (« &amp;eacute; »); without NUL, which no database takes."""
    if not value:
        return ""
    if "&" in value and _ESCAPED.search(value):
        value = html.unescape(value)
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    return value.replace("\x00", "").strip()


def is_suspicious(name: str) -> bool:
    """Whether letters of a name were lost on the way: U+FFFD, « Ã© », « Å“ » (not « JOÃO »), controls, « ? » against a letter."""
    return bool(_LOST_LETTERS.search(name))


def read_stat(value: str) -> str:
    """A level in national statistics (MEFSTAT11); « » for anything else."""
    return value if len(value) == 11 and value.isascii() and value.isalnum() else ""


def read_date(value: str) -> date | None:
    """« 12/03/2014 » or « 2014-03-12 », a time behind it or not. None when it is no date between 1900 and 2199."""
    value = value.strip()
    if match := _FRENCH_DATE.fullmatch(value.split(" ")[0]):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO_DATE.fullmatch(value):
        year, month, day = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day) if 1900 <= year < 2200 else None
    except ValueError:
        return None


def read_instant(value: str) -> datetime | None:
    """« 15/09/2025 07:45:12 », or an ISO instant: local time, without zone. A bare date is midnight."""
    value = value.strip()
    match = _FRENCH_INSTANT.fullmatch(value)
    try:
        if match:
            day = read_date(match[1])
            moment = (int(match[2]), int(match[3]), int(match[4] or 0))
            return datetime(day.year, day.month, day.day, *moment) if day else None
        if day := read_date(value):
            return (
                datetime.fromisoformat(value).replace(tzinfo=None)
                if "-" in value
                else datetime(day.year, day.month, day.day)
            )
    except ValueError:
        return None
    return None


def read_boolean(value: str) -> bool | None:
    """0/1, true/false, O/N, in any case; None when it is neither."""
    folded = value.strip().casefold()
    return True if folded in _TRUE else False if folded in _FALSE else None


def read_phones(value: str) -> tuple[list[str], bool]:
    """The numbers of one field as « +33612345678 », and whether all of it could be read.

    Dots, blanks, « (0) », 0033, nine digits without the leading 0 and several values in one field are understood.
    A number from abroad keeps its country. Numbers of the form « 0x » are taken as French.
    """
    pieces = [piece for piece in _SEVERAL.split(value) if piece and any(letter.isdigit() for letter in piece)]
    whole = _phone(value)
    if whole:  # « 06/12/34/56/78 » is one number
        return [whole], True
    numbers = [number for piece in pieces if (number := _phone(piece))]
    return list(dict.fromkeys(numbers)), len(numbers) == len(pieces) and bool(pieces or not value.strip())


def is_mobile(number: str) -> bool:
    """Whether a number given by `read_phones` is a French mobile one (06, 07)."""
    return number.startswith(("+336", "+337"))


def read_email(value: str) -> str:
    """The address, its domain in lower case; « » when nothing can be sent to it."""
    value = value.strip().strip("<>").removeprefix("mailto:")
    if len(value) > 254 or ".." in value or not _EMAIL.fullmatch(value):
        return ""
    local, _, domain = value.rpartition("@")
    return "" if local.startswith(".") or local.endswith(".") else f"{local}@{domain.lower()}"


def read_ine(value: str) -> str:
    """An INE in capitals; « » when it has not its form (eleven letters or digits)."""
    folded = value.replace(" ", "").upper()
    return folded if _INE.fullmatch(folded) and any(letter.isdigit() for letter in folded) else ""


def is_uai(value: str) -> bool:
    """Seven digits and their check letter. Source: national register of schools, letter = number modulo 23."""
    match = _UAI.fullmatch(value)
    return bool(match) and _CHECK_LETTERS[int(value[:7]) % 23] == value[7]


def _phone(value: str) -> str:
    digits = re.sub(r"[\s.\-_/()]|\u00a0", "", value.replace("(0)", ""))
    digits = re.sub(r"^00", "+", digits)
    digits = re.sub(r"^\+330", "+33", digits)
    if not re.fullmatch(r"\+?[0-9]+", digits):
        return ""
    if re.fullmatch(r"0[1-9][0-9]{8}", digits):
        return f"+33{digits[1:]}"
    if re.fullmatch(r"[1-9][0-9]{8}", digits):
        return f"+33{digits}"
    if re.fullmatch(r"33[1-9][0-9]{8}", digits):
        return f"+{digits}"
    if digits.startswith("+33"):
        return digits if re.fullmatch(r"\+33[1-9][0-9]{8}", digits) else ""
    return digits if re.fullmatch(r"\+[1-9][0-9]{7,14}", digits) else ""
