"""Writing the end of a cycle of a student, and the file of those that are complete."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Student
from pupitre.establishments.models import SchoolYear, Term
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.assembling import pupil_of, responsibles_of, signatory_of, teacher_of
from pupitre.integrations.lsu.booklet import Booklet, CycleReport
from pupitre.integrations.lsu.checking import Code, Fault, has_number, is_number
from pupitre.integrations.lsu.cycles import cycle_of, is_complete
from pupitre.integrations.lsu.drafting import Draft
from pupitre.integrations.lsu.models import CycleEnd, LsuExport
from pupitre.integrations.lsu.queries.terms import drafts_of
from pupitre.integrations.lsu.refusals import Refusal
from pupitre.integrations.lsu.services.exporting import Left, header_of, keep


@dataclass(frozen=True, slots=True)
class Typed:
    """The end of a cycle as it was typed; `levels` holds what is decided, from 0 to 4."""

    levels: Mapping[str, int]
    synthesis: str
    complement: str = ""
    complement_level: int | None = None
    language: str = ""
    language_level: int | None = None


@transaction.atomic
def write_cycle_end(
    *, student: Student, year: SchoolYear, cycle: int, typed: Typed, version: int, actor: Actor
) -> CycleEnd:
    """Keep the end of a cycle. Raises Refusal: somebody wrote meanwhile, a text too long, a code unknown.

    Whoever calls has checked that the actor writes for the class of the student.
    """
    synthesis = plain(typed.synthesis)
    if len(synthesis) > limits.SYNTHESIS:
        raise Refusal(
            _("La synthèse fait %(n)s caractères, %(most)s au plus.") % {"n": len(synthesis), "most": limits.SYNTHESIS}
        )
    end, _is_new = CycleEnd.objects.select_for_update(of=("self",)).get_or_create(
        student=student, school_year=year, defaults={"cycle": cycle}
    )
    if end.version != version:
        raise Refusal(
            _(
                "Quelqu’un a écrit ce bilan pendant que vous l’aviez sous les yeux. Relisez ci-dessous, puis enregistrez."
            )
        )
    end.cycle, end.synthesis = cycle, synthesis
    end.levels = {code: level for code, level in typed.levels.items() if code in limits.COMPONENTS and 0 <= level <= 4}
    end.complement = typed.complement if typed.complement in limits.COMPLEMENTS else ""
    end.complement_level = typed.complement_level if end.complement not in ("", limits.NO_COMPLEMENT) else None
    end.language = typed.language if typed.language in limits.LANGUAGES else ""
    end.language_level = typed.language_level if end.language not in ("", limits.NO_COMPLEMENT) else None
    end.version, end.written_by_id, end.written_at = version + 1, actor.person_id, clock.now()
    end.save()
    audit.record(actor, "lsu.write_cycle_end", end)
    return end


@transaction.atomic
def export_cycles(*, term: Term, actor: Actor) -> LsuExport:
    """Make the file of the ends of cycle of the year. Raises Refusal when none is complete.

    `term`: any of the year; it says who is in which class.
    """
    drafts = drafts_of(term, actor.uai)
    ends = {each.student_id: each for each in CycleEnd.objects.filter(school_year=term.school_year)}
    version, chosen = drafts.facts.settings or (limits.VERSIONS[0], "")
    signatory = signatory_of(drafts.facts.heads, chosen)
    reports: list[CycleReport] = []
    left: list[Left] = []
    told: list[int] = []
    for draft in drafts.all():
        if cycle_of(draft.pupil.mef, draft.division.label) is None:
            continue
        end = ends.get(draft.pupil.id)
        faults = _faults(draft, end)
        if end is None or faults:
            left.append((draft.pupil.name, draft.division.label, faults))
            continue
        reports.append(_report(draft, end, term.school_year, signatory))
        told.append(draft.pupil.id)
    if not reports:
        raise Refusal(
            _("Aucun bilan de fin de cycle n’est complet : huit composantes et une synthèse pour chaque élève.")
        )
    return keep(
        Booklet(header_of(actor.uai, version), (), reports), name=f"lsu_{actor.uai}_cycles_{term.school_year.year}.xml",
        term=None, year=term.school_year, division=None, left=left, students=told, actor=actor,
    )  # fmt: skip


def _faults(draft: Draft, end: CycleEnd | None) -> list[Fault]:
    found = []
    if not is_number(draft.pupil.number):
        found.append(Fault(Code.NO_NUMBER, draft.pupil.id, draft.pupil.name, is_blocking=True))
    if end is None or not is_complete(end.levels, end.synthesis):
        found.append(Fault(Code.NO_CYCLE, draft.pupil.id, draft.pupil.name, is_blocking=True))
    return found


def _report(draft: Draft, end: CycleEnd, year: SchoolYear, signatory: str) -> CycleReport:
    return CycleReport(
        pupil=pupil_of(draft.pupil, draft.division.code),
        cycle=end.cycle,
        year=year.year,
        made_on=clock.today(),
        signatory=signatory,
        levels=end.levels,
        synthesis=end.synthesis,
        complement=end.complement or limits.NO_COMPLEMENT,
        complement_level=end.complement_level,
        language=end.language,
        language_level=end.language_level,
        form_teachers=[teacher_of(each) for each in draft.form_teachers if has_number(each)],
        responsibles=responsibles_of(draft.guardians),
    )
