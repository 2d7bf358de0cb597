"""Who opens a file: its owner, and whoever may see a row that refers to it. For the others it does not exist."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Guardianship
from pupitre.files.models import StoredFile
from pupitre.files.services.attaching import attach, detach_all
from pupitre.files.tests.senders import fetched, picture
from tests.cast import Cast
from tests.doors import CALLERS

NAMES = ("open", "preview", "row")


@pytest.fixture
def photo(teacher) -> StoredFile:
    return teacher.send("photo.jpg", picture())


def answers(cast: Cast, file: StoredFile, name: str = "open") -> dict[str, int]:
    """What each member of the cast is answered."""
    found = {}
    for caller in CALLERS:
        client = Client()
        if caller != "anonymous":
            cast.sign_in(client, caller.replace("_", "-"))
        found[caller] = fetched(client, reverse(f"files:{name}", args=[cast.college.uai, file.pk])).status_code
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_nothing_refers_to_is_its_owner_s_alone(teacher, photo, name):
    seen = {caller for caller, status in answers(teacher.cast, photo, name).items() if status == 200}
    assert seen == {"enseignante"}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_opened_by_whoever_may_see_what_refers_to_it(teacher, photo, name):
    attach(upload_ids=[photo.pk], target=teacher.cast.groups["4B"], actor=teacher.actor)
    found = answers(teacher.cast, photo, name)
    seen = {caller for caller, status in found.items() if status == 200}
    staff = {"enseignante", "collegue", "cpe", "principal", "secretaire", "referent"}
    assert seen == staff | {"eleve", "parent"}
    assert (found["academie"], found["parent_voisin"], found["anonymous"]) == (404, 404, 302)


def test_a_file_of_another_class_does_not_exist(teacher, photo):
    attach(upload_ids=[photo.pk], target=teacher.cast.groups["6C"], actor=teacher.actor)
    assert answers(teacher.cast, photo)["eleve"] == 404


def test_what_is_taken_off_is_no_longer_seen(teacher, photo):
    group = teacher.cast.groups["4B"]
    attach(upload_ids=[photo.pk], target=group, actor=teacher.actor)
    assert answers(teacher.cast, photo)["eleve"] == 200
    detach_all(target=group)
    assert set(answers(teacher.cast, photo).values()) == {404, 302}


def test_a_guardian_shut_out_loses_the_files_too(teacher, photo):
    cast = teacher.cast
    attach(upload_ids=[photo.pk], target=cast.groups["4B"], actor=teacher.actor)
    Guardianship.objects.filter(guardian=cast.people["parent"], student=cast.people["eleve"]).update(is_restricted=True)
    assert answers(cast, photo)["parent"] == 404


def test_the_number_of_a_file_means_nothing_in_another_school(teacher, photo):
    assert teacher.client.get(reverse("files:open", args=[teacher.cast.lycee.uai, photo.pk])).status_code == 404


def test_only_its_owner_deletes_a_file_and_only_when_nothing_refers_to_it(teacher, student, photo):
    address = teacher.address("delete", photo.pk)
    assert student.client.post(address).status_code == 404
    attach(upload_ids=[photo.pk], target=teacher.cast.groups["4B"], actor=teacher.actor)
    assert teacher.client.post(address).status_code == 404
    assert StoredFile.objects.filter(pk=photo.pk).exists()
