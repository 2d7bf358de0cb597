"""Names of timetable software: what each one is here, asked once and kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.imports.choices import Choices, choices_of
from pupitre.integrations.imports.models import Correspondence, ImportJob, MatchQuestion
from pupitre.integrations.imports.queries import questions_of
from pupitre.integrations.imports.recognising.likeness import LIKELY
from pupitre.integrations.imports.services.matching import (
    Answer,
    change_correspondence,
    forget_correspondence,
    settle_names,
)
from pupitre.integrations.imports.services.resuming import analyse_again
from pupitre.integrations.imports.views.notices import back_to, notice_of
from pupitre.integrations.imports.words import source_name

Verdict = Correspondence.Verdict
CREATE, IGNORE = "+", "-"
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready to draw: its nearest answers, all the others, and the one chosen beforehand."""

    row: MatchQuestion
    why: str
    near: Choices
    others: Choices
    chosen: str


def options_for(kinds: Iterable[str]) -> dict[str, Choices]:
    """All that names of these kinds may be."""
    return choices_of(sorted(set(kinds)))


def drawn(questions: Iterable[MatchQuestion], choices: dict[str, Choices]) -> list[Asked]:
    """Questions of a page; the likeliest answer is chosen beforehand, and counts once the form is sent."""
    found = []
    for row in questions:
        near = [(_value(each["value"]), f"{each['label']} — {each['why']}") for each in row.candidates]
        best = row.candidates[0] if row.candidates else None
        chosen = _value(best["value"]) if best and best["score"] >= LIKELY else ""
        others = [(_value(value), label) for value, label in choices[row.kind] if _value(value) not in dict(near)]
        why = _("Le plus proche : « %(label)s », %(why)s.") % best if best else _("Rien d’ici ne lui ressemble.")
        found.append(Asked(row, why, near, others, chosen))
    return found


@require_POST
def settle_all(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Keep the answers of a page, then analyse again with them."""
    rows = ImportJob.objects.defer("readings")
    job = get_allowed_or_404(request.actor, "imports.manage_job", rows, pk=pk)
    if job.state != ImportJob.State.TO_REVIEW:
        return back_to("job", uai, "deja", pk=pk)
    sent = {
        name.removeprefix("nom-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("nom-") and value
    }
    numbers = [int(each) for each in sent if each.isdecimal() and len(each) < 19]
    questions = list(questions_of(job).filter(pk__in=numbers))
    choices = options_for(each.kind for each in questions)
    answers = [(each, _answer(sent[str(each.pk)], _allowed(each, choices))) for each in questions]
    good = [(question, answer) for question, answer in answers if answer is not None]
    if len(good) < len(sent):
        return back_to("job", uai, "perime", pk=pk)
    if not good:
        return back_to("job", uai, "sans-reponse", pk=pk, query={"partie": "correspondances"})
    count = settle_names(job, good, request.actor)
    analyse_again(job, request.actor)
    return back_to("job", uai, "noms", count=count, pk=pk)


@require_safe
def correspondences(request: ActorRequest, uai: str) -> HttpResponse:
    """What was said once, by software then by kind."""
    require(request.actor, "imports.view")
    rows = Correspondence.objects.select_related("decided_by").order_by("source", "kind", "outside")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    labels = {kind: dict(values) for kind, values in options_for(each.kind for each in page).items()}
    context = {
        "uai": uai,
        "page": page,
        "lines": [(each, _told(each, labels), source_name(each.source)) for each in page],
        "notice": notice_of(request),
        "may_manage": request.actor.has("imports.manage"),
    }
    return render(request, "imports/correspondences.html", context)


def correspondence(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Say otherwise what one name is."""
    row = get_allowed_or_404(request.actor, "imports.manage_correspondence", Correspondence.objects.all(), pk=pk)
    choices = options_for([row.kind])[row.kind]
    error = ""
    if request.method == "POST":
        answer = _answer(request.POST.get("reponse", ""), {value for value, _label in choices})
        if answer is not None:
            change_correspondence(row, answer, request.actor)
            return back_to("correspondences", uai, "correspondance")
        error = _("Choisissez dans la liste ce que ce nom désigne ici.")
    context = {
        "uai": uai,
        "row": row,
        "source": source_name(row.source),
        "choices": [(_value(value), label) for value, label in choices],
        "chosen": {Verdict.CREATE: CREATE, Verdict.IGNORE: IGNORE}.get(Verdict(row.verdict), _value(row.value)),
        "error": error,
    }
    return render(request, "imports/correspondence.html", context, status=422 if error else 200)


@require_POST
def forget(request: ActorRequest, uai: str) -> HttpResponse:
    """Let the next import ask again; a second click finds it done."""
    require(request.actor, "imports.manage")
    number = request.POST.get("nom", "")
    number = number if number.isdecimal() and len(number) < 19 else "0"
    rows = allowed(request.actor, "imports.manage_correspondence", Correspondence.objects.all())
    done = forget_correspondence(rows.filter(pk=int(number)), request.actor)
    return back_to("correspondences", uai, "nom-redemande" if done else "deja")


def _value(value: str) -> str:
    """How one of ours is sent, apart from « create » and « ignore »."""
    return f"={value}"


def _allowed(question: MatchQuestion, choices: dict[str, Choices]) -> set[str]:
    near = {str(each["value"]) for each in question.candidates}
    return near | {value for value, _label in choices[question.kind]}


def _answer(sent: str, allowed: set[str]) -> Answer | None:
    """What was answered; None when it is no longer possible."""
    if sent == CREATE:
        return Verdict.CREATE, ""
    if sent == IGNORE:
        return Verdict.IGNORE, ""
    return (Verdict.SAME, sent[1:]) if sent[:1] == "=" and sent[1:] in allowed else None


def _told(row: Correspondence, labels: dict[str, dict[str, str]]) -> str:
    if row.verdict == Verdict.CREATE:
        return _("créé s’il manque")
    if row.verdict == Verdict.IGNORE:
        return _("ignoré")
    return labels[row.kind].get(row.value) or _("n’existe plus ici : sera redemandé")
