"""Files and what refers to them: attach, show, detach; bytes live as long as something needs them."""

import pytest
from django.core.files.storage import default_storage

from pupitre.directory.tests.factories import EstablishmentFactory
from pupitre.files.models import Blob, FileReference, StoredFile
from pupitre.files.queries import files_of, room_of
from pupitre.files.refusals import TooLarge, TooMany, Vanished
from pupitre.files.services.attaching import attach, detach, detach_all
from pupitre.files.tests.senders import MEGA, picture, stored_in
from tests.statements import statements_of


@pytest.fixture
def board(board, cast):
    """The class 4B, whose row holds three files at most, of two megabytes."""
    return cast.groups["4B"]


def attached(sender, target, *files) -> list[StoredFile]:
    return attach(upload_ids=[file.pk for file in files], target=target, actor=sender.actor)


def removing(sender, gesture) -> None:
    with sender.committed(execute=True):
        gesture()


def test_files_are_attached_in_the_order_in_which_they_were_chosen(teacher, board):
    one, two, three = (teacher.send(f"{name}.txt", name.encode()) for name in ("un", "deux", "trois"))
    assert attached(teacher, board, three, one) == [three, one]
    attached(teacher, board, two)
    assert files_of([board])[board.pk] == [three, one, two]


def test_attaching_twice_changes_nothing(teacher, board):
    file = teacher.send("un.txt", b"un")
    attached(teacher, board, file, file)
    attached(teacher, board, file)
    assert FileReference.objects.count() == 1


def test_files_of_many_rows_are_read_in_one_statement(teacher, cast):
    groups = [cast.groups["4B"], cast.groups["6C"]]
    for group in groups:
        attached(teacher, group, teacher.send("cours.txt", b"le cours"), teacher.send(f"{group.pk}.txt", b"la suite"))
    found = {}
    assert len(statements_of(lambda: found.update(files_of(groups)))) == 1
    assert {pk: [file.name for file in files] for pk, files in found.items()} == {
        group.pk: ["cours.txt", f"{group.pk}.txt"] for group in groups
    }
    assert len(statements_of(lambda: [file.weight for files in found.values() for file in files])) == 0


def test_a_row_without_files_has_an_empty_list(teacher, board):
    assert files_of([board]) == {board.pk: []}
    assert files_of([]) == {}


def test_nobody_attaches_the_file_of_another(teacher, student, board):
    file = student.send("journal.txt", b"secret")
    with pytest.raises(Vanished, match="n’est plus là"):
        attached(teacher, board, file)


def test_a_file_too_large_for_the_row_is_refused_even_when_it_was_taken_for_another_use(teacher, board):
    file = teacher.send("film.bin", b"\1" * (3 * MEGA))
    with pytest.raises(TooLarge):
        attached(teacher, board, file)


def test_a_row_holds_no_more_files_than_was_said(teacher, board):
    files = [teacher.send(f"{number}.txt", bytes([65 + number])) for number in range(4)]
    attached(teacher, board, *files[:2])
    with pytest.raises(TooMany):
        attached(teacher, board, *files)
    assert len(files_of([board])[board.pk]) == 2


def test_a_model_that_declared_no_files_takes_none(teacher):
    file = teacher.send("un.txt", b"un")
    with pytest.raises(LookupError):
        attached(teacher, EstablishmentFactory(), file)


def test_the_same_bytes_are_stored_once_whoever_deposits_them(teacher, student, storage):
    mine, theirs = teacher.send("cours.txt", b"le cours"), student.send("copie.txt", b"le cours")
    assert mine.pk != theirs.pk
    assert mine.blob_id == theirs.blob_id
    assert stored_in(storage) == [mine.blob.key]
    assert room_of(teacher.actor).used == room_of(student.actor).used == len(b"le cours")


def test_the_same_file_given_twice_before_it_is_attached_is_one_document(teacher, board):
    first, again = teacher.send("cours.txt", b"le cours"), teacher.send("cours.txt", b"le cours")
    assert first == again
    attached(teacher, board, first)
    # Attached, it belongs to what refers to it: the next one is another document of the same bytes.
    assert teacher.send("cours.txt", b"le cours") != first
    assert Blob.objects.count() == 1


def test_a_file_goes_with_the_last_row_that_refers_to_it(teacher, cast, storage):
    file = teacher.send("photo.jpg", picture())
    for code in ("4B", "6C"):
        attached(teacher, cast.groups[code], file)
    removing(teacher, lambda: detach_all(target=cast.groups["4B"]))
    assert stored_in(storage) == [file.blob.key, file.blob.preview]
    removing(teacher, lambda: detach(file=file, target=cast.groups["6C"]))
    assert stored_in(storage) == []
    assert not StoredFile.objects.exists()
    assert not Blob.objects.exists()


def test_bytes_stay_while_another_document_shares_them(teacher, student, board):
    mine, theirs = teacher.send("cours.txt", b"le cours"), student.send("copie.txt", b"le cours")
    attached(teacher, board, mine)
    removing(teacher, lambda: detach_all(target=board))
    with default_storage.open(theirs.blob.key) as kept:
        assert kept.read() == b"le cours"
    assert [file.pk for file in StoredFile.objects.all()] == [theirs.pk]


def test_nothing_is_removed_from_the_storage_when_the_transaction_fails(teacher, board, storage):
    file = teacher.send("cours.txt", b"le cours")
    attached(teacher, board, file)
    detach_all(target=board)
    # The bytes wait for the commit, which this test never reaches.
    assert stored_in(storage) == [file.blob.key]
