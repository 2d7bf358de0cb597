"""Why a file is not taken: each refusal is a French sentence that says what is wrong, then what to do."""

from django.utils.translation import gettext as _

from pupitre.files.words import weight


class Refusal(ValueError):
    """A file is not taken; the text is for whoever sent it."""


class TooLarge(Refusal):
    """One file above the limit of what it is for."""

    def __init__(self, name: str, size: int, largest: int) -> None:
        super().__init__(
            _(
                "« %(name)s » pèse %(size)s ; la limite est de %(largest)s. Réduisez-le (une photo de moins bonne "
                "qualité, un PDF compressé) ou partagez-le en plusieurs fichiers."
            )
            % {"name": name, "size": weight(size), "largest": weight(largest)}
        )


class TooMany(Refusal):
    """More files than one row holds."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(
            _(
                "Vous avez choisi %(count)s fichiers ; la limite est de %(most)s. Retirez-en, ou réunissez-les en un .zip."
            )
            % {"count": count, "most": most}
        )


class Empty(Refusal):
    """No byte at all."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "« %(name)s » est vide. Ouvrez-le pour vérifier ce qu’il contient, enregistrez-le, puis choisissez-le de nouveau."
            )
            % {"name": name}
        )


class Forbidden(Refusal):
    """A program, whatever its name says."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "« %(name)s » est un programme, et Pupitre n’en transporte pas : il s’ouvrirait chez celui qui le reçoit. "
                "Si c’est un travail à rendre, mettez-le dans un .zip."
            )
            % {"name": name}
        )


class QuotaFull(Refusal):
    """No room left for this person."""

    def __init__(self, name: str, left: int) -> None:
        super().__init__(
            _(
                "« %(name)s » ne tient pas dans la place qui vous reste (%(left)s). Supprimez dans « Mes fichiers » ce qui "
                "ne sert plus, puis recommencez."
            )
            % {"name": name, "left": weight(max(0, left))}
        )


class SchoolFull(Refusal):
    """No room left for the school: nothing that the person can do."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "« %(name)s » n’a pas été gardé : l’établissement n’a plus de place. Prévenez le référent numérique ; vous "
                "pouvez envoyer le reste sans ce fichier."
            )
            % {"name": name}
        )


class Infected(Refusal):
    """The antivirus knows what is in it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "L’antivirus a trouvé un virus dans « %(name)s » : le fichier a été effacé, personne ne l’a reçu. Faites "
                "vérifier l’appareil d’où il vient."
            )
            % {"name": name}
        )


class Interrupted(Refusal):
    """The connection was cut before the end of a plain form."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "La connexion a été coupée avant la fin : les fichiers ne sont pas arrivés entiers. Choisissez-les de nouveau."
            )
        )


class Unfinished(Refusal):
    """Some bytes are still to come."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("« %(name)s » n’est pas encore arrivé en entier. Attendez la fin de l’envoi.") % {"name": name}
        )


class Vanished(Refusal):
    """A file that is no longer there, or was never this person's."""

    def __init__(self) -> None:
        super().__init__(_("Un des fichiers choisis n’est plus là. Choisissez-le de nouveau."))


class StorageDown(Refusal):
    """The place where bytes are kept does not answer."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Les fichiers ne peuvent pas être gardés pour le moment : leur lieu de stockage ne répond pas. Le reste est "
                "intact. Réessayez dans quelques minutes."
            )
        )


class AwaitingScan(Refusal):
    """The antivirus does not answer: nobody opens the file before it does."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("« %(name)s » attend d’être vérifié par l’antivirus, qui ne répond pas. Réessayez dans quelques minutes.")
            % {"name": name}
        )
