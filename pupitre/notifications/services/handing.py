"""Writing a message for its channel and handing it over to whoever carries it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import formataddr
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.notifications.carriers import Outcome
from pupitre.notifications.carriers.mail import MailCarrier
from pupitre.notifications.carriers.push import send_push
from pupitre.notifications.carriers.sms import send_sms
from pupitre.notifications.letters import Line, absolute, lines_of, locked_screen, mail_text, sms_text, subject
from pupitre.notifications.models import Channel, Envelope, Notification, PushSubscription, Rhythm
from pupitre.notifications.services.routing import address_of


@dataclass(frozen=True, slots=True)
class Sack:
    """What one envelope holds, with everything needed to write it."""

    notices: Sequence[Notification]
    person: Person
    school: str
    browsers: Sequence[PushSubscription] = ()


class Post:
    """The counter of the post: one connection to the mail server for a whole run. `labels`: the kinds' names."""

    def __init__(self, labels: dict[str, str]) -> None:
        self._labels = labels
        self._mail = MailCarrier()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._mail.close()

    def fill(self, contents: Mapping[Envelope, Sequence[Notification]]) -> dict[int, Sack]:
        """Everything needed to write these envelopes, by envelope; three statements at most."""
        people = Person.objects.select_related("user").in_bulk([each.person_id for each in contents])
        schools = dict(
            Establishment.objects.filter(pk__in={each.establishment_id for each in contents}).values_list("pk", "name")
        )
        browsers: dict[int, list[PushSubscription]] = defaultdict(list)
        pushed = {each.person_id for each in contents if each.channel == Channel.PUSH}
        for browser in PushSubscription.objects.filter(person__in=pushed) if pushed else ():
            browsers[browser.person_id].append(browser)
        return {
            each.pk: Sack(notices, people[each.person_id], schools[each.establishment_id], browsers[each.person_id])
            for each, notices in contents.items()
        }

    def hand_over(self, envelope: Envelope, sack: Sack) -> Outcome:
        """Send an envelope by its channel."""
        lines = lines_of(sack.notices, self._labels)
        if envelope.channel == Channel.MAIL:
            return self._mail.send(self._letter(envelope, sack, lines))
        if envelope.channel == Channel.SMS:
            text = sms_text(sack.school, self._bare(lines, sack.notices))
            return send_sms(sack.person.mobile, text, reference=_reference(envelope))
        return self._push(envelope, sack, self._bare(lines, sack.notices))

    def _letter(self, envelope: Envelope, sack: Sack, lines: Sequence[Line]) -> EmailMessage:
        address = address_of(sack.person)
        alone = len(sack.notices) == 1
        details = [sack.notices[0].body if alone else ""] * len(lines)
        name = sack.person.first_name if envelope.audience == "student" else sack.person.formal_name
        return EmailMessage(
            subject(lines),
            mail_text(name, sack.school, lines, details, envelope.audience),
            formataddr((sack.school, settings.DEFAULT_FROM_EMAIL)),
            [address],
            headers={
                "Message-ID": f"<{_reference(envelope)}@{settings.SITE_URL.rpartition('/')[2].partition(':')[0]}>",
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{absolute(reverse('notifications:preferences'))}>",
            },
        )

    def _bare(self, lines: Sequence[Line], notices: Sequence[Notification]) -> list[Line]:
        label = self._labels.get(notices[-1].kind, "")
        return [locked_screen(line, label) for line in lines]

    def _push(self, envelope: Envelope, sack: Sack, lines: Sequence[Line]) -> Outcome:
        if not sack.browsers:
            return Outcome.NOWHERE
        facts = {"title": str(lines[0]), "body": sack.school, "url": lines[0].url, "tag": _reference(envelope)}
        outcomes = []
        for browser in sack.browsers:
            outcome = send_push(
                browser.endpoint, browser.p256dh, browser.auth, facts,
                topic=_reference(envelope), is_urgent=envelope.is_urgent or envelope.rhythm == Rhythm.IMMEDIATE,
            )  # fmt: skip
            if outcome is Outcome.NOWHERE:
                browser.delete()
            outcomes.append(outcome)
        order = (Outcome.SENT, Outcome.LATER, Outcome.NOWHERE, Outcome.REFUSED)
        return next(each for each in order if each in outcomes)


def _reference(envelope: Envelope) -> str:
    """The name of an envelope outside: the same each time it is tried."""
    return f"pupitre-{envelope.pk}"
