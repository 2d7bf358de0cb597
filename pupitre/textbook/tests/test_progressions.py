"""What was written serves again, elsewhere too; what is taken away holds no private note."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pupitre.textbook.models import Homework, Progression, TextbookEntry
from pupitre.textbook.refusals import NotOurFile
from pupitre.textbook.services.archiving import year_archive, years_written
from pupitre.textbook.services.progressing import file_of, plan, progression_of_course, progression_of_file
from pupitre.textbook.tests.factories import maths_of, work, written


@pytest.fixture
def progression(sister, teacher):
    written(sister, given=work(), private_note="À ne pas montrer", elements=["Théorème de Pythagore"])
    return progression_of_course(course=maths_of(sister), title="Quatrième", actor=teacher)


def test_it_is_laid_as_drafts_on_lessons_to_come_where_nothing_is_written(progression, sister, teacher):
    assert plan(progression=progression, course=maths_of(sister, "4D"), actor=teacher) == 1
    entry = TextbookEntry.objects.get(course=maths_of(sister, "4D"))
    assert (entry.title, entry.rule, entry.visible_at) == ("Théorème de Pythagore", "draft", None)
    assert entry.starts_at.hour == 15


def test_its_work_is_laid_too_due_in_the_lesson_that_follows_and_read_by_nobody_yet(progression, sister, teacher):
    plan(progression=progression, course=maths_of(sister, "4D"), actor=teacher)
    drafted = Homework.objects.get(group__code="4D")
    assert (drafted.title, drafted.visible_at) == ("Exercices 4 et 5 page 218", None)
    assert drafted.lesson_on > drafted.given_on


def test_a_file_carries_it_to_another_school_without_a_name_nor_a_private_note(progression, teacher):
    content = file_of(progression)
    assert "À ne pas montrer" not in content
    copy = progression_of_file(content=content.encode(), actor=teacher)
    assert file_of(copy) == content


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"format": "autre"}', b"\xff\xfe", b"[" * 100_000])
def test_another_file_is_refused_with_a_sentence(content, college, teacher):
    with pytest.raises(NotOurFile, match="n’est pas une progression"):
        progression_of_file(content=content, actor=teacher)


def test_the_page_says_it_too(college, client):
    sent = {"fichier": SimpleUploadedFile("notes.json", b"<html>")}
    answer = college.sign_in(client, "enseignante").post("/0990001N/cahier/progressions/", sent)
    assert answer.status_code == 422
    assert "n’est pas une progression" in answer.content.decode()
    assert not Progression.objects.exists()


def test_a_year_is_taken_away_as_pages_without_private_notes(progression, sister, teacher):
    assert years_written(teacher) == [2026]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(year_archive(teacher, 2026))))
    assert sorted(archive.namelist()) == ["4B - Mathématiques.html", "index.html"]
    page = archive.read("4B - Mathématiques.html").decode()
    assert "Activité 2 page 214." in page
    assert "Exercices 4 et 5 page 218" in page
    assert "À ne pas montrer" not in page
