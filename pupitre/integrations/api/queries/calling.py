"""Who calls with a token, and what is open to them today: two statements, one before the school is open and one inside."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.expressions import Combinable

from pupitre.directory.identity import Identity
from pupitre.directory.models import Person, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.foundation.statements import first_row
from pupitre.integrations.api import sql
from pupitre.integrations.api.models import Access, Opening
from pupitre.integrations.api.problems import not_open, nothing_here, too_fast, too_narrow, unknown_token
from pupitre.integrations.api.queries.classes import in_open_classes
from pupitre.integrations.api.scopes import READING
from pupitre.integrations.services.models import Connector

MOST_CALLS, MINUTE = 120, dt.timedelta(minutes=1)
"""What the tokens of one agreement may ask in a minute."""
FAMILY = frozenset({str(Profile.STUDENT), str(Profile.GUARDIAN)})


class _Held(msgspec.Struct, frozen=True):
    family: str
    scope: str
    school: int
    service: int
    calls: int
    began_at: dt.datetime
    identity: Identity | None


_decode = msgspec.json.Decoder(_Held).decode


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever a token stands for, acting as a family in its school, and never as staff; the scopes that it was given."""

    actor: Actor
    school: str
    service: int
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Call:
    """A call that may be answered. `student` is known by its numbers alone; `facts` are what was read with it; `named` are the
    people whom the answer names, for the log."""

    caller: Caller
    access: int
    connector: Connector
    scopes: frozenset[str]
    student: Student | None
    facts: Mapping[str, Any]
    named: set[int] = field(default_factory=set)

    @property
    def actor(self) -> Actor:
        return self.caller.actor

    @property
    def child(self) -> Student:
        """The student whom the address names. Raises LookupError where it names none."""
        if self.student is None:
            raise LookupError("this address names no student")
        return self.student

    @property
    def is_own(self) -> bool:
        """Whether it reads what is their own, rather than a child's."""
        return self.student is not None and self.student.person_id == self.actor.person_id


def caller_of(header: str) -> Caller:
    """Whom the token of a header stands for; one statement, which counts the call. Raises Problem."""
    scheme, _space, raw = header.partition(" ")
    if scheme.lower() != "bearer" or not raw.strip():
        raise unknown_token(was_sent=bool(header))
    now = clock.now()
    facts = {
        "digest": hashlib.sha256(raw.strip().encode()).digest(),
        "now": now, "today": clock.today(), "since": now - MINUTE,
    }  # fmt: skip
    row = first_row(sql.caller(), facts)
    held = _decode(row[0]) if row else None
    if held is None or held.identity is None:
        raise unknown_token(was_sent=True)
    if held.calls > MOST_CALLS:
        raise too_fast(max(1, int((held.began_at + MINUTE - now).total_seconds())))
    return _as_family(held, held.identity)


def _as_family(held: _Held, identity: Identity) -> Caller:
    roles = [role for role in identity.roles or () if role.establishment == held.school and role.profile in FAMILY]
    if not roles:
        raise not_open()
    profiles = frozenset(role.profile for role in roles)
    actor = Actor(
        identity.user, identity.person, held.school, roles[0].uai, profiles, capabilities_of(profiles)
    )  # fmt: skip
    return Caller(actor, roles[0].name, held.service, frozenset(held.scope.split()) & frozenset(READING))


def open_call(caller: Caller, *, scope: str, number: str, verb: str, facts: Mapping[str, Combinable]) -> Call:
    """What is open to a caller in the open school; one statement. Raises Problem.

    `scope`: what the address asks for, « » for any. `number`: of the student that it names; `verb`: the policy of the page
    that shows the same, of a student or of their person. `facts`: what the answer needs besides, read in the same statement.
    """
    if "\x00" in number:
        # PostgreSQL takes no such text, and no number holds one.
        raise nothing_here()
    actor = caller.actor
    usable = allowed(actor, "services.use_connector", Connector.objects.filter(pk=OuterRef("connector")))
    opened = Opening.objects.filter(connector=OuterRef("connector")).values("scopes")
    rows = Access.objects.filter(connector__service=caller.service, person=actor.person_id)
    rows = rows.annotate(is_usable=Exists(usable), opened=Subquery(opened[:1]), **facts)
    if number:
        students = _students(caller, number, verb)
        rows = rows.annotate(
            student=Subquery(students.values("pk")[:1]), student_person=Subquery(students.values("person")[:1])
        )
    access: Any = rows.first()
    if access is None or not access.is_usable:
        raise not_open()
    scopes = caller.scopes & set(access.scopes) & set(access.opened or ())
    if not scopes or (scope and scope not in scopes):
        raise too_narrow(scope or READING[0])
    if number and access.student is None:
        raise nothing_here()
    return Call(
        caller=caller,
        access=access.pk,
        connector=Connector(pk=access.connector_id, establishment_id=actor.establishment_id),
        scopes=scopes,
        student=Student(pk=access.student, person_id=access.student_person) if number else None,
        facts={name: getattr(access, name) for name in facts},
    )


def _students(caller: Caller, number: str, verb: str) -> Any:
    """The student of a number of this service, when the API, the page and the classes of the service open them."""
    known = {"person__pseudonyms__service": caller.service, "person__pseudonyms__value": number}
    rows = allowed(caller.actor, "api.read_student", Student.objects.filter(in_open_classes(caller.service), **known))
    if verb.startswith("timetable."):
        return rows.filter(person__in=allowed(caller.actor, verb, Person.objects.all()).values("pk"))
    return allowed(caller.actor, verb, rows) if verb else rows
