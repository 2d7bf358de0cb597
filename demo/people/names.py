"""Names as varied as in any French school, all of them writable in ISO-8859-15 (what SIECLE can encode)."""

from dataclasses import dataclass
from random import Random

from demo.people.name_lists import FIRST_NAMES, ORIGINS, SURNAMES


@dataclass(frozen=True, slots=True)
class Origin:
    """A stock of names that go together."""

    surnames: tuple[str, ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]

    def child(self, random: Random, sex: str) -> str:
        return random.choice(self.girls if sex == "2" else self.boys)

    def adult(self, random: Random, sex: str) -> str:
        return random.choice(self.women if sex == "2" else self.men)


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


_STOCKS: dict[str, Origin] = {
    key: Origin(
        _split(SURNAMES[key]), *(_split(FIRST_NAMES[kind][stock]) for kind in ("girls", "boys", "women", "men"))
    )
    for key, (_share, stock) in ORIGINS.items()
}


def draw_origin(random: Random) -> Origin:
    """An origin, in the proportions of `ORIGINS`."""
    key = random.choices(list(ORIGINS), weights=[share for share, _stock in ORIGINS.values()])[0]
    return _STOCKS[key]


def other_origin(random: Random, origin: Origin) -> Origin:
    """The other parent's: the same three times in four."""
    return origin if random.random() < 0.75 else draw_origin(random)
