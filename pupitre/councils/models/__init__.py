"""Facts of the room: the sitting of a class in a term, who sat, what was written of the class, what it proposes to a student."""

from pupitre.councils.models.members import Member
from pupitre.councils.models.proposals import OrientationProposal
from pupitre.councils.models.sittings import Sitting, SittingVersion

__all__ = ["Member", "OrientationProposal", "Sitting", "SittingVersion"]
