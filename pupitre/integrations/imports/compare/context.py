"""What every comparison of one import shares: the school, the plan that grows, and how codes and keys resolve."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pupitre.directory.models import Group
from pupitre.establishments.ledger import Ref
from pupitre.integrations.exchange.records import GroupRecord
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.imports.known import Known
from pupitre.integrations.imports.plan import Choice, Plan
from pupitre.integrations.imports.sources import is_better_known

# A complete file in which more people than this are missing is held: one in ten, or twenty.
GUARD_SHARE, GUARD_PEOPLE = 0.10, 20
# What a mask of weeks holds, a summer included.
WEEKS = 60
ALL_WEEKS = (1 << WEEKS) - 1


@dataclass(slots=True)
class Context:
    """One comparison under way."""

    known: Known
    plan: Plan
    year: int
    year_starts_on: dt.date
    first_monday: dt.date
    # The row of the school year, that exists or will.
    school_year: int | Ref
    source: str = "siecle"
    # Groups that the files bring, by code.
    coming: dict[str, GroupRecord] = field(default_factory=dict)
    # The files describe every group: those they do not describe end with this import.
    describes_groups: bool = False
    coming_subjects: set[str] = field(default_factory=set)
    # Keys of the files → the person they stand for.
    students: dict[str, int | Ref] = field(default_factory=dict)
    student_names: dict[str, str] = field(default_factory=dict)
    staff: dict[str, int | Ref] = field(default_factory=dict)
    staff_names: dict[str, str] = field(default_factory=dict)
    subject_labels: dict[str, str] = field(default_factory=dict)
    classroom_codes: dict[int, str] = field(default_factory=dict)
    # Other keys of students → the one above.
    aliases: dict[str, str] = field(default_factory=dict)
    # Students of the file left aside or gone, whose links say nothing; people known whom a record left aside may stand
    # for: the file does not say that these are gone.
    left_aside: set[str] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)
    # Students whose class the file itself contradicts.
    class_unsure: set[str] = field(default_factory=set)
    # How many students lose their class without another.
    classless: int = 0
    _told: set[tuple[str, str]] = field(default_factory=set)

    @property
    def today(self) -> dt.date:
        return self.known.today

    def since(self, entered_on: dt.date | None) -> dt.date:
        """From when somebody is here: the day they came, the first day of the year at the earliest."""
        return max(entered_on or self.year_starts_on, self.year_starts_on)

    def student_key(self, key: str) -> str:
        """The key under which a student is known here, whatever the file calls them."""
        return key if key in self.students else self.aliases.get(key, key)

    def is_better_known(self, person_id: int) -> bool:
        """Whether somebody is known from a better source than this one, which then only adds what is missing."""
        return is_better_known(self.known.ids_of.get(person_id, ()), self.source)

    def mask(self, mondays: Iterable[dt.date]) -> int:
        """The weeks of a school year as bits; those outside of it are left out."""
        ranks = {(monday - self.first_monday).days // 7 for monday in mondays}
        return sum(1 << rank for rank in ranks if 0 <= rank < WEEKS)

    def after_today(self, weekday: int) -> int:
        """The weeks in which a day of the week is still to come: an import never rewrites what has taken place."""
        held = (self.today - self.first_monday).days - (weekday - 1)
        return ALL_WEEKS if held < 0 else ALL_WEEKS & ~((1 << held // 7 + 1) - 1)

    def group_code(self, code: str) -> str | None:
        """Our code for a group of a file, by what was confirmed once; None when there is no such group."""
        ours = self.known.group_matches.get(code, code)
        return ours if ours in self.coming or self._held(ours) else None

    def _held(self, code: str) -> bool:
        return not self.describes_groups and code in self.known.groups and self.known.groups[code].ends_on is None

    def group(self, code: str) -> int | Ref:
        """The row of a group that exists or will."""
        held = self.known.groups.get(code)
        return held.pk if held else Ref(f"group:{code}")

    def group_label(self, code: str) -> str:
        if code in self.coming:
            return self.coming[code].label or code
        return self.known.groups[code].label if code in self.known.groups else code

    def subject_label(self, code: str) -> str:
        held = self.known.subjects.get(code)
        return self.subject_labels.get(code) or (held.label if held else code)

    def divisions_of(self, group: int) -> set[str]:
        """The codes of the classes that the students of a group come from."""
        found = set()
        for memberships in self.known.memberships.values():
            here = [each for each in memberships if each.ends_on is None or each.ends_on >= self.today]
            if any(each.group_id == group for each in here):
                found |= {each.group.code for each in here if each.group.kind == Group.Kind.DIVISION}
        return found

    def is_division(self, code: str) -> bool:
        if code in self.coming:
            return self.coming[code].kind == "division"
        return code in self.known.groups and self.known.groups[code].kind == Group.Kind.DIVISION

    def unknown_group(self, code: str, record: str) -> None:
        """Note a code that is no group here, with those it resembles; once for each record."""
        if (code, record) in self._told:
            return
        codes = tuple(sorted({*self.known.groups, *self.coming}))
        finding = Finding(
            Severity.QUARANTINE, "unknown_group", record,
            _(
                "La classe ou le groupe « %(code)s » n’existe pas ici. Choisissez celui qui lui correspond, "
                "ou importez d’abord les structures."
            ) % {"code": code},
            new=code,
        )  # fmt: skip
        self.plan.findings.append(finding)
        if all(told != code for told, _record in self._told):
            self.plan.choices.append(Choice(finding, code, codes))
        self._told.add((code, record))

    def guard(self, missing: int, known: int, who: str, told: str = "") -> None:
        """Hold the import when a complete file lacks too many of those known; `told` says otherwise what is lacking."""
        if missing > GUARD_PEOPLE or (known and missing / known > GUARD_SHARE and missing > 1):
            told = told or _(
                "%(missing)s %(who)s sur %(known)s ne sont plus dans le fichier. Vérifiez que l’export est complet "
                "avant de l’appliquer."
            )
            self.plan.holds.append(told % {"missing": missing, "known": known, "who": who})
