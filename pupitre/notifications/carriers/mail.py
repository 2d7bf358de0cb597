"""E-mail, through Django's mail backend: one connection for many messages."""

import logging
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage, get_connection

from pupitre.notifications.carriers import Outcome

_log = logging.getLogger(__name__)


class MailCarrier:
    """Sends mails one by one over a connection that stays open; after a breakdown, the others wait without being tried."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()
        self._is_down = False

    def send(self, message: EmailMessage) -> Outcome:
        """Hand a message over. The message keeps its `Message-ID` when it is tried again: who receives it twice can tell."""
        if self._is_down:
            return Outcome.LATER
        try:
            self._connection.open()
            self._connection.send_messages([message])
        except (SMTPRecipientsRefused, SMTPDataError) as error:
            return _judged(error)
        except (SMTPException, OSError):
            _log.exception("mail server")
            self._is_down = True
            self.close()
            return Outcome.LATER
        return Outcome.SENT

    def close(self) -> None:
        """Hang up."""
        try:
            self._connection.close()
        except (SMTPException, OSError):
            _log.warning("the mail server hung up first")


def _judged(error: SMTPRecipientsRefused | SMTPDataError) -> Outcome:
    """A code of 500 and above is a last word (RFC 5321, 4.2.1)."""
    if isinstance(error, SMTPDataError):
        return Outcome.REFUSED if error.smtp_code >= 500 else Outcome.LATER
    codes = [code for code, _text in error.recipients.values()]
    return Outcome.REFUSED if codes and min(codes) >= 500 else Outcome.LATER
