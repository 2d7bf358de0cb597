"""Why a file is not taken: each refusal is a French sentence that says what is wrong, then what to do.

Neither « tu » nor « vous »: students and adults read the same.
"""

from django.utils.translation import gettext as _

from pupitre.files.words import weight


class Refusal(ValueError):
    """A file is not taken, or not opened; the text is for whoever asked."""


class TooLarge(Refusal):
    """One file above the limit of what it is for."""

    def __init__(self, name: str, size: int, largest: int) -> None:
        super().__init__(
            _(
                "« %(name)s » pèse %(size)s ; la limite est de %(largest)s. Il faut le réduire (une photo de moins bonne "
                "qualité, un PDF compressé) ou le partager en plusieurs fichiers."
            )
            % {"name": name, "size": weight(size), "largest": weight(largest)}
        )


class TooMany(Refusal):
    """More files than one row holds."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(
            _(
                "%(count)s fichiers sont choisis ; la limite est de %(most)s. Il faut en retirer, ou les réunir dans un .zip."
            )
            % {"count": count, "most": most}
        )


class Empty(Refusal):
    """No byte at all."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("« %(name)s » est vide. Il faut l’enregistrer à nouveau sur l’appareil, puis le choisir encore une fois.")
            % {"name": name}
        )


class Forbidden(Refusal):
    """A program, whatever its name says."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "« %(name)s » est un programme, et Pupitre n’en transporte pas : il pourrait abîmer l’appareil de qui le "
                "reçoit. Pour un travail à rendre, il faut le mettre dans un .zip."
            )
            % {"name": name}
        )


class QuotaFull(Refusal):
    """No room left for this person."""

    def __init__(self, name: str, left: int) -> None:
        super().__init__(
            _(
                "« %(name)s » ne tient pas dans la place qui reste (%(left)s). Il faut d’abord supprimer, dans « Mes "
                "fichiers », ce qui ne sert plus."
            )
            % {"name": name, "left": weight(left)}
        )


class SchoolFull(Refusal):
    """No room left for the school: nothing that the person can do."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "« %(name)s » n’a pas été gardé : l’établissement n’a plus de place. Le référent numérique peut en faire ; "
                "le reste peut partir sans ce fichier."
            )
            % {"name": name}
        )


class Infected(Refusal):
    """The antivirus knows what is in it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "L’antivirus a trouvé un virus dans « %(name)s » : le fichier a été effacé, et personne ne l’a reçu. Il faut "
                "faire vérifier l’appareil d’où il vient."
            )
            % {"name": name}
        )


class Interrupted(Refusal):
    """The connection was cut before the end of a plain form."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "La connexion a été coupée avant la fin : les fichiers ne sont pas arrivés entiers. Il faut les choisir de nouveau."
            )
        )


class Vanished(Refusal):
    """A file that is no longer there, or was never this person's."""

    def __init__(self) -> None:
        super().__init__(_("Un des fichiers choisis n’est plus là. Il faut le choisir de nouveau."))


class StorageDown(Refusal):
    """The place where bytes are kept does not answer."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Les fichiers ne peuvent être ni gardés ni ouverts pour le moment : leur lieu de stockage ne répond pas. Rien "
                "d’autre n’est perdu ; il faut réessayer dans quelques minutes."
            )
        )


class AwaitingScan(Refusal):
    """The antivirus does not answer: nobody opens the file before it does."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("« %(name)s » attend l’antivirus, qui ne répond pas. Il s’ouvrira dès qu’il aura été vérifié.")
            % {"name": name}
        )
