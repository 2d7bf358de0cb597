from dataclasses import dataclass

from pupitre.establishments.scope import scope
from pupitre.integrations.pronote.services.exporting import keep_partnership
from pupitre.integrations.pronote.tests.keys import public_pem
from pupitre.integrations.services.tests.factories import admin_of, make_service, open_service
from tests.cast import Cast
from tests.doors import door


@dataclass(frozen=True)
class Known:
    """A PRONOTE of a school, open and under agreement, or another service; made when the door is tried."""

    place: str = "college"
    release: str = "pronote"

    def __call__(self, cast: Cast) -> int:
        service = make_service(cast, self.place, release=self.release)
        connector = open_service(cast, self.place, service=service)
        with scope(getattr(cast, self.place).pk):
            keep_partnership(connector, actor=admin_of(cast, self.place), partner="ESSAI", public_key=public_pem())
        return service.pk

    def __str__(self) -> str:
        return f"{self.place}/{self.release}"

    def __repr__(self) -> str:
        return str(self)


_VIEW = {"principal": 200, "referent": 200, "academie": 200}
_MANAGE = {"principal": 302, "referent": 302}


def _of(place: str = "college", release: str = "pronote") -> dict[str, object]:
    return {"uai": "college", "pk": Known(place, release)}


DOORS = [
    door("pronote:lessons", at={"uai": "college"}, eleve=200, parent=200),
    door("pronote:bridge", at=_of(), **_VIEW),
    # Another service has no such page, and that of another school does not exist.
    door("pronote:bridge", at=_of(release="moodle")),
    door("pronote:bridge", at=_of("neighbour")),
    door("pronote:reading", "post", at=_of(), data={"lire": "oui"}, **_MANAGE),
    door("pronote:reading", "post", at=_of("neighbour"), data={"lire": "oui"}),
    door("pronote:attempt", "post", at=_of(), **_MANAGE),
    door("pronote:attempt", "post", at=_of("neighbour")),
    door("pronote:partnership", at=_of(), **_MANAGE),
    door("pronote:partnership", "post", at=_of(), principal=422, referent=422),
    door("pronote:partnership", "post", at=_of("neighbour")),
    door("pronote:download", "post", at=_of(), principal=200, referent=200),
    door("pronote:download", "post", at=_of("neighbour")),
]
