"""The files of one archive, read together: the manifest says which of them count."""

from collections.abc import Sequence
from pathlib import PurePath

from pupitre.integrations.exchange.csv import column_name, first_row
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Kind, Reading
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity
from pupitre.integrations.oneroster.columns import COLUMNS
from pupitre.integrations.oneroster.reading.files import Files
from pupitre.integrations.oneroster.reading.records import records_of
from pupitre.integrations.oneroster.reading.tables import OTHERS, Sheet, read_sheet

_READ = {each.lower(): each for each in (*COLUMNS, *OTHERS)}
# The rest of the standard, which is not read here.
_IGNORED = {
    *("categories", "classresources", "courseresources", "lineitemlearningobjectiveids", "lineitems", "lineitemscorescales"),
    *("resources", "resultlearningobjectiveids", "results", "resultscorescales", "scorescales", "userprofiles", "userresources"),
}  # fmt: skip
_MARKS = ({"sourcedid"}, {"propertyname", "value"})
_NEEDED = {"orgs": "les établissements", "users": "les personnes", "classes": "les classes", "enrollments": "qui y est"}
_VERSIONS = ("1.1", "1.2", "1.2.1")


def recognises(opened: Opened) -> bool:
    """Whether a file is one of those of OneRoster: its header names things by `sourcedId`, or is that of a manifest."""
    columns = set(first_row(opened.data))
    return _name_of(opened) in {*_READ, *_IGNORED} and any(mark <= columns for mark in _MARKS)


def refuse_alone(opened: Opened, *, uai: str) -> Reading:
    """Raises Rejected: one file on its own names what stands in the others."""
    raise Rejected(f"« {opened.name} » n’est qu’un fichier de OneRoster. Déposez l’archive (.zip) entière.")


def read_archive(files: Sequence[Opened], *, name: str, digest: str, uai: str) -> Reading:
    """All the files as one reading. `uai`: the open school. Raises Rejected."""
    findings: list[Finding] = []
    held = {_READ[key]: opened for opened in files if (key := _name_of(opened)) in _READ}
    declared = _declared(held, findings)
    sheets: dict[str, Sheet] = {}
    for each, opened in held.items():
        if each == "manifest":
            continue
        if declared.get(each) == "absent":
            reason = f"Le manifeste dit que {each}.csv est absent : il n’est pas lu."
            findings.append(Finding(Severity.NOTICE, "not_declared", f"{each}.csv", reason))
            continue
        sheets[each] = read_sheet(opened, each, findings)
    _check(sheets, declared)
    return records_of(Files(sheets), kind=Kind.ONEROSTER, name=name, digest=digest, uai=uai, findings=findings)


def _name_of(opened: Opened) -> str:
    return PurePath(opened.name.replace("\\", "/")).name.lower().removesuffix(".csv")


def _declared(held: dict[str, Opened], findings: list[Finding]) -> dict[str, str]:
    """What the manifest says of each file, in lower case; what it leaves empty it does not say. Raises Rejected for a delta."""
    opened = held.get("manifest")
    if opened is None:
        reason = "L’archive n’a pas de manifeste : tous ses fichiers sont lus."
        findings.append(Finding(Severity.NOTICE, "no_manifest", "manifest.csv", reason))
        return {}
    told = {
        column_name(each["propertyName"]): each["value"].strip().lower()
        for each in read_sheet(opened, "manifest", findings).rows
    }
    version = told.get("oneroster.version", "")
    if version not in _VERSIONS:
        reason = (
            f"La version annoncée, « {version} », n’est ni 1.1 ni 1.2 : les colonnes sont lues telles qu’elles sont."
        )
        findings.append(Finding(Severity.NOTICE, "other_version", "manifest.csv", reason))
    declared = {_READ[key]: value for key in _READ if (value := told.get(f"file.{key}", ""))}
    if "delta" in declared.values():
        raise Rejected(
            "Cet export OneRoster ne dit que ce qui a changé (« delta ») : demandez un export complet (« bulk »)."
        )
    return declared


def _check(sheets: dict[str, Sheet], declared: dict[str, str]) -> None:
    for name, value in declared.items():
        if value == "bulk" and name not in sheets:
            raise Rejected(
                f"Le manifeste annonce {name}.csv, qui n’est pas dans l’archive. Refaites l’export OneRoster."
            )
    for name, what in _NEEDED.items():
        if name not in sheets:
            raise Rejected(f"Il manque à cet export OneRoster le fichier {name}.csv ({what}). Refaites l’export.")
    if "roles" not in sheets and not sheets["users"].is_former:
        raise Rejected("Il manque à cet export OneRoster le fichier roles.csv (qui est quoi). Refaites l’export.")
