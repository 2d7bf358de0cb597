"""A letter being written: to whom, what, and its sending."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupitre.accounts.devices import device_name, is_new_device
from pupitre.directory.identity import Identity
from pupitre.establishments.scope import scope
from pupitre.files.picking import Picking, pick
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.ui.french import hour, in_paris
from pupitre.messaging.composing import compose
from pupitre.messaging.forms import Letter, letter_begun, letter_of, letter_sent
from pupitre.messaging.models import Draft, Message
from pupitre.messaging.parties import Party
from pupitre.messaging.queries.addressing import GROUPS
from pupitre.messaging.queries.groups import groups_for
from pupitre.messaging.queries.myself import Myself, myself
from pupitre.messaging.refusals import NeedsConfirmation, NotSent
from pupitre.messaging.screens import arrival
from pupitre.messaging.services.drafts import AlreadySent, Saved, drop_draft, save_draft
from pupitre.messaging.services.sending import send
from pupitre.messaging.services.writing import Gesture, Words
from pupitre.messaging.views.place import SAID, mine, signed_out

PURPOSE = "messaging.message"


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """« Nouveau message », whatever the schools: which child it is about, or for which school, when there are several."""
    me = mine(request)
    if me is None:
        return signed_out(request)
    ways = [way for uai in me.writing for way in _ways(me.identity, uai)]
    if not ways:
        raise Http404
    return redirect(ways[0].url) if len(ways) == 1 else render(request, "messaging/begin.html", {"ways": ways})


@dataclass(frozen=True, slots=True)
class Way:
    """Where a new message begins: at work in a school, or about a child."""

    label: str
    detail: str
    url: str
    icon: str = ""


def _ways(identity: Identity, uai: str) -> list[Way]:
    """Every way of writing in one school, which is opened to know one's children there."""
    actor = identity.actor(uai)
    if actor is None:
        return []
    with scope(actor.establishment_id):
        me = myself(actor)
    name, url = identity.roles_in(uai)[0].short_name, reverse("messages_of_school:write", args=[uai])
    task = next((party for party in me.parties if party != Party.GUARDIAN), None)
    ways = [Way(name, me.about(task), f"{url}?enfant=", "ecole")] if task else []
    return ways + [Way(each.name, f"{each.division}, {name}", f"{url}?enfant={each.id}") for each in me.children]


