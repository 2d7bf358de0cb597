"""From what a school hands over to readings: each file goes to the adapter that recognises it."""

import hashlib
import re
from collections.abc import Callable
from typing import BinaryIO, NamedTuple, Protocol

from pupitre.integrations import edt, fregata, ics, onde, siecle, sts, tabular, udt
from pupitre.integrations.exchange.archives import label
from pupitre.integrations.exchange.opening import Opened, open_files
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.strangers import unrecognised
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.exchange.xml import decode_head, root_name
from pupitre.integrations.oneroster import reading as oneroster


class _Read(Protocol):
    def __call__(self, opened: Opened, *, uai: str) -> Reading: ...


class _Adapter(NamedTuple):
    recognises: Callable[[Opened], bool]
    read: _Read


_ADAPTERS = (
    _Adapter(siecle.recognises, siecle.read),
    _Adapter(sts.recognises, sts.read),
    _Adapter(edt.recognises, edt.read),
    _Adapter(udt.recognises, udt.refuse_alone),
    _Adapter(oneroster.recognises, oneroster.refuse_alone),
    _Adapter(ics.recognises, ics.read),
    _Adapter(fregata.recognises, fregata.read),
    _Adapter(onde.recognises, onde.read),
    _Adapter(tabular.recognises, tabular.read),
    _Adapter(tabular.recognises_lessons, tabular.read_lessons),
)


_CODE = re.compile(r"(?<![0-9A-Za-z])(\d{7}[A-Za-z])(?![0-9A-Za-z])")
_UAJ = re.compile(r"""<UAJ(?:\s[^>]*?CODE\s*=\s*["']([^"'<>]*)["'][^>]*)?>([^<>]*)""")


def read_all(name: str, stream: BinaryIO, *, uai: str) -> list[Reading]:
    """Read every file of an upload: one file, or an archive of several.

    `name`: as the school knows the file; `uai`: the open school, for files that name none and for ids of its own.
    Raises Rejected for the whole upload when one of its files is unknown, unusable or dangerous.
    """
    files = open_files(name, stream)
    tables = [each for each in files if udt.recognises(each)]
    rosters = [each for each in files if oneroster.recognises(each)] if len(files) > 1 else []
    readings = [
        read_opened(each, uai=uai, name=each.name if len(files) > 1 or each.name != label(name) else "")
        for each in files
        if each not in tables and each not in rosters
    ]
    if tables:
        readings.append(udt.read_archive(tables, name=label(name), digest=_digest(tables)))
    if rosters:
        readings.append(oneroster.read_archive(rosters, name=label(name), digest=_digest(rosters), uai=uai))
    for reading in readings:
        if reading.names is not None:
            _check_name(name, reading.name, uai)
    return readings


def _digest(files: list[Opened]) -> str:
    return hashlib.sha256("".join(sorted(each.digest for each in files)).encode()).hexdigest()


def _check_name(upload: str, file: str, uai: str) -> None:
    """Timetable software writes the code of the school in the name of its files only. Raises Rejected for another school."""
    for name in (upload, file):
        said = _CODE.search(label(name))
        if said and said[1].upper() != uai:
            raise Rejected(
                f"D’après son nom, « {label(name)} » est un fichier de l’établissement {said[1].upper()}, et non de {uai}. "
                "Ouvrez cet établissement, ou choisissez un autre fichier."
            )


def school_said(opened: Opened) -> str:
    """The UAI that an export writes near its beginning, without reading the rest; « » when it writes none."""
    found = _UAJ.search(decode_head(opened.data))
    return (found[1] or found[2]).strip().upper() if found else ""


def describes_a_school(opened: Opened) -> bool:
    """Whether a file says the name and the kind of its school."""
    return root_name(opened.data) in {"BEE_COMMUN", "STS_EDT"}


def check_recognised(opened: Opened, *, name: str = "") -> None:
    """Raise Rejected for a file that no adapter reads. `name`: that of a file found in an archive."""
    if _adapter_of(opened) is None:
        raise unrecognised(root_name(opened.data), opened.data, name=name)


def read_opened(opened: Opened, *, uai: str, name: str = "") -> Reading:
    """Read one file, by the adapter that recognises it. `name`: that of a file found in an archive. Raises Rejected."""
    adapter = _adapter_of(opened)
    if adapter is None:
        raise unrecognised(root_name(opened.data), opened.data, name=name)
    return adapter.read(opened, uai=uai)


def _adapter_of(opened: Opened) -> _Adapter | None:
    return next((adapter for adapter in _ADAPTERS if adapter.recognises(opened)), None)
