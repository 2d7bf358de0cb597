"""Where one stands in the report of an import: which part, which kind of change, which page."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.imports.kinds import TAB_OF, Tab
from pupitre.integrations.imports.queries import Figures

MATCH, ASIDE, KNOW = "correspondances", "mises-de-cote", "a-savoir"
PARTS: dict[str, tuple[Tab | None, str | Promise]] = {
    MATCH: (None, _("Correspondances")),
    ASIDE: (None, _("Mises de côté")),
    "modifies": (Tab.CHANGED, Tab.CHANGED.label),
    "nouveaux": (Tab.NEW, Tab.NEW.label),
    "partis": (Tab.LEFT, Tab.LEFT.label),
    "classes": (Tab.STRUCTURE, Tab.STRUCTURE.label),
    "emploi-du-temps": (Tab.TIMETABLE, Tab.TIMETABLE.label),
    KNOW: (None, _("À savoir")),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the report, as its address says."""

    part: str = ""
    kind: str = ""
    page: int = 1
    everything: bool = False
    by_teacher: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read from an address or a form; what makes no sense is left out."""
        part, kind, page = (query.get(name, "") for name in ("partie", "nature", "page"))
        tab = PARTS[part][0] if part in PARTS else None
        return cls(
            part if part in PARTS else "",
            kind if tab is not None and TAB_OF.get(kind) == tab else "",
            int(page) if page.isdecimal() and 0 < len(page) < 6 else 1,
            query.get("tous") == "oui",
            query.get("ordre") == "enseignant" and tab == Tab.TIMETABLE,
        )

    @property
    def tab(self) -> Tab | None:
        return PARTS[self.part][0] if self.part else None

    @property
    def query(self) -> dict[str, str]:
        """The parameters that lead here."""
        said = {"partie": self.part, "nature": self.kind, "page": str(self.page) if self.page > 1 else ""}
        said |= {"tous": "oui" if self.everything else "", "ordre": "enseignant" if self.by_teacher else ""}
        return {name: value for name, value in said.items() if value}

    @property
    def address(self) -> str:
        return f"?{urlencode(self.query)}"

    def to(self, part: str = "", kind: str = "", *, everything: bool = False, by_teacher: bool | None = None) -> str:
        """The address of another place of the same report; the order stays inside a part."""
        part = part or self.part
        by_teacher = self.by_teacher and part == self.part if by_teacher is None else by_teacher
        return replace(self, part=part, kind=kind, page=1, everything=everything, by_teacher=by_teacher).address


def counts_of(figures: Figures) -> dict[str, int]:
    """How much each part holds."""
    by_part = {part: figures.by_tab[tab] for part, (tab, _label) in PARTS.items() if tab is not None}
    return {
        part: {MATCH: figures.to_match, ASIDE: figures.left_aside, KNOW: figures.warnings, **by_part}[part]
        for part in PARTS
    }


def settled(place: Place, figures: Figures) -> Place:
    """The place asked for, or else the first part that holds something."""
    if place.part:
        return place
    counts = counts_of(figures)
    return replace(place, part=next((part for part in PARTS if counts[part]), "modifies"))
