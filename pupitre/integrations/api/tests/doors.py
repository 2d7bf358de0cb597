from dataclasses import dataclass

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.api.models import Access
from pupitre.integrations.api.tests.factories import make_app
from pupitre.integrations.services.models import Connector
from tests.cast import Cast
from tests.doors import door


@dataclass(frozen=True)
class Application:
    """An application that a school opened, made when the door is tried."""

    place: str = "college"

    def __call__(self, cast: Cast) -> int:
        return make_app(cast, self.place).service_id

    def __str__(self) -> str:
        return self.place

    def __repr__(self) -> str:
        return str(self)


def access_of_ines(cast: Cast) -> int:
    """What Inès lets an application read."""
    service_id = make_app(cast).service_id
    with scope(cast.college.pk):
        connector = Connector.objects.get(service=service_id)
        access = Access(
            connector=connector, person=cast.people["eleve"], scopes=["timetable:read"], agreed_at=clock.now()
        )
        access.save()
        return int(access.pk)


def _of(place: str = "college") -> dict[str, object]:
    return {"uai": "college", "pk": Application(place)}


_NUMBER = {"number": "0" * 32}

DOORS = [
    door("api:developers", everyone=200),
    door("api:openapi", everyone=200),
    # A cookie opens none of the others: they ask for a token.
    door("api:me", everyone=401),
    door("api:timetable", at=_NUMBER, everyone=401),
    door("api:homework", at=_NUMBER, everyone=401),
    door("api:marks", at=_NUMBER, everyone=401),
    door("api:absences", at=_NUMBER, everyone=401),
    door("api:news", everyone=401),
    door("api:agenda", everyone=401),
    door("api:messages_count", everyone=401),
    door("api:missing", at={"rest": "autre"}, everyone=404),
    door("api_of_school:opening", at=_of(), principal=200, referent=200),
    door("api_of_school:opening", at=_of("neighbour")),
    door("api_of_school:opening", "post", at=_of(), principal=302, referent=302),
    door("api_of_school:withdraw", "post", at={"uai": "college", "pk": access_of_ines}, eleve=302),
]
