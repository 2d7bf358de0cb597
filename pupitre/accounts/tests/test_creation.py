import datetime as dt

import pytest

from pupitre.accounts.codes import ALPHABET, draw_code, hash_of, normalise
from pupitre.accounts.models import ActivationCode, User
from pupitre.accounts.services.codes import issue_codes
from pupitre.accounts.services.creation import NewAccount, create_accounts
from pupitre.accounts.tests.conftest import Proof
from pupitre.accounts.usernames import stem
from pupitre.foundation import clock
from tests.statements import statements_of

pytestmark = pytest.mark.django_db


def new(person_id: int, first: str = "Inès", last: str = "BELKACEM") -> NewAccount:
    return NewAccount(person_id, f"{first} {last}", first, last, "", is_staff=False)


@pytest.mark.parametrize(
    ("first", "last", "username"),
    [
        ("Inès", "BELKACEM", "ines.belkacem"),
        ("Jean-Noël", "D’HAUTCŒUR", "jeannoel.dhautcoeur"),
        ("Anne Sophie", "LE GALLOUDEC", "anne.legalloudec"),
        ("", "ASE DE VILLEBOURG", "asedevillebourg"),
        ("", "", "compte"),
        ("李", "王", "compte"),
    ],
)
def test_a_username_is_typed_on_any_keyboard(first, last, username):
    assert stem(first, last) == username


def test_namesakes_are_numbered_in_one_batch_and_after_it():
    first = create_accounts([new(1), new(2), new(3, "Elias")])
    assert [first[number].username for number in (1, 2, 3)] == ["ines.belkacem", "ines.belkacem2", "elias.belkacem"]
    assert create_accounts([new(4)])[4].username == "ines.belkacem3"


def test_a_username_that_ends_like_a_number_is_not_taken_twice():
    User.objects.create(username="ines.belkacem2", created_at=clock.now(), password="!")
    assert {user.username for user in create_accounts([new(1), new(2)]).values()} == {"ines.belkacem", "ines.belkacem3"}


def test_a_long_name_leaves_room_for_its_number():
    accounts = [new(number, "Marie", "D" * 80) for number in range(12)]
    usernames = {user.username for user in create_accounts(accounts).values()}
    assert len(usernames) == 12
    assert max(map(len, usernames)) <= 60


def test_a_new_account_opens_nothing_until_it_is_activated():
    user = create_accounts([new(1)])[1]
    assert not user.is_active
    assert not user.has_usable_password()


def test_a_school_is_created_in_a_few_statements():
    several = [new(number, "Inès", f"NOM{chr(97 + number % 26) * (number // 26 + 1)}") for number in range(200)]
    assert len(statements_of(lambda: create_accounts(several))) <= 4


def test_a_code_is_read_whatever_its_case_and_hyphens():
    code = draw_code()
    assert set(code) - {"-"} <= set(ALPHABET)
    assert normalise(code) == normalise(f" {code.lower().replace('-', ' ')} ") == code.replace("-", "")
    assert normalise("0OIL-1111") == normalise("court") == ""


def test_only_the_last_sheet_printed_opens_the_account():
    user = create_accounts([new(1)])[1]
    proofs = {user.pk: Proof((dt.date(2013, 3, 31),))}
    old = issue_codes([user], proofs=proofs)[user.pk]
    fresh = issue_codes([user], proofs=proofs)[user.pk]
    [kept] = ActivationCode.objects.filter(user=user)
    assert bytes(kept.code_hash) == hash_of(fresh) != hash_of(old)
    assert kept.proof_dates == [dt.date(2013, 3, 31)]
    # The code itself is nowhere in the database.
    assert normalise(fresh).encode() not in bytes(kept.code_hash)
