"""The directory of the academy as it is sent (AAF): two small schools that nobody has opened here yet."""

import io
import tarfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from demo.identifiers import ACADEMY_CODE, uai

SCHOOLS = (("1201", uai(990071), "JEAN-MACE"), ("1202", uai(990072), "LES CORDELIERS"))
_FAMILIES = (
    "AUBERT",
    "BLANCHARD",
    "CHEVALIER",
    "DELORME",
    "ESNAULT",
    "FERRAND",
    "GUILLOU",
    "HAMON",
    "JACQUET",
    "KERVELLA",
)
_CHILDREN = ("Alix", "Bilal", "Capucine", "Diego", "Elsa", "Farah", "Gaspard", "Hélène", "Isaac", "Jade")
_ADULTS = ("Claire", "Mehdi", "Sophie", "Antoine", "Nadia", "Pierre", "Lucie", "Karim", "Anne", "Marc")
_STAFF = (
    ("DIR", "DIRECTION"),
    ("EDU", "EDUCATION"),
    ("ENS", "ENSEIGNEMENT"),
    ("ENS", "ENSEIGNEMENT"),
    ("DOC", "DOCUMENTATION"),
)
_KINDS = {"EtabEducNat": "categorieStructure"}


def write_directory(folder: Path, day: date) -> Path:
    """The archive of a complete of this day."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"ENT2DVA-ENT99.{day:%Y%m%d}.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for category, rows in _rows().items():
            data = _document(rows, day).encode()
            entry = tarfile.TarInfo(f"ENT2DVA-ENT99_Complet_{day:%Y%m%d}_{category}_0000.xml")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


def _rows() -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {"EtabEducNat": [], "PersEducNat": [], "PersRelEleve": [], "Eleve": []}
    for rank, (structure, code, name) in enumerate(SCHOOLS):
        rows["EtabEducNat"].append(
            _add("EtabEducNat", structure, ENTStructureUAI=code, ENTStructureNomCourant=f"CLG${name}$VALMONT",
                 ENTStructureCodeTypeStruct="340", ENTServAcCodeAcademie=ACADEMY_CODE, ENTStructureClasses="6A$6e A$")
        )  # fmt: skip
        for number, (family, child, adult) in enumerate(zip(_FAMILIES, _CHILDREN, _ADULTS, strict=True)):
            key = 100 * (rank + 1) + number
            rows["PersRelEleve"].append(
                _add("PersRelEleve", f"3{key}", ENTPersonNomPatro=family, sn=family, givenName=adult,
                     mobile=f"+33639989{key}", mail=f"r{key}@exemple.invalid")
            )  # fmt: skip
            rows["Eleve"].append(
                _add("Eleve", f"1{key}", ENTPersonNomPatro=family, sn=family, givenName=child,
                     ENTPersonDateNaissance=f"{number + 10}/0{rank + 3}/2015", ENTPersonStructRattach=structure,
                     ENTEleveClasses=f"{structure}$6A", ENTElevePersRelEleve=f"3{key}${10 * (number % 2 + 1)}$1$1$1$1")
            )  # fmt: skip
        for number, (code_of, label) in enumerate(_STAFF):
            post = f"8{rank}{number}"
            rows["PersEducNat"].append(
                _add("PersEducNat", post, sn=_FAMILIES[-number - 1], givenName=_ADULTS[number],
                     ENTPersonDateNaissance=f"1{number}/05/1979", ENTPersonStructRattach=structure,
                     ENTPersonFonctions=f"{structure}${code_of}${label}$-$-")
            )  # fmt: skip
    return rows


def _add(category: str, key: str, **values: str) -> str:
    written = "".join(f'<attr name="{name}"><value>{escape(value)}</value></attr>' for name, value in values.items())
    return (
        f'<addRequest><operationalAttributes><attr name="{_KINDS.get(category, "categoriePersonne")}">'
        f"<value>{category}</value></attr></operationalAttributes><identifier><id>{key}</id></identifier>"
        f"<attributes>{written}</attributes></addRequest>\n"
    )


def _document(rows: list[str], day: date) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">\n<ficAlimMENESR>\n'
        f'<!-- versionAF="AAF-VE2407" -->\n<!-- codeAcademieExport="{ACADEMY_CODE}" -->\n<!-- degre="2D" -->\n'
        f'<!-- dateGenerationExport="{day:%d/%m/%Y}" -->\n{"".join(rows)}</ficAlimMENESR>\n'
    )
