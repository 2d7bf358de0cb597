"""What the five exports share: the header, the addresses, the zip."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from demo.model import Home, SchoolLife
from demo.writers.words import french_date
from demo.writers.xml import Xml

FRANCE, DEPARTMENT, TOWN_CODE = "100", "099", "99110"


@contextmanager
def export(xml: Xml, root: str, version: str, life: SchoolLife, at: datetime) -> Iterator[None]:
    """The root and its header; what is written inside goes under DONNEES."""
    with xml.tag(root, VERSION=version):
        with xml.tag("PARAMETRES"):
            xml.leaves(
                UAJ=life.school.uai,
                ANNEE_SCOLAIRE=life.calendar.year,
                DATE_EXPORT=french_date(at),
                HORODATAGE=at.strftime("%d/%m/%Y %H:%M:%S"),
            )
        with xml.tag("DONNEES"):
            yield


def write_addresses(xml: Xml, homes: Iterable[Home]) -> None:
    """The block of addresses, each once, by number."""
    with xml.tag("ADRESSES"):
        for _key, home in sorted({home.key: home for home in homes}.items()):
            with xml.tag("ADRESSE", ADRESSE_ID=str(home.key)):
                xml.leaves(
                    LIGNE1_ADRESSE=home.line,
                    LIGNE2_ADRESSE="",
                    LIGNE3_ADRESSE="",
                    LIGNE4_ADRESSE="",
                    COMMUNE_ETRANGERE="",
                    CODE_POSTAL=home.postcode,
                    CODE_PAYS=FRANCE,
                    CODE_COMMUNE_INSEE=home.postcode,
                    LL_PAYS="FRANCE",
                    CODE_DEPARTEMENT=DEPARTMENT,
                    LIBELLE_POSTAL=home.town.upper(),
                )


def save(folder: Path, name: str, xml: Xml, at: datetime) -> Path:
    """« ExportXML_<name>.zip », as SIECLE hands it out."""
    path = folder / f"ExportXML_{name}.zip"
    entry = zipfile.ZipInfo(f"{name}.xml", at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, xml.encoded())
    return path
