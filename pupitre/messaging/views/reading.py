"""A discussion: reading it, answering, correcting or taking back what one wrote, reporting."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.accounts.devices import is_new_device
from pupitre.directory.middleware import DirectoryRequest
from pupitre.files.picking import Picking, pick
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.text import to_html
from pupitre.messaging.forms import Letter, ReportForm, letter_begun, letter_of, letter_sent
from pupitre.messaging.models import Draft, Message, Thread
from pupitre.messaging.parties import FAMILIES, Party
from pupitre.messaging.queries.away import away_among
from pupitre.messaging.queries.discussion import Discussion, discussion, readers_of
from pupitre.messaging.queries.mailbox import Wanted, mailbox_of
from pupitre.messaging.queries.myself import myself
from pupitre.messaging.refusals import NeedsConfirmation, NotSent
from pupitre.messaging.screens import Screen, arrival, chips_of, list_context, moment
from pupitre.messaging.services.drafts import drop_draft
from pupitre.messaging.services.filing import mark_read
from pupitre.messaging.services.replying import may_reply_to_all, reply
from pupitre.messaging.services.reporting import report
from pupitre.messaging.services.withdrawing import change, may_change, may_withdraw, take_back
from pupitre.messaging.services.writing import Gesture, Words
from pupitre.messaging.views.place import SAID, mine, notice_of
from pupitre.messaging.views.writing import PURPOSE, keep_draft, restored_at, sent_to
from pupitre.notifications.services.publication import release_time


@require_safe
def thread(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = _thread(request, pk)
    mark_read(request.actor.person_id, found.pk)
    return _page(request, uai, found)


@require_POST
def answer(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    found = _thread(request, pk)
    letter = letter_sent(request.POST)
    picking = pick(request, PURPOSE)
    shown = discussion(found, request.actor)
    target = next(
        (each.message for each in shown.letters if str(each.message.pk) == request.POST.get("reply_to")), None
    )
    if target is None:
        raise Http404
    if picking.problems:
        keep_draft(request, letter, picking)
        return _page(request, uai, found, letter, picking, status=422)
    words = Words(letter.body, letter.key, upload_ids=picking.ids, options=letter.asked())
    gesture = Gesture(confirmed=letter.confirmed, new_device=is_new_device(request))
    try:
        sent = reply(target, words, request.actor, to_all=letter.to_all, about_id=letter.about, gesture=gesture)
    except NeedsConfirmation as many:
        keep_draft(request, letter, picking)
        return _page(request, uai, found, letter, picking, confirm=str(many))
    except NotSent as why:
        keep_draft(request, letter, picking)
        return _page(request, uai, found, letter, picking, error=str(why), status=422)
    drop_draft(request.actor.person_id, letter.key)
    return sent_to(uai, sent, "reponse")


def _thread(request: ActorRequest, pk: int) -> Thread:
    return get_allowed_or_404(request.actor, "messaging.view_thread", Thread.objects.all(), pk=pk)


def _page(
    request: ActorRequest,
    uai: str,
    found: Thread,
    letter: Letter | None = None,
    picking: Picking | None = None,
    *,
    error: str = "",
    confirm: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = discussion(found, request.actor)
    context = {"uai": uai, "shown": shown, "error": error, "confirm": confirm, "notice": notice_of(request)}
    context |= (answer := _reply(request, shown, letter))
    kept, files = answer.get("kept"), answer["letter"].files if "letter" in answer else []
    context["picking"] = picking = picking or pick(request, PURPOSE, files)
    context["restored"] = restored_at(kept, picking) if kept else ""
    context |= _beside(request, shown)
    context |= {"may_change": may_change, "may_withdraw": may_withdraw, "now": clock.now()}
    context |= {"to_html": to_html, "moment": moment, "arrival": arrival}
    return render(request, "messaging/thread.html", context, status=status)


def _beside(request: ActorRequest, shown: Discussion) -> dict[str, Any]:
    """The list of received letters, for wide screens."""
    me = mine(request)
    if me is None:
        raise Http404
    box = mailbox_of(me.person_id, me.schools, Wanted())
    context = list_context(Screen.INBOX, box, Wanted(), me.identity, {}, current=shown.thread.pk)
    return context | {"chips": chips_of(Screen.INBOX, box, Wanted(), me.identity)}


def _reply(request: ActorRequest, shown: Discussion, letter: Letter | None) -> dict[str, Any]:
    """What the answer at the foot of the page may be."""
    target = shown.to_answer
    if target is None or (target.message.replies == Message.Replies.NONE and not target.is_mine):
        return {"target": None, "no_reply": target is not None}
    kept = None
    if letter is None:
        rows = Draft.objects.filter(person_id=request.actor.person_id, reply_to_id=target.message.pk)
        kept = rows.filter(establishment_id=request.actor.establishment_id).order_by("-saved_at").first()
        letter = letter_of(kept) if kept else letter_begun({})
    me = myself(request.actor)
    children = [child for child in me.children if child.id in target.entry.child_ids]
    to_families = target.message.author_party in FAMILIES and not target.is_mine
    arrives_at = release_time(establishment_id=request.actor.establishment_id) if to_families else None
    return {
        "target": target,
        "no_reply": False,
        "letter": letter,
        "kept": kept,
        "may_reply_to_all": may_reply_to_all(target.message, target.entry, me, request.actor),
        "children_to_choose": children
        if len(children) > 1 and shown.thread.about_id not in target.entry.child_ids
        else [],
        "arrives_at": arrives_at if arrives_at and arrives_at > clock.now() else None,
        "is_family": target.entry.party in FAMILIES,
        # Families are never away: nobody is asked of them.
        "away": away_among([] if target.is_mine or to_families else [target.message.author_id]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Correct a message that nobody of the families has yet, or that left a moment ago."""
    message = _own(request, pk)
    error, body = "", message.body
    if request.method == "POST":
        body = request.POST.get("body", "")
        try:
            change(message, body=body, actor=request.actor)
            return _said(uai, message, "change")
        except NotSent as why:
            error = str(why)
    elif not may_change(message):
        raise Http404
    context = {"uai": uai, "message": message, "body": body, "error": error}
    return render(request, "messaging/edit.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Stop a message, or recall it: asked once more, since it cannot be undone."""
    message = _own(request, pk)
    error = ""
    if request.method == "POST":
        try:
            take_back(message, actor=request.actor)
            return _said(uai, message, "rappele")
        except NotSent as why:
            error = str(why)
    has_arrived = message.state == Message.State.SENT and message.visible_at <= clock.now()
    context = {"uai": uai, "message": message, "error": error, "has_arrived": has_arrived}
    return render(request, "messaging/withdraw.html", context, status=422 if error else 200)


@require_safe
def progress(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """How far a message that many receive has gone: a piece of the discussion, which asks for it."""
    message = _own(request, pk)
    if "HX-Request" not in request.headers:
        return redirect("messages_of_school:thread", uai=uai, pk=message.thread_id)
    return render(request, "messaging/_progress.html", {"uai": uai, "message": message})


@require_safe
def readers(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Who has opened a message whose author asked to know; never shown to students (MSG-8)."""
    message = _own(request, pk)
    if not message.tracks_reading or message.author_party == Party.STUDENT:
        raise Http404
    return render(request, "messaging/readers.html", {"uai": uai, "message": message, "readers": readers_of(message)})


@require_http_methods(["GET", "HEAD", "POST"])
def report_message(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    message = get_allowed_or_404(request.actor, "messaging.report_message", Message.objects.all(), pk=pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name = _identity_name(request)
        report(message, actor=request.actor, name=name, **form.cleaned_data)
        return _said(uai, message, "signale")
    is_student = Party.STUDENT in myself(request.actor).parties
    context = {"uai": uai, "message": message, "form": form, "is_student": is_student}
    return render(request, "messaging/report.html", context, status=422 if form.errors else 200)


def _identity_name(request: ActorRequest) -> str:
    found: Any = request
    known: DirectoryRequest = found
    return known.identity.display_name


def _own(request: ActorRequest, pk: int) -> Message:
    rows = Message.objects.select_related("thread")
    return get_allowed_or_404(request.actor, "messaging.write_message", rows, pk=pk)


def _said(uai: str, message: Message, said: str) -> HttpResponse:
    response = redirect("messages_of_school:thread", uai=uai, pk=message.thread_id)
    response["Location"] += f"?{SAID}={said}"
    return response
