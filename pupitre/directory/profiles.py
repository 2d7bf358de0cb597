"""Profiles (IDN-1): what a person is in a school, and the capabilities that come with it (IDN-2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.foundation.ui.shell import Role


class Profile(models.TextChoices):
    """What a person is in one school. National names (SDET): ELV TUT ENS EVS DIR ETA COL ACA."""

    STUDENT = "student", _("Élève")
    GUARDIAN = "guardian", _("Responsable")
    TEACHER = "teacher", _("Enseignant")
    SCHOOL_LIFE = "school_life", _("Vie scolaire")
    HEAD = "head", _("Direction")
    ADMINISTRATIVE = "administrative", _("Administration")
    HEALTH = "health", _("Santé et social")
    SUPPORT = "support", _("AESH")
    GUEST = "guest", _("Invité")
    LOCAL_ADMIN = "local_admin", _("Référent numérique")
    ACADEMY_ADMIN = "academy_admin", _("Académie")


STAFF = frozenset(Profile.values) - {Profile.STUDENT, Profile.GUARDIAN, Profile.GUEST}

# The stylesheet's data-role, by decreasing weight: a head who also teaches sees the head's colours.
ROLE_OF_PROFILE: dict[Profile, Role] = {
    Profile.ACADEMY_ADMIN: "referent",
    Profile.HEAD: "direction",
    Profile.SCHOOL_LIFE: "viesco",
    Profile.LOCAL_ADMIN: "referent",
    Profile.TEACHER: "prof",
    Profile.ADMINISTRATIVE: "direction",
    Profile.HEALTH: "viesco",
    Profile.SUPPORT: "prof",
    Profile.GUARDIAN: "parent",
    Profile.STUDENT: "eleve",
    Profile.GUEST: "referent",
}

_EVERY_STAFF = frozenset({"directory.search", "directory.view_groups", "timetable.view_any", "booking.book"})
_LESSONS = frozenset({"timetable.manage"})
_IMPORTS = frozenset({"imports.view", "imports.manage"})
_SERVICES = frozenset({"services.view", "services.manage"})
# The GAR: looked at by whoever looks after digital tools, chosen by the head.
_GAR = frozenset({"gar.view"})
_HOMES = frozenset({"portal.manage_layout"})
_ACCOUNTS = frozenset({"accounts.print_codes", "accounts.view_activation"})
_VERIFICATION = frozenset({"accounts.require_second_factor", "accounts.reset_second_factor"})
_LOOK_AFTER_MESSAGES = frozenset({"messaging.groups", "messaging.moderate", "messaging.suspend"})
_MARKS = frozenset({"gradebook.view_all", "gradebook.manage"})
# Marks and bulletins of the tool that the school leaves: whoever holds its exports.
_PAST_MARKS = frozenset({"takeover.results"})
# The booklets that go to the ministry’s own tools.
_BOOKLETS = frozenset({"lsu.manage"})
_REPORTS = frozenset({"reportcards.view_all", "reportcards.manage", "reportcards.school_life"})
_NEWS = frozenset({"news.publish", "news.moderate"})
_EVENINGS = frozenset({"meetings.manage"})
# What the school lends, and the bookings of anybody.
_LOANS = frozenset({"booking.manage"})
# Quiet hours and what could not be delivered; to pass the hours is a named right, the head's unless they give it.
_POST = frozenset({"notifications.manage", "notifications.follow_failures"})

# The calendar of the school; teachers write for their own classes by their profile.
_CALENDAR = frozenset({"agenda.manage"})

_ABSENCES = frozenset(
    {
        *("attendance.view_all", "attendance.call_any", "attendance.correct_register", "attendance.manage"),
        *("attendance.gate", "attendance.infirmary"),
        "takeover.manage",
        "portraits.manage",
    }
)

ADMINISTRATORS = frozenset({Profile.HEAD, Profile.LOCAL_ADMIN, Profile.ACADEMY_ADMIN})
"""Whoever may open doors to others."""

CAPABILITIES: dict[str, frozenset[str]] = {
    Profile.STUDENT: frozenset(),
    Profile.GUARDIAN: frozenset(),
    Profile.GUEST: frozenset(),
    Profile.TEACHER: _EVERY_STAFF,
    Profile.SUPPORT: _EVERY_STAFF,
    Profile.HEALTH: _EVERY_STAFF | {"directory.view_contacts", "attendance.infirmary"},
    Profile.SCHOOL_LIFE: _EVERY_STAFF
    | _ABSENCES
    | _ACCOUNTS
    | _LOOK_AFTER_MESSAGES
    | _NEWS
    | _CALENDAR
    | _EVENINGS
    | {"directory.view_contacts", "notifications.follow_failures"},
    Profile.ADMINISTRATIVE: _EVERY_STAFF
    | _IMPORTS
    | _ACCOUNTS
    # The office opens the accounts of the school-life office: it can do all that they can, but for what counsellors read.
    | _ABSENCES
    | _LOOK_AFTER_MESSAGES
    | _LESSONS
    | _CALENDAR
    | _EVENINGS
    | _LOANS
    | {"directory.view_contacts", "directory.manage_people", "notifications.follow_failures"}
    | _BOOKLETS
    | _PAST_MARKS
    | _NEWS,
    Profile.HEAD: _EVERY_STAFF
    | _SERVICES
    | _GAR
    | {"gar.enrol"}
    | _ABSENCES
    | _LESSONS
    | {"attendance.decide", "attendance.set_rules"}
    # The school-life office and teachers punish by their profile; a CPE sees everything by their function.
    | {"discipline.view_all", "discipline.sanction"}
    | {"textbook.view_all", "textbook.sign"}
    | _IMPORTS
    | _ACCOUNTS
    | _VERIFICATION
    | {"directory.view_contacts", "directory.manage_people", "directory.grant", "directory.restrict"}
    | _LOOK_AFTER_MESSAGES
    | {"accounts.renew_passwords", "messaging.mass", "messaging.rules", "messaging.harassment"}
    | _POST
    | _NEWS
    | _EVENINGS
    | _LOANS
    | _MARKS
    | _PAST_MARKS
    | _REPORTS
    | _BOOKLETS
    | {"lsu.write_cycles"}
    | {"pathway.view_all"}
    | {"notifications.urgent"}
    | _CALENDAR
    | {"agenda.approve_outing"}
    | _HOMES,
    Profile.LOCAL_ADMIN: _EVERY_STAFF
    | _SERVICES
    | _GAR
    | _IMPORTS
    | _ACCOUNTS
    | _VERIFICATION
    | _HOMES
    | _POST
    | _LOANS
    | {
        "directory.manage_people",
        "directory.grant",
        "accounts.renew_passwords",
        "messaging.groups",
        "messaging.rules",
        "news.publish",
    },
    Profile.ACADEMY_ADMIN: frozenset(
        {
            *("imports.view", "accounts.view_activation", "accounts.require_second_factor"),
            *("services.view", "services.offer", "gar.view"),
            "aaf.manage",
        }
    ),
}

COUNSELLOR_WORDS = ("CPE", "CONSEILL")
"""How the function of a counsellor (conseiller principal d’éducation) begins, in any case of letters."""
_COUNSELLORS = frozenset(
    {
        *("textbook.view_all", "gradebook.view_all", "discipline.view_all"),
        *("reportcards.view_all", "reportcards.school_life"),
        "pathway.view_all",
    }
)


def given_by(profile: str, function: str) -> frozenset[str]:
    """What a role gives besides its profile: counsellors (CPE) read lessons, marks and sanctions, assistants (AED) do not."""
    is_counsellor = profile == Profile.SCHOOL_LIFE and function.upper().startswith(COUNSELLOR_WORDS)
    return _COUNSELLORS if is_counsellor else frozenset()


def capabilities_of(profiles: frozenset[str], granted: frozenset[str] = frozenset()) -> frozenset[str]:
    """Everything the profiles give, and what was granted besides."""
    return granted.union(*(CAPABILITIES[profile] for profile in profiles))
