"""Two people at the same moment, on two connections: bytes are kept once, and never removed under somebody's feet."""

import io
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryFile
from threading import Barrier

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from pupitre.directory.tests.factories import make_group
from pupitre.establishments.scope import scope
from pupitre.files import shelf
from pupitre.files.models import Blob, StoredFile, Upload
from pupitre.files.refusals import Refusal
from pupitre.files.services.attaching import attach, detach_all
from pupitre.files.services.keeping import Deposit, keep
from pupitre.files.services.removing import delete_file
from pupitre.files.services.uploading import WrongOffset, begin, new_key, receive
from pupitre.files.tests.senders import MEGA, Sender, stored_in

A_WHILE = 0.3
"""Long enough for the other one to arrive at what is held."""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sender(cast, tuesday, django_capture_on_commit_callbacks) -> Sender:
    return Sender(cast, "enseignante", django_capture_on_commit_callbacks)


def at_once(sender: Sender, *gestures: Callable[[], object]) -> list[object]:
    """What each gesture gives or raises, each on a connection of its own, in the school."""

    def apart(gesture: Callable[[], object]) -> object:
        try:
            with scope(sender.cast.college.pk):
                return gesture()
        except (Refusal, WrongOffset) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(gestures)) as pool:
        return list(pool.map(apart, gestures))


def kept(sender: Sender, name: str, content: bytes) -> StoredFile:
    with TemporaryFile() as file:
        file.write(content)
        return keep(Deposit(name, "", new_key(sender.actor)), file, actor=sender.actor)


def test_the_same_bytes_deposited_twice_at_once_are_kept_once(sender, storage, monkeypatch):
    meeting, put = Barrier(2, timeout=10), shelf.put

    def put_together(name: str, content: io.BytesIO) -> str:
        # Neither has written its row yet: both believe to be the first.
        meeting.wait()
        return put(name, content)

    monkeypatch.setattr(shelf, "put", put_together)
    done = at_once(sender, *(lambda name=name: kept(sender, name, b"le cours") for name in ("un.txt", "deux.txt")))
    assert [type(each) for each in done] == [StoredFile, StoredFile]
    with scope(sender.cast.college.pk):
        assert stored_in(storage) == [Blob.objects.get().key]
        assert StoredFile.objects.count() == 2


def test_bytes_deposited_again_while_they_are_removed_are_there(sender, storage):
    with scope(sender.cast.college.pk):
        group = make_group(sender.cast.college, "3Z")
        first = kept(sender, "un.txt", b"le cours")
        attach(upload_ids=[first.pk], target=group, actor=sender.actor)
    meeting = Barrier(2, timeout=10)

    def remove() -> None:
        detach_all(target=group)
        meeting.wait()
        time.sleep(A_WHILE)

    def deposit() -> StoredFile:
        meeting.wait()
        return kept(sender, "deux.txt", b"le cours")

    _none, file = at_once(sender, remove, deposit)
    assert isinstance(file, StoredFile)
    with scope(sender.cast.college.pk):
        key = StoredFile.objects.select_related("blob").get().blob.key
    assert stored_in(storage) == [key]
    with default_storage.open(key) as content:
        assert content.read() == b"le cours"


def test_two_tabs_do_not_take_the_same_last_room(sender, settings):
    settings.FILES_QUOTA_MB = {"staff": 3}
    done = at_once(
        sender,
        *(lambda name=name: begin(name=name, size=2 * MEGA, purpose="", actor=sender.actor) for name in ("un", "deux")),
    )
    assert sorted(type(each).__name__ for each in done) == ["QuotaFull", "tuple"]


def test_two_tabs_that_send_the_same_part_add_it_once(sender):
    with scope(sender.cast.college.pk):
        upload, _notice = begin(name="un.bin", size=10, purpose="", actor=sender.actor)
    done = at_once(sender, *(lambda: receive(upload, 0, io.BytesIO(b"12345").read) for _tab in range(2)))
    assert sorted(type(each).__name__ for each in done) == ["Upload", "WrongOffset"]
    with scope(sender.cast.college.pk):
        found = Upload.objects.get()
        assert (found.received, len(found.parts)) == (5, 1)


def test_a_file_is_not_deleted_while_it_is_being_attached(sender):
    with scope(sender.cast.college.pk):
        group = make_group(sender.cast.college, "3Z")
        file = kept(sender, "un.txt", b"le cours")
    meeting = Barrier(2, timeout=10)

    def attach_slowly() -> None:
        with transaction.atomic():
            attach(upload_ids=[file.pk], target=group, actor=sender.actor)
            meeting.wait()
            time.sleep(A_WHILE)

    def delete() -> bool:
        meeting.wait()
        return delete_file(file, actor=sender.actor)

    _none, is_gone = at_once(sender, attach_slowly, delete)
    assert is_gone is False
    with scope(sender.cast.college.pk):
        assert StoredFile.objects.filter(pk=file.pk).exists()