@require_safe
def classes(request: ActorRequest, uai: str) -> HttpResponse:
    """« Écrire à une classe »: one touch on the class, its parents are chosen."""
    me = _me(request)
    if not me.is_staff:
        raise Http404
    sender = me.sender()
    groups = [each for each in groups_for(sender) if each.mine or request.actor.has(GROUPS)]
    context = {"uai": uai, "mine": [each for each in groups if each.mine], "others": [e for e in groups if not e.mine]}
    return render(request, "messaging/classes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActorRequest, uai: str) -> HttpResponse:
    me = _me(request)
    if request.method != "POST":
        letter = letter_begun(request.GET)
        if me.child(letter.about) is None and Party.GUARDIAN in me.parties and len(me.children) + me.is_staff > 1:
            if not {"enfant", "a"} & request.GET.keys():
                return render(request, "messaging/children.html", {"uai": uai, "me": me})
        elif not me.is_staff and len(me.children) == 1:
            letter.about = me.children[0].id
        return _page(request, uai, letter, me)
    letter = letter_sent(request.POST)
    picking = pick(request, PURPOSE)
    if "find" in request.POST:
        return _page(request, uai, letter, me, picking)
    if "save" in request.POST:
        with suppress(AlreadySent):
            _save(request, letter, picking)
        response = redirect("messaging:drafts")
        response["Location"] += f"?{SAID}=brouillon"
        return response
    return _send(request, uai, letter, me, picking)


def _send(request: ActorRequest, uai: str, letter: Letter, me: Myself, picking: Picking) -> HttpResponse:
    if picking.problems:
        return _held_back(request, uai, letter, me, picking, status=422)
    words = Words(letter.body, letter.key, letter.subject, picking.ids, letter.asked())
    gesture = Gesture(confirmed=letter.confirmed, new_device=is_new_device(request))
    try:
        message = send(words, letter.audiences, request.actor, about_id=letter.about, gesture=gesture)
    except NeedsConfirmation as many:
        return _held_back(request, uai, letter, me, picking, confirm=str(many))
    except NotSent as why:
        return _held_back(request, uai, letter, me, picking, error=str(why), status=422)
    drop_draft(request.actor.person_id, letter.key)
    return sent_to(uai, message)


def _held_back(
    request: ActorRequest, uai: str, letter: Letter, me: Myself, picking: Picking, **told: Any
) -> HttpResponse:
    """The page again, and its draft kept: a letter that does not leave is not lost with the page either."""
    keep_draft(request, letter, picking)
    return _page(request, uai, letter, me, picking, **told)


def keep_draft(request: ActorRequest, letter: Letter, picking: Picking) -> None:
    """Keep the words of a letter that does not leave; the page goes on from the draft it now is."""
    if letter.body.strip() or letter.subject.strip():
        with suppress(AlreadySent):
            saved = _save(request, letter, picking)
            letter.key, letter.version = saved.draft.key, saved.draft.version


def sent_to(uai: str, message: Message, said: str = "envoye") -> HttpResponse:
    """The discussion of a message that was just sent."""
    response = redirect("messages_of_school:thread", uai=uai, pk=message.thread_id)
    response["Location"] += f"?{SAID}={said}"
    return response


@require_safe
def draft(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """A letter taken up again."""
    rows = Draft.objects.filter(person_id=request.actor.person_id, establishment_id=request.actor.establishment_id)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.reply_to_id is not None:
        answered = Message.objects.filter(pk=found.reply_to_id).first()
        if answered is not None:
            return redirect(f"{reverse('messages_of_school:thread', args=[uai, answered.thread_id])}#reponse")
    letter = letter_of(found)
    picking = pick(request, PURPOSE, letter.files)
    restored = restored_at(found, picking)
    return _page(request, uai, letter, _me(request), picking, restored=restored)


def restored_at(draft: Draft, picking: Picking) -> str:
    """« Brouillon de 14 h 32 restauré. », and what it has lost: files that nothing refers to are kept thirty days."""
    text = _("Brouillon de %(hour)s restauré.") % {"hour": hour(in_paris(draft.saved_at))}
    lost = len(letter_of(draft).files) - len(picking.kept)
    if lost > 0:
        text += " " + ngettext(
            "Une pièce jointe n’est plus là : il faut la choisir de nouveau.",
            "%(count)s pièces jointes ne sont plus là : il faut les choisir de nouveau.",
            lost,
        ) % {"count": lost}
    return text


@require_POST
def autosave(request: ActorRequest, uai: str) -> HttpResponse:
    """What the page sends every few seconds; the version that it now holds, and where."""
    _me(request)
    try:
        saved = _save(request, letter_sent(request.POST), None)
    except AlreadySent:
        return HttpResponse(status=204)
    return JsonResponse(
        {
            "key": str(saved.draft.key),
            "version": saved.draft.version,
            "hour": hour(in_paris(saved.draft.saved_at)),
            "beside": saved.is_beside,
        }
    )


def _save(request: ActorRequest, letter: Letter, picking: Picking | None) -> Saved:
    reply_to = request.POST.get("reply_to", "")
    content = letter.content | ({"files": picking.ids} if picking else {})
    return save_draft(
        key=letter.key,
        version=letter.version,
        subject=letter.subject,
        body=letter.body,
        content=content,
        actor=request.actor,
        device=device_name(request.headers.get("User-Agent", "")),
        reply_to_id=int(reply_to) if reply_to.isdecimal() and len(reply_to) < 19 else None,
    )


def _page(
    request: ActorRequest,
    uai: str,
    letter: Letter,
    me: Myself,
    picking: Picking | None = None,
    *,
    error: str = "",
    confirm: str = "",
    restored: str = "",
    status: int = 200,
) -> HttpResponse:
    page = compose(letter, me, request.actor)
    context = {
        "uai": uai,
        "page": page,
        "letter": letter,
        "picking": picking or pick(request, PURPOSE),
        "error": error or next((each.problem for each in page.chosen if each.problem), "") or page.problem,
        "confirm": confirm,
        "restored": restored,
        "arrival": arrival(page.arrives_at) if page.arrives_at else "",
        "replies": Message.Replies.choices,
        "kinds": Message.Kind.choices,
    }
    return render(request, "messaging/write.html", context, status=status)


def _me(request: ActorRequest) -> Myself:
    """Who writes. Raises Http404 for those who take no part (guests, the academy)."""
    me = myself(request.actor)
    if not me.parties:
        raise Http404
    return me
