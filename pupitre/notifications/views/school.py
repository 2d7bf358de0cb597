from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.notifications.forms import HoursForm, SchoolRhythmsForm
from pupitre.notifications.kinds import Audience
from pupitre.notifications.models import DeliveryFailure, SchoolRhythm
from pupitre.notifications.policies import FOLLOW, MANAGE
from pupitre.notifications.queries import hours_of
from pupitre.notifications.screens import kinds_for
from pupitre.notifications.services.failures import settle_failure
from pupitre.notifications.services.school import set_hours, set_rhythms
from pupitre.notifications.words import sentence_of


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    rules = hours_of(request.actor.establishment_id)
    form = HoursForm(request.POST or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        set_hours(week=form.week(), actor=request.actor)
        return HttpResponseRedirect(f"{reverse('school_notifications:hours', args=[uai])}?fait=heures")
    context = {"form": form, "sentence": sentence_of(rules), "said": request.GET.get("fait", ""), "uai": uai}
    return render(request, "notifications/hours.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def rhythms(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    asked = request.POST.get("audience") or request.GET.get("pour", "")
    audience = Audience(asked) if asked in Audience.values else Audience.GUARDIAN
    decided = SchoolRhythm.objects.filter(audience=audience)
    profiles = [audience.value] if audience != Audience.STAFF else ["teacher", "school_life", "head", "administrative"]
    kinds = [(kind.key, str(kind.label)) for kind in kinds_for(profiles)]
    form = SchoolRhythmsForm(request.POST or None, kinds=kinds, decided=decided, initial={"audience": audience})
    address = f"{reverse('school_notifications:rhythms', args=[uai])}?pour={audience.value}"
    if request.method == "POST" and form.is_valid():
        set_rhythms(audience=audience, rhythms=form.rhythms(), actor=request.actor)
        return HttpResponseRedirect(f"{address}&fait=rythmes")
    context = {
        "form": form,
        "audience": audience,
        "audiences": list(Audience),
        "uai": uai,
        "said": request.GET.get("fait", ""),
    }
    return render(request, "notifications/rhythms.html", context, status=422 if form.errors else 200)


@require_safe
def failures(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, FOLLOW)
    rows = allowed(request.actor, "notifications.settle_failure", DeliveryFailure.objects.select_related("person"))
    return render(request, "notifications/failures.html", {"failures": rows.order_by("-failed_at")[:200], "uai": uai})


@require_POST
def settle(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    failure = get_allowed_or_404(request.actor, "notifications.settle_failure", DeliveryFailure.objects.all(), pk=pk)
    settle_failure(failure=failure, actor=request.actor)
    return redirect("school_notifications:failures", uai=uai)
