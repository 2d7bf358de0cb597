"""Why photographs are not taken: sentences for the office."""

from django.utils.translation import gettext as _


class Refusal(ValueError):
    """Nothing is kept; the text is for whoever asked."""


class NotAllowed(Refusal):
    """The family did not say yes."""

    def __init__(self) -> None:
        super().__init__(_("La famille n’a pas donné son autorisation. Notez-la d’abord, puis ajoutez la photo."))


class NotAPhoto(Refusal):
    """Neither JPEG, nor PNG, nor WebP; or damaged, or immense."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce fichier n’est pas une photo que Pupitre sait lire. Choisissez une image JPEG, PNG ou WebP.")
        )


class TooHeavy(Refusal):
    """One photograph above the limit."""

    def __init__(self, largest: int) -> None:
        super().__init__(
            _("Cette photo dépasse %(largest)s Mo. Choisissez-en une moins lourde.") % {"largest": largest}
        )


class BadArchive(Refusal):
    """A zip that is not opened, or not read to its end."""


class RefusedByAnother(Refusal):
    """One guardian does not lift what another refused."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Une autre personne a refusé cette photo : elle seule peut revenir sur son refus ici. "
                "Sinon, voyez-en avec l’établissement."
            )
        )
