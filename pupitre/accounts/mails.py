"""The mails of this room: a new device, a link to choose a password."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from pupitre.accounts.models import User
from pupitre.accounts.passwords import shortest_for
from pupitre.foundation import clock
from pupitre.foundation.ui.french import day_hour

_log = logging.getLogger(__name__)


def tell_new_device(user: User, device: str, *, account_url: str) -> None:
    """Tell an account that a device it had never used has entered (IDN-3); nothing when it has no address."""
    text = _(
        "Bonjour,\n\n"
        "Le compte Pupitre %(username)s vient d’être ouvert sur un nouvel appareil :\n"
        "%(device)s, %(when)s.\n\n"
        "Si c’est vous, il n’y a rien à faire.\n"
        "Sinon, déconnectez cet appareil et changez de mot de passe : %(url)s\n"
    ) % {"username": user.username, "device": device, "when": day_hour(clock.now()), "url": account_url}
    _send(user, _("Pupitre : un nouvel appareil"), text)


def send_reset_link(user: User, url: str) -> None:
    """Send a link to choose a new password."""
    text = _(
        "Bonjour,\n\n"
        "Pour choisir un nouveau mot de passe pour le compte Pupitre de %(name)s (identifiant : %(username)s), "
        "ouvrez cette adresse :\n"
        "%(url)s\n\n"
        "Elle sert une seule fois, pendant 24\N{NO-BREAK SPACE}heures. "
        "Le nouveau mot de passe aura au moins %(shortest)s caractères.\n"
        "Si vous n’avez rien demandé, il n’y a rien à faire : le mot de passe n’a pas changé.\n"
    ) % {"name": user.display_name, "username": user.username, "url": url, "shortest": shortest_for(user)}
    _send(user, _("Pupitre : choisir un nouveau mot de passe"), text)


def tell_factor_changed(user: User, what: str) -> None:
    """Tell an account that its second factor has changed; nothing when it has no address."""
    text = _(
        "Bonjour,\n\n"
        "La double vérification du compte Pupitre %(username)s a changé le %(when)s :\n"
        "%(what)s.\n\n"
        "Si c’est vous, il n’y a rien à faire.\n"
        "Sinon, changez de mot de passe et prévenez l’établissement.\n"
    ) % {"username": user.username, "when": day_hour(clock.now()), "what": what}
    _send(user, _("Pupitre : la double vérification a changé"), text)


def _send(user: User, subject: str, text: str) -> None:
    """A mail server that is down never prevents anybody from entering; the journal of the server tells it."""
    if not user.email:
        return
    try:
        send_mail(subject, text, None, [user.email])
    except (SMTPException, OSError):
        _log.exception("mail to the account %s", user.pk)
