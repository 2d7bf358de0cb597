"""An invented academy written as AAF sends it: as many people as asked, a complete, a night later, and a delta."""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

STUDENTS, GUARDIANS, STAFF = 960, 1440, 100
A_SCHOOL = STUDENTS + GUARDIANS + STAFF
_CLASSES, _PART = 32, 20_000  # classes of a school; requests of a file
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_FIRST = ("Adèle", "Basile", "Céleste", "Damien", "Élise", "Fabien", "Gaëlle", "Hugo", "Inès", "Jules", "Kenza", "Léo",
          "Maëlys", "Noé", "Océane", "Pablo", "Quitterie", "Rémi", "Sacha", "Théo", "Ugo", "Violette", "Yanis", "Zoé")  # fmt: skip
_ONSET = (
    "Bar",
    "Cha",
    "Del",
    "Fau",
    "Gri",
    "Har",
    "Jou",
    "Lam",
    "Mor",
    "Nau",
    "Per",
    "Rou",
    "Sal",
    "Tri",
    "Val",
    "Ver",
)
_MIDDLE = ("ban", "cel", "do", "fi", "gne", "la", "mon", "ne", "quet", "ri", "sou", "ti", "vil", "zan")
_CODA = ("ard", "at", "eau", "el", "et", "ier", "in", "ois", "on", "ot", "oux", "y")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">
<ficAlimMENESR>
<!-- versionAF="AAF-VE2407" -->
<!-- versionSDET="Annexe 4bis version 6.4" -->
<!-- codeAcademieExport="99" -->
<!-- degre="2D" -->
<!-- dateGenerationExport="{day}" -->
"""


class Academy:
    """The same people for the same number and seed. `night`: how many of them changed since the complete."""

    def __init__(self, people: int, seed: int = 2026) -> None:
        self.schools = max(1, people // A_SCHOOL)
        self.seed = seed

    def write_complete(self, path: Path, *, day: str, changed: int = 0) -> int:
        """A complete, as .tgz; the first `changed` guardians have another phone. Bytes unpacked."""
        categories = (
            ("EtabEducNat", self._schools()), ("MefEducNat", self._programmes()), ("MatiereEducNat", self._subjects()),
            ("PersEducNat", self._staff()), ("PersRelEleve", self._guardians(changed)), ("Eleve", self._students()),
        )  # fmt: skip
        return _pack(path, "Complet", day, categories)

    def write_delta(self, path: Path, *, day: str, changes: int) -> int:
        """Changes spread over all schools: phones, classes, arrivals and departures. Bytes unpacked."""
        return _pack(path, "Delta", day, (("Eleve", self._delta(changes)),))

    def uai(self, school: int) -> str:
        number = 9_900_000 + school
        return f"{number:07d}{_LETTERS[number % 23]}"

    def _schools(self) -> Iterator[str]:
        for school in range(self.schools):
            classes = [f"{6 - each // 8}E{each % 8 + 1}" for each in range(_CLASSES)]
            yield _add("Structure", "EtabEducNat", str(1000 + school), {
                "ENTStructureJointure": [str(1000 + school)], "ENTStructureUAI": [self.uai(school)],
                "ENTStructureNomCourant": [f"CLG${self._name(Random(school))}$VALMONT"],
                "ENTStructureCodeTypeStruct": ["340"], "ENTServAcCodeAcademie": ["099"],
                "ENTStructureClasses": [f"{each}${each}$10010012110" for each in classes], "ENTStructureGroupes": [],
            })  # fmt: skip

    def _programmes(self) -> Iterator[str]:
        for number in range(2500):
            mef = f"1{number:04d}012110"
            yield _add("Mef", "MefEducNat", mef, {"ENTLibelleMef": [f"FORMATION {number}"]})

    def _subjects(self) -> Iterator[str]:
        for number in range(700):
            yield _add("Matiere", "MatEducNat", f"{number:04d}00", {"ENTLibelleMatiere": [f"MATIERE {number}"]})

    def _staff(self) -> Iterator[str]:
        for school in range(self.schools):
            for each in range(STAFF):
                key, random = 8_000_000 + school * STAFF + each, Random(self.seed + 31 * school + each)
                code = "DIR" if each < 2 else "EDU" if each < 5 else "AED" if each < 15 else "ENS"
                places = [1000 + school, *([1000 + (school + 1) % self.schools] if each % 20 == 19 else [])]
                name = self._name(random)
                yield _add("Personne", "PersEducNat", str(key), {
                    "ENTPersonJointure": [str(key)], "ENTPersonDateNaissance": [_birth(random, 1960, 40)],
                    "ENTPersonNomPatro": [name], "sn": [name], "givenName": [random.choice(_FIRST)],
                    "personalTitle": [random.choice(("M.", "Mme"))], "mail": [f"p{key}@exemple.invalid"],
                    "ENTPersonStructRattach": [str(places[0])],
                    "ENTAuxEnsDisciplinesPoste": ["MATHS$L1300"] if code == "ENS" else [],
                    "ENTAuxEnsClasses": [f"{places[0]}$6E{n}" for n in range(1, 5)],
                    "ENTAuxEnsClassesMatieres": [f"{places[0]}$6E{n}$061300" for n in range(1, 5)],
                    "ENTPersonFonctions": [f"{place}${code}$FONCTION$L1300$MATHS" for place in places],
                    "ENTPersonCategorieEnseignant": ["O" if code == "ENS" else "N"],
                })  # fmt: skip

    def _guardians(self, changed: int) -> Iterator[str]:
        for key in range(self.schools * GUARDIANS):
            yield _add("Personne", "PersRelEleve", str(3_000_000 + key), self.guardian(key, moved=key < changed))

    def guardian(self, key: int, *, moved: bool = False) -> dict[str, list[str]]:
        """An adult; two adults in a row have the same children."""
        random = Random(self.seed + key // 2)
        name = self._name(random)
        number = f"+336399{key % 90000 + (1 if moved else 0):05d}"
        return {
            "ENTPersonJointure": [str(3_000_000 + key)], "ENTPersonDateNaissance": [], "ENTPersonNomPatro": [name],
            "sn": [name], "givenName": [_FIRST[key % 24]], "personalTitle": ["Mme" if key % 2 else "M."],
            "homePhone": ["+33199000000"], "telephoneNumber": [], "mobile": [number], "ENTPersonMobileSMS": [number],
            "mail": [f"r{key}@exemple.invalid"], "ENTPersonAdresse": [f"{key % 90 + 1} RUE DES LILAS$$$"],
            "ENTPersonCodePostal": ["98998"], "ENTPersonVille": ["VALMONT"], "ENTPersonPays": ["FRANCE"],
            "ENTPersonAdresseDiffusion": ["O"],
        }  # fmt: skip

    def _students(self) -> Iterator[str]:
        for key in range(self.schools * STUDENTS):
            yield _add("Personne", "Eleve", str(1_000_000 + key), self.student(key))

    def student(self, key: int, *, shift: int = 0) -> dict[str, list[str]]:
        """A student; `shift` moves them to another class."""
        school, rank = divmod(key, STUDENTS)
        random, structure = Random(self.seed * 7 + key), 1000 + school
        # 960 students for 720 couples: one couple in three has two children here.
        couple = school * GUARDIANS // 2 + rank % (GUARDIANS // 2)
        place = (rank + shift) % _CLASSES
        division = f"{6 - place // 8}E{place % 8 + 1}"
        name, first = self._name(Random(self.seed + couple)), random.choice(_FIRST)
        one, other = 3_000_000 + 2 * couple, 3_000_001 + 2 * couple
        return {
            "ENTPersonJointure": [str(1_000_000 + key)], "ENTEleveINE": [f"{key:09d}{_LETTERS[key % 23]}A"],
            "ENTEleveStructRattachId": [str(key)], "ENTPersonDateNaissance": [_birth(random, 2010, 5)],
            "ENTPersonNomPatro": [name], "sn": [name], "givenName": [first], "ENTPersonAutresPrenoms": [first],
            "personalTitle": [random.choice(("M.", "Mme"))],
            "ENTElevePersRelEleve": [f"{one}$20$1$1$1$1", f"{other}$10$0$1$1$0"], "ENTEleveBoursier": ["N"],
            "ENTEleveRegime": ["DEMI-PENSIONNAIRE 4 JOURS"], "ENTEleveTransport": ["N"],
            "ENTPersonAdresse": [f"{couple % 90 + 1} RUE DES LILAS$$$"], "ENTPersonCodePostal": ["98998"],
            "ENTPersonVille": ["VALMONT"], "ENTPersonPays": ["FRANCE"], "ENTEleveAdresseRel": [str(one)],
            "ENTEleveStatutEleve": ["SCOLAIRE"], "ENTEleveMEF": ["10010012110"], "ENTEleveLibelleMEF": ["6EME"],
            "ENTEleveEnseignements": ["FRANCAIS", "MATHEMATIQUES", "ANGLAIS LV1"],
            "ENTEleveCodeEnseignements": ["010000", "020000", "030000"], "ENTPersonStructRattach": [str(structure)],
            "ENTEleveDateEntreeStructRattach": ["01/09/2026"], "ENTEleveDateSortieStructRattach": [],
            "ENTEleveDateEntreeClasses": [f"{structure}$01/09/2026${division}"],
            "ENTEleveClasses": [f"{structure}${division}"], "ENTEleveGroupes": [],
        }  # fmt: skip

    def _delta(self, changes: int) -> Iterator[str]:
        """Of ten changes, six phones, three classes, and by turns an arrival and a departure."""
        adults, students = self.schools * GUARDIANS, self.schools * STUDENTS
        for number in range(changes):
            spread = number * 7919
            if number % 10 < 6:
                key = spread % adults
                yield _modify("PersRelEleve", str(3_000_000 + key), {"mobile": [f"+336398{key % 100000:05d}"]})
            elif number % 10 < 9:
                key = spread % students
                structure = 1000 + key // STUDENTS
                yield _modify("Eleve", str(1_000_000 + key), {"ENTEleveClasses": [f"{structure}$3E{key % 8 + 1}"]})
            elif number % 20 == 9:
                key = spread % students
                values = self.student(key) | {"ENTEleveINE": [f"9{key:08d}ZZ"], "ENTEleveStructRattachId": []}
                yield _add("Personne", "Eleve", str(7_000_000 + key), values | {"givenName": [f"Nouveau {number}"]})
            else:
                yield _delete("Eleve", str(1_000_000 + spread % students))

    @staticmethod
    def _name(random: Random) -> str:
        return f"{random.choice(_ONSET)}{random.choice(_MIDDLE)}{random.choice(_MIDDLE)}{random.choice(_CODA)}".upper()


def _birth(random: Random, first: int, years: int) -> str:
    return f"{random.randint(1, 28):02d}/{random.randint(1, 12):02d}/{first + random.randrange(years)}"


def _values(values: list[str]) -> str:
    return "".join(f"<value>{escape(each)}</value>" for each in values) or "<value/>"


def _opened(tag: str, what: str, category: str, key: str) -> str:
    return (
        f'<{tag}>\n  <operationalAttributes><attr name="categorie{what}"><value>{category}</value></attr>'
        f"</operationalAttributes>\n  <identifier><id>{key}</id></identifier>\n"
    )


def _add(what: str, category: str, key: str, values: dict[str, list[str]]) -> str:
    rows = "".join(f'    <attr name="{name}">{_values(said)}</attr>\n' for name, said in values.items())
    return f"{_opened('addRequest', what, category, key)}  <attributes>\n{rows}  </attributes>\n</addRequest>\n\n"


def _modify(category: str, key: str, values: dict[str, list[str]]) -> str:
    rows = "".join(
        f'    <modification name="{name}" operation="replace">{_values(said)}</modification>\n'
        for name, said in values.items()
    )
    return f"{_opened('modifyRequest', 'Personne', category, key)}  <modifications>\n{rows}  </modifications>\n</modifyRequest>\n"


def _delete(category: str, key: str) -> str:
    return f"{_opened('deleteRequest', 'Personne', category, key)}</deleteRequest>\n"


def _pack(path: Path, kind: str, day: str, categories: tuple[tuple[str, Iterator[str]], ...]) -> int:
    total = 0
    stamp = "".join(reversed(day.split("/")))
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for category, written in categories:
            part, rows = 0, list[str]()
            for row in written:
                rows.append(row)
                if len(rows) == _PART:
                    total += _file(archive, f"ENT2DVA-ENT99_{kind}_{stamp}_{category}_{part:04d}.xml", day, rows)
                    part, rows = part + 1, []
            total += _file(archive, f"ENT2DVA-ENT99_{kind}_{stamp}_{category}_{part:04d}.xml", day, rows)
    return total


def _file(archive: tarfile.TarFile, name: str, day: str, rows: list[str]) -> int:
    data = (_HEAD.format(day=day) + "".join(rows) + "</ficAlimMENESR>\n").encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))
    return len(data)
