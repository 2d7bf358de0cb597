"""The official document: signed by the head or an inspector, kept five years, then forgotten."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pupitre.directory.profiles import Profile
from pupitre.directory.services.granting import give_right
from pupitre.files.models import FileReference
from pupitre.foundation import clock
from pupitre.textbook.models import Homework, HomeworkMark, Submission, TextbookEntry, Visa
from pupitre.textbook.policies import SIGN
from pupitre.textbook.services.keeping import forget_old
from pupitre.textbook.tests.factories import acting, given, maths_of, written

TODAY = dt.date(2026, 11, 24)


def book(cast):
    return f"/0990001N/cahier/lire/{maths_of(cast).pk}/"


def test_the_head_signs_up_to_today_at_the_latest(college, client):
    written(college)
    head = college.sign_in(client, "principal")
    answer = head.post(f"{book(college)}viser/", {"read_until_on": "2027-03-01", "comment": "Vu."}, follow=True)
    assert "Vu." in answer.content.decode()
    visa = Visa.objects.get()
    assert (visa.quality, visa.read_until_on, visa.signed_name) == (
        "head",
        TODAY,
        college.people["principal"].formal_name,
    )


def test_an_inspector_signs_with_a_right_given_for_some_days_then_no_more(college, client):
    give_right(
        person=college.people["cpe"],
        capability=SIGN,
        actor=acting(college, "principal", Profile.HEAD),
        starts_on=TODAY,
        ends_on=TODAY + dt.timedelta(days=2),
    )
    inspector = college.sign_in(client, "cpe")
    assert inspector.post(f"{book(college)}viser/", {"read_until_on": "2026-11-20"}).status_code == 302
    assert Visa.objects.get().quality == "inspector"
    with clock.at("2026-11-27T09:00"):
        assert inspector.post(f"{book(college)}viser/", {"read_until_on": "2026-11-20"}).status_code == 404


def test_a_date_that_is_none_is_said_and_the_comment_stays(college, client):
    answer = college.sign_in(client, "principal").post(
        f"{book(college)}viser/", {"read_until_on": "hier", "comment": "Lu avec attention."}
    )
    assert answer.status_code == 422
    assert "Écrivez la date comme" in answer.content.decode()
    assert "Lu avec attention." in answer.content.decode()
    assert not Visa.objects.exists()


@pytest.mark.parametrize("slug", ["enseignante", "eleve", "parent", "cpe"])
def test_nobody_else_signs(slug, college, client):
    answer = college.sign_in(client, slug).post(f"{book(college)}viser/", {"read_until_on": "2026-11-20"})
    assert answer.status_code == 404


def test_copies_go_after_a_year_and_the_document_after_five(college, client):
    homework = given(college, mode="file")
    copy = {"files": [SimpleUploadedFile("copie.txt", b"5 cm")]}
    college.sign_in(client, "eleve").post(f"/0990001N/travail/{homework.pk}/", copy)
    college.sign_in(client, "principal").post(f"{book(college)}viser/", {"read_until_on": "2026-11-24"})

    def kept():
        models = (TextbookEntry, Homework, Visa, Submission, HomeworkMark, FileReference)
        return [model.objects.count() for model in models]

    for day, expected in (
        # The year ends on the 31st of August 2027.
        ("2028-08-30", [1, 1, 1, 1, 1, 1]),
        ("2028-08-31", [1, 1, 1, 0, 0, 0]),
        ("2032-08-30", [1, 1, 1, 0, 0, 0]),
        ("2032-08-31", [0, 0, 0, 0, 0, 0]),
    ):
        with clock.at(f"{day}T03:00"):
            forget_old()
            assert forget_old() == 0
        assert kept() == expected
