"""How files are told in French."""

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import number

KILO, MEGA, GIGA = 1024, 1024**2, 1024**3


def weight(size: int) -> str:
    """« 240 Ko », « 1,4 Mo », « 5 Go »: rounded up, so that a limit is never said to hold what it does not."""
    if size < MEGA:
        return _("%(size)s Ko") % {"size": number(-(-size // KILO))}
    unit, name = (GIGA, _("%(size)s Go")) if size >= GIGA else (MEGA, _("%(size)s Mo"))
    return name % {"size": number(-(-size * 10 // unit) / 10)}
