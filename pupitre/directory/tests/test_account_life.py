import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from pupitre.accounts.lifetimes import months_before
from pupitre.accounts.models import ActivationCode, PasswordReset, Session, SignInFailures, User
from pupitre.directory.models import Affiliation, Grant, Guardianship, Person, Student
from pupitre.directory.profiles import Profile
from pupitre.directory.roles import JOINED, TYPED
from pupitre.directory.services.account_life import housekeep
from pupitre.directory.services.merging import merge_people
from pupitre.directory.tests.factories import PersonFactory, affiliate
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry, Stamp
from pupitre.foundation.stamps import school_audience

CREATED, ACTIVE, SUSPENDED, CLOSED = User.State.CREATED, User.State.ACTIVE, User.State.SUSPENDED, User.State.CLOSED


@pytest.fixture(autouse=True)
def noon(cast):
    """Noon of a day of November, the accounts of the cast opened in September."""
    with clock.at("2026-11-24T12:00"):
        User.objects.update(activated_at="2026-09-02T10:00+02:00")
        yield


@pytest.fixture
def parent(cast) -> Person:
    """A parent of the neighbouring school, whose only role is there."""
    Person.objects.filter(pk=cast.people["parent-voisin"].pk).update(
        email="luc@exemple.invalid", mobile="0639980001", accepts_sms=True
    )
    return Person.objects.get(pk=cast.people["parent-voisin"].pk)


def leave(person: Person, day: str) -> None:
    Affiliation.objects.filter(person=person).update(ends_on=day)


def state_of(person: Person) -> str:
    user = User.objects.filter(pk=person.user_id or 0).first()
    return user.state if user else "gone"


def night(day: str) -> dict[str, int]:
    with clock.at(f"{day}T03:00"):
        return {name: count for name, count in housekeep().items() if count}


def test_nothing_is_due_while_everybody_is_here():
    assert night("2026-11-25") == {}
    assert not AuditEntry.objects.filter(verb="directory.housekeep").exists()


def test_an_account_closes_three_months_after_the_last_role_and_goes_three_months_later(parent):
    leave(parent, "2026-11-30")
    Session.objects.create(session_key="telephone", user=parent.user, expire_date="2027-12-01T00:00+00:00")
    assert night("2027-02-28") == {}
    assert night("2027-03-01") == {"closed": 1}
    assert state_of(parent) == CLOSED
    assert not Session.objects.filter(user=parent.user).exists()
    assert night("2027-03-02") == {}
    assert night("2027-06-01") == {}
    assert night("2027-06-02") == {"deleted": 1}
    assert state_of(parent) == "gone"
    assert night("2027-06-03") == {}


def test_what_goes_and_what_stays(cast, parent):
    leave(parent, "2026-11-30")
    night("2027-03-01")
    night("2027-06-02")
    parent.refresh_from_db()
    assert (parent.user, parent.email, parent.mobile, parent.phone, parent.accepts_sms) == (None, "", "", "", False)
    assert parent.display_name == "Luc Grandidier"
    assert Affiliation.objects.get(person=parent).ends_on == dt.date(2026, 11, 30)
    assert Guardianship.objects.filter(guardian=parent, student=cast.people["eleve-voisin"]).exists()
    with scope(cast.neighbour.pk):
        assert Student.objects.filter(person=cast.people["eleve-voisin"]).exists()


def test_a_role_in_another_school_keeps_the_account(cast):
    parent = cast.people["parent"]
    Affiliation.objects.filter(person=parent, establishment=cast.college).update(ends_on="2026-09-30")
    assert night("2027-03-01") == {}
    assert state_of(parent) == ACTIVE


def test_an_account_never_opened_closes_after_ninety_days(parent):
    User.objects.filter(pk=parent.user_id).update(state=CREATED, activated_at=None)
    leave(parent, "2026-11-30")
    assert night("2027-02-28") == {}
    assert night("2027-03-01") == {"closed": 1}


@pytest.mark.parametrize("source", [TYPED, JOINED])
def test_somebody_added_by_hand_and_not_renewed_is_closed_the_next_night(cast, source):
    guest = PersonFactory(last_name="COLLIN")
    affiliate(guest, cast.college, Profile.GUEST)
    Affiliation.objects.filter(person=guest).update(source=source, ends_on="2027-08-31")
    assert night("2027-08-31") == {}
    assert night("2027-09-01") == {"closed": 1}
    assert night("2027-12-01") == {}
    assert night("2027-12-02") == {"deleted": 1}


def test_somebody_whom_a_file_also_told_waits_three_months(cast, parent):
    affiliate(parent, cast.college, Profile.GUEST)
    Affiliation.objects.filter(person=parent, profile=Profile.GUEST).update(source=TYPED)
    leave(parent, "2026-11-30")
    assert night("2026-12-01") == {}
    assert night("2027-03-01") == {"closed": 1}


def test_whoever_comes_back_finds_their_account_again(cast, parent):
    leave(parent, "2026-11-30")
    night("2027-03-01")
    Affiliation.objects.filter(person=parent).update(ends_on=None)
    before = Stamp.objects.filter(audience=school_audience(cast.neighbour.pk)).first()
    assert night("2027-03-02") == {"reopened": 1}
    after = Stamp.objects.get(audience=school_audience(cast.neighbour.pk))
    assert after.version > (before.version if before else 0)
    assert state_of(parent) == ACTIVE
    assert User.objects.get(pk=parent.user_id).closed_at is None
    assert night("2027-09-02") == {}


