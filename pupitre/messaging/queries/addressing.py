"""Whether somebody may write to what they chose, by which rule, and how many people stand behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.messaging import sql
from pupitre.messaging.audiences import OF_A_GROUP, STAFF, Audience, Kind
from pupitre.messaging.matrix import Matrix
from pupitre.messaging.models import Addressee
from pupitre.messaging.parties import FAMILIES, STAFF_PARTIES, Party, Scope
from pupitre.messaging.queries.groups import GroupFacts, groups_for
from pupitre.messaging.queries.people import Candidate, Sender, candidates_among
from pupitre.messaging.queries.rules import matrix_in_force
from pupitre.messaging.words import name_of_family, name_of_group, name_of_population

GROUPS = "messaging.groups"
"""The right to write to any class and to whole populations."""
_PARTY_OF = {Kind.STUDENTS: Party.STUDENT, Kind.GUARDIANS: Party.GUARDIAN, Kind.TEAM: Party.TEACHER}


@dataclass(frozen=True, slots=True)
class Addressed:
    """An audience by its name, with why it cannot be written to, or nothing; `spoken_as` is the party that may."""

    audience: Audience
    label: str
    detail: str = ""
    problem: str = ""
    spoken_as: Party | None = None

    @property
    def token(self) -> str:
        return self.audience.token


def address(sender: Sender, actor: Actor, audiences: Sequence[Audience]) -> list[Addressed]:
    """Each audience with its name and its verdict, in order; a statement for people, one for groups, one for rules."""
    people = [each.target for each in audiences if each.kind in (Kind.PERSON, Kind.FAMILY)]
    candidates = candidates_among(sender, people) if people else []
    groups = {each.pk: each for each in groups_for(sender, [e.target for e in audiences if e.kind in OF_A_GROUP])}
    matrix = matrix_in_force() if len(people) < len(audiences) else Matrix()
    return [_addressed(each, sender, actor, matrix, candidates, groups) for each in audiences]


def _addressed(
    audience: Audience,
    sender: Sender,
    actor: Actor,
    matrix: Matrix,
    candidates: Sequence[Candidate],
    groups: dict[int, GroupFacts],
) -> Addressed:
    if audience.kind == Kind.PERSON:
        return _person(audience, candidates)
    if audience.kind == Kind.FAMILY:
        return _family(audience, candidates)
    if audience.kind == Kind.EVERYONE:
        return _population(audience, sender, actor, matrix)
    return _group(audience, sender, actor, matrix, groups.get(audience.target))


def _person(audience: Audience, candidates: Sequence[Candidate]) -> Addressed:
    found = [
        each for each in candidates
        if each.person_id == audience.target and each.party == audience.party
        and (each.child_id == audience.about or audience.about is None)
    ]  # fmt: skip
    if not found:
        known = next((each.name for each in candidates if each.person_id == audience.target), "")
        return Addressed(audience, known or _("Une personne"), problem=_left(known))
    one = next((each for each in found if each.is_reached), found[0])
    problem = (
        ""
        if one.is_reached
        else _("Les règles de l’établissement ne permettent pas d’écrire à %(name)s.") % {"name": one.name}
    )
    return Addressed(audience, one.name, one.about, problem, one.spoken_as)


def _left(name: str) -> str:
    if name:
        return _("%(name)s n’est plus dans l’établissement : il faut retirer ce destinataire.") % {"name": name}
    return _("Une personne choisie a quitté l’établissement : il faut la retirer.")


def _family(audience: Audience, candidates: Sequence[Candidate]) -> Addressed:
    found = [each for each in candidates if each.child_id == audience.target]
    if not found:
        return Addressed(
            audience, _("Une famille"), problem=_("Aucun responsable de cet élève ne peut être joint ici.")
        )
    label = name_of_family(found[0].child_name)
    one = next((each for each in found if each.is_reached), found[0])
    problem = "" if one.is_reached else _("Les règles de l’établissement ne permettent pas d’écrire à cette famille.")
    return Addressed(audience, label, found[0].division, problem, one.spoken_as)


def _group(audience: Audience, sender: Sender, actor: Actor, matrix: Matrix, group: GroupFacts | None) -> Addressed:
    if group is None:
        return Addressed(
            audience, _("Un groupe"), problem=_("Un groupe choisi n’existe plus cette année : il faut le retirer.")
        )
    label = name_of_group(audience.kind, group.label, is_class=group.is_class)
    for party in sender.parties:
        if _may_write_to_group(party, _PARTY_OF[audience.kind], group, actor, matrix):
            return Addressed(audience, label, spoken_as=party)
    return Addressed(
        audience,
        label,
        problem=_("Les règles de l’établissement ne permettent pas d’écrire à « %(name)s ».") % {"name": label},
    )


def _may_write_to_group(party: Party, recipient: Party, group: GroupFacts, actor: Actor, matrix: Matrix) -> bool:
    """The group right: one's own classes, or any with the right to; families write to groups of their like only."""
    if party in FAMILIES and recipient != party:
        return False
    is_mine = party in group.mine
    for rule in matrix.exceptions_of(party):
        if rule.group_id == group.pk and rule.recipient == recipient and is_mine:
            return rule.allows
    scope = matrix.scope(party, recipient)
    if scope == Scope.DELEGATE:
        return is_mine and group.is_delegate
    if scope == Scope.CLASS:
        return is_mine
    return scope == Scope.ANY and (is_mine or actor.has(GROUPS))


def _population(audience: Audience, sender: Sender, actor: Actor, matrix: Matrix) -> Addressed:
    label = name_of_population(audience.party)
    wanted = STAFF_PARTIES if audience.party == STAFF else {Party(audience.party)}
    for party in sender.parties:
        if actor.has(GROUPS) and all(matrix.scope(party, each) == Scope.ANY for each in wanted):
            return Addressed(audience, label, spoken_as=party)
    return Addressed(
        audience,
        label,
        problem=_("Les règles de l’établissement ne permettent pas d’écrire à « %(name)s ».") % {"name": label},
    )


def count_recipients(person_id: int, audiences: Sequence[Audience]) -> dict[Party, int]:
    """How many people stand behind the audiences, each once, by party; one statement."""
    if not audiences:
        return {}
    statement = f"select party, count(*) from ({sql.recipients()}) r group by party"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, recipient_parameters(person_id, audiences))
        counted = dict(cursor.fetchall())
    return {party: counted[party] for party in Party if party in counted}


def recipient_parameters(person_id: int, audiences: Sequence[Audience | Addressee]) -> dict[str, Any]:
    """What `sql.recipients` asks for."""
    return {
        "school": current_establishment_id(),
        "today": clock.today(),
        "me": person_id,
        "kinds": [str(each.kind) for each in audiences],
        "targets": [each.target if isinstance(each, Audience) else each.target_id for each in audiences],
        "roles": [str(each.role) for each in audiences],
        "parties": [str(each.party) for each in audiences],
        "abouts": [each.about if isinstance(each, Audience) else each.about_id for each in audiences],
    }
