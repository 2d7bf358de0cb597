"""From what a school hands over to readings: each file goes to the adapter that recognises it."""

from collections.abc import Callable
from typing import BinaryIO, NamedTuple, Protocol

from pupitre.integrations import fregata, onde, siecle, sts, tabular
from pupitre.integrations.exchange.opening import Opened, open_files
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.verdicts import Rejected


class _Read(Protocol):
    def __call__(self, opened: Opened, *, uai: str) -> Reading: ...


class _Adapter(NamedTuple):
    recognises: Callable[[Opened], bool]
    read: _Read


_ADAPTERS = (
    _Adapter(siecle.recognises, siecle.read),
    _Adapter(sts.recognises, sts.read),
    _Adapter(fregata.recognises, fregata.read),
    _Adapter(onde.recognises, onde.read),
    _Adapter(tabular.recognises, tabular.read),
)


def read_all(name: str, stream: BinaryIO, *, uai: str) -> list[Reading]:
    """Read every file of an upload: one file, or an archive of several.

    `name`: as the school knows the file; `uai`: the open school, for files that name none and for ids of its own.
    Raises Rejected for the whole upload when one of its files is unknown, unusable or dangerous.
    """
    return [_read(opened, uai=uai) for opened in open_files(name, stream)]


def _read(opened: Opened, *, uai: str) -> Reading:
    for adapter in _ADAPTERS:
        if adapter.recognises(opened):
            return adapter.read(opened, uai=uai)
    raise Rejected(
        f"Le fichier « {opened.name} » n’est pas reconnu. Fichiers attendus : SIECLE (Élèves, Responsables, "
        "Structures, Nomenclature, Communs), STSWeb (sts_emp, emp_sts), Fregata, ONDE (élèves, responsables, "
        "enseignants) ou le tableau des responsables de Pupitre. Déposez-les tels qu’ils sortent de l’application."
    )
