"""The DNB of a student of 3e: the part of the year, and what the examination would have to give."""

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.foundation import audit
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook import sql_student
from pupitre.gradebook.rounding import Rounding, plain, written
from pupitre.integrations.dnb.queries import is_in_3e, year_of
from pupitre.integrations.dnb.result import CONTINUOUS, EXAMS, PASS, needed

_EXAMS = {
    "fra": _("Français"), "mat": _("Mathématiques"), "hge": _("Histoire-géographie"), "emc": _("Enseignement moral et civique"),
    "sci": _("Sciences"), "ora": _("Oral"),
}  # fmt: skip
_WANTED = (
    (PASS, _("Diplôme obtenu")), (Fraction(12), _("Mention assez bien")), (Fraction(14), _("Mention bien")),
    (Fraction(16), _("Mention très bien")), (Fraction(18), _("Très bien avec les félicitations du jury")),
)  # fmt: skip
# Results are told to the hundredth, whatever the rule of the school: this is not its average.
_HUNDREDTH = Rounding(step=1)


@require_safe
def student(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found, seen = _reader(request, pk)
    if not is_in_3e(found):
        raise Http404
    year = year_of(found, seen)
    context: dict[str, Any] = {
        "uai": uai, "student": found, "is_own": seen == sql_student.SEEN_BY_STUDENT, "year": year,
        "is_family": seen != sql_student.SEEN_BY_STAFF, "write": lambda value: written(value, _HUNDREDTH),
        "exams": [(key, _EXAMS[key], weight, plain(Fraction(weight, 10))) for key, weight in EXAMS],
        "wanted": [(label, plain(least), needed(year.whole.value, least)) for least, label in _WANTED] if year.whole else [],
        "base": f"{float(year.whole.value * CONTINUOUS):.6f}" if year.whole else "",
        "mentions": [(plain(least), label) for least, label in reversed(_WANTED)],
    }  # fmt: skip
    return render(request, "dnb/student.html", context)


def _reader(request: ActorRequest, pk: int) -> tuple[Student, str]:
    """The student, and which marks this reader sees of them: a family those that are published."""
    actor = request.actor
    found: Student = get_allowed_or_404(
        actor, "gradebook.view_student", Student.objects.select_related("person"), pk=pk
    )  # fmt: skip
    if found.person_id == actor.person_id and Profile.STUDENT in actor.profiles:
        return found, sql_student.SEEN_BY_STUDENT
    if allowed(actor, "gradebook.read_as_family", Student.objects.filter(pk=pk)).exists():
        return found, sql_student.SEEN_BY_GUARDIAN
    audit.record(actor, "dnb.view_student", found)
    return found, sql_student.SEEN_BY_STAFF
