"""The tools of somebody's courses: opened by all, placed and taken away by whoever teaches."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.lti.forms import EditForm, LinkForm
from pupitre.integrations.lti.models import ToolLink
from pupitre.integrations.lti.queries import (
    columns_of,
    connector_of,
    courses_with_links,
    is_open_somewhere,
    open_tools,
    title_of,
)
from pupitre.integrations.lti.refusals import NotLed
from pupitre.integrations.lti.services.leading import way_to
from pupitre.integrations.lti.services.placing import Content, place, remove
from pupitre.integrations.lti.services.placing import edit as edit_link
from pupitre.integrations.lti.views.entering import discreet, stay
from pupitre.timetable.models import Course


@require_safe
def links(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    tools = open_tools(actor)
    context = {
        "uai": uai,
        "tools": tools,
        "courses": courses_with_links(actor, tools) if tools else [],
        "teaches": Profile.TEACHER in actor.profiles,
        "tu": Profile.STUDENT in actor.profiles,
        "said": request.GET.get("dit", ""),
    }
    return render(request, "lti/links.html", context)


@never_cache
@require_safe
def open_link(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Lead somebody to a content, in a window of its own: tools in a frame lose their cookies."""
    rows = ToolLink.objects.select_related("tool__service")
    link = get_allowed_or_404(request.actor, "lti.open_link", rows, pk=pk)
    if connector_of(request.actor, link.tool) is None:
        raise Http404
    try:
        way = way_to(link.tool, actor=request.actor, session_key=_session(request), course_id=link.course_id, link=link)
    except NotLed as no:
        return stay(request, no, link.tool)
    return discreet(HttpResponseRedirect(way))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Place a content by its address, or go and pick it in the tool."""
    course = _course(request, pk)
    tools = [each for each in open_tools(request.actor) if each.is_ready]
    form = LinkForm(request.POST if request.method == "POST" else None, tools=tools)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        content = Content(
            title=typed["titre"],
            description=typed["consigne"],
            target_url=typed["adresse"] or form.tool.target_url,
            custom=typed["parametres"],
            maximum=typed["bareme"],
            due_on=typed["pour_le"],
        )
        place(course=course, tool=form.tool, contents=[content], actor=request.actor)
        return redirect(f"{reverse('lti_of_school:links', args=[uai])}?dit=place")
    context = {"uai": uai, "course": course, "tools": tools, "form": form}
    return render(request, "lti/add.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def pick(request: ActorRequest, uai: str, pk: int, tool: int) -> HttpResponse:
    """Lead a teacher to the tool's own choice of contents, for one of their courses."""
    course = _course(request, pk)
    chosen = next((each for each in open_tools(request.actor) if each.pk == tool), None)
    if chosen is None:
        raise Http404
    try:
        way = way_to(chosen, actor=request.actor, session_key=_session(request), course_id=course.pk)
    except NotLed as no:
        return stay(request, no, chosen)
    return discreet(HttpResponseRedirect(way))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Change a content where it stands: what the tool knows it by, its column and its marks stay."""
    rows = ToolLink.objects.select_related("tool__service", "course__group", "course__subject")
    link = get_allowed_or_404(request.actor, "lti.edit_link", rows, pk=pk)
    form = EditForm(request.POST if request.method == "POST" else None, link=link)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        changed = edit_link(
            link=link, actor=request.actor, title=typed["titre"], description=typed["consigne"],
            target_url=typed["adresse"], custom=typed["parametres"], due_on=typed["pour_le"],
        )  # fmt: skip
        return redirect(f"{reverse('lti_of_school:links', args=[uai])}?dit={'change' if changed else 'pareil'}")
    context = {"uai": uai, "link": link, "course": title_of(link.course), "items": columns_of(link), "form": form}
    return render(request, "lti/edit.html", context, status=422 if form.errors else 200)


@require_POST
def take_away(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    remove(
        link=get_allowed_or_404(request.actor, "lti.remove_link", ToolLink.objects.all(), pk=pk), actor=request.actor
    )
    return redirect(f"{reverse('lti_of_school:links', args=[uai])}?dit=retire")


@require_safe
def open_tool(request: HttpRequest, service: int) -> HttpResponse:
    """From « Mes services »: to the page of links of the first school where the tool is open to the person."""
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
    for uai in identity.schools:
        actor = identity.actor(uai)
        if actor is None:
            continue
        with scope(actor.establishment_id):
            if is_open_somewhere(actor, service):
                return redirect("lti_of_school:links", uai=uai)
    raise Http404


def _course(request: ActorRequest, pk: int) -> Course:
    rows = Course.objects.select_related("group", "subject")
    return get_allowed_or_404(request.actor, "lti.place_link", rows, pk=pk)


def _session(request: HttpRequest) -> str:
    identity = cast(DirectoryRequest, request).identity
    if identity is None:
        raise Http404
    return identity.session
