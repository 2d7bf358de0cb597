"""Our profiles in the words of the GAR. Families are not sent, nor guests, nor the academy's people."""

from pupitre.directory.profiles import Profile

STUDENT = "National_elv"
_STAFF: dict[str, str] = {
    Profile.TEACHER: "National_ens",
    Profile.HEAD: "National_dir",
    Profile.SCHOOL_LIFE: "National_evs",
    Profile.SUPPORT: "National_evs",
    Profile.ADMINISTRATIVE: "National_eta",
    Profile.HEALTH: "National_eta",
    Profile.LOCAL_ADMIN: "National_eta",
}
STAFF_PROFILES = list(_STAFF)
LABELS = {
    STUDENT: "élève",
    "National_ens": "enseignant",
    "National_doc": "professeur documentaliste",
    "National_dir": "direction",
    "National_evs": "vie scolaire",
    "National_eta": "autre personnel",
}


def national(profile: str, function: str) -> str:
    """The national profile of a role. A teacher is a librarian by their function, as imports write it."""
    if profile == Profile.STUDENT:
        return STUDENT
    if profile == Profile.TEACHER and "DOCUMENT" in function.upper():
        return "National_doc"
    return _STAFF[profile]
