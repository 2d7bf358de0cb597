"""The files of OneRoster 1.2, their columns in their order, and the manifest. Source: OneRoster 1.2, CSV Binding."""

from typing import Literal

Content = Literal["bulk", "delta"]
Row = tuple[str, ...]

_HEAD = ("sourcedId", "status", "dateLastModified")
COLUMNS: dict[str, tuple[str, ...]] = {
    "academicSessions": (*_HEAD, "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
    "orgs": (*_HEAD, "name", "type", "identifier", "parentSourcedId"),
    "courses": (
        *_HEAD,
        *("schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes"),
    ),
    "classes": (
        *_HEAD,
        *("title", "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId"),
        *("termSourcedIds", "subjects", "subjectCodes", "periods"),
    ),
    "users": (
        *_HEAD,
        *("enabledUser", "username", "userIds", "givenName", "familyName", "middleName", "identifier", "email", "sms"),
        *("phone", "agentSourcedIds", "grades", "password", "userMasterIdentifier", "preferredGivenName"),
        *("preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns"),
    ),
    "roles": (
        *_HEAD,
        *("userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId"),
    ),
    "enrollments": (
        *_HEAD,
        *("classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"),
    ),
}
"""What is written, in the order in which it is: each file only names what stands in those before."""

MANIFEST = ("propertyName", "value")
_NAMED = (
    *("academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics"),
    *("enrollments", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources"),
    *("resultLearningObjectiveIds", "results", "resultScoreScales", "roles", "scoreScales", "userProfiles"),
    *("userResources", "users"),
)


def manifest_of(content: Content) -> list[Row]:
    """What the zip holds: whole (`bulk`), or what changed (`delta`); the other files of the standard are absent."""
    return [
        ("manifest.version", "1.0"),
        ("oneroster.version", "1.2"),
        *((f"file.{name}", content if name in COLUMNS else "absent") for name in _NAMED),
        ("source.systemName", "Pupitre"),
        ("source.systemCode", "pupitre"),
    ]


def row(file: str, /, **values: str) -> Row:
    """A row of a file, in the order of its columns; what is not told is empty."""
    found = tuple(values.pop(column, "") for column in COLUMNS[file])
    if values:
        raise KeyError(f"{file}: {sorted(values)}")
    return found


def joined(*values: str) -> str:
    """Several values in one cell: a comma between them, hence none inside."""
    return ",".join(" ".join(each.replace(",", " ").split()) for each in values if each)
