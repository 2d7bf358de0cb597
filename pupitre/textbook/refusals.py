"""Why something is not taken: each refusal is a French sentence that says what is wrong, then what to do."""

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import day


class Refusal(ValueError):
    """What was asked cannot be done; the text is for whoever asked."""


class NoWords(Refusal):
    """A session without a title nor a text nor work."""

    def __init__(self) -> None:
        super().__init__(_("La séance est vide. Écrivez un titre, ce qui a été fait, ou un travail à faire."))


class DueTooEarly(Refusal):
    """Work due before it is given."""

    def __init__(self, on: object) -> None:
        super().__init__(
            _("Le %(day)s est avant le cours où le travail est donné. Choisissez un jour qui suit.") % {"day": day(on)}  # type: ignore[arg-type]
        )


class DueInThePast(Refusal):
    """Work due on a day that is over."""

    def __init__(self, on: object) -> None:
        super().__init__(
            _("Le %(day)s est passé. Choisissez aujourd’hui ou un jour qui suit.") % {"day": day(on)}  # type: ignore[arg-type]
        )


class DueInHolidays(Refusal):
    """Work due on a day without lessons."""

    def __init__(self, on: object, label: str) -> None:
        text = _("Le %(day)s, l’établissement est fermé (%(label)s). Choisissez un jour de cours.")
        super().__init__(text % {"day": day(on), "label": label})  # type: ignore[arg-type]


class DueOutOfYear(Refusal):
    """Work due outside the school year."""

    def __init__(self, on: object) -> None:
        super().__init__(
            _("Le %(day)s n’est pas dans cette année scolaire. Choisissez un jour de cours.") % {"day": day(on)}  # type: ignore[arg-type]
        )


class NoDue(Refusal):
    """Work without a day."""

    def __init__(self) -> None:
        super().__init__(_("Pour quand est le travail ? Choisissez un cours, ou écrivez une date."))


class NobodyChosen(Refusal):
    """Individual work for nobody."""

    def __init__(self) -> None:
        super().__init__(_("Ce travail n’est pour personne. Cochez au moins un élève, ou donnez-le à toute la classe."))


class TooLate(Refusal):
    """A copy after the last hour."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "L’heure est passée : ce travail ne se rend plus en ligne. Ce qui est écrit est toujours là ; il faut voir "
                "avec le professeur, qui peut donner un délai."
            )
        )


class NothingHandedIn(Refusal):
    """A copy without a file nor a text."""

    def __init__(self) -> None:
        super().__init__(_("Il n’y a rien à rendre pour l’instant : il faut joindre un fichier ou écrire un texte."))


class AlreadyReturned(Refusal):
    """A copy that the teacher has given back does not change any more."""

    def __init__(self) -> None:
        super().__init__(_("La copie a déjà été corrigée : elle ne se remplace plus."))


class NotOurFile(Refusal):
    """A progression file that cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Ce fichier n’est pas une progression de Pupitre. Choisissez un fichier « .progression.json » exporté d’ici ou "
                "d’un autre établissement."
            )
        )


class AlreadyRead(Refusal):
    """A session that families have read does not change its day."""

    def __init__(self) -> None:
        super().__init__(
            _("Les familles ont déjà lu cette séance : elle reste à son jour. Copiez-la au cours suivant.")
        )


class NoNextLesson(Refusal):
    """No lesson follows in the year."""

    def __init__(self) -> None:
        super().__init__(_("Il n’y a pas de cours après celui-ci. Choisissez une date pour ce qui reste."))
