import datetime as dt
from dataclasses import dataclass

import msgspec
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pupitre.foundation.registry import (
    Action,
    ActionSource,
    Capability,
    HomePart,
    MenuEntry,
    PersonalData,
    contribute,
)
from pupitre.foundation.ui.french import NBSP, number, plural
from pupitre.integrations.imports.models import (
    Correspondence,
    Difference,
    ImportFile,
    ImportJob,
    JobFinding,
    JournalEntry,
    MatchQuestion,
    RememberedMatch,
)
from pupitre.integrations.imports.words import origin

State = ImportJob.State
# Read for the windows people choose; the home shows the three latest otherwise.
_MOST = 8
_KEPT = _("L’année scolaire en cours.")
_WHO = _("Savoir qui a fait un import, ce qu’il a changé, et pouvoir l’annuler.")

# The figures of a job are counted only while a human is asked to look at it.
_JOB = """json_build_object('id', j.id, 'uai', e.uai, 'state', j.state, 'contents', j.contents, 'may_apply', j.may_apply,
  'at', coalesce(j.applied_at, j.ended_at, j.analysed_at, j.created_at),
  'ready', case when j.state = 'to_review' then (select count(*) from imports_difference d
    where d.establishment_id = wall.id and d.job_id = j.id and d.decision = 'apply') else 0 end,
  'left_aside', (select count(*) from imports_jobfinding f
    where f.establishment_id = wall.id and f.job_id = j.id and f.severity = 2))"""
_JOBS = """(select coalesce(json_agg(told order by created_at desc), '[]') from (
  select j.created_at, {job} as told from imports_importjob j join establishments_establishment e on e.id = wall.id
  where j.establishment_id = wall.id and {only} order by j.created_at desc limit {most}) latest)"""

# A school that knows no student and has no import under way: true, or nothing.
_EMPTY = """(select not exists (select from directory_affiliation a where a.establishment_id = wall.id
    and a.profile = 'student' and %(today)s between a.starts_on and coalesce(a.ends_on, 'infinity'))
  and not exists (select from imports_importjob j where j.establishment_id = wall.id
    and j.state in ('received', 'analysing', 'to_review', 'applying')))"""


class JobRow(msgspec.Struct, frozen=True):
    """An import as the home page asks for it."""

    id: int
    uai: str
    state: str
    contents: list[str]
    may_apply: bool
    at: dt.datetime
    ready: int
    left_aside: int


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import as its owner sees it on the home page: « SIECLE, 43 changements prêts »."""

    label: str
    detail: str
    level: str
    url: str
    at: dt.datetime | None = None


_LEVELS = {State.APPLIED: "ok", State.TO_REVIEW: "warn", State.REJECTED: "bad", State.FAILED: "bad"}
_decode_rows = msgspec.json.Decoder(list[JobRow]).decode


def lines_of(raw: msgspec.Raw) -> list[ImportLine]:
    """The latest imports, ready to draw."""
    return [_line(row) for row in _decode_rows(raw)]


def to_review(raw: msgspec.Raw, uai: str) -> list[Action]:
    """Imports that wait for somebody to look at them."""
    return [
        Action(
            label=_name(row),
            detail=f"{plural(row.ready, 'changement prêt', 'changements prêts')}{_aside(row)}. Rien n’a encore été modifié.",
            url=reverse("imports:job", args=[uai, row.id]),
            verb=str(_("Vérifier")),
            level="warn" if row.left_aside or not row.may_apply else "info",
            icon="base",
        )
        for row in _decode_rows(raw)
    ]


def to_begin(raw: msgspec.Raw, uai: str) -> list[Action]:
    """The first thing to do in a school where nobody has arrived yet."""
    if not msgspec.json.decode(raw, type=bool):
        return []
    return [
        Action(
            label=str(_("Déposer les fichiers de l’établissement")),
            detail=str(_("Aucun élève pour l’instant. Rien ne change avant que vous ayez tout relu.")),
            url=reverse("imports:jobs", args=[uai]),
            verb=str(_("Déposer")),
            icon="deposer",
        )
    ]


def _line(row: JobRow) -> ImportLine:
    detail = str(State(row.state).label)
    if row.state == State.TO_REVIEW:
        detail = f"{plural(row.ready, 'changement prêt', 'changements prêts')}"
    return ImportLine(
        label=_name(row),
        detail=f"{detail}{_aside(row)}",
        level=_LEVELS.get(State(row.state), ""),
        url=reverse("imports:job", args=[row.uai, row.id]),
        at=row.at,
    )


def _name(row: JobRow) -> str:
    return f"Import {origin(row.contents)}".rstrip()


def _aside(row: JobRow) -> str:
    if not row.left_aside:
        return ""
    words = ngettext("fiche mise de côté", "fiches mises de côté", row.left_aside)
    return f", {number(row.left_aside)}{NBSP}{words}"


contribute(
    Capability("imports.view", _("Voir les imports"), _("Imports")),
    Capability("imports.manage", _("Importer, décider, appliquer et annuler"), _("Imports")),
    MenuEntry(
        "imports.jobs",
        _("Imports"),
        "base",
        "imports:jobs",
        50,
        capability="imports.view",
        tab=True,
        group="school",
    ),
    HomePart("imports.health", _JOBS.format(job=_JOB, only="true", most=_MOST), lines_of, capability="imports.view"),
    ActionSource("imports.to_begin", _EMPTY, to_begin, capability="imports.manage"),
    ActionSource(
        "imports.to_review",
        _JOBS.format(job=_JOB, only="j.state = 'to_review'", most=5),
        to_review,
        capability="imports.manage",
    ),
    PersonalData(ImportJob, "author", _WHO, _KEPT),
    PersonalData(
        ImportFile,
        "people of the school",
        _("Lire les fichiers nationaux de l’établissement."),
        _("Chiffrés, effacés dès l’import appliqué, abandonné ou refusé."),
    ),
    PersonalData(Difference, "people of the school", _("Montrer ce qu’un import change."), _KEPT),
    PersonalData(JobFinding, "people of the school", _("Dire quelles fiches corriger, et où."), _KEPT),
    PersonalData(JournalEntry, "people of the school", _("Pouvoir annuler un import."), _KEPT),
    PersonalData(
        MatchQuestion, "people of the school", _("Demander qui ou quoi désigne un nom d’un emploi du temps."), _KEPT
    ),
    PersonalData(Correspondence, "decided_by", _("Ne pas reposer une question déjà tranchée."), _KEPT),
    PersonalData(RememberedMatch, "decided_by", _("Ne pas reposer une question déjà tranchée."), _KEPT),
)
