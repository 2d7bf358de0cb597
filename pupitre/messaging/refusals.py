"""Why a message does not leave: each refusal is a French sentence that says what is wrong, then what to do.

Neither « tu » nor « vous »: students and adults read the same.
"""

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import hour, number
from pupitre.messaging.models import BODY_LENGTH, MessagingSuspension
from pupitre.messaging.parties import Party


class NotSent(ValueError):
    """A message does not leave, or what was sent does not change; the text is for whoever wrote it."""


class EmptyMessage(NotSent):
    """No word in it."""

    def __init__(self) -> None:
        super().__init__(_("Le message est vide. Il faut écrire au moins une ligne."))


class TooLong(NotSent):
    """More letters than a message holds."""

    def __init__(self, length: int) -> None:
        super().__init__(
            _(
                "Le message compte %(length)s caractères ; la limite est de %(most)s. Il faut le raccourcir, ou joindre un fichier."
            )
            % {"length": number(length), "most": number(BODY_LENGTH)}
        )


class NobodyChosen(NotSent):
    """No recipient."""

    def __init__(self) -> None:
        super().__init__(_("Il faut choisir au moins un destinataire."))


class NobodyThere(NotSent):
    """The groups chosen are empty."""

    def __init__(self) -> None:
        super().__init__(_("Personne ne se trouve dans ce qui est choisi : il faut d’autres destinataires."))


class TooManyChosen(NotSent):
    """A long list of people, one by one."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(
            _(
                "%(count)s destinataires sont choisis un par un ; la limite est de %(most)s. Il faut choisir des classes ou "
                "des groupes."
            )
            % {"count": number(count), "most": number(most)}
        )


class Unreachable(NotSent):
    """The rules do not let write to somebody chosen, or they have left."""


class MassNotAllowed(NotSent):
    """Many people, without the right to write to so many."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(
            _(
                "Ce message irait à %(count)s personnes. Au-delà de %(most)s, il faut un droit que la direction peut donner : "
                "« Écrire à plus de %(most)s personnes »."
            )
            % {"count": number(count), "most": number(most)}
        )


class NeedsConfirmation(NotSent):
    """Many people: the sender says once more that they mean it. `counts`: how many, by party."""

    def __init__(self, counts: dict[Party, int]) -> None:
        self.counts = counts
        super().__init__(_("Ce message part à %(count)s personnes.") % {"count": number(sum(counts.values()))})


class NeedsChild(NotSent):
    """A parent of several children has not said which one it is about."""

    def __init__(self) -> None:
        super().__init__(_("Il faut dire de quel enfant il s’agit."))


class Suspended(NotSent):
    """Messages are stopped for a while."""

    def __init__(self, suspension: MessagingSuspension, group: str) -> None:
        what = (
            _("L’envoi de messages est suspendu pour la classe %(group)s") % {"group": group}
            if group
            else _("L’envoi de messages est suspendu dans l’établissement")
        )
        super().__init__(
            _("%(what)s : %(reason)s. Les messages reçus restent lisibles, et le brouillon est gardé.")
            % {"what": what, "reason": suspension.reason.rstrip(".")}
        )


class NoReply(NotSent):
    """Its author expects no answer."""

    def __init__(self) -> None:
        super().__init__(_("L’auteur de ce message n’attend pas de réponse. Un nouveau message reste possible."))


class NoReplyToAll(NotSent):
    """Its author lets answer to them alone, or the group is not the reader's to write to."""

    def __init__(self) -> None:
        super().__init__(_("Il n’est possible de répondre qu’à l’auteur de ce message."))


class NotRightToUrgent(NotSent):
    """The urgent lane is for those who were named."""

    def __init__(self) -> None:
        super().__init__(_("Seules les personnes désignées par la direction envoient un message urgent."))


class TooLate(NotSent):
    """What was sent can no longer be changed or taken back."""


def left_the_school(name: str) -> str:
    """Somebody who cannot be answered any more."""
    return _("%(name)s a quitté l’établissement et ne reçoit plus de messages ici.") % {"name": name}


def too_late_to_recall(limit: int) -> TooLate:
    """More than `limit` minutes have passed."""
    return TooLate(
        _(
            "Un message se rappelle dans les %(limit)s minutes. Il reste possible d’en envoyer un autre pour le corriger."
        )
        % {"limit": limit}
    )


def too_late_to_change(at: object) -> TooLate:
    """It has arrived."""
    return TooLate(
        _("Ce message est arrivé à %(hour)s : il ne se modifie plus. Il peut encore être rappelé pendant une heure.")
        % {"hour": hour(at)}  # type: ignore[arg-type]
    )
