"""Who may write to whom: the rules of the school, their trial, the delegates."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group, Person
from pupitre.directory.queries import PersonFound, search_people
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.messaging.forms import RuleForm
from pupitre.messaging.models import ClassDelegate, WritingRule
from pupitre.messaging.parties import Party, Scope, parties_of
from pupitre.messaging.queries.rules import delegates_by_class, matrix_in_force, parents_of_class, reviews_pupils
from pupitre.messaging.queries.trial import try_writing
from pupitre.messaging.services import ruling
from pupitre.messaging.views.place import SAID, notice_of

RULES = "messaging.rules"


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: ActorRequest, uai: str) -> HttpResponse:
    """Whoever takes part in messages reads the rules; those who were named change them."""
    may_rule = request.actor.has(RULES)
    if not may_rule and (request.method == "POST" or not parties_of(request.actor.profiles)):
        raise Http404
    divisions = list(divisions_of_today().order_by("label"))
    form = RuleForm(request.POST if request.method == "POST" and "sender" in request.POST else None)
    if request.method == "POST" and "reviews" in request.POST:
        ruling.review_pupils(request.POST["reviews"] == "1", actor=request.actor)
        return _back("messages_of_school:rules", uai)
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        ruling.set_rule(
            sender=Party(facts["sender"]),
            recipient=Party(facts["recipient"]),
            scope=Scope(facts["scope"]),
            group=_class(divisions, facts["group"]),
            actor=request.actor,
        )
        return _back("messages_of_school:rules", uai)
    matrix = matrix_in_force()
    table = [
        (sender.label, [(matrix.scope(sender, each).label, matrix.is_own(sender, each)) for each in Party])
        for sender in Party
    ]
    context = {
        "uai": uai,
        "form": form,
        "parties": Party.choices,
        "scopes": Scope.choices,
        "table": table,
        "divisions": divisions,
        "exceptions": WritingRule.objects.exclude(group=None).select_related("group").order_by("group__label"),
        "reviews": reviews_pupils(),
        "may_rule": may_rule,
        "mine": [party.label for party in parties_of(request.actor.profiles)],
        "notice": notice_of(request),
    }
    return render(request, "messaging/rules.html", context, status=422 if form.errors else 200)


@require_POST
def drop_rule(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, RULES)
    found = WritingRule.objects.exclude(group=None).filter(pk=pk).first()
    if found is None:
        raise Http404
    ruling.drop_class_rule(found, actor=request.actor)
    return _back("messages_of_school:rules", uai)


@require_safe
def trial(request: ActorRequest, uai: str) -> HttpResponse:
    """« Écrire en tant que … à … »."""
    require(request.actor, RULES)
    ends = {}
    for end, word in (("sender", "de"), ("recipient", "a")):
        text = " ".join(request.GET.get(word, "").split())[:80]
        found = search_people(request.actor, text) if text else []
        ends[end] = {"text": text, "found": found, "chosen": _chosen(found, request.GET.get(f"{word}_id", ""))}
    sender, recipient = (ends[end]["chosen"] for end in ("sender", "recipient"))
    tried = try_writing(sender, recipient) if isinstance(sender, Person) and isinstance(recipient, Person) else None
    return render(request, "messaging/trial.html", {"uai": uai, **ends, "tried": tried})


def _chosen(found: list[PersonFound], pk: str) -> Person | None:
    """The one that was ticked, or the only one."""
    ticked = next((each.person for each in found if str(each.person.pk) == pk), None)
    return ticked or (found[0].person if len(found) == 1 else None)


@require_http_methods(["GET", "HEAD", "POST"])
def delegates(request: ActorRequest, uai: str) -> HttpResponse:
    """Which parents represent each class."""
    require(request.actor, RULES)
    divisions = list(divisions_of_today().order_by("label"))
    chosen = _class(divisions, _number(request.POST.get("group") or request.GET.get("classe", "")))
    people = parents_of_class(chosen) if chosen else Person.objects.none()
    if request.method == "POST":
        person = people.filter(pk=_number(request.POST.get("person", "")) or 0).first()
        if chosen is None or person is None:
            raise Http404
        ruling.name_delegate(chosen, person.pk, actor=request.actor)
        return _back("messages_of_school:delegates", uai)
    context = {
        "uai": uai,
        "divisions": divisions,
        "chosen": chosen,
        "people": people,
        "delegates": delegates_by_class(),
        "notice": notice_of(request),
    }
    return render(request, "messaging/delegates.html", context)


@require_POST
def dismiss(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, RULES)
    found = ClassDelegate.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    ruling.dismiss_delegate(found, actor=request.actor)
    return _back("messages_of_school:delegates", uai)


def _class(divisions: list[Group], pk: int | None) -> Group | None:
    """A class of the year; None when none is named. Raises Http404 for one that is not."""
    if pk is None:
        return None
    found = next((group for group in divisions if group.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _back(route: str, uai: str) -> HttpResponse:
    response = redirect(route, uai=uai)
    response["Location"] += f"?{SAID}=regle"
    return response
