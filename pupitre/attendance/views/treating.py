"""What the office makes of dossiers that it ticked, or of one alone, wherever the list stands: the desk or all absences."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceCase
from pupitre.attendance.queries.waiting import cases_to_tell
from pupitre.attendance.services.deciding import decide
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.services.telling import tell_families
from pupitre.attendance.transitions import Act
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import plural

TELL = "prevenir"
ACTIONS = {
    "accepter": Act.ACCEPT, "refuser": Act.REFUSE, "motif": Act.ENTER_REASON, "regler": Act.SETTLE,
    "confirmer": Act.CONFIRM, "decliner": Act.DECLINE, "accorder": Act.GRANT, "dispense_refusee": Act.DENY,
    "rouvrir": Act.UNLOCK,
}  # fmt: skip


@dataclass(slots=True)
class Treated:
    """What became of them: how many, and a sentence for each of those that did not move."""

    action: str = ""
    done: int = 0
    problems: list[str] = field(default_factory=list)


def treat_posted(data: QueryDict, actor: Actor) -> Treated:
    """Do what a list posts: `case` several times and `action`; or `un`, « accepter-12 », the button of one line."""
    action, ids = data.get("action", ""), numbers(data.getlist("case"))
    alone, _dash, number = data.get("un", "").rpartition("-")
    if alone:
        action, ids = alone, numbers([number])
    if not ids or (action not in ACTIONS and action != TELL):
        return Treated(problems=[_("Cochez au moins une absence, puis choisissez ce qu’il faut en faire.")])
    if action == TELL:
        return Treated(TELL, len(tell_families(list(cases_to_tell(actor, ids)), actor=actor)))
    reasons = {str(each.pk): each for each in reasons_of_school()}
    chosen = {pk: reasons[motif] for pk in ids if (motif := data.get(f"motif_{pk}", "")) in reasons}
    decided = decide(ids, ACTIONS[action], actor=actor, reasons=chosen, why=_why(data, alone, number))
    return Treated(action, len(decided.done), [f"{_name(case)}{_(' : ')}{no}" for case, no in decided.refused])


def numbers(texts: Sequence[str]) -> list[int]:
    """The numbers of rows that a page sends."""
    return [int(each) for each in texts if each.isdecimal() and len(each) < 19]


def notice_of(said: str, number: str) -> str:
    """What the next page says of what was done (`dit` and `n` of its address)."""
    count = int(number) if number.isdecimal() and len(number) < 6 else 0
    words = {
        "accepter": (_("motif accepté"), _("motifs acceptés")),
        "refuser": (_("motif refusé, la famille sait pourquoi"), _("motifs refusés, les familles savent pourquoi")),
        "motif": (_("motif enregistré"), _("motifs enregistrés")),
        "regler": (_("absence réglée"), _("absences réglées")),
        "confirmer": (_("absence prévue acceptée"), _("absences prévues acceptées")),
        "decliner": (_("absence prévue refusée"), _("absences prévues refusées")),
        "accorder": (_("dispense accordée"), _("dispenses accordées")),
        "dispense_refusee": (_("dispense refusée"), _("dispenses refusées")),
        "prevenir": (_("famille prévenue"), _("familles prévenues")),
        "relance": (_("appel relancé"), _("appels relancés")),
        "saisie": (_("élève saisi"), _("élèves saisis")),
    }
    return plural(count, *words[said]) + "." if said in words else ""


def _why(data: QueryDict, alone: str, number: str) -> str:
    return data.get(f"pourquoi_{number}", "") if alone else data.get("pourquoi", "")


def _name(case: AbsenceCase) -> Any:
    return case.student
