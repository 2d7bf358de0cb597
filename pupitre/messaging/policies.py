from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship
from pupitre.foundation import clock
from pupitre.foundation.access import NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.messaging.models import MailboxEntry, Message, Report, Thread

MODERATE, HARASSMENT = "messaging.moderate", "messaging.harassment"
# A report of harassment is read by named people only.
_REASON = Report.Reason.HARASSMENT


@policy("messaging.view_entry", MailboxEntry)
def view_entry(actor: Actor) -> Q:
    """One's own letters of the school, once their time has come; what came about a child, while the child is theirs."""
    mine = Q(person_id=actor.person_id, establishment_id=actor.establishment_id)
    return mine & (Q(role=MailboxEntry.Role.AUTHOR) | Q(visible_at__lte=clock.now())) & _still_theirs()


@policy("messaging.view_thread", Thread)
def view_thread(actor: Actor) -> Q:
    """Whoever has a letter of it in their mailbox."""
    return Q(Exists(MailboxEntry.objects.filter(view_entry(actor), thread_id=OuterRef("pk"))))


@policy("messaging.view_message", Message)
def view_message(actor: Actor) -> Q:
    """Its author; whoever received it, unless it was withdrawn; those who look at reports and at what waits."""
    received = MailboxEntry.objects.filter(view_entry(actor), message_id=OuterRef("pk"))
    seen = Q(author_id=actor.person_id) | (Q(state=Message.State.SENT) & Q(Exists(received)))
    if actor.has(MODERATE):
        seen |= Q(state=Message.State.REVIEW)
    reports = Report.objects.filter(handle_report(actor), message=OuterRef("pk"))
    return seen | Q(Exists(reports)) if actor.has(MODERATE) or actor.has(HARASSMENT) else seen


@policy("messaging.report_message", Message)
def report_message(actor: Actor) -> Q:
    """Whoever received it, but its author."""
    received = MailboxEntry.objects.filter(view_entry(actor), message_id=OuterRef("pk"))
    return Q(state=Message.State.SENT) & ~Q(author_id=actor.person_id) & Q(Exists(received))


@policy("messaging.write_message", Message)
def write_message(actor: Actor) -> Q:
    """Change, recall or follow what one wrote."""
    return Q(author_id=actor.person_id)


@policy("messaging.review_message", Message)
def review_message(actor: Actor) -> Q:
    """Those who look at messages before they leave; never at their own."""
    return Q(state=Message.State.REVIEW) & ~Q(author_id=actor.person_id) if actor.has(MODERATE) else NOBODY


@policy("messaging.handle_report", Report)
def handle_report(actor: Actor) -> Q:
    """Reports of harassment go to the staff named for it, the others to those who look after messages; not one's own."""
    seen = NOBODY
    if actor.has(MODERATE):
        seen |= ~Q(reason=_REASON)
    if actor.has(HARASSMENT):
        seen |= Q(reason=_REASON)
    return seen & ~Q(message__author_id=actor.person_id)


def _still_theirs() -> Q:
    is_of_the_letter = Func(
        F("student_id"),
        OuterRef("child_ids"),
        template="%(expressions)s)",
        arg_joiner=" = any(",
        output_field=BooleanField(),
    )
    link = Guardianship.objects.filter(
        open_on(clock.today()),
        is_of_the_letter,
        guardian=OuterRef("person_id"),
        establishment=OuterRef("establishment_id"),
    )
    return Q(child_ids=[]) | Q(Exists(link))
