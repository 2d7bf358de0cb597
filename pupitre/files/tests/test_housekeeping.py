"""The nightly round: what nobody finished, what nothing refers to, what a crash left behind."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from pupitre.directory.models import Group
from pupitre.directory.tests.factories import make_group
from pupitre.files.models import Blob, FileReference, StoredFile, Upload
from pupitre.files.services.attaching import attach
from pupitre.files.services.housekeeping import Tidied, tidy_files, tidy_school
from pupitre.files.tests.senders import KILO, picture, stored_in
from pupitre.foundation import clock


def tidy(sender, after: timedelta) -> Tidied:
    """The round of a later night."""
    with clock.at(clock.now() + after), sender.committed(execute=True):
        return tidy_school()


def test_an_upload_that_nobody_finished_goes_after_two_days(teacher, storage):
    upload = teacher.announce("cours.bin", 20 * KILO)["Location"]
    teacher.part(upload, 0, b"\1" * KILO)
    assert tidy(teacher, timedelta(hours=47)) == Tidied()
    assert tidy(teacher, timedelta(hours=49)).uploads == 1
    assert stored_in(storage) == []
    assert not Upload.objects.exists()


def test_a_finished_upload_goes_and_its_file_stays(teacher):
    file = teacher.send("cours.txt", b"le cours")
    tidy(teacher, timedelta(days=3))
    assert not Upload.objects.exists()
    assert teacher.get("open", file.pk).body == b"le cours"


def test_a_file_that_was_never_attached_goes_after_thirty_days(teacher, storage):
    teacher.send("photo.jpg", picture())
    attached = teacher.send("cours.txt", b"le cours")
    attach(upload_ids=[attached.pk], target=teacher.cast.groups["4B"], actor=teacher.actor)
    assert tidy(teacher, timedelta(days=29)).files == 0
    assert tidy(teacher, timedelta(days=31)).files == 1
    assert stored_in(storage) == [attached.blob.key]


@pytest.fixture
def doomed(teacher) -> Group:
    """A class whose row is about to be deleted without a word."""
    return make_group(teacher.cast.college, "3Z")


def test_a_file_whose_row_was_deleted_without_a_word_goes_that_night(teacher, doomed, storage):
    file = teacher.send("cours.txt", b"le cours")
    attach(upload_ids=[file.pk], target=doomed, actor=teacher.actor)
    doomed.delete()
    assert tidy(teacher, timedelta(hours=1)).files == 1
    assert not FileReference.objects.exists()
    assert stored_in(storage) == []


def test_bytes_that_no_document_names_go(teacher, storage):
    teacher.send("cours.txt", b"le cours")
    Upload.objects.all().delete()
    StoredFile.objects.all().delete()
    tidy(teacher, timedelta(hours=1))
    assert not Blob.objects.exists()
    assert stored_in(storage) == []


def test_what_a_crash_left_in_the_storage_goes_and_nothing_else(teacher, storage):
    kept = teacher.send("photo.jpg", picture())
    day = kept.blob.key.rpartition("/")[0]
    default_storage.save(f"{day}/abcd", ContentFile(b"x"))
    default_storage.save(f"{day.replace('files/', 'parts/', 1)}/abcd.000000000000", ContentFile(b"x"))
    assert tidy(teacher, timedelta(days=1)).strays == 0
    assert tidy(teacher, timedelta(days=4)).strays == 2
    assert stored_in(storage) == [kept.blob.key, kept.blob.preview]


def test_the_round_goes_through_every_school(teacher):
    teacher.announce("cours.txt", 8)
    with clock.at(clock.now() + timedelta(days=3)):
        assert tidy_files() == Tidied(uploads=1)
        assert tidy_files() == Tidied()


def test_the_command_of_every_night_does_the_round_and_tells_it(teacher):
    teacher.announce("cours.txt", 8)
    out = StringIO()
    with clock.at(clock.now() + timedelta(days=3)):
        call_command("housekeeping", "--dry-run", stdout=out)
        assert Upload.objects.exists()
        call_command("housekeeping", stdout=out)
    assert "1  envois laissés en route effacés" in out.getvalue()
    assert not Upload.objects.exists()
