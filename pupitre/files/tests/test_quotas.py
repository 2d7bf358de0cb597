"""Room: what one keeps is counted once, what is on its way is counted, and nobody takes more than there is."""

import pytest

from pupitre.files.models import Upload
from pupitre.files.queries import quota_mb_of, room_of, school_room
from pupitre.files.services.attaching import attach, detach_all
from pupitre.files.tests.senders import MEGA


@pytest.fixture
def small(settings):
    """Two megabytes for each member of staff, one for a student."""
    settings.FILES_QUOTA_MB = {"staff": 2, "student": 1}
    return settings


def text_of(answer) -> str:
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_quota_follows_what_one_is_and_the_largest_wins():
    assert quota_mb_of(frozenset({"student"})) == 1024
    assert quota_mb_of(frozenset({"guardian"})) == 512
    assert quota_mb_of(frozenset({"teacher"})) == quota_mb_of(frozenset({"guardian", "head"})) == 5 * 1024
    assert quota_mb_of(frozenset()) == 0


def test_an_upload_that_does_not_fit_is_refused_before_it_is_sent(teacher, small):
    teacher.send("un.bin", b"\1" * MEGA)
    answer = teacher.announce("deux.bin", MEGA + 1)
    assert answer.status_code == 413
    assert "« deux.bin » ne tient pas dans la place qui reste (1 Mo)" in text_of(answer)
    assert "« Mes fichiers »" in text_of(answer)
    assert teacher.announce("deux.bin", MEGA).status_code == 201


def test_a_form_that_does_not_fit_is_refused_the_same_way(student, small):
    answer = student.deposit(("un.bin", b"\1" * (MEGA // 2)), ("deux.bin", b"\2" * MEGA))
    assert answer.status_code == 422
    assert "« deux.bin » ne tient pas dans la place qui reste (512 Ko)" in text_of(answer)
    assert room_of(student.actor).used == MEGA // 2


def test_uploads_on_their_way_take_their_room_from_the_start(teacher, small):
    first = teacher.announce("un.bin", 2 * MEGA)["Location"]
    assert teacher.announce("deux.bin", 1).status_code == 413
    teacher.client.delete(first)
    assert teacher.announce("deux.bin", 1).status_code == 201


def test_room_comes_back_with_what_is_removed(teacher, small):
    file = teacher.send("un.bin", b"\1" * (2 * MEGA))
    attach(upload_ids=[file.pk], target=teacher.cast.groups["4B"], actor=teacher.actor)
    assert room_of(teacher.actor).left == 0
    detach_all(target=teacher.cast.groups["4B"])
    assert room_of(teacher.actor).left == 2 * MEGA


def test_the_same_bytes_under_two_names_count_once(teacher):
    for name in ("un.bin", "deux.bin"):
        teacher.send(name, b"\1" * MEGA)
    assert room_of(teacher.actor).used == school_room().used == MEGA


def test_a_full_school_takes_nothing_and_says_whom_to_tell(teacher, settings):
    settings.FILES_SCHOOL_QUOTA_MB = 1
    answer = teacher.announce("un.bin", MEGA + 1)
    assert answer.status_code == 413
    assert "l’établissement n’a plus de place" in text_of(answer)
    assert not Upload.objects.exists()


def test_each_school_counts_for_itself(teacher, cast):
    teacher.send("un.bin", b"\1" * MEGA)
    page = teacher.client.get(f"/{cast.lycee.uai}/fichiers/")
    assert "0 Ko sur 5 Go" in text_of(page)
