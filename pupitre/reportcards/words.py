"""Sentences that the page and the paper both say."""

from fractions import Fraction

from django.utils.translation import gettext as _

from pupitre.attendance.totals import number_of
from pupitre.foundation.ui.french import day_month, plural
from pupitre.reportcards.document import Bulletin, SchoolLife


def missed_sentence(life: SchoolLife) -> str:
    """« 2 demi-journées d’absence justifiées, 1 non justifiée. 1 retard. »"""
    justified, unjustified, pending = (
        number_of(Fraction(each)) for each in (life.justified, life.unjustified, life.pending)
    )
    if not life.justified and not life.unjustified and not life.pending:
        absences = _("Aucune demi-journée d’absence.")
    else:
        absences = _("Demi-journées d’absence : %(a)s justifiées, %(b)s non justifiées") % {
            "a": justified,
            "b": unjustified,
        }
        absences += (_(", %(n)s en attente d’un motif") % {"n": pending} if life.pending else "") + "."
    lates = plural(life.lates, _("retard"), _("retards")) if life.lates else _("Aucun retard")
    return f"{absences} {lates}."


def about(bulletin: Bulletin) -> str:
    """« Née le 9 mai 2013 · 4e B, 26 élèves »."""
    place = _("%(group)s, %(n)s") % {
        "group": bulletin.division, "n": plural(bulletin.size, _("élève"), _("élèves")),
    }  # fmt: skip
    if bulletin.born_on is None:
        return place
    on = f"{day_month(bulletin.born_on)} {bulletin.born_on.year}"
    born = _("Née le %(day)s") if bulletin.sex in ("F", "2") else _("Né le %(day)s")
    return f"{born % {'day': on}} · {place}"


def teachers_of(bulletin: Bulletin) -> str:
    """« Professeur principal : Mme Kessler »."""
    if not bulletin.form_teachers:
        return ""
    several = "," in bulletin.form_teachers
    label = _("Professeurs principaux : %(names)s") if several else _("Professeur principal : %(names)s")
    return label % {"names": bulletin.form_teachers}


def signature(bulletin: Bulletin) -> str:
    """« Mme Delacourt, principale »; the title of the law when the school names none."""
    if not bulletin.signed_by:
        return ""
    title = bulletin.signed_as.lower()
    return f"{bulletin.signed_by}, {title if title not in ('', 'direction') else _('chef d’établissement')}"


def place_of(bulletin: Bulletin) -> str:
    """« Valmont-sur-Meurthe · UAI 0549999Z »."""
    return " · ".join(filter(None, (bulletin.town, f"UAI {bulletin.uai}")))
