"""Printing activation sheets: codes drawn in bulk, one page per person."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import models, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.accounts.models import ActivationCode, User
from pupitre.accounts.services.codes import issue_codes
from pupitre.directory.activation import AccountRow, class_labels
from pupitre.directory.reach import out_of_reach
from pupitre.directory.services.proofs import Child, Proof, children_of, proof_of_guardian, proof_of_self
from pupitre.directory.sheets.drawing import draw_sheets
from pupitre.directory.sheets.words import Sheet
from pupitre.establishments.models import Establishment
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor


class Whom(models.TextChoices):
    """Who among the people shown receives a sheet."""

    # First, since it spoils nothing: a parent of two classes keeps the sheet printed with the other one.
    WITHOUT_SHEET = "sans-fiche", gettext_lazy("Comptes à activer qui n’ont pas encore de fiche valable")
    NOT_ACTIVATED = "a-activer", gettext_lazy("Tous les comptes à activer, même avec une fiche encore valable")
    EVERYONE = "tous", gettext_lazy("Tout le monde : un compte déjà ouvert reçoit de quoi changer de mot de passe")


class NothingToPrint(ValueError):
    """None of these people can receive a sheet."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF made, and how many sheets it holds."""

    pdf: bytes
    count: int


def reached_rows(actor: Actor, rows: Sequence[AccountRow]) -> tuple[list[AccountRow], frozenset[int]]:
    """The rows for which the actor may print, and the ids of the people who are out of their reach; two statements."""
    beyond = out_of_reach(actor, [row.person.pk for row in rows])
    return [row for row in rows if row.person.pk not in beyond], beyond


def choose(rows: Iterable[AccountRow], whom: str, kind: str = "") -> list[AccountRow]:
    """Those who receive a sheet: of one kind when it is said, with an account that is neither suspended nor closed."""
    states = {User.State.CREATED, User.State.ACTIVE} if whom == Whom.EVERYONE else {User.State.CREATED}
    return [
        row
        for row in rows
        if row.state in states
        and not row.is_shut_out
        and (not kind or row.kind == kind)
        and (whom != Whom.WITHOUT_SHEET or row.sheet_at is None)
    ]


@transaction.atomic
def print_sheets(
    rows: Sequence[AccountRow],
    *,
    actor: Actor,
    activation_url: str,
    large: bool = False,
    target: Model | None = None,
    title: str = "",
) -> Printed:
    """Draw new codes for these people, void their former ones, and make their sheets in the order of the rows.

    `activation_url`: absolute address where a code is typed. `target`: the class or the person, for the journal, which
    keeps how many and never the codes. Raises NothingToPrint. Eight statements or so, whatever the number of people.
    """
    rows, _beyond = reached_rows(actor, rows)
    rows = [row for row in rows if row.user is not None and not row.is_shut_out]
    if not rows:
        raise NothingToPrint
    children = children_of([row.person for row in rows if row.kind == "guardian"])
    of_row = {row.person.pk: tuple(children.get(row.person.pk, ())) for row in rows}
    proofs = {row.person.pk: _proof(row, of_row[row.person.pk]) for row in rows}
    codes = _issue(rows, proofs, actor)
    expiries = dict(ActivationCode.objects.filter(user__in=codes, used_at=None).values_list("user_id", "expires_at"))
    labels = class_labels([row.person.pk for row in rows if row.kind == "student"])
    rows = [replace(row, about=labels.get(row.person.pk, "")) if row.kind == "student" else row for row in rows]
    sheets = [
        _sheet(row, user, of_row[row.person.pk], proofs[row.person.pk], codes[user.pk], expiries[user.pk])
        for row, user in _with_users(rows)
    ]
    school = Establishment.objects.get(pk=actor.establishment_id)
    pdf = draw_sheets(
        sheets, school=school.name, place=school.town, activation_url=activation_url, title=title, large=large
    )
    counts = Counter(row.kind for row in rows)
    audit.record(actor, "accounts.print_codes", target, count=len(rows), large=large, **counts)
    return Printed(pdf, len(rows))


def _with_users(rows: Iterable[AccountRow]) -> Iterator[tuple[AccountRow, User]]:
    return ((row, row.user) for row in rows if row.user is not None)


def _sheet(
    row: AccountRow, user: User, children: Sequence[Child], proof: Proof, code: str, expires_at: dt.datetime
) -> Sheet:
    return Sheet(
        kind=row.kind,
        first_name=row.person.first_name,
        formal_name=row.person.formal_name,
        is_organisation=row.person.is_organisation,
        about="" if row.kind == "guardian" else row.about,
        username=user.username,
        code=code,
        expires_at=expires_at,
        asks_date=bool(proof.dates),
        children=[_line(child) for child in children],
        proof_names=[child.name for child in children if child.birth_date],
        sees_children=any(child.is_open for child in children),
    )


def _proof(row: AccountRow, children: Sequence[Child]) -> Proof:
    return proof_of_guardian(children) if row.kind == "guardian" else proof_of_self(row.person)


def _issue(rows: Sequence[AccountRow], proofs: dict[int, Proof], actor: Actor) -> dict[int, str]:
    """New codes by user id, each asking for the proof of its owner."""
    users = {user.pk: user for _row, user in _with_users(rows)}
    by_user = {user.pk: proofs[row.person.pk] for row, user in _with_users(rows)}
    return issue_codes(list(users.values()), proofs=by_user)


def _line(child: Child) -> str:
    """« Inès Belkacem (4e B) », « Elias Belkacem (contact seulement) »."""
    if not child.is_open:
        return _("%(name)s (contact seulement)") % {"name": child.name}
    return f"{child.name} ({child.class_label})" if child.class_label else child.name
