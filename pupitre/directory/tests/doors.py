from dataclasses import dataclass

from pupitre.directory.profiles import Profile
from pupitre.directory.roles import TYPED
from pupitre.directory.tests.factories import PersonFactory, affiliate
from tests.cast import Cast
from tests.doors import door


@dataclass(frozen=True)
class Guest:
    """Somebody whom the college added, made when the door is tried."""

    def __call__(self, cast: Cast) -> int:
        person = PersonFactory(last_name="COLLIN", first_name="Jeanne")
        role = affiliate(person, cast.college, Profile.GUEST, "Menuiserie Collin")
        role.source, role.ends_on = TYPED, "2027-08-31"
        role.save(update_fields=["source", "ends_on"])
        return person.pk

    def __repr__(self) -> str:
        return "guest"

    __str__ = __repr__


_STAFF = dict.fromkeys(("enseignante", "collegue", "cpe", "principal", "secretaire", "referent"), 200)
_OFFICE = ("cpe", "principal", "secretaire", "referent")
_GRANT = dict.fromkeys(("principal", "referent"), 200)
_ADD = dict.fromkeys(("principal", "secretaire", "referent"), 200)
_ROLE = {"uai": "college", "pk": Guest(), "profile": "guest"}
_LINK = {"uai": "college", "pk": "parent", "child": "eleve"}
_VIEW = dict.fromkeys((*_OFFICE, "academie"), 200)


def _print(answer: int) -> dict[str, int]:
    """Only those who hold « print_codes »; what is posted lacks its confirmation or its reason."""
    return dict.fromkeys(_OFFICE, answer)


DOORS = [
    door("directory:search", at={"uai": "college"}, **_STAFF),
    door("directory:person", at={"uai": "college", "pk": "eleve"}, **_STAFF),
    door("directory:person", at={"uai": "college", "pk": "parent"}, **_STAFF),
    door("directory:person", at={"uai": "college", "pk": "eleve-voisin"}),
    door("directory:groups", at={"uai": "college"}, **_STAFF),
    door("directory:group", at={"uai": "college", "pk": "4B"}, **_STAFF),
    door("directory:group", at={"uai": "college", "pk": "1PRO"}),
    door("directory:rights", at={"uai": "college"}, **_GRANT),
    door("directory:right", at={"uai": "college", "key": "imports.manage"}, **_GRANT),
    door("directory:right", at={"uai": "college", "key": "imports.dream"}),
    door("directory:person_rights", at={"uai": "college", "pk": "collegue"}, **_GRANT),
    # Families and neighbours are not given rights.
    door("directory:person_rights", at={"uai": "college", "pk": "parent"}),
    door("directory:person_rights", at={"uai": "college", "pk": "enseignante-voisine"}),
    door("directory:give_right", "post", at={"uai": "college", "pk": "collegue"}, principal=422, referent=422),
    door("directory:give_right", "post", at={"uai": "college", "pk": "parent"}),
    door("directory:end_right", "post", at={"uai": "college", "pk": "collegue"}, principal=302, referent=302),
    door("directory:end_right", "post", at={"uai": "college", "pk": "parent"}),
    door("accounts_of_school:second_factor", at={"uai": "college"}, principal=200, referent=200, academie=200),
    door("accounts_of_school:second_factor", "post", at={"uai": "college"}, principal=422, referent=422, academie=422),
    door(
        "accounts_of_school:reset_second_factor",
        "post",
        at={"uai": "college", "pk": "collegue"},
        principal=422,
        referent=422,
    ),
    door("accounts_of_school:activation", at={"uai": "college"}, **_VIEW),
    door("accounts_of_school:staff", at={"uai": "college"}, **_VIEW),
    door("accounts_of_school:division", at={"uai": "college", "pk": "4B"}, **_VIEW),
    door("accounts_of_school:division", at={"uai": "college", "pk": "1PRO"}),
    door("accounts_of_school:person", at={"uai": "college", "pk": "parent"}, **_VIEW),
    door("accounts_of_school:person", at={"uai": "college", "pk": "parent-voisin"}),
    door("accounts_of_school:child_access", at={"uai": "college", "pk": "parent"}, **_VIEW),
    door("accounts_of_school:child_access", at={"uai": "college", "pk": "parent-voisin"}),
    door("accounts_of_school:typed", at={"uai": "college"}, **_ADD),
    door("accounts_of_school:passwords", at={"uai": "college"}, principal=200, referent=200),
    door("accounts_of_school:passwords", "post", at={"uai": "college"}, principal=422, referent=422),
    door("accounts_of_school:add", at={"uai": "college"}, **_ADD),
    door("accounts_of_school:add", "post", at={"uai": "college"}, principal=422, secretaire=422, referent=422),
    door("accounts_of_school:renew", "post", at={"uai": "college"}, principal=302, secretaire=302, referent=302),
    door("accounts_of_school:role", at=_ROLE, **_ADD),
    door("accounts_of_school:role", at=_ROLE | {"pk": "collegue"}),
    door("accounts_of_school:role", at=_ROLE | {"pk": "parent-voisin"}),
    door("accounts_of_school:role", "post", at=_ROLE, principal=422, secretaire=422, referent=422),
    door("accounts_of_school:access", at=_LINK, principal=200),
    door("accounts_of_school:access", at=_LINK | {"child": "eleve-voisin"}),
    door("accounts_of_school:access", at=_LINK | {"child": "soeur"}),
    door("accounts_of_school:shut", "post", at=_LINK, principal=422),
    door("accounts_of_school:shut", "post", at=_LINK | {"child": "soeur"}, data={"raison": "judge"}),
    door("accounts_of_school:open_again", "post", at=_LINK, principal=422),
    door("accounts_of_school:print_division", "post", at={"uai": "college", "pk": "4B"}, **_print(422)),
    door("accounts_of_school:print_division", "post", at={"uai": "college", "pk": "1PRO"}),
    door("accounts_of_school:print_staff", "post", at={"uai": "college"}, **_print(422)),
    door("accounts_of_school:print_person", "post", at={"uai": "college", "pk": "parent"}, **_print(422)),
    door("accounts_of_school:print_person", "post", at={"uai": "college", "pk": "parent-voisin"}),
    door("accounts_of_school:suspend", "post", at={"uai": "college", "pk": "parent"}, **_print(422)),
    door("accounts_of_school:suspend", "post", at={"uai": "college", "pk": "parent-voisin"}),
    door("accounts_of_school:reopen", "post", at={"uai": "college", "pk": "parent"}, **_print(302)),
    # The head's account is out of reach of the secretary and of the school-life office; one's own, of oneself.
    door("accounts_of_school:reopen", "post", at={"uai": "college", "pk": "principal"}, referent=302),
    door("schools:schools", academie=200),
    door("schools:schools", "post", academie=422, anonymous=302),
]
