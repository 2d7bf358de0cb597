"""From the reports that may leave to what the file tells. They were checked: everything that the schema asks for is there."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from pupitre.directory.models import Relation
from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.booklet import (
    Booklet,
    Header,
    Line,
    Period,
    Project,
    Pupil,
    Responsible,
    Teacher,
    TermReport,
)
from pupitre.integrations.lsu.checking import can_be_told, has_number, is_number
from pupitre.integrations.lsu.drafting import Draft, DraftLine, Drafts
from pupitre.integrations.lsu.facts import GuardianRow, ProjectRow, PupilRow, StaffRow
from pupitre.integrations.lsu.text import clean, one_line

_CIVILITIES = {"M": "M", "F": "MME"}
_PARIS = ZoneInfo("Europe/Paris")
_RELATIONS = {Relation.MOTHER.value: "MERE", Relation.FATHER.value: "PERE"}


def booklet_of(
    drafts: Drafts, ready: Sequence[Draft], header: Header, period: Period, signatory: str, year_starts_on: dt.date
) -> Booklet:
    """The file of the reports that are ready."""
    made = _Assembling(drafts, period, signatory, year_starts_on)
    return Booklet(header, [made.report(each) for each in ready], (), made.class_paths(ready))


def signatory_of(heads: Iterable[tuple[str, str]], chosen: str) -> str:
    """Who signs: whom the school chose, else its head, deputies last."""
    people = sorted(heads, key=lambda each: "adjoint" in each[1].lower())
    return one_line(chosen) or (people[0][0] if people else _("Chef d’établissement"))


def pupil_of(row: PupilRow, division: str) -> Pupil:
    """A student as the file names them."""
    return Pupil(int(row.number or 0), row.last_name, row.first_name, division[: limits.DIVISION])


def teacher_of(row: StaffRow) -> Teacher:
    """Somebody who teaches, by the number of the academy, else that of the school."""
    kind, number = ("epp", row.epp) if is_number(row.epp) else ("local", row.local)
    return Teacher(
        kind, int(number or 0), _CIVILITIES.get(row.sex, ""), row.usage_name or row.last_name, row.first_name
    )


def responsibles_of(rows: Iterable[GuardianRow]) -> list[Responsible]:
    """The legal guardians, the first two as such."""
    return [
        Responsible(
            _CIVILITIES.get(each.sex, ""), each.usage_name or each.last_name, each.first_name, rank,
            _RELATIONS.get(each.relation, "AUTRE"),
        )
        for rank, each in enumerate(rows, 1)
    ]  # fmt: skip


class _Assembling:
    def __init__(self, drafts: Drafts, period: Period, signatory: str, year_starts_on: dt.date) -> None:
        self.drafts, self.period, self.signatory, self.year_starts_on = drafts, period, signatory, year_starts_on
        self._projects: dict[int, Project] = {}

    def report(self, draft: Draft) -> TermReport:
        card, division = draft.card, draft.division
        if card is None or division.council_on is None:
            raise ValueError(draft.pupil.id)
        told = [(project, said) for project, said in draft.projects if can_be_told(project, self.drafts)]
        paths = {}
        for project, said in told:
            if project.kind in limits.PATHS and clean(said) and len(clean(said)) <= limits.COMMENT:
                paths[project.kind] = said
        locked_at = card.published_at or card.validated_at
        return TermReport(
            pupil=pupil_of(draft.pupil, division.code),
            period=self.period,
            council_on=division.council_on,
            schooled_on=draft.pupil.entered_on or self.year_starts_on,
            signatory=self.signatory,
            lines=[_line(each) for each in draft.lines],
            advice=card.synthesis,
            life=draft.life,
            locked_at=locked_at.astimezone(_PARIS) if locked_at else None,
            form_teachers=[teacher_of(each) for each in draft.form_teachers if has_number(each)],
            epis=self._of_kind("EPI", told),
            helps=self._of_kind("AP", told),
            paths=paths,
            supports={code: "" for code in card.supports if code in limits.SUPPORTS},
            homework_help=_("L’élève est accompagné dans le cadre de Devoirs faits.") if "DF" in card.supports else "",
            responsibles=responsibles_of(draft.guardians),
        )

    def _of_kind(self, kind: str, told: Iterable[tuple[ProjectRow, str]]) -> list[tuple[Project, str]]:
        return [
            (made, said if len(clean(said)) <= limits.COMMENT else "")
            for row, said in told
            if row.kind == kind and (made := self._project(row))
        ]

    def _project(self, row: ProjectRow) -> Project:
        if row.id not in self._projects:
            self._projects[row.id] = self._made(row)
        return self._projects[row.id]

    def _made(self, row: ProjectRow) -> Project:
        pairs = [
            (teacher_of(self.drafts.staff[who]), self.drafts.discipline_of(course))
            for course in self.drafts.courses_of_projects.get(row.id, ())
            for who in self.drafts.teachers.get(course.id, ())
            if who in self.drafts.staff and has_number(self.drafts.staff[who])
        ]
        is_epi = row.kind == "EPI"
        title, text = row.title[: limits.TITLE], row.text
        return Project(
            row.id, title, tuple(dict.fromkeys(pairs)), text if len(clean(text)) <= limits.COMMENT else "",
            # The national list of themes was withdrawn: the title of the project is its theme.
            f"TH_{row.id}" if is_epi else "", title if is_epi else "",
        )  # fmt: skip

    def class_paths(self, ready: Sequence[Draft]) -> Mapping[tuple[Period, str], Mapping[str, str]]:
        """What is said of each path to a whole class: titles and texts, one after the other."""
        found: dict[tuple[Period, str], dict[str, str]] = {}
        for division in dict.fromkeys(each.division for each in ready):
            texts: dict[str, str] = {}
            for project in self.drafts.facts.projects:
                if project.division == division.id and project.kind in limits.PATHS:
                    said = (
                        f"{project.title}\N{NO-BREAK SPACE}: {project.text}" if clean(project.text) else project.title
                    )
                    joined = "\n".join(filter(None, (texts.get(project.kind, ""), said)))
                    if len(clean(joined)) <= limits.COMMENT:
                        texts[project.kind] = joined
            if texts:
                found[self.period, division.code[: limits.DIVISION]] = texts
        return found


def _line(draft: DraftLine) -> Line:
    return Line(
        discipline=draft.discipline,
        teachers=[teacher_of(each) for each in draft.teachers if has_number(each)],
        elements=draft.elements,
        average=draft.average,
        class_average=draft.class_average,
        level=draft.level,
        appreciation=draft.appreciation,
    )
