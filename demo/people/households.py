"""Households: who looks after the children of a family, and at which address."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random

from demo.model import Adult, Home, Link
from demo.people.contacts import AddressBook, mail_of, mobile_of, phone_of
from demo.people.names import Origin, draw_origin, other_origin

_MAN, _WOMAN = "1", "2"
_MOTHER, _FATHER, _ASCENDANT, _FOSTER_CARER, _TUTOR, _WELFARE, _OTHER = "10", "20", "38", "42", "50", "51", "90"
_PROFESSIONS = (
    "21",
    "23",
    "31",
    "33",
    "34",
    "37",
    "38",
    "42",
    "43",
    "46",
    "47",
    "52",
    "53",
    "54",
    "55",
    "56",
    "62",
    "63",
)


@dataclass(frozen=True, slots=True)
class Household:
    """A family: the name children bear, where they live, and the adults linked to each of them."""

    child_name: str
    origin: Origin
    home: Home
    links: tuple[Link, ...]
    child_usage_name: str = ""


class HouseholdMaker:
    """Draws households; every adult has a number of their own, from `first_key` on."""

    def __init__(self, random: Random, first_key: int) -> None:
        self.random = random
        self.addresses = AddressBook(random)
        self._keys = count(first_key)
        self._welfare: Adult | None = None
        self._shapes: tuple[tuple[float, Callable[[Origin], Household]], ...] = (
            (55.0, self._together),
            (27.0, self._separated),
            (9.0, self._alone),
            (2.5, self._two_mothers),
            (1.0, self._two_fathers),
            (1.5, self._tutor),
            (1.2, self._in_care),
        )

    def draw(self) -> Household:
        """A household, in about the proportions met in France."""
        shapes = [shape for _weight, shape in self._shapes]
        shape = self.random.choices(shapes, weights=[weight for weight, _shape in self._shapes])[0]
        return shape(draw_origin(self.random))

    def adult(self, origin: Origin, sex: str, home: Home | None, last_name: str = "", usage_name: str = "") -> Adult:
        """An adult with mail and phones, some of them missing as in real files."""
        random, key = self.random, next(self._keys)
        first, last = origin.adult(random, sex), last_name or random.choice(origin.surnames)
        has_mobile = random.random() < 0.96
        return Adult(
            key=key,
            sex=sex,
            last_name=last,
            first_name=first,
            home=home,
            usage_name=usage_name if usage_name != last else "",
            email=mail_of(first, usage_name or last, key) if random.random() < 0.92 else "",
            mobile=mobile_of(key) if has_mobile else "",
            phone=phone_of(key) if random.random() < 0.35 or not has_mobile else "",
            accepts_sms=random.random() < 0.85,
            profession=random.choice(_PROFESSIONS),
        )

    def _together(self, origin: Origin) -> Household:
        random, home = self.random, self.addresses.new_home()
        father = self.adult(origin, _MAN, home)
        married_name = father.last_name if random.random() < 0.5 else ""
        mother = self.adult(other_origin(random, origin), _WOMAN, home, usage_name=married_name)
        links = (
            Link(mother, 1, _MOTHER, pays_fees=True, contact_first=True),
            Link(father, 1, _FATHER, contact_first=random.random() < 0.5),
        )
        usage = f"{father.last_name}-{mother.last_name}" if random.random() < 0.04 else ""
        return Household(father.last_name, origin, home, (*links, *self._contact(origin)), usage)

    def _separated(self, origin: Origin) -> Household:
        random, home, elsewhere = self.random, self.addresses.new_home(), self.addresses.new_home()
        father = self.adult(origin, _MAN, elsewhere)
        mother = self.adult(other_origin(random, origin), _WOMAN, home)
        links = [
            Link(mother, 1, _MOTHER, pays_fees=True, contact_first=True),
            Link(father, 1, _FATHER, lodges=random.random() < 0.4, contact_first=True),
        ]
        if random.random() < 0.2:
            links.append(Link(self.adult(draw_origin(random), _MAN, home), 2, _OTHER))
        name = father.last_name if random.random() < 0.8 else mother.last_name
        return Household(name, origin, home, (*links, *self._contact(origin)))

    def _alone(self, origin: Origin) -> Household:
        home = self.addresses.new_home()
        sex = _WOMAN if self.random.random() < 0.85 else _MAN
        parent = self.adult(origin, sex, home)
        link = Link(parent, 1, _MOTHER if sex == _WOMAN else _FATHER, pays_fees=True, contact_first=True)
        return Household(parent.last_name, origin, home, (link, *self._contact(origin)))

    def _two_mothers(self, origin: Origin) -> Household:
        return self._same_sex(origin, _WOMAN, _MOTHER)

    def _two_fathers(self, origin: Origin) -> Household:
        return self._same_sex(origin, _MAN, _FATHER)

    def _same_sex(self, origin: Origin, sex: str, relation: str) -> Household:
        home = self.addresses.new_home()
        one, other = self.adult(origin, sex, home), self.adult(other_origin(self.random, origin), sex, home)
        links = (
            Link(one, 1, relation, pays_fees=True, contact_first=True),
            Link(other, 1, relation, contact_first=True),
        )
        return Household(f"{one.last_name}-{other.last_name}", origin, home, links)

    def _tutor(self, origin: Origin) -> Household:
        home = self.addresses.new_home()
        grandmother = self.adult(origin, _WOMAN, home)
        relation = _TUTOR if self.random.random() < 0.3 else _ASCENDANT
        link = Link(grandmother, 1, relation, pays_fees=True, contact_first=True)
        return Household(grandmother.last_name, origin, home, (link,))

    def _in_care(self, origin: Origin) -> Household:
        """A child in care: the service is legally responsible, the foster carer is in charge day by day."""
        home = self.addresses.new_home()
        carer = self.adult(draw_origin(self.random), _WOMAN, home)
        links = (
            Link(self._welfare_service(), 1, _WELFARE, lodges=False),
            Link(carer, 2, _FOSTER_CARER, contact_first=True),
        )
        return Household(self.random.choice(origin.surnames), origin, home, links)

    def _contact(self, origin: Origin) -> tuple[Link, ...]:
        """Now and then, a grandmother to call when nobody answers."""
        if self.random.random() > 0.05:
            return ()
        return (Link(self.adult(origin, _WOMAN, self.addresses.new_home()), 3, _ASCENDANT, lodges=False),)

    def _welfare_service(self) -> Adult:
        if self._welfare is None:
            key = next(self._keys)
            mail = "enfance@departement.invalid"
            self._welfare = Adult(
                key,
                _MAN,
                "Service enfance de Valmont",
                "ASE",
                None,
                email=mail,
                phone=phone_of(key),
                is_organisation=True,
            )
        return self._welfare