def test_somebody_who_begins_next_week_is_not_closed(cast, parent):
    leave(parent, "2026-11-30")
    affiliate(parent, cast.college, Profile.GUEST)
    Affiliation.objects.filter(person=parent, profile=Profile.GUEST).update(starts_on="2027-03-08")
    assert night("2027-03-01") == {}


def test_a_suspended_account_never_comes_back_by_itself(parent):
    User.objects.filter(pk=parent.user_id).update(state=SUSPENDED)
    leave(parent, "2026-11-30")
    assert night("2027-03-01") == {}
    Affiliation.objects.filter(person=parent).update(ends_on=None)
    assert night("2027-03-02") == {}
    assert state_of(parent) == SUSPENDED
    leave(parent, "2026-11-30")
    assert night("2027-05-30") == {}
    assert night("2027-06-01") == {"deleted": 1}


def test_the_account_left_by_a_merge_is_deleted_in_its_turn(cast):
    twin = PersonFactory()
    spare = twin.user_id
    merge_people(cast.people["parent"], twin)
    assert User.objects.get(pk=spare).state == CLOSED
    assert night("2027-02-24") == {}
    assert night("2027-02-25") == {"deleted": 1}


def test_an_account_without_any_role_counts_from_its_creation():
    person = PersonFactory()
    User.objects.filter(pk=person.user_id).update(created_at="2026-11-24T08:00+01:00")
    assert night("2027-02-24") == {}
    assert night("2027-02-25") == {"closed": 1}


def test_contacts_of_people_without_account_are_forgotten_too(cast, parent):
    Person.objects.filter(pk=parent.pk).update(user=None)
    leave(parent, "2026-11-30")
    assert "contacts" not in night("2027-05-30")
    assert night("2027-06-01")["contacts"] == 1
    parent.refresh_from_db()
    assert (parent.email, parent.mobile) == ("", "")


def test_rights_do_not_wait_for_their_holder_to_come_back(cast):
    collegue = cast.people["collegue"]
    Grant.objects.create(person=collegue, establishment=cast.college, capability="imports.view", starts_on="2026-09-01")
    assert night("2026-11-25") == {}
    Affiliation.objects.filter(person=collegue).update(ends_on="2026-11-25")
    assert night("2026-11-26") == {"rights": 1}
    assert Grant.objects.get().ends_on == dt.date(2026, 11, 25)


def test_what_opens_accounts_is_forgotten_once_too_old(cast):
    user = cast.people["parent"].user
    for key, expiry in (("vieille", "2026-11-24T00:00+00:00"), ("neuve", "2026-12-24T00:00+00:00")):
        Session.objects.create(session_key=key, user=user, expire_date=expiry)
        PasswordReset.objects.create(user=user, token_hash=key.encode(), expires_at=expiry)
        SignInFailures.objects.create(username=key, failures=5, locked_until=expiry)
    for code, expiry in (("a", "2026-10-20T00:00+00:00"), ("b", "2026-11-20T00:00+00:00")):
        ActivationCode.objects.create(
            user=user, code_hash=code.encode(), created_at="2026-08-20T00:00+00:00", expires_at=expiry
        )
    SignInFailures.objects.create(username="distraite", failures=2)
    assert night("2026-11-25") == {"sessions": 1, "links": 1, "codes": 1, "counters": 2}
    assert set(Session.objects.values_list("session_key", flat=True)) == {"neuve"}
    assert set(SignInFailures.objects.values_list("username", flat=True)) == {"neuve"}
    assert bytes(ActivationCode.objects.get().code_hash) == b"b"
    assert night("2026-11-25") == {}


def test_many_accounts_are_done_a_batch_at_a_time(cast, monkeypatch):
    monkeypatch.setattr("pupitre.directory.services.account_life._BATCH", 2)
    people = [PersonFactory() for _ in range(5)]
    for person in people:
        affiliate(person, cast.college, Profile.GUARDIAN)
        leave(person, "2026-11-30")
    assert night("2027-03-01") == {"closed": 5}
    assert night("2027-06-02") == {"deleted": 5}


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("housekeeping", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_what_it_did_and_what_it_would_do(parent):
    leave(parent, "2026-08-01")
    tried = told("--dry-run")
    assert "Rien n’est changé" in tried
    assert "1  comptes fermés" in tried
    assert state_of(parent) == ACTIVE
    assert "1  comptes fermés" in told()
    assert state_of(parent) == CLOSED
    assert told() == "Rien à faire.\n"
    assert AuditEntry.objects.get(verb="directory.housekeep").detail["closed"] == 1


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ((2026, 11, 30), 3, (2026, 8, 30)),
        ((2027, 5, 31), 3, (2027, 2, 28)),
        ((2027, 1, 15), 3, (2026, 10, 15)),
        ((2027, 1, 15), 0, (2027, 1, 15)),
    ],
)
def test_months_are_counted_on_the_calendar(day, months, before):
    assert months_before(dt.date(*day), months) == dt.date(*before)
