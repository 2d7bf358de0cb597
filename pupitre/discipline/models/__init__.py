"""Facts of the room: what happened, what staff answered to it, what the head or the council decided.

Who did something is kept as a plain number of a person and the name they bore: it outlives the role that they held.
"""

from pupitre.discipline.models.detentions import Detention, DetentionSlot
from pupitre.discipline.models.incidents import Incident, IncidentPerson
from pupitre.discipline.models.punishments import Punishment
from pupitre.discipline.models.reading import Acknowledgement
from pupitre.discipline.models.sanctions import ErasureRule, RegisterEntry, Sanction

__all__ = [
    "Acknowledgement",
    "Detention",
    "DetentionSlot",
    "ErasureRule",
    "Incident",
    "IncidentPerson",
    "Punishment",
    "RegisterEntry",
    "Sanction",
]
