from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.sealing import seal
from pupitre.integrations.oneroster.services.gathering import gather
from pupitre.integrations.oneroster.tests.gestures import make_receiver
from tests.cast import Cast
from tests.doors import door


def receiver(cast: Cast) -> int:
    """A tool of the collège that receives files; made once."""
    with scope(cast.college.pk):
        known = Receiver.objects.first()
    return (known or make_receiver(cast)).pk


def file(cast: Cast) -> int:
    """A file that may be taken, beside one that could not be made."""
    pk = receiver(cast)
    with scope(cast.college.pk):
        known = RosterFile.objects.filter(state="ready").first()
        if known is not None:
            return known.pk
        held = Receiver.objects.select_related("connector__service").get(pk=pk)
        nobody: dict[str, list[int]] = {"students": [], "guardians": [], "staff": [], "family": [], "ine": []}
        for facts in (
            {"state": "failed", "why": "no_class"},
            {
                "state": "ready", "data": seal(b"PK"), "left_out": ["BELKACEM"], "people": nobody,
                "grounds": gather(held).grounds,
                "counts": {"students": 2, "staff": 6, "guardians": 1, "users": 9, "classes": 5, "enrollments": 12},
            },
        ):  # fmt: skip
            made = RosterFile(receiver_id=pk, content="bulk", asked_at=clock.now(), **facts)
            made.save()
        return made.pk


def receiver_with_files(cast: Cast) -> int:
    """A receiver whose page tells of files of each kind."""
    file(cast)
    return receiver(cast)


_AT = {"uai": "college"}
_SEES = {"principal": 200, "referent": 200}
_DOES = {"principal": 302, "referent": 302}
DOORS = [
    door("oneroster:home", at=_AT, **_SEES),
    door("oneroster:home", at={"uai": "neighbour"}),
    door("oneroster:add", "post", at=_AT, principal=422, referent=422),
    door("oneroster:receiver", at={"uai": "college", "pk": receiver_with_files}, **_SEES),
    door("oneroster:receiver", "post", at={"uai": "college", "pk": receiver}, **_DOES),
    door("oneroster:prepare", "post", at={"uai": "college", "pk": receiver}, principal=422, referent=422),
    door("oneroster:download", "post", at={"uai": "college", "pk": file}, **_SEES),
    # The first removes it, and it does not exist any more.
    door("oneroster:remove", "post", at={"uai": "college", "pk": receiver}, principal=302),
]
