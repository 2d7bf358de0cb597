"""The screens where homes are arranged, ready to draw: frozen rows, no query. Drawn by `portal/arrange.html`."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.directory.profiles import Profile
from pupitre.portal.blocks import Block, detail_of, label_of
from pupitre.portal.layout import Layout

AUDIENCES: dict[str, str] = {
    "eleves": Profile.STUDENT,
    "parents": Profile.GUARDIAN,
    "enseignants": Profile.TEACHER,
    "aesh": Profile.SUPPORT,
    "vie-scolaire": Profile.SCHOOL_LIFE,
    "direction": Profile.HEAD,
    "administration": Profile.ADMINISTRATIVE,
    "referents": Profile.LOCAL_ADMIN,
}
"""The profiles whose home a school arranges, by the word of its address."""

_TITLES = {
    "eleves": gettext_lazy("Accueil des élèves"),
    "parents": gettext_lazy("Accueil des parents"),
    "enseignants": gettext_lazy("Accueil des enseignants"),
    "aesh": gettext_lazy("Accueil des AESH"),
    "vie-scolaire": gettext_lazy("Accueil de la vie scolaire"),
    "direction": gettext_lazy("Accueil de la direction"),
    "administration": gettext_lazy("Accueil de l’administration"),
    "referents": gettext_lazy("Accueil des référents numériques"),
}


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A block in the form: `rises` and `falls` say which of its buttons lead somewhere."""

    block: str
    label: str
    detail: str
    is_shown: bool
    is_imposed: bool
    rises: bool
    falls: bool
    has_window: bool = False


def title_of(audience: str) -> str:
    """« Accueil des élèves »."""
    return str(_TITLES[audience])


def lines_of(layout: Layout, profile: str, *, may_lock: bool = False) -> list[BlockLine]:
    """The blocks in order. The school moves every block, a person only those that are not imposed."""
    moves = Layout(layout.order) if may_lock else layout
    return [
        BlockLine(
            block=block,
            label=label_of(block, profile),
            detail=detail_of(block, profile),
            is_shown=block not in layout.hidden,
            is_imposed=block in layout.locked,
            rises=moves.can_move(block, -1),
            falls=moves.can_move(block, 1),
            has_window=block == Block.IMPORTS and not may_lock,
        )
        for block in layout.order
    ]


def moved_to(layout: Layout, block: str, profile: str) -> str:
    """What a screen reader is told after a move; nothing when nothing moved."""
    if block not in layout.order:
        return ""
    place = {"block": label_of(block, profile), "place": layout.order.index(block) + 1, "count": len(layout.order)}
    return _("« %(block)s » est en place %(place)s sur %(count)s. Enregistrez pour garder cet ordre.") % place


def summary_of(layout: Layout | None, profile: str) -> str:
    """An arrangement in a line: « Disposition d’origine », « Imposé : À faire. Masqué : Imports. »."""
    if layout is None:
        return _("Disposition d’origine")
    parts = [
        _("%(what)s : %(blocks)s.") % {"what": what, "blocks": _names(blocks, layout, profile)}
        for what, blocks in ((_("Imposé"), layout.locked), (_("Masqué"), layout.hidden))
        if blocks
    ]
    return " ".join([_("Ordre de l’établissement."), *parts])


def _names(blocks: Collection[str], layout: Layout, profile: str) -> str:
    return ", ".join(label_of(block, profile) for block in layout.order if block in blocks)
