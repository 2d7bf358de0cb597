"""What those who look after messages decide: what waits leaves or not; what was reported stays, is hidden, has its author told."""

from collections.abc import Sequence
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day_hour
from pupitre.messaging.audiences import Audience, Kind
from pupitre.messaging.models import MailboxEntry, Message, Report
from pupitre.messaging.parties import Party
from pupitre.messaging.queries.addressing import Addressed
from pupitre.messaging.queries.myself import Myself, myself
from pupitre.messaging.queries.watchers import school_life_heads
from pupitre.messaging.services.delivery import DELIVER, deliver
from pupitre.messaging.services.notices import withdraw
from pupitre.messaging.services.writing import MASS_ABOVE, Gesture, Options, Words, write
from pupitre.notifications.services.publication import release_time

Outcome = Report.Outcome


@transaction.atomic
def let_leave(message: Message, *, actor: Actor) -> Message:
    """Let a message that was read first go to its recipients."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != Message.State.REVIEW:
        return message
    message.visible_at = max(message.visible_at, release_time(establishment_id=message.establishment_id))
    message.hold, message.state, message.leaves_at = "", Message.State.WAITING, clock.now()
    message.save(update_fields=["visible_at", "hold", "state", "leaves_at"])
    audit.record(actor, "messaging.let_leave", message)
    if message.recipient_count > MASS_ABOVE:
        _mark_author(message)
        jobs.enqueue(DELIVER, message=message.pk, establishment=message.establishment_id)
        return message
    deliver(message)
    _mark_author(message)
    return message


@transaction.atomic
def refuse(message: Message, *, actor: Actor) -> Message:
    """A message that was read first does not leave; its author sees it so."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != Message.State.REVIEW:
        return message
    message.state, message.withdrawn_at = Message.State.REFUSED, clock.now()
    message.save(update_fields=["state", "withdrawn_at"])
    _mark_author(message)
    audit.record(actor, "messaging.refuse", message)
    return message


def note_seen(reports: Sequence[Report]) -> None:
    """From now on these reports have been seen by somebody: how long it took is shown."""
    new = [each.pk for each in reports if each.seen_at is None]
    if new:
        Report.objects.filter(pk__in=new, seen_at=None).update(seen_at=clock.now())


@transaction.atomic
def handle(report: Report, outcome: str, *, actor: Actor) -> Report:
    """Settle a report, and every other one of the same message and gravity. Raises NotSent when a warning cannot leave."""
    me = myself(actor)
    message = Message.objects.select_for_update().get(pk=report.message_id)
    if outcome == Outcome.HIDDEN:
        hide(message, actor=actor)
    elif outcome == Outcome.WARNED:
        _write(me, actor, [(message.author_id, Party(message.author_party), message.author_name)], _warning(message))
    elif outcome == Outcome.PASSED_ON:
        heads = [(pk, Party.SCHOOL_LIFE, _("CPE")) for pk in school_life_heads() if pk != actor.person_id]
        _write(me, actor, heads, _passed_on(report, message))
    Report.objects.filter(message=message, reason=report.reason, outcome="").update(
        outcome=outcome, handled_by_name=me.name, handled_at=clock.now()
    )
    audit.record(actor, "messaging.handle_report", report, outcome=outcome)
    report.refresh_from_db()
    return report


def hide(message: Message, *, actor: Actor) -> None:
    """Nobody reads it any more, but those who look after messages."""
    received = MailboxEntry.objects.filter(message_id=message.pk)
    people = list(received.exclude(role=MailboxEntry.Role.AUTHOR).values_list("person_id", flat=True))
    received.update(state=Message.State.HIDDEN, preview="", needs_answer=False)
    message.state, message.withdrawn_at = Message.State.HIDDEN, clock.now()
    message.save(update_fields=["state", "withdrawn_at"])
    withdraw(message, people)
    audit.record(actor, "messaging.hide", message)


def _mark_author(message: Message) -> None:
    MailboxEntry.objects.filter(message_id=message.pk, role=MailboxEntry.Role.AUTHOR).update(state=message.state)


def _write(me: Myself, actor: Actor, people: list[tuple[int, Party, str]], body: str) -> None:
    if not people:
        return
    addressed = [Addressed(Audience(Kind.PERSON, pk, party), name) for pk, party, name in people]
    words = Words(body, uuid4(), options=Options(replies=Message.Replies.AUTHOR))
    write(words, addressed, me=me, party=me.parties[0], about_id=None, actor=actor, gesture=Gesture())


def _warning(message: Message) -> str:
    facts = {"subject": message.subject, "at": day_hour(message.written_at)}
    if message.author_party == Party.STUDENT:
        return (
            _(
                "Ton message « %(subject)s » du %(at)s a été signalé, et un adulte de l’établissement l’a relu. Il ne respecte "
                "pas la charte : n’en envoie plus de semblable. Si tu veux en parler, réponds à ce message."
            )
            % facts
        )
    return (
        _(
            "Votre message « %(subject)s » du %(at)s a été signalé et relu. Il ne respecte pas la charte de l’établissement. "
            "Vous pouvez répondre à ce message pour en parler."
        )
        % facts
    )


def _passed_on(report: Report, message: Message) -> str:
    return _("Un message de %(author)s (%(about)s), envoyé le %(at)s, a été signalé : %(reason)s.\n\n« %(body)s »") % {
        "author": message.author_name,
        "about": message.author_about,
        "at": day_hour(message.written_at),
        "reason": str(Report.Reason(report.reason).label).lower(),
        "body": message.body[:1000],
    }
