from django.db.models import Exists, OuterRef, Q

from pupitre.directory.models import FormTeacher, Group
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.lsu.models import LsuExport

MANAGE = "lsu.manage"
WRITE_CYCLES = "lsu.write_cycles"


@policy("lsu.read_export", LsuExport)
def read_export(actor: Actor) -> Q:
    """Files of the LSU name every student with their marks: the head and the office alone."""
    return EVERYONE if actor.has(MANAGE) else NOBODY


@policy("lsu.view_cycle", Group)
def view_cycle(actor: Actor) -> Q:
    """Follow the ends of cycle of a class: whoever writes them, and whoever sends the booklets."""
    return EVERYONE if actor.has(MANAGE) else write_cycle(actor)


@policy("lsu.write_cycle", Group)
def write_cycle(actor: Actor) -> Q:
    """Write the end of a cycle of the students of a class: its form teacher, and the head."""
    if actor.has(WRITE_CYCLES):
        return EVERYONE
    if Profile.TEACHER not in actor.profiles:
        return NOBODY
    mine = FormTeacher.objects.filter(held_on(clock.today()), group=OuterRef("pk"), person=actor.person_id)
    return Q(Exists(mine))
