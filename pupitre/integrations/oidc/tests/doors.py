from dataclasses import dataclass

from pupitre.integrations.oidc.tests.factories import make_client
from tests.cast import Cast
from tests.doors import door


@dataclass(frozen=True)
class Speaking:
    """A service that speaks OpenID Connect, made when the door is tried."""

    place: str = "college"

    def __call__(self, cast: Cast) -> int:
        return make_client(cast, self.place).service_id

    def __str__(self) -> str:
        return self.place

    def __repr__(self) -> str:
        return str(self)


def _of(place: str = "college") -> dict[str, object]:
    return {"uai": "college", "pk": Speaking(place)}


DOORS = [
    door("oidc:configuration", everyone=200),
    door("oidc:jwks", everyone=200),
    # An unknown client is answered by a page, never by a redirection.
    door("oidc:authorize", everyone=403),
    door("oidc:token", "post", everyone=401),
    door("oidc:revoke", "post", everyone=401),
    door("oidc:userinfo", everyone=401),
    door("oidc:logout", everyone=200),
    door("oidc_of_school:client", at=_of(), principal=200, referent=200),
    door("oidc_of_school:client", at=_of("neighbour")),
    door("oidc_of_school:client", "post", at=_of(), principal=422, referent=422),
    door("oidc_of_school:secret", "post", at=_of(), principal=200, referent=200),
    door("oidc_of_school:secret", "post", at=_of("neighbour")),
]
