"""ONDE, primary schools: three CSV files (pupils, teachers, responsibles) that name people without identifying them."""

from pupitre.integrations.exchange import csv
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.onde.pupils import read_pupils
from pupitre.integrations.onde.responsibles import read_responsibles
from pupitre.integrations.onde.teachers import read_teachers

# A column that only one of the three files has, folded.
_READERS = {
    "nom eleve": read_pupils,
    "nom responsable": read_responsibles,
    "directeur": read_teachers,
}


def recognises(opened: Opened) -> bool:
    """Whether the header is that of one of the three files."""
    return not _READERS.keys().isdisjoint(csv.first_row(opened.data))


def read(opened: Opened, *, uai: str) -> Reading:
    """Read one of the three files. `uai`: the open school, since the files name none. Raises Rejected."""
    table = csv.read_table(opened.data)
    reader = next(reader for column, reader in _READERS.items() if column in table.columns)
    return reader(opened, table, uai=uai)
