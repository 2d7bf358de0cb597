"""Skills: those that an assessment looks at, the levels of each student, and what the school adds to the base."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pupitre.foundation.access import EVERYONE, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook import sql_student
from pupitre.gradebook.charts import radar
from pupitre.gradebook.forms_skills import SkillForm, levels_of, modes_of
from pupitre.gradebook.mastery import Mode
from pupitre.gradebook.models import Assessment, SchoolSkill, SkillMode
from pupitre.gradebook.policies import MANAGE
from pupitre.gradebook.queries.skills import (
    by_domain,
    seen_by_guardian,
    seen_by_student,
    sheet_of_levels,
    skills_of_school,
    skills_of_student,
)
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.skills import (
    Meeting,
    add_skill,
    choose_skills,
    note_levels,
    put_away_skill,
    set_modes,
)
from pupitre.gradebook.socle import LETTERS, Level
from pupitre.gradebook.views.students import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The skills of an assessment, and the level that each student showed."""
    rows = Assessment.objects.select_related("course__group", "course__subject", "term")
    assessment = get_allowed_or_404(request.actor, "gradebook.mark_assessment", rows, pk=pk)
    problem, met, sent = "", list[Meeting](), dict[tuple[int, str], int]()
    if request.method == "POST":
        try:
            if "choisir" in request.POST:
                keys = request.POST.getlist("competence")
                choose_skills(assessment=assessment, keys=keys, actor=request.actor)
                return redirect(request.path)
            sent = _inside(assessment, levels_of(request.POST, "c"))
            before = levels_of(request.POST, "b")
            met = note_levels(assessment=assessment, before=before, after=sent, actor=request.actor)
            if not met:
                return redirect(f"{request.path}?dit=fait")
        except Refusal as no:
            problem = str(no)
    sheet = sheet_of_levels(assessment)
    shown = {**sheet.levels, **sent} if problem else sheet.levels
    chosen = request.POST.getlist("competence") if problem else [each.key for each in sheet.skills]
    names = {each.pk: str(each) for each in sheet.students}
    context = {
        "uai": uai, "assessment": assessment, "course": assessment.course, "sheet": sheet, "shown": shown, "chosen": chosen,
        "domains": by_domain(sheet.offered), "levels": [(each, LETTERS[each.value]) for each in Level], "problem": problem,
        "met": [(names.get(each.student, ""), each) for each in met], "is_saved": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "gradebook/levels.html", context, status=422 if problem or met else 200)


def _inside(assessment: Assessment, sent: dict[tuple[int, str], int]) -> dict[tuple[int, str], int]:
    """What was sent about the students and the skills of this assessment, and nothing else."""
    sheet = sheet_of_levels(assessment)
    students, skills = {each.pk for each in sheet.students}, {each.key for each in sheet.skills}
    return {
        (student, skill): level for (student, skill), level in sent.items() if student in students and skill in skills
    }


@require_safe
def mastered(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The eight components of the base for one student, as this reader may know them."""
    student, seen = reader_of(request, pk)
    rule = {sql_student.SEEN_BY_STUDENT: seen_by_student, sql_student.SEEN_BY_GUARDIAN: seen_by_guardian}.get(seen)
    found = skills_of_student(student, rule() if rule else EVERYONE)
    context = {
        "uai": uai, "student": student, "is_own": seen == sql_student.SEEN_BY_STUDENT, "domains": found.domains,
        "radar": radar([each.level for each in found.domains]), "levels": [(each, LETTERS[each.value]) for each in Level],
        "has_some": found.has_some, "modes": dict(SkillMode.MODES),
        "subjects": [(subject, LETTERS[level], Level(level).label) for subject, level in found.subjects],
    }  # fmt: skip
    return render(request, "gradebook/mastered.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: ActorRequest, uai: str) -> HttpResponse:
    """The skills of the school, and how levels become one; for the head."""
    require(request.actor, MANAGE)
    known = skills_of_school()
    adding = request.method == "POST" and "ajouter" in request.POST
    form = SkillForm(request.POST if adding else None)
    if adding and form.is_valid():
        add_skill(actor=request.actor, **form.cleaned_data)
        return redirect(request.path)
    if request.method == "POST" and "retirer" in request.POST:
        key = request.POST["retirer"]
        found = get_object_or_404(SchoolSkill.objects.all(), pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
        put_away_skill(skill=found, actor=request.actor)
        return redirect(request.path)
    if request.method == "POST" and "modes" in request.POST:
        set_modes(modes=modes_of(request.POST, known), keys=known.keys(), actor=request.actor)
        return redirect(f"{request.path}?dit=fait")
    if request.method == "POST" and not adding:
        raise Http404
    held = {row.skill: (row.mode, row.count) for row in SkillMode.objects.all()}
    context = {
        "uai": uai, "domains": by_domain(known), "form": form, "modes": SkillMode.MODES,
        "held": {key: held.get(key, (Mode.LAST.value, 3)) for key in known}, "is_done": request.GET.get("dit") == "fait",
    }  # fmt: skip
    return render(request, "gradebook/skills.html", context, status=422 if form.errors else 200)
