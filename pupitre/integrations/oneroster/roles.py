"""Our profiles in the words of OneRoster, by decreasing weight: the first of somebody’s is their primary role.

Nobody of the office is an administrator there: a role of OneRoster gives rights in the tool that reads it.
"""

from collections.abc import Iterable

STUDENT, GUARDIAN = "student", "guardian"
_ROLES = {
    "head": "principal",
    "teacher": "teacher",
    "school_life": "counselor",
    "local_admin": "siteAdministrator",
    "support": "aide",
    "administrative": "aide",
    "health": "aide",
    STUDENT: "student",
}
TOLD = (*_ROLES, GUARDIAN)
"""The profiles that a file may tell. Neither guests nor the people of the academy are of the school."""
_PARENTS = {"10", "20"}


def roles_of(profiles: Iterable[str], relations: Iterable[str]) -> list[str]:
    """The roles of somebody, each once. `relations`: what they are to students whom the file tells, hence a guardian."""
    held, links = set(profiles), list(relations)
    found = [role for profile, role in _ROLES.items() if profile in held]
    if links:
        found.append("parent" if _PARENTS & set(links) else "guardian")
    return list(dict.fromkeys(found))
