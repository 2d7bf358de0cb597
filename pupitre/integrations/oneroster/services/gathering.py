"""Who a file tells of at this moment, and on which grounds: asked when it is made, and again when it is taken."""

import hashlib
import json
from dataclasses import dataclass

from pupitre.directory.profiles import Profile
from pupitre.integrations.oneroster.choosing import Roster, roster_of
from pupitre.integrations.oneroster.facts import people_now, school_now
from pupitre.integrations.oneroster.models import Receiver
from pupitre.integrations.oneroster.queries import prevented
from pupitre.integrations.oneroster.roles import TOLD
from pupitre.integrations.oneroster.services.asking import Cannot


@dataclass(frozen=True, slots=True)
class Gathered:
    """Who is told of. `grounds`: a digest of what decided it; a file whose grounds are others tells what it must not."""

    roster: Roster
    grounds: str


def gather(receiver: Receiver) -> Gathered:
    """Who a receiver is told of now; two statements, its connector and service being read. Raises Cannot."""
    connector = receiver.connector
    if code := prevented(connector):
        raise Cannot(code)
    school = school_now(connector.pk)
    if school.year is None:
        raise Cannot("no_year")
    profiles = {each for each in connector.profiles if each in TOLD}
    if not receiver.with_guardians:
        profiles -= {Profile.GUARDIAN}
    roster = roster_of(school, school.year, people_now(sorted(profiles)))
    if not roster.divisions:
        raise Cannot("no_class")
    return Gathered(roster, _digest(receiver, roster, profiles))


def _digest(receiver: Receiver, roster: Roster, profiles: set[str]) -> str:
    """The choices of the school, and the links of families that the head may shut; not who came or left since."""
    links = [(student, guardian) for student, known in roster.guardians.items() for guardian in known]
    grounds = {
        "identifier": receiver.connector.service.identifier,
        "profiles": sorted(profiles),
        "groups": sorted(roster.school.chosen),
        "ine": receiver.with_ine,
        "links": sorted(links),
    }
    return hashlib.sha256(json.dumps(grounds, sort_keys=True).encode()).hexdigest()
