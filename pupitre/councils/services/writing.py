"""The texts of a sitting: its summary for delegates, its minutes for staff. Both carry the version that was on the screen."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.councils.models import Sitting, SittingVersion
from pupitre.councils.models.sittings import LONGEST_MINUTES, LONGEST_SUMMARY
from pupitre.councils.refusals import Refusal
from pupitre.councils.services.sitting import locked
from pupitre.councils.stamping import see_again
from pupitre.directory.models import Group, Person
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.foundation.ui.french import day_hour


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the texts. `sentence` says why they were not kept; `theirs` is what somebody else wrote meanwhile."""

    version: int
    sentence: str = ""
    theirs: tuple[str, str] | None = None


@transaction.atomic
def write_sitting(*, term: Term, division: Group, summary: str, minutes: str, base: int, actor: Actor) -> Written:
    """Keep the summary and the minutes of a council. What met another hand's is put aside, and said; raises Refusal.

    Once published, the summary does not change; minutes do, as long as the school needs.
    """
    summary, minutes = plain(summary), plain(minutes)
    _refuse_too_long(_("Bilan de la classe"), summary, LONGEST_SUMMARY)
    _refuse_too_long(_("Compte rendu"), minutes, LONGEST_MINUTES)
    sitting = locked(term, division)
    if (summary, minutes) == (sitting.summary, sitting.minutes):
        return Written(sitting.version)
    if sitting.published_at is not None and summary != sitting.summary:
        raise Refusal(_("Ce bilan est publié : il ne change plus. Le compte rendu peut encore être complété."))
    if sitting.version != base:
        _remember(sitting, summary, minutes, actor, is_kept=False)
        by = sitting.written_by_name or _("Quelqu’un d’autre")
        at = day_hour(sitting.written_at) if sitting.written_at else ""
        sentence = _("%(by)s a écrit ici %(at)s. Votre texte est gardé : comparez, puis enregistrez.")
        return Written(sitting.version, sentence % {"by": by, "at": at}, (sitting.summary, sitting.minutes))
    sitting.summary, sitting.minutes, sitting.version = summary, minutes, base + 1
    sitting.written_by_id, sitting.written_at = actor.person_id, clock.now()
    sitting.written_by_name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    sitting.save()
    _remember(sitting, summary, minutes, actor, is_kept=True)
    see_again(sitting, [actor.person_id])
    return Written(sitting.version)


def _refuse_too_long(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Refusal(
            _("%(what)s : %(n)s caractères, %(most)s au plus. Raccourcissez de %(over)s : rien n’est perdu.")
            % {"what": what, "n": len(text), "most": most, "over": len(text) - most}
        )


def _remember(sitting: Sitting, summary: str, minutes: str, actor: Actor, *, is_kept: bool) -> None:
    SittingVersion(
        sitting=sitting, summary=summary, minutes=minutes, version=sitting.version, written_by_id=actor.person_id,
        written_at=clock.now(), is_kept=is_kept,
    ).save()  # fmt: skip
