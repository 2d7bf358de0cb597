"""Archives as other software exports them, invented."""

import csv
import io
import zipfile
from typing import Any

from pupitre.integrations.oneroster.columns import COLUMNS, manifest_of
from pupitre.integrations.reading import read_all

UAI = "0990001N"
FORMER_USERS = (
    *("sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username", "userIds"),
    *("givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password"),
)  # fmt: skip

Rows = list[dict[str, str]]


_CLASSES = (
    ("4a", "4e A", "4A", "homeroom", ""),
    ("4a-m", "Maths 4A", "4A-M", "scheduled", "m"),
    ("all", "Allemand", "4ALL", "scheduled", "d"),
)
_ROLES = (("s1", "student"), ("s2", "student"), ("t1", "teacher"), ("p1", "principal"), ("g1", "parent"))
_WHERE = {"4a": ("s1", "s2", "t1"), "4a-m": ("s1", "s2", "t1"), "all": ("s1", "t1")}


def school() -> dict[str, Rows]:
    """A small school: a class, what is taught to it, a group of some of its students, a mother, a teacher, the head."""
    in_year = {"startDate": "2026-09-01", "endDate": "2027-07-03", "schoolYear": "2027"}
    lou = {"agentSourcedIds": "g1", "userMasterIdentifier": "0123456789A"}
    return {
        "orgs": [{"sourcedId": "o1", "name": "Collège", "type": "school", "identifier": UAI}],
        "academicSessions": [{"sourcedId": "y", "title": "2026-2027", "type": "schoolYear", **in_year}],
        "courses": [
            {"sourcedId": "m", "title": "Mathématiques", "subjectCodes": "061300"},
            {"sourcedId": "d", "title": "Allemand LV2", "courseCode": "030102"},
        ],
        "classes": [
            {
                "sourcedId": key, "title": title, "classCode": code, "classType": kind, "courseSourcedId": course,
                "schoolSourcedId": "o1",
            }
            for key, title, code, kind, course in _CLASSES
        ],
        "users": [
            {"sourcedId": "s1", "givenName": "Lou", "familyName": "MARTIN", **lou},
            {"sourcedId": "s2", "givenName": "Noa", "familyName": "PETIT"},
            {"sourcedId": "t1", "givenName": "Ève", "familyName": "ROY", "email": "e.roy@ac-exemple.fr"},
            {"sourcedId": "p1", "givenName": "Guy", "familyName": "NOËL"},
            {"sourcedId": "g1", "givenName": "Léa", "familyName": "MARTIN", "sms": "06 12 34 56 78"},
        ],
        "roles": [
            {"sourcedId": f"r{person}", "userSourcedId": person, "role": role, "orgSourcedId": "o1"}
            for person, role in _ROLES
        ],
        "enrollments": [
            {
                "sourcedId": f"{place}-{person}", "classSourcedId": place, "schoolSourcedId": "o1",
                "userSourcedId": person, "role": "teacher" if person == "t1" else "student",
                "primary": "true" if person == "t1" else "false",
            }
            for place, people in _WHERE.items()
            for person in people
        ],
    }  # fmt: skip


def former(files: dict[str, Rows]) -> dict[str, Rows]:
    """The same in 1.1: what somebody is stands with them."""
    roles = {each["userSourcedId"]: each["role"] for each in files.pop("roles")}
    users = [{**each, "role": roles[each["sourcedId"]], "orgSourcedIds": "o1"} for each in files["users"]]
    for each in users:
        each.pop("userMasterIdentifier", None)
    return {**files, "users": users}


def archive(
    files: dict[str, Rows],
    *,
    headers: dict[str, tuple[str, ...]] | None = None,
    manifest: dict[str, str] | None = None,
    names: dict[str, str] | None = None,
    bom: bool = False,
    has_manifest: bool = True,
) -> bytes:
    """The zip. `headers` are written in place of the columns, `manifest` and `names` change what is usual."""
    out = io.BytesIO()
    told = {each[0]: each[1] for each in manifest_of("bulk")} | {
        f"file.{each}": "bulk" if each in files else "absent" for each in COLUMNS
    }
    with zipfile.ZipFile(out, "w") as held:
        for name, rows in files.items():
            columns = FORMER_USERS if name == "users" and "roles" not in files else COLUMNS.get(name) or tuple(rows[0])
            lines = [
                (headers or {}).get(name, columns),
                *([each.get(column, "") for column in columns] for each in rows),
            ]
            held.writestr((names or {}).get(name, f"{name}.csv"), ("\ufeff" if bom else "") + _csv(lines))
        if has_manifest:
            held.writestr("manifest.csv", _csv([("propertyName", "value"), *{**told, **(manifest or {})}.items()]))
    return out.getvalue()


def read(data: bytes, uai: str = UAI) -> Any:
    """What an upload says (a `Reading`, whose lists are all there)."""
    [reading] = read_all("oneroster.zip", io.BytesIO(data), uai=uai)
    return reading


def _csv(lines: list) -> str:  # type: ignore[type-arg]
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue()
