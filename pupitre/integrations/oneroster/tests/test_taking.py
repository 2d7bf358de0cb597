"""A file that waits while the school changes its mind, and what the log keeps of one that is taken."""

import pytest
from django.test import Client

from pupitre.directory.models import Guardianship, Student
from pupitre.directory.profiles import Profile
from pupitre.directory.services.restrictions import ShutReason, shut_out
from pupitre.directory.tests.factories import PersonFactory, affiliate, enrol
from pupitre.establishments.scope import scope
from pupitre.integrations.oneroster.models import RosterFile
from pupitre.integrations.oneroster.services.receivers import set_receiver
from pupitre.integrations.oneroster.tests.gestures import made, make_receiver, opened, referent, taken
from pupitre.integrations.services.models import Disclosure, Service
from pupitre.integrations.services.services.registering import set_connector
from pupitre.integrations.services.tests.factories import EVERYONE

HOME = "/0990001N/oneroster/"
FEWER = tuple(set(EVERYONE) - {Profile.GUARDIAN})


@pytest.fixture
def client(cast):
    return cast.sign_in(Client(), "referent")


def _with_families(cast, **facts):
    """A receiver that is told of guardians too, and of the INE when `ine` says why."""
    reason = facts.pop("ine", "")
    receiver = make_receiver(cast, **facts)
    with scope(cast.college.pk):
        set_receiver(receiver, actor=referent(cast), with_guardians=True, with_ine=bool(reason), ine_reason=reason)
    return receiver


def _open_to(cast, receiver, *, profiles=EVERYONE, groups=()):
    """What « Services extérieurs » does."""
    with scope(cast.college.pk):
        service = Service.objects.get(pk=receiver.connector.service_id)
        set_connector(service, actor=referent(cast), is_on=True, profiles=profiles, groups=groups, withheld=())


def _shut(cast):
    with scope(cast.college.pk):
        link = Guardianship.objects.get(student=cast.people["eleve"], guardian=cast.people["parent"])
        assert shut_out(link=link, reason=ShutReason.WRONG_LINK, actor=referent(cast))


_NARROWED = {
    "guardians": lambda cast, receiver: _open_to(cast, receiver, profiles=FEWER),
    "classes": lambda cast, receiver: _open_to(cast, receiver, groups=[cast.groups["4B"]]),
    "link": lambda cast, _receiver: _shut(cast),
    "identifier": lambda _cast, receiver: Service.objects.filter(pk=receiver.connector.service_id).update(
        identifier="login"
    ),
}


@pytest.mark.parametrize("narrow", _NARROWED.values(), ids=_NARROWED)
def test_a_file_made_before_the_school_told_less_is_void(cast, client, narrow):
    receiver = _with_families(cast)
    waiting = made(cast, receiver)
    with scope(cast.college.pk):
        narrow(cast, receiver)
    answer = client.post(f"{HOME}fichiers/{waiting.pk}/")
    assert (answer.status_code, "préparez-le à nouveau" in answer.content.decode()) == (422, True)
    with scope(cast.college.pk):
        waiting.refresh_from_db()
        assert (waiting.state, waiting.data, waiting.people) == ("failed", None, {})
        assert not Disclosure.objects.exists()
    assert "Un fichier n’a pas pu" not in client.get("/0990001N/services/").content.decode()
    assert client.post(f"{HOME}fichiers/{waiting.pk}/").status_code == 404
    assert client.post(f"{HOME}fichiers/{made(cast, receiver).pk}/").status_code == 200


def test_a_file_that_was_taken_is_not_taken_again_once_the_school_tells_less(cast, client):
    receiver = _with_families(cast)
    file = made(cast, receiver)
    assert "Nadia" in {each["givenName"] for each in taken(cast, file)["users"]}
    _open_to(cast, receiver, profiles=FEWER)
    assert client.post(f"{HOME}fichiers/{file.pk}/").status_code == 422
    with scope(cast.college.pk):
        file.refresh_from_db()
        assert (file.state, file.data) == ("ready", None)
    assert client.post(f"{HOME}fichiers/{file.pk}/").status_code == 404
    gone = taken(cast, made(cast, receiver, "delta"))["users"]
    assert {each["givenName"]: each["status"] for each in gone}["Nadia"] == "tobedeleted", "it is still compared with"


def test_a_student_who_arrives_voids_nothing(cast, client):
    receiver = make_receiver(cast)
    waiting = made(cast, receiver)
    with scope(cast.college.pk):
        enrol(PersonFactory(), cast.groups["4B"])
    assert len(opened(client.post(f"{HOME}fichiers/{waiting.pk}/").content)["users"]) == 8


def test_a_file_of_before_grounds_were_kept_is_void(cast, client):
    waiting = made(cast, make_receiver(cast))
    with scope(cast.college.pk):
        RosterFile.objects.filter(pk=waiting.pk).update(grounds="")
    assert client.post(f"{HOME}fichiers/{waiting.pk}/").status_code == 422


def test_the_log_tells_the_families_of_a_guardian_who_is_of_the_staff(cast):
    people = cast.people
    with scope(cast.college.pk):
        affiliate(people["parent"], cast.college, Profile.TEACHER, "Mathématiques")
        Student.objects.filter(person=people["eleve"]).update(ine="0123456789A")
    file = made(cast, _with_families(cast, ine="Certifications"))
    assert (file.counts["guardians"], file.counts["staff"]) == (0, 7), "the only guardian is of the staff"
    users = {each["givenName"]: each for each in taken(cast, file)["users"]}
    assert users["Nadia"]["agentSourcedIds"]
    with scope(cast.college.pk):
        told = dict(Disclosure.objects.values_list("person_id", "names"))
    for slug in ("parent", "eleve", "frere"):
        assert "oneroster.family" in told[people[slug].pk], slug
    assert "oneroster.classes" in told[people["parent"].pk]
    assert "oneroster.family" not in told[people["collegue"].pk]
    with_ine = {person for person, names in told.items() if "oneroster.ine" in names}
    assert with_ine == {people["eleve"].pk}, "Elias has none: his was not told"


def test_a_child_without_a_guardian_who_is_told_has_no_family_in_the_log(cast):
    receiver = _with_families(cast)
    _shut(cast)
    taken(cast, made(cast, receiver))
    with scope(cast.college.pk):
        told = dict(Disclosure.objects.values_list("person_id", "names"))
    assert "oneroster.family" not in told[cast.people["eleve"].pk]
    assert "oneroster.family" in told[cast.people["frere"].pk]
