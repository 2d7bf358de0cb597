"""Undoing the lines of a ledger, leaving alone what somebody changed or leaned on since."""

import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from pupitre.accounts.models import User
from pupitre.establishments.ledger import Delete, Line, Ref, Update, revert, write
from pupitre.establishments.models import Closure, Establishment, SchoolYear, Term
from pupitre.establishments.tests.school import DECEMBER, ORDER, SEPTEMBER, closure, term, year
from pupitre.foundation import clock


def kept(lines: list[Line]) -> list[Line]:
    """The lines as the journal gives them back: they have been through JSON."""
    return [Line(line.model, line.action, json.loads(json.dumps(line.rows, cls=DjangoJSONEncoder))) for line in lines]


def test_everything_goes_back_in_the_reverse_order(inside: Establishment) -> None:
    assert revert(kept(write([year(ref="y"), term(Ref("y")), closure()], ORDER))) == 0
    assert not SchoolYear.objects.exists()
    assert not Term.objects.exists()
    assert not Closure.objects.exists()


def test_a_row_changed_again_since_is_left(inside: Establishment) -> None:
    write([closure()], ORDER)
    lines = write([Update(Closure, Closure.objects.get().pk, {"label": "Pont"}, {"label": "A"})], ORDER)
    Closure.objects.update(label="B")
    assert revert(kept(lines)) == 1
    assert Closure.objects.get().label == "B"


def test_a_deleted_row_comes_back_as_it_was(inside: Establishment) -> None:
    write([year(ref="y"), term(Ref("y"))], ORDER)
    held = Term.objects.get()
    assert revert(kept(write([Delete(Term, held.pk)], ORDER))) == 0
    assert (Term.objects.get().pk, Term.objects.get().starts_on) == (held.pk, SEPTEMBER)


def test_a_created_row_that_something_leans_on_stays(inside: Establishment) -> None:
    lines = write([year(2026), year(2027)], ORDER)
    write([term(SchoolYear.objects.get(year=2026).pk)], ORDER)
    assert revert(kept(lines)) == 1
    assert SchoolYear.objects.get().year == 2026


def test_rows_named_to_be_kept_stay(inside: Establishment) -> None:
    lines = write([closure(), closure("Fermeture", DECEMBER)], ORDER)
    held = Closure.objects.get(label="Fermeture")
    assert revert(kept(lines), {Closure: {held.pk}}) == 1
    assert Closure.objects.get() == held


def test_what_only_serves_to_sign_in_goes_with_the_account(inside: Establishment) -> None:
    user = User.objects.create(username="ines", display_name="Inès", created_at=clock.now())
    user.sessions.create(session_key="x", expire_date=clock.now())
    assert revert([Line("accounts.User", "create", [[user.pk, None, None]])]) == 0
    assert not User.objects.exists()


def test_a_row_that_is_gone_already_is_no_trouble(inside: Establishment) -> None:
    made = write([closure()], ORDER)
    changed = write([Update(Closure, Closure.objects.get().pk, {"label": "Pont"}, {"label": "A"})], ORDER)
    Closure.objects.all().delete()
    assert revert(kept([*made, *changed])) == 1


@pytest.mark.parametrize("values", [{"label": "A"}, {"ends_on": DECEMBER, "label": "B"}])
def test_a_changed_row_gets_its_former_values_back_once(inside: Establishment, values: dict[str, Any]) -> None:
    write([closure()], ORDER)
    held = Closure.objects.get()
    lines = kept(write([Update(Closure, held.pk, {name: getattr(held, name) for name in values}, values)], ORDER))
    assert (revert(lines), revert(lines)) == (0, 1)
    held.refresh_from_db()
    assert (held.label, held.ends_on) == ("Pont", SEPTEMBER)
