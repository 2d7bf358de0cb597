"""Exports written by the tests, and the invented school of the samples."""

import io
from pathlib import Path

from pupitre.integrations import siecle
from pupitre.integrations.exchange.opening import open_files
from pupitre.integrations.exchange.records import GuardianRecord, LinkRecord, Reading, StudentRecord

SAMPLES = Path(__file__).parents[1] / "samples"
UAI = "0999910J"
_HEADER = (
    "<PARAMETRES><UAJ>0999910J</UAJ><ANNEE_SCOLAIRE>2025</ANNEE_SCOLAIRE><DATE_EXPORT>15/09/2025</DATE_EXPORT>"
    "<HORODATAGE>15/09/2025 07:45:12</HORODATAGE></PARAMETRES>"
)
_SOUND = {
    "NOM_DE_FAMILLE": "AUBRENELLE", "PRENOM": "Zoé", "ID_NATIONAL": "099610301WV", "DATE_NAISS": "12/03/2014",
    "CODE_SEXE": "2", "CODE_REGIME": "24", "CODE_STATUT": "ST", "CODE_MEF": "10010012110", "DATE_ENTREE": "01/09/2025",
}  # fmt: skip


def export(root: str, inside: str) -> bytes:
    """An export of the invented school, encoded as SIECLE does."""
    text = f'<?xml version="1.0" encoding="ISO-8859-15"?>\n<{root}>{_HEADER}<DONNEES>{inside}</DONNEES></{root}>'
    return text.encode("iso8859-15")


def pupil(key: str = "1", more: str = "", **fields: str) -> str:
    """An ELEVE that needs no remark; `fields` replace or, when empty, remove."""
    said = {tag: value for tag, value in {**_SOUND, **fields}.items() if value}
    inside = "".join(f"<{tag}>{value}</{tag}>" for tag, value in said.items())
    return f"<ELEVE{f' ELEVE_ID={key!r}' if key else ''}>{inside}{more}</ELEVE>"


def seats(key: str = "1", division: str = "6A", *more: tuple[str, str]) -> str:
    """The STRUCTURES of a pupil; `more`: (code, « D » or « G »)."""
    each = "<STRUCTURE><CODE_STRUCTURE>{}</CODE_STRUCTURE><TYPE_STRUCTURE>{}</TYPE_STRUCTURE></STRUCTURE>"
    inside = "".join(each.format(*structure) for structure in ((division, "D"), *more) if structure[0])
    return f"<STRUCTURES_ELEVE ELEVE_ID={key!r}>{inside}</STRUCTURES_ELEVE>"


def students_export(pupils: str, structures: str | None = None) -> bytes:
    """An export of pupils; by default the first one sits in 6A."""
    structures = seats() if structures is None else structures
    return export("BEE_ELEVES", f"<ELEVES>{pupils}</ELEVES><STRUCTURES>{structures}</STRUCTURES>")


def person(key: str = "7", **fields: str) -> str:
    """A PERSONNE; `fields` replace or, when empty, remove."""
    said = {"LC_CIVILITE": "MME", "NOM_DE_FAMILLE": "AUBRENELLE", "PRENOM": "Céline", **fields}
    inside = "".join(f"<{tag}>{value}</{tag}>" for tag, value in said.items() if value)
    return f"<PERSONNE PERSONNE_ID={key!r}>{inside}</PERSONNE>"


def link(student: str = "1", guardian: str = "7", tag: str = "RESPONSABLE_ELEVE", **fields: str) -> str:
    """A link of the form of 2018, or of any other when `fields` say so."""
    said = {
        "ELEVE_ID": student,
        "PERSONNE_ID": guardian,
        **(fields or {"NIVEAU_RESPONSABILITE": "1", "CODE_PARENTE": "10"}),
    }
    return f"<{tag}>{''.join(f'<{name}>{value}</{name}>' for name, value in said.items())}</{tag}>"


def guardians_export(people: str, links: str) -> bytes:
    """An export of responsibles."""
    return export("BEE_RESPONSABLES", f"<PERSONNES>{people}</PERSONNES><RESPONSABLES>{links}</RESPONSABLES>")


def read(data: bytes, name: str = "export.xml") -> Reading:
    """What the only file of an upload says."""
    (opened,) = open_files(name, io.BytesIO(data))
    assert siecle.recognises(opened)
    return siecle.read(opened, uai=UAI)


def sample(name: str) -> Reading:
    """What a file of the invented school says."""
    return read((SAMPLES / name).read_bytes(), name)


def students(reading: Reading) -> list[StudentRecord]:
    """Its students, which it must have."""
    assert reading.students is not None
    return reading.students


def guardians(reading: Reading) -> list[GuardianRecord]:
    """Its guardians, which it must have."""
    assert reading.guardians is not None
    return reading.guardians


def links(reading: Reading) -> list[LinkRecord]:
    """Its links, which it must have."""
    assert reading.links is not None
    return reading.links


def codes(reading: Reading) -> list[str]:
    """The codes of what was found."""
    return [finding.code for finding in reading.findings]
