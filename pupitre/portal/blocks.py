"""The blocks of a home page: what they are called, and which ones the home of each profile is made of, in which order."""

from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pupitre.directory.identity import main_profile
from pupitre.directory.profiles import Profile


class Block(models.TextChoices):
    """A block of a home page, by the name kept in arrangements."""

    FIGURES = "figures", _("Chiffres de l’établissement")
    NOW = "now", _("Cours du moment")
    NEEDS = "needs", _("À faire")
    CHILDREN = "children", _("Enfants")
    DAY = "day", _("Journée de cours")
    WORK = "work", _("Travail à faire")
    CLASSES = "classes", _("Classes")
    EVENTS = "events", _("Prochains rendez-vous")
    IMPORTS = "imports", _("Imports")
    MARKS = "marks", _("Dernières notes")
    OUTSIDE = "outside", _("Autres outils")


DETAILS: dict[str, str | Promise] = {
    Block.FIGURES: _("Élèves, personnels, comptes ouverts."),
    Block.NOW: _("Le cours qui a lieu, ou le suivant."),
    Block.NEEDS: _("Ce qui attend une réponse. Quand rien n’attend, le reste passe devant."),
    Block.CHILDREN: _("Un cahier par enfant, de tous les établissements."),
    Block.DAY: _("Les cours, heure par heure."),
    Block.WORK: _("Ce qui est à faire pour le prochain jour où du travail est attendu."),
    Block.CLASSES: _("Les classes et les groupes où l’on enseigne."),
    Block.EVENTS: _("Ce que l’agenda annonce : conseils, réunions, sorties, examens."),
    Block.IMPORTS: _("Les derniers imports et leur état."),
    Block.MARKS: _("Les trois dernières notes que les professeurs ont montrées."),
    Block.OUTSIDE: _("Ce que disent PRONOTE, Moodle… quand l’établissement les lit ici."),
}
_GOING_ON = _("Cours en ce moment")
_GOING_ON_DETAIL = _("Qui a cours, où, et avec qui.")

_TEACHING = (
    Block.NOW,
    Block.DAY,
    Block.NEEDS,
    Block.EVENTS,
    Block.OUTSIDE,
    Block.IMPORTS,
    Block.CLASSES,
    Block.FIGURES,
)
_RUNNING = (Block.FIGURES, Block.NEEDS, Block.DAY, Block.EVENTS, Block.IMPORTS)
_OFFICE = (Block.FIGURES, Block.NEEDS, Block.EVENTS, Block.IMPORTS)
_ACADEMY = (Block.FIGURES, Block.NEEDS, Block.IMPORTS)
ORIGINAL: dict[str, tuple[Block, ...]] = {
    Profile.STUDENT: (Block.DAY, Block.NEEDS, Block.WORK, Block.MARKS, Block.EVENTS, Block.OUTSIDE),
    Profile.GUARDIAN: (Block.NEEDS, Block.CHILDREN, Block.EVENTS, Block.OUTSIDE),
    Profile.TEACHER: _TEACHING,
    Profile.SUPPORT: _TEACHING,
    Profile.SCHOOL_LIFE: _RUNNING,
    Profile.HEAD: _RUNNING,
    Profile.ADMINISTRATIVE: _OFFICE,
    Profile.HEALTH: _OFFICE,
    Profile.GUEST: _OFFICE,
    Profile.LOCAL_ADMIN: _OFFICE,
    Profile.ACADEMY_ADMIN: _ACADEMY,
}
"""The order Pupitre gives them."""

# Blocks that come with a right rather than with a profile.
_NEEDED: dict[str, str] = {Block.FIGURES: "accounts.view_activation", Block.IMPORTS: "imports.view"}
# For someone who teaches besides another task.
_ALL_TASKS = (
    Block.FIGURES,
    Block.NOW,
    Block.NEEDS,
    Block.DAY,
    Block.WORK,
    Block.EVENTS,
    Block.OUTSIDE,
    Block.CLASSES,
    Block.IMPORTS,
)


def profile_of(profiles: frozenset[str]) -> str:
    """The profile whose home is shown to someone who holds these in a school; guardian only when nothing else."""
    return main_profile(profiles - {Profile.GUARDIAN} or profiles)


def blocks_of(profiles: frozenset[str], capabilities: frozenset[str]) -> tuple[str, ...]:
    """The blocks of a home, in the order Pupitre gives them."""
    known = set[str]().union(*(ORIGINAL[profile] for profile in _held(profiles)))
    several = known > set(ORIGINAL[profile_of(profiles)])
    order = _ALL_TASKS if several else ORIGINAL[profile_of(profiles)]
    return tuple(block.value for block in order if block in known and _NEEDED.get(block, "") in {"", *capabilities})


def label_of(block: str, profile: str) -> str:
    """What a block is called on the home of a profile."""
    return str(_GOING_ON if _shows_school(block, profile) else Block(block).label)


def detail_of(block: str, profile: str) -> str:
    """What a block shows, in a sentence."""
    return str(_GOING_ON_DETAIL if _shows_school(block, profile) else DETAILS[block])


def _held(profiles: Iterable[str]) -> Iterable[str]:
    held = frozenset(profiles)
    return held - {Profile.GUARDIAN} or held


def _shows_school(block: str, profile: str) -> bool:
    return block == Block.DAY and profile in (Profile.SCHOOL_LIFE, Profile.HEAD)
