"""The mailbox of a person: lists, search, drafts, and what is done with discussions from there."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from pupitre.messaging.models import Category, Draft, Folder, MailboxEntry
from pupitre.messaging.queries.mailbox import PARTIES, Wanted, mailbox_of, search_mailbox
from pupitre.messaging.screens import Screen, chips_of, lines_of, list_context
from pupitre.messaging.services import filing
from pupitre.messaging.services.drafts import drop_draft
from pupitre.messaging.views.place import SAID, Mine, mine, notice_of, signed_out

Place = MailboxEntry.Place


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    return _list(request, Screen.INBOX, Wanted(Place.INBOX))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return _list(request, Screen.SENT, Wanted(Place.SENT))


@require_safe
def bin_(request: HttpRequest) -> HttpResponse:
    return _list(request, Screen.BIN, Wanted(Place.TRASH))


@require_safe
def folder(request: HttpRequest, pk: int) -> HttpResponse:
    me = mine(request)
    if me is None:
        return signed_out(request)
    if not Folder.objects.filter(person_id=me.person_id, pk=pk).exists():
        raise Http404
    return _list(request, Screen.FOLDER, Wanted(Place.FOLDER, pk))


def _list(request: HttpRequest, screen: Screen, wanted: Wanted) -> HttpResponse:
    me = mine(request)
    if me is None:
        return signed_out(request)
    wanted = replace(
        wanted,
        is_unread=request.GET.get("filtre") == "non-lus",
        parties=PARTIES.get(request.GET.get("de", ""), ()),
        child_id=_number(request.GET.get("enfant", "")),
        category_id=_number(request.GET.get("categorie", "")),
        after=request.GET.get("apres", ""),
    )
    box = mailbox_of(me.person_id, me.schools, wanted)
    context = list_context(screen, box, wanted, me.identity, request.GET)
    context |= {"notice": notice_of(request), "chips": chips_of(screen, box, wanted, me.identity)}
    context["may_write"] = bool(me.writing)
    return render(request, "messaging/mailbox.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    me = mine(request)
    if me is None:
        return signed_out(request)
    text = " ".join(request.GET.get("q", "").split())[:100]
    box = mailbox_of(me.person_id, me.schools, Wanted(Place.INBOX))
    context = list_context(Screen.SEARCH, box, Wanted(), me.identity, request.GET)
    found = search_mailbox(me.person_id, me.schools, text)
    context |= {"text": text, "found": found, "found_lines": lines_of(found.rows, me.identity)}
    return render(request, "messaging/search.html", context)


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    me = mine(request)
    if me is None:
        return signed_out(request)
    box = mailbox_of(me.person_id, me.schools, Wanted(Place.INBOX))
    context = list_context(Screen.DRAFTS, box, Wanted(), me.identity, request.GET)
    kept = Draft.objects.filter(person_id=me.person_id, establishment_id__in=me.schools).order_by("-saved_at")
    context |= {"drafts": [(draft, me.uais[draft.establishment_id]) for draft in kept], "notice": notice_of(request)}
    return render(request, "messaging/drafts.html", context)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a draft."""
    me = mine(request)
    if me is None:
        return signed_out(request)
    found = Draft.objects.filter(person_id=me.person_id, pk=pk).first()
    if found is None:
        raise Http404
    drop_draft(me.person_id, found.key)
    return _back(request, "messaging:drafts", "jete")


@require_POST
def file_away(request: HttpRequest) -> HttpResponse:
    """What is done with the discussions ticked: `gesture`, and the folder or the category it is about."""
    me = mine(request)
    if me is None:
        return signed_out(request)
    threads = [int(each) for each in request.POST.getlist("threads") if each.isdecimal() and len(each) < 19][:200]
    gesture, _colon, target = request.POST.get("gesture", "").partition(":")
    said = _do(me, threads, gesture, _number(target))
    return _back(request, "messaging:inbox", said)


def _do(me: Mine, threads: list[int], gesture: str, target: int | None) -> str:
    if gesture == "bin":
        filing.throw_away(me.person_id, threads)
        return "corbeille"
    if gesture == "out":
        filing.take_out(me.person_id, threads)
        return "sorti"
    if gesture == "folder":
        chosen = Folder.objects.filter(person_id=me.person_id, pk=target).first() if target else None
        filing.put_away(me.person_id, threads, chosen)
        return "range"
    if gesture == "category":
        category = Category.objects.filter(person_id=me.person_id, pk=target).first() if target else None
        filing.categorise(me.person_id, threads, category)
    elif gesture == "read":
        filing.mark_all_read(me.person_id, threads)
    elif gesture == "unread":
        filing.mark_unread(me.person_id, threads)
    return "fait"


def _back(request: HttpRequest, route: str, said: str) -> HttpResponse:
    """To the list one came from, if it is ours."""
    asked = request.POST.get("next", "")
    response = redirect(route)
    if asked.startswith("/messages/") and url_has_allowed_host_and_scheme(asked, None):
        response["Location"] = asked
    mark = "&" if "?" in response["Location"] else "?"
    response["Location"] += f"{mark}{urlencode({SAID: said})}"
    return response


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
