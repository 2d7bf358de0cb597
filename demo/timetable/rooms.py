"""Rooms of a school, by kind, and the one each teacher likes to keep."""

from collections.abc import Sequence

from demo.model import School, Service, Staff
from demo.teaching.subjects import SUBJECTS

_NAMED = {
    "science": ("Labo {}",),
    "workshop": ("Techno {}",),
    "art": ("Atelier {}",),
    "music": ("Auditorium", "Musique {}"),
    "computer": ("Info {}",),
    "sport": ("Gymnase", "Stade", "Dojo", "Salle polyvalente", "Piscine", "Plateau {}"),
    "farm": ("Étable", "Bergerie", "Serre {}"),
}


class Rooms:
    """The rooms of a school: enough of each kind for its teachers to work at the same time, and no more."""

    def __init__(self, school: School, services: Sequence[Service], staff: Sequence[Staff]) -> None:
        self._uai = school.uai
        teachers: dict[str, list[int]] = {}
        for service in services:
            of_kind = teachers.setdefault(SUBJECTS[service.subject].room, [])
            if service.teacher not in of_kind:
                of_kind.append(service.teacher)
        self.by_kind = {kind: _names(kind, len(ids), len(school.divisions)) for kind, ids in teachers.items()}
        kept = {one.id: one.room for one in staff if one.room}
        self._favourites: dict[tuple[str, int], str] = {}
        for kind, names in self.by_kind.items():
            shared = [name for name in names if name not in kept.values()] or names
            for rank, teacher in enumerate(sorted(teachers[kind])):
                own = kept.get(teacher, "")
                self._favourites[kind, teacher] = own if own in names else shared[rank % len(shared)]

    def all(self) -> tuple[str, ...]:
        return tuple(sorted(name for names in self.by_kind.values() for name in names))

    def preferred(self, subject: str, teacher: int) -> list[str]:
        """Every room that suits, the teacher's own first, then its neighbours."""
        kind = SUBJECTS[subject].room
        names = self.by_kind[kind]
        first = names.index(self._favourites[kind, teacher])
        return [*names[first:], *names[:first]]


def _names(kind: str, teachers: int, divisions: int) -> list[str]:
    if kind == "general":
        number = min(teachers, divisions + max(6, divisions // 3))
        return [f"{floor}{rank:02d}" for floor in range(1, 1 + number // 12 + 1) for rank in range(1, 13)][
            : max(number, 4)
        ]
    fixed, numbered = _NAMED[kind][:-1], _NAMED[kind][-1]
    return [*fixed, *(numbered.format(rank) for rank in range(1, max(1, teachers - len(fixed)) + 1))][
        : max(teachers, 2)
    ]
