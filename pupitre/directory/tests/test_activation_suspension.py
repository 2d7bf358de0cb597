import pytest

from pupitre.accounts.models import Session, User
from pupitre.directory.activation import accounts_of_people
from pupitre.directory.models import Affiliation, Grant
from pupitre.directory.profiles import Profile, capabilities_of, given_by
from pupitre.directory.reach import out_of_reach
from pupitre.directory.services.suspension import (
    NotYourAccount,
    SuspensionReason,
    may_suspend,
    reopen,
    suspend,
    suspension_of,
)
from pupitre.directory.tests.factories import affiliate
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


def actor(cast, slug: str, profile: str) -> Actor:
    profiles = frozenset({profile})
    person = cast.people[slug]
    rights = capabilities_of(profiles, given_by(profile, "CPE" if slug == "cpe" else ""))
    return Actor(person.user_id, person.pk, cast.college.pk, cast.college.uai, profiles, rights)


def reached(cast, by: Actor) -> set[str]:
    beyond = out_of_reach(by, [person.pk for person in cast.people.values()])
    return {slug for slug, person in cast.people.items() if person.pk not in beyond}


def test_nobody_reaches_the_account_of_someone_stronger(college):
    everyone = set(college.people)
    assert everyone - reached(college, actor(college, "principal", Profile.HEAD)) == {"academie"}
    assert everyone - reached(college, actor(college, "referent", Profile.LOCAL_ADMIN)) == {"academie"}
    stronger = {"academie", "principal", "referent"}
    # The CPE reads marks, the office does not.
    assert everyone - reached(college, actor(college, "secretaire", Profile.ADMINISTRATIVE)) == stronger | {"cpe"}
    assert everyone - reached(college, actor(college, "cpe", Profile.SCHOOL_LIFE)) == stronger | {"secretaire"}


def test_what_a_person_can_do_in_another_school_counts(college):
    teacher = college.people["enseignante"]
    affiliate(teacher, college.lycee, Profile.ADMINISTRATIVE)
    assert "enseignante" not in reached(college, actor(college, "cpe", Profile.SCHOOL_LIFE))
    assert "enseignante" not in reached(college, actor(college, "referent", Profile.LOCAL_ADMIN))
    assert "enseignante" in reached(college, actor(college, "principal", Profile.HEAD))


def test_a_right_that_was_granted_counts(college):
    Grant.objects.create(
        person=college.people["collegue"],
        establishment=college.college,
        capability="imports.manage",
        starts_on="2026-09-01",
    )
    assert "collegue" not in reached(college, actor(college, "cpe", Profile.SCHOOL_LIFE))
    assert "collegue" in reached(college, actor(college, "secretaire", Profile.ADMINISTRATIVE))


def test_suspending_signs_out_everywhere_and_keeps_the_reason(college):
    parent, head = college.people["parent"], actor(college, "principal", Profile.HEAD)
    for device in ("telephone", "ordinateur"):
        Session.objects.create(session_key=device, user=parent.user, expire_date="2027-02-01T00:00+00:00")
    assert suspend(person=parent, reason=SuspensionReason.LOST_DEVICE, actor=head)
    assert not suspend(person=parent, reason=SuspensionReason.MISUSE, actor=head)
    assert not Session.objects.filter(user=parent.user).exists()
    parent.user.refresh_from_db()
    assert parent.user.state == User.State.SUSPENDED
    [entry] = AuditEntry.objects.filter(verb="accounts.suspend")
    assert entry.detail == {"reason": "lost_device", "sessions": 2}
    told = suspension_of(parent.user)
    assert told is not None
    assert (told.reason, told.by) == ("Téléphone ou ordinateur perdu ou volé", "Mme Vasseur")


@pytest.mark.parametrize(("password", "state"), [("!", "created"), ("md5$x$y", "active")])
def test_reopening_gives_the_account_back_as_it_was(college, password, state):
    parent, head = college.people["parent"], actor(college, "principal", Profile.HEAD)
    User.objects.filter(pk=parent.user_id).update(password=password)
    assert not reopen(person=parent, actor=head)
    suspend(person=parent, reason=SuspensionReason.DECISION, actor=head)
    assert reopen(person=parent, actor=head)
    parent.user.refresh_from_db()
    assert parent.user.state == state
    assert AuditEntry.objects.filter(verb="accounts.reopen").count() == 1


def test_one_s_own_account_and_the_academy_s_are_refused(college):
    head = actor(college, "principal", Profile.HEAD)
    for slug in ("principal", "academie"):
        assert not may_suspend(head, college.people[slug])
        with pytest.raises(NotYourAccount):
            suspend(person=college.people[slug], reason=SuspensionReason.MISUSE, actor=head)
        with pytest.raises(NotYourAccount):
            reopen(person=college.people[slug], actor=head)
    assert not AuditEntry.objects.filter(verb__startswith="accounts.").exists()


def test_a_school_does_not_close_the_account_of_someone_who_has_left(college):
    head, parent = actor(college, "principal", Profile.HEAD), college.people["parent"]
    Affiliation.objects.filter(person=parent, establishment=college.college).update(ends_on="2026-11-01")
    assert not may_suspend(head, parent)
    assert [(row.kind, row.is_shut_out) for row in accounts_of_people([parent])] == [("former", True)]
