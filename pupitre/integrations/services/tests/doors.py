from dataclasses import dataclass

from pupitre.integrations.services.tests.factories import make_service, open_service
from tests.cast import Cast
from tests.doors import door


@dataclass(frozen=True)
class Known:
    """A service of a school, or of its academy, made when the door is tried."""

    place: str = "college"
    for_academy: bool = False

    def __call__(self, cast: Cast) -> int:
        service = make_service(cast, self.place, for_academy=self.for_academy)
        if not self.for_academy:
            open_service(cast, self.place, service=service)
        return service.pk

    def __str__(self) -> str:
        return f"{self.place}{'/academy' if self.for_academy else ''}"

    def __repr__(self) -> str:
        return str(self)


_VIEW = {"principal": 200, "referent": 200, "academie": 200}


def _of(place: str = "college", for_academy: bool = False) -> dict[str, object]:
    return {"uai": "college", "pk": Known(place, for_academy)}


DOORS = [
    # Everyone sees their own launcher; the academy's people have none, but the page is theirs too.
    door("my_services:mine", everyone=200, anonymous=302),
    door("services:connectors", at={"uai": "college"}, **_VIEW),
    door("services:add", at={"uai": "college"}, **_VIEW),
    door("services:add", "post", at={"uai": "college"}, principal=422, referent=422, academie=422),
    door("services:connector", at=_of(), **_VIEW),
    door("services:connector", at=_of(for_academy=True), **_VIEW),
    door("services:connector", at=_of("neighbour")),
    # The academy proposes; each school opens.
    door("services:connector", "post", at=_of(), data={"ouvert": "on"}, principal=422, referent=422),
    door("services:change", at=_of(), principal=200, referent=200),
    door("services:change", at=_of(for_academy=True), academie=200),
    door("services:change", "post", at=_of(), principal=422, referent=422),
    door("services:change", at=_of("neighbour")),
    door("services:switch", "post", at=_of(), principal=302, referent=302),
    door("services:switch", "post", at=_of("neighbour")),
    # A name that does not exist is said so; nothing is called.
    door("services:attempt", "post", at=_of(), principal=302, referent=302),
    door("services:attempt", "post", at=_of("neighbour")),
    # Each tries in turn; the first withdraws it, and it does not exist any more.
    # Nothing is read in this service: there is no copy to ask for.
    door("services:refresh", "post", at=_of()),
    door("services:withdraw", "post", at=_of(), principal=302),
    door("services:withdraw", "post", at=_of(for_academy=True), academie=302),
    door("services:withdraw", "post", at=_of("neighbour")),
]
