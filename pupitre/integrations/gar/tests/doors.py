from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.gar.models import Access, Assigner, Report
from pupitre.integrations.gar.sealing import seal
from pupitre.integrations.gar.tests.gestures import make_access
from tests.cast import Cast
from tests.doors import door


def assigner(cast: Cast) -> int:
    """Somebody who assigns resources in the collège."""
    with scope(cast.college.pk):
        facts = {"named_at": clock.now()}
        return Assigner.objects.get_or_create(
            person=cast.people["collegue"], establishment=cast.college, defaults=facts
        )[0].pk


def report(cast: Cast) -> int:
    """A report of the academy, made with its access when the door is tried."""
    access = Access.objects.first() or make_access(cast)
    facts = {"size": 1, "data": seal(b"x"), "received_at": clock.now(), "schools": {cast.college.uai: [1, 0]}}
    return Report.objects.get_or_create(access=access, name="rapport.txt", defaults=facts)[0].pk


_AT = {"uai": "college"}
_VIEW = {"principal": 200, "referent": 200, "academie": 200}
_SCHOOL = ("eleve", "parent", "enseignante", "collegue", "cpe", "principal", "secretaire", "referent")
DOORS = [
    door("gar:home", at=_AT, **_VIEW),
    door("gar:home", at={"uai": "neighbour"}),
    door("gar:report", at={"uai": "college", "pk": report}, **_VIEW),
    door("gar:report", at={"uai": "neighbour", "pk": report}),
    door("gar:enrol", "post", at=_AT, principal=302),
    door("gar:withdraw", "post", at=_AT, principal=302),
    door("gar:name_assigner", "post", at=_AT, principal=422),
    door("gar:remove_assigner", "post", at={"uai": "college", "pk": assigner}, principal=302),
    # The GAR is not a service of the school yet.
    door("gar:read", "post", at=_AT, principal=422, referent=422),
    door("gar_resources:mediacentre", at=_AT, **dict.fromkeys(_SCHOOL, 200)),
    door("gar_resources:mediacentre", at={"uai": "neighbour"}, parent_voisin=200, enseignante_voisine=200),
    door("gar_resources:refresh", "post", at=_AT, **dict.fromkeys(_SCHOOL, 302)),
    door("gar_resources:favourite", "post", at=_AT, **dict.fromkeys(_SCHOOL, 302)),
    door("gar_access:access", academie=200),
    # The sessions of this test are of people who typed no password: it is asked for first.
    door("gar_access:access", "post", academie=302),
    # No access yet: there is nothing to deliver, to renew, to read.
    door("gar_access:deliver", "post"),
    door("gar_access:renew_key", "post"),
    door("gar_access:fetch_reports", "post"),
    door("gar_access:report", at={"pk": report}, academie=200),
    door("gar_access:report_file", at={"pk": report}, academie=200),
]
