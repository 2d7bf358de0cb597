"""Doors: what each member of the cast is answered at each route. A route without a line fails the house's test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import FunctionType
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.module_loading import module_has_submodule

CALLERS = (
    *("eleve", "parent", "enseignante", "collegue", "cpe", "principal", "secretaire", "referent", "academie"),
    *("parent_voisin", "enseignante_voisine", "anonymous"),
)


@dataclass(frozen=True)
class Door:
    """One route. `at` names its arguments: a school (`college`), a group or a person of the cast, or a plain value.

    Those who are not named are answered 404, for what they may not see does not exist; the anonymous are sent to sign in,
    or asked to in place when they were sending something (401).
    """

    route: str
    method: str = "get"
    at: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """« timetable:group_week college 4B »: the same in every process."""
        return " ".join([self.route, *map(_place, self.at.values())])

    def expected(self, caller: str) -> int:
        """The status this caller is answered."""
        if caller == "anonymous":
            return self.answers.get(caller, 302 if self.method == "get" else 401)
        return self.answers.get(caller, 404)

    def address(self, cast: Any) -> str:
        """The address of the door for this cast."""
        return reverse(self.route, kwargs={name: _resolve(cast, name, value) for name, value in self.at.items()})


def _place(value: Any) -> str:
    return value.__name__ if isinstance(value, FunctionType) else str(value)


def door(route: str, method: str = "get", /, *, at: Mapping[str, Any] | None = None, **answers: Any) -> Door:
    """A door written as one line: `door("timetable:week", at={"uai": "college"}, eleve=200)`. `everyone` sets all."""
    data = answers.pop("data", {})
    everyone = answers.pop("everyone", None)
    if everyone is not None:
        answers = dict.fromkeys(CALLERS, everyone) | answers
    return Door(route, method, at or {}, data, answers)


def every_door() -> list[Door]:
    """The doors of every room (`<room>/tests/doors.py`)."""
    doors: list[Door] = []
    for config in apps.get_app_configs():
        if config.name.startswith("pupitre.") and module_has_submodule(config.module, "tests"):
            tests = import_module(f"{config.name}.tests")
            if module_has_submodule(tests, "doors"):
                doors.extend(import_module(f"{config.name}.tests.doors").DOORS)
    return doors


def _resolve(cast: Any, name: str, value: Any) -> Any:
    if name in ("uai", "place") and not callable(value):
        return getattr(cast, value).uai
    if isinstance(value, str) and value in cast.groups:
        return cast.groups[value].pk
    if isinstance(value, str) and value in cast.people:
        return cast.people[value].pk
    return value(cast) if callable(value) else value
