"""A copy arrives with a receipt, late is late, and it comes back."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.notifications.models import Notification
from pupitre.textbook.models import Correction, Homework, Submission
from pupitre.textbook.queries.copies import copies_of
from pupitre.textbook.refusals import AlreadyReturned, NothingHandedIn, TooLate
from pupitre.textbook.services.handing_in import extend, give_back
from pupitre.textbook.tests.factories import given, handed, student

RECEIPT = 64
PAGE = "/0990001N/travail/{}/"


def photo(name="copie.jpg", content=b"\xff\xd8\xff\xe0 une photo"):
    return SimpleUploadedFile(name, content)


def test_a_copy_has_a_receipt_and_an_hour(college):
    copy = handed(college, given(college, mode="text"))
    assert len(copy.receipt) == RECEIPT
    assert copy.handed_at == clock.now()
    assert not copy.is_late


def test_the_same_copy_sent_twice_is_one_and_another_replaces_it(college):
    homework = given(college, mode="text")
    first = handed(college, homework)
    again = handed(college, homework)
    assert (again.receipt, again.version) == (first.receipt, 1)
    other = handed(college, homework, text="Je me suis trompée : 6 cm.")
    assert (other.pk, other.version) == (first.pk, 2)
    assert other.receipt != first.receipt


def test_nothing_is_not_a_copy(college):
    with pytest.raises(NothingHandedIn, match="rien à rendre"):
        handed(college, given(college, mode="text"), text=" ")


def test_after_the_hour_it_is_refused_unless_lateness_is_accepted(college):
    strict, kind = given(college, mode="text"), given(college, mode="text", late_days=3)
    with clock.at("2026-11-25T09:00"):
        with pytest.raises(TooLate, match="L’heure est passée"):
            handed(college, strict)
        assert handed(college, kind).is_late
    with clock.at("2026-11-29T09:00"), pytest.raises(TooLate):
        handed(college, kind, text="Trop tard")


def test_more_time_for_one_student_is_not_lateness(college, teacher):
    homework = given(college, mode="text")
    until = dt.datetime(2026, 11, 27, 18, tzinfo=clock.PARIS)
    extend(homework=homework, student=student(college.people["eleve"]), until_at=until, actor=teacher)
    with clock.at("2026-11-26T09:00"):
        assert not handed(college, homework).is_late


def test_a_copy_is_read_by_the_family_and_the_teacher_not_by_colleagues_nor_the_head(
    college, ines, nadia, teacher, colleague
):
    handed(college, given(college, mode="text"))
    for actor, count in ((ines, 1), (nadia, 1), (teacher, 1), (colleague, 0)):
        assert allowed(actor, "textbook.view_submission", Submission.objects.all()).count() == count


def test_a_copy_given_back_is_told_and_does_not_change_any_more(college, teacher):
    homework = given(college, mode="text")
    copy = handed(college, homework)
    give_back(submission=copy, comment="**Bien**, revois la fin.", uploads=[], actor=teacher)
    assert Correction.objects.get().submission == copy
    assert Notification.objects.filter(kind="textbook.returned").count() == 2
    with pytest.raises(AlreadyReturned):
        handed(college, homework, text="Autre chose")


def test_the_grid_says_received_late_and_nothing(college, teacher):
    homework = given(college, mode="text", late_days=7)
    assert [each.state for each in copies_of(homework)] == ["nothing"]
    with clock.at("2026-11-26T09:00"):
        handed(college, homework)
        assert [each.state for each in copies_of(homework)] == ["late"]


class TestPage:
    @pytest.fixture
    def ines_page(self, college, client):
        return college.sign_in(client, "eleve")

    def test_files_and_a_word_are_handed_in(self, college, ines_page):
        homework = given(college, mode="file")
        answer = ines_page.post(PAGE.format(homework.pk), {"files": [photo()], "word": "Voilà."}, follow=True)
        assert "Ta copie est arrivée" in answer.content.decode()
        assert "copie.jpg" in answer.content.decode()
        assert Submission.objects.get().word == "Voilà."

    @pytest.mark.parametrize(
        ("file", "says"),
        [
            (photo("vide.jpg", b""), "est vide"),
            (photo("copie.pdf", b"MZ\x90\x00 un programme"), "est un programme"),
        ],
    )
    def test_a_file_that_is_not_taken_is_said_and_the_text_stays(self, file, says, college, ines_page):
        homework = given(college, mode="text")
        answer = ines_page.post(PAGE.format(homework.pk), {"files": [file], "text": "Mon texte tapé"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert says in page
        assert "Mon texte tapé" in page
        assert not Submission.objects.exists()

    def test_a_drawing_with_a_program_in_it_is_only_ever_saved(self, college, ines_page):
        homework = given(college, mode="file")
        drawing = photo("figure.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
        page = ines_page.post(PAGE.format(homework.pk), {"files": [drawing]}, follow=True).content.decode()
        assert "figure.svg" in page
        file = files_of([Submission.objects.get()])[Submission.objects.get().pk][0]
        opened = ines_page.get(f"/0990001N/fichiers/{file.pk}/")
        assert opened["Content-Disposition"].startswith("attachment")
        assert b"".join(opened.streaming_content).startswith(b"<svg")

    def test_a_copy_after_the_hour_keeps_what_was_typed(self, college, ines_page):
        homework = given(college, mode="text")
        with clock.at("2026-11-25T12:00"):
            answer = ines_page.post(PAGE.format(homework.pk), {"text": "Mon travail de la nuit"})
        assert answer.status_code == 422
        assert "L’heure est passée" in answer.content.decode()
        assert "Mon travail de la nuit" in answer.content.decode()

    def test_a_full_quota_is_said(self, college, ines_page, settings):
        settings.FILES_QUOTA_MB = {**settings.FILES_QUOTA_MB, "student": 0}
        homework = given(college, mode="file")
        answer = ines_page.post(PAGE.format(homework.pk), {"files": [photo()], "word": "Mon mot"})
        assert answer.status_code == 422
        assert "ne tient pas dans la place" in answer.content.decode()
        assert "Mon mot" in answer.content.decode()


def test_all_the_copies_leave_in_one_archive_by_name(college, client):
    homework = given(college, mode="text")
    college.sign_in(client, "eleve").post(PAGE.format(homework.pk), {"text": "5 cm", "files": [photo()]})
    answer = college.sign_in(client, "enseignante").get(f"{PAGE.format(homework.pk)}copies/")
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert sorted(names) == ["BELKACEM Inès/copie.jpg", "BELKACEM Inès/texte.txt"]
    assert Homework.objects.count() == 1
