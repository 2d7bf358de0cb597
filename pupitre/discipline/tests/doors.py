from pupitre.attendance.tests.factories import student
from pupitre.discipline.models import Detention, Incident, Punishment, Sanction
from pupitre.discipline.tests.factories import detained, punished, reported, sanctioned
from pupitre.establishments.scope import scope
from tests.doors import door

_GIVERS = ("enseignante", "collegue", "cpe", "principal")
_FOLLOWERS = ("cpe", "principal")


def punishment_of_ines(cast):
    """Extra work given by the teacher of mathematics; made once."""
    with scope(cast.college.pk):
        found = Punishment.objects.filter(kind="extra_work").first()
        return (found or punished(cast)).pk


def detention_of_ines(cast):
    """A detention asked by the teacher and not planned; made once."""
    with scope(cast.college.pk):
        found = Punishment.objects.filter(kind="detention", detentions=None).first()
        return (found or punished(cast, "detention")).pk


def sitting_of_ines(cast):
    """The same, planned this afternoon; made once."""
    with scope(cast.college.pk):
        return (Detention.objects.first() or detained(cast)).pk


def incident_of_ines(cast):
    """An incident reported by the teacher; made once."""
    with scope(cast.college.pk):
        return (Incident.objects.first() or reported(cast)).pk


def sanction_of_ines(cast):
    """A reprimand; made once."""
    with scope(cast.college.pk):
        return (Sanction.objects.first() or sanctioned(cast)).pk


def schooling_of_ines(cast):
    with scope(cast.college.pk):
        return student(cast.people["eleve"]).pk


def all_of(people, status):
    return dict.fromkeys(people, status)


_COLLEGE = {"uai": "college"}
_INES = {**_COLLEGE, "pk": schooling_of_ines}
_PUNISHMENT = {**_COLLEGE, "pk": punishment_of_ines}
_PLAN = {**_COLLEGE, "pk": detention_of_ines}
_SITTING = {**_COLLEGE, "pk": sitting_of_ines}
_INCIDENT = {**_COLLEGE, "pk": incident_of_ines}
_SANCTION = {**_COLLEGE, "pk": sanction_of_ines}
_TO_ERASE = {"action": "refuser", "pourquoi": "Pas de changement d’établissement."}

DOORS = [
    door("discipline:week", at=_COLLEGE, **all_of(_FOLLOWERS, 200)),
    door("discipline:mine", at=_COLLEGE, eleve=302),
    # Two children in this school: the list of both.
    door("discipline:children", at=_COLLEGE, parent=200),
    door("discipline:record", at=_INES, eleve=200, parent=200, **all_of(_GIVERS, 200)),
    door("discipline:punishments", at=_COLLEGE, **all_of(_GIVERS, 200)),
    door("discipline:choose", at=_COLLEGE, **all_of(_GIVERS, 200)),
    door("discipline:choose_in_class", at={**_COLLEGE, "pk": "4B"}, **all_of(_GIVERS, 200)),
    door("discipline:give", at=_INES, **all_of(_GIVERS, 200)),
    door("discipline:give", "post", at=_INES, **all_of(_GIVERS, 422)),
    # The author, CPE and head, the family; not a colleague.
    door("discipline:punishment", at=_PUNISHMENT, eleve=200, parent=200, enseignante=200, **all_of(_FOLLOWERS, 200)),
    door("discipline:follow", "post", at=_PUNISHMENT, enseignante=302, **all_of(_FOLLOWERS, 302)),
    door("discipline:read_punishment", "post", at=_PUNISHMENT, eleve=302, parent=302),
    door("discipline:plan", at=_PLAN, **all_of(_FOLLOWERS, 200)),
    door("discipline:plan", "post", at=_PLAN, **all_of(_FOLLOWERS, 422)),
    door("discipline:detentions", at=_COLLEGE, **all_of(_FOLLOWERS, 200)),
    door("discipline:slots", at=_COLLEGE, **all_of(_FOLLOWERS, 200)),
    door("discipline:slots", "post", at=_COLLEGE, **all_of(_FOLLOWERS, 422)),
    door("discipline:note", "post", at=_SITTING, **all_of(_FOLLOWERS, 302)),
    door("discipline:incidents", at=_COLLEGE, **all_of(_GIVERS, 200)),
    door("discipline:report", at=_COLLEGE, **all_of(_GIVERS, 200)),
    door("discipline:report", "post", at=_COLLEGE, **all_of(_GIVERS, 422)),
    # Whoever reported it, the CPE and the head; no family.
    door("discipline:incident", at=_INCIDENT, enseignante=200, **all_of(_FOLLOWERS, 200)),
    door("discipline:involve", "post", at=_INCIDENT, enseignante=422, **all_of(_FOLLOWERS, 422)),
    door("discipline:handle", "post", at=_INCIDENT, **all_of(_FOLLOWERS, 302)),
    door("discipline:sanctions", at=_COLLEGE, **all_of(_FOLLOWERS, 200)),
    door("discipline:register", at=_COLLEGE, **all_of(_FOLLOWERS, 200)),
    door("discipline:delays", at=_COLLEGE, principal=200),
    door("discipline:delays", "post", at=_COLLEGE, principal=422),
    door("discipline:decide", at=_INES, principal=200),
    door("discipline:decide", "post", at=_INES, principal=422),
    # The CPE reads; the family too; teachers who are not form teachers do not.
    door("discipline:sanction", at=_SANCTION, eleve=200, parent=200, **all_of(_FOLLOWERS, 200)),
    # Nobody asked for an erasure: told so.
    door("discipline:act", "post", at=_SANCTION, data=_TO_ERASE, principal=422),
    door("discipline:read_sanction", "post", at=_SANCTION, eleve=302, parent=302),
    # Without saying why.
    door("discipline:ask_erasure", "post", at=_SANCTION, eleve=422, parent=422),
]
