"""Choosing the skills of an assessment, noting levels, and what the school adds to the base."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.mastery import Mode
from pupitre.gradebook.models import AssessedSkill, Assessment, SchoolSkill, SkillLevel, SkillMode
from pupitre.gradebook.models.skills import MOST_SKILLS
from pupitre.gradebook.queries.skills import skills_of_school
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.closing import refuse_closed_students, terms_counted
from pupitre.gradebook.services.stamping import see_marks_again
from pupitre.gradebook.socle import LETTERS

Place = tuple[int, str]
"""A student and the key of a skill."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A level that somebody else changed meanwhile: theirs stays."""

    student: int
    skill: str
    theirs: str
    yours: str


@transaction.atomic
def choose_skills(*, assessment: Assessment, keys: Sequence[str], actor: Actor) -> None:
    """Say which skills an assessment looks at. Raises Refusal: more than twelve, unknown, or with levels noted."""
    wanted = list(dict.fromkeys(keys))
    if len(wanted) > MOST_SKILLS:
        raise Refusal(_("Douze compétences au plus par évaluation : il y en a %(n)s.") % {"n": len(wanted)})
    known = skills_of_school()
    if not set(wanted) <= set(known):
        raise Refusal(_("Une de ces compétences n’existe plus. Rechargez la page."))
    held = set(AssessedSkill.objects.filter(assessment=assessment).values_list("skill", flat=True))
    gone = held - set(wanted)
    noted = SkillLevel.objects.filter(assessment=assessment, skill__in=gone).values_list("skill", flat=True).first()
    if noted is not None:
        label = known[noted].label if noted in known else noted
        raise Refusal(_("« %(label)s » a déjà des niveaux notés : effacez-les d’abord.") % {"label": label})
    AssessedSkill.objects.filter(assessment=assessment, skill__in=gone).delete()
    AssessedSkill.objects.bulk_create(
        AssessedSkill(establishment_id=current_establishment_id(), assessment=assessment, skill=key)
        for key in wanted
        if key not in held
    )
    audit.record(actor, "gradebook.choose_skills", assessment, skills=len(wanted))


@transaction.atomic
def note_levels(
    *, assessment: Assessment, before: Mapping[Place, int], after: Mapping[Place, int], actor: Actor
) -> list[Meeting]:
    """Write the levels that changed between what was on the screen and what comes back; 0 is « not assessed ».

    What somebody else changed meanwhile stays theirs, and is told. Raises Refusal when the assessment or its term is closed.
    """
    changed = {place: level for place, level in after.items() if before.get(place, 0) != level}
    if not changed:
        return []
    _refuse_closed(assessment, {student for student, _skill in changed})
    rows = SkillLevel.objects.filter(assessment=assessment, student__in={student for student, _skill in changed})
    held = {(row.student_id, row.skill): row.level for row in rows.select_for_update()}
    met = [
        Meeting(*place, LETTERS.get(held.get(place, 0), "–"), LETTERS.get(level, "–"))
        for place, level in changed.items()
        if held.get(place, 0) not in (before.get(place, 0), level)
    ]
    theirs = {(each.student, each.skill) for each in met}
    mine = {place: level for place, level in changed.items() if place not in theirs}
    _write(assessment, mine, actor)
    if assessment.student_sees_at is not None:
        see_marks_again({student for student, _skill in mine})
    return met


def _write(assessment: Assessment, levels: Mapping[Place, int], actor: Actor) -> None:
    for student, skill in [place for place, level in levels.items() if not level]:
        SkillLevel.objects.filter(assessment=assessment, student=student, skill=skill).delete()
    SkillLevel.objects.bulk_create(
        [
            SkillLevel(
                establishment_id=current_establishment_id(), assessment=assessment, student_id=student, skill=skill,
                level=level, noted_by_id=actor.person_id, noted_at=clock.now(),
            )
            for (student, skill), level in levels.items()
            if level
        ],
        update_conflicts=True,
        unique_fields=["establishment", "assessment", "student", "skill"],
        update_fields=["level", "noted_by_id", "noted_at"],
    )  # fmt: skip


def _refuse_closed(assessment: Assessment, students: Collection[int]) -> None:
    if assessment.is_locked:
        raise Refusal(_("Cette évaluation est verrouillée. Déverrouillez-la pour changer un niveau."))
    refuse_closed_students(students, terms_counted(assessment))


@transaction.atomic
def add_skill(*, domain: str, label: str, actor: Actor) -> SchoolSkill:
    """Add a skill of the school under a component of the base; one that was put away comes back."""
    row, _created = SchoolSkill.objects.update_or_create(
        establishment_id=current_establishment_id(), domain=domain, label=label.strip(), defaults={"is_active": True}
    )
    audit.record(actor, "gradebook.add_skill", row)
    skill: SchoolSkill = row
    return skill


@transaction.atomic
def put_away_skill(*, skill: SchoolSkill, actor: Actor) -> None:
    """Offer a skill of the school no more; what was noted stays."""
    skill.is_active = False
    skill.save(update_fields=["is_active"])
    audit.record(actor, "gradebook.put_away_skill", skill)


@transaction.atomic
def set_modes(*, modes: Mapping[str, tuple[Mode, int]], keys: Collection[str], actor: Actor) -> None:
    """Say how the levels of each of these skills become one."""
    school = current_establishment_id()
    for key in keys:
        if key in modes:
            mode, count = modes[key]
            SkillMode.objects.update_or_create(
                establishment_id=school, skill=key, defaults={"mode": mode.value, "count": count}
            )
    audit.record(actor, "gradebook.set_modes", establishment_id=school, skills=len(modes))
