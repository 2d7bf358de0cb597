"""The facts that a service may be told: their words for people, and how they are written for services."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Group
from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation.registry import Text
from pupitre.integrations.services.facts import Facts

_SDET: dict[str, str] = {
    Profile.STUDENT: "National_ELV",
    Profile.GUARDIAN: "National_TUT",
    Profile.TEACHER: "National_ENS",
    Profile.SCHOOL_LIFE: "National_EVS",
    Profile.SUPPORT: "National_EVS",
    Profile.HEAD: "National_DIR",
    Profile.ADMINISTRATIVE: "National_ETA",
    Profile.HEALTH: "National_ETA",
    Profile.LOCAL_ADMIN: "National_ETA",
    Profile.ACADEMY_ADMIN: "National_ACA",
}
"""National profiles of the SDET. It has none for a guest."""


@dataclass(frozen=True, slots=True)
class Source:
    """A fact. `read` gives its values, none when it is not known; `label` is what people call it."""

    key: str
    label: Text
    read: Callable[[Facts], list[str]]


def _known(*values: str | None) -> list[str]:
    return [value for value in values if value]


def _categories(facts: Facts) -> list[str]:
    """PRONOTE's category of a person: several are joined by « ; »."""
    ours = facts.profiles or []
    kinds = [
        *(["National_1"] if Profile.STUDENT in ours else []),
        *(["National_2"] if Profile.GUARDIAN in ours else []),
        *(["National_3"] if Profile.TEACHER in ours else []),
        *(["National_4"] if set(ours) & (STAFF - {Profile.TEACHER}) else []),
    ]
    return _known(";".join(kinds))


def _technical_email(facts: Facts) -> list[str]:
    """An address that leads nowhere, for services that refuse whoever has none: it names nobody."""
    return _known(f"{facts.pseudonym}@{settings.TECHNICAL_MAIL_DOMAIN}" if facts.pseudonym else None)


def _labels(facts: Facts) -> list[str]:
    return [str(Profile(profile).label) for profile in facts.profiles or ()]


SOURCES: dict[str, Source] = {
    source.key: source
    for source in (
        Source("login", _("identifiant de connexion"), lambda facts: _known(facts.login)),
        Source(
            "opaque", _("numéro sans rapport avec le nom, le même pour tous les services"), lambda f: _known(f.opaque)
        ),
        Source("pseudonym", _("numéro propre à ce service"), lambda facts: _known(facts.pseudonym)),
        Source("last_name", _("nom de famille"), lambda facts: _known(facts.last_name)),
        Source("first_name", _("prénom"), lambda facts: _known(facts.first_name)),
        Source("display_name", _("nom affiché"), lambda facts: _known(facts.display_name)),
        Source(
            "birth_date",
            _("date de naissance"),
            lambda facts: _known(facts.birth_date.isoformat() if facts.birth_date else None),
        ),
        Source(
            "birth_date_fr",
            _("date de naissance"),
            lambda facts: _known(f"{facts.birth_date:%d/%m/%Y}" if facts.birth_date else None),
        ),
        Source("email", _("adresse électronique"), lambda facts: _known(facts.email)),
        Source("technical_email", _("adresse technique, qui ne mène nulle part"), _technical_email),
        Source("profile", _("profil dans l’établissement"), lambda facts: list(facts.profiles or ())),
        Source("profile_label", _("profil dans l’établissement"), _labels),
        Source(
            "profile_sdet",
            _("profil national"),
            lambda facts: list(dict.fromkeys(_SDET[each] for each in facts.profiles or () if each in _SDET)),
        ),
        Source("profile_pronote", _("catégorie (élève, responsable, professeur, personnel)"), _categories),
        Source("uai", _("code de l’établissement"), lambda facts: [facts.uai]),
        Source("school", _("nom de l’établissement"), lambda facts: [facts.school]),
        Source("divisions", _("classe"), lambda facts: facts.codes(Group.Kind.DIVISION)),
        Source("groups", _("groupes"), lambda facts: facts.codes(Group.Kind.GROUP, Group.Kind.PART)),
    )
}
MANY = frozenset({"profile", "profile_label", "profile_sdet", "divisions", "groups"})
"""Facts of several values: they stay lists where the others are plain texts."""


def offer_source(source: Source) -> None:
    """Make known a fact that another room keeps, at start-up: the number of this ENT for the GAR."""
    SOURCES[source.key] = source


FILED: dict[str, Text] = {}
"""Facts that a file tells beside any sign-on, in words, by the name under which the log keeps them."""


def offer_filed(facts: Mapping[str, Text]) -> None:
    """Make known the facts that the files of another room tell, at start-up."""
    FILED.update(facts)


READ: dict[str, Text] = {}
"""Facts that an application reads in the name of somebody, in words, by the name under which the log keeps them."""


def offer_read(facts: Mapping[str, Text]) -> None:
    """Make known the facts that another room lets applications read, at start-up."""
    READ.update(facts)
