import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pupitre.directory.models import Guardianship
from pupitre.directory.tests.factories import make_guardian
from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.gradebook.models import Assessment, GradingRules
from pupitre.gradebook.queries.student import marks_of
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.entering import Told, note_marks
from pupitre.gradebook.services.publishing import publish, withdraw
from pupitre.gradebook.services.ruling import set_final
from pupitre.gradebook.sql_student import SEEN_BY_GUARDIAN, SEEN_BY_STAFF, SEEN_BY_STUDENT
from pupitre.gradebook.tests.factories import marked
from pupitre.notifications.models import Notification


def paris(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=clock.PARIS)


def read(client, at, student):
    return client.get(at("student", student.pk)).content.decode()


@pytest.fixture
def marked_ines(assessment, ines, teacher):
    marked(assessment, ines, "12,5", teacher)
    return ines


def test_nobody_in_the_family_sees_a_mark_before_it_is_published(client_of, at, marked_ines):
    for reader in ("eleve", "parent"):
        assert "Calcul littéral" not in read(client_of(reader), at, marked_ines)
    assert "pas encore montrée" in read(client_of("cpe"), at, marked_ines)


def test_the_student_first_then_the_guardian_after_the_delay(client_of, at, assessment, marked_ines, teacher):
    publish(assessment=assessment, at=None, actor=teacher)
    assert assessment.guardian_sees_at == clock.now() + dt.timedelta(hours=24)
    assert "12,5" in read(client_of("eleve"), at, marked_ines)
    parent = client_of("parent")
    assert "Calcul littéral" not in read(parent, at, marked_ines)
    with clock.at("2026-11-25T10:21"):
        assert "Calcul littéral" in read(parent, at, marked_ines)


def test_the_remark_is_read_with_the_mark_and_not_before(client_of, at, assessment, ines, teacher):
    note_marks(assessment=assessment, told=[Told(ines.pk, "12", 0, "Belle progression")], actor=teacher)
    assert "Belle progression" not in read(client_of("eleve"), at, ines)
    publish(assessment=assessment, at=None, actor=teacher)
    assert "Belle progression" in read(client_of("eleve"), at, ines)
    assert "Belle progression" not in read(client_of("parent"), at, ines)
    with clock.at("2026-11-25T10:21"):
        assert "Belle progression" in read(client_of("parent"), at, ines)


def test_the_text_of_the_test_is_read_with_the_mark_by_whoever_sees_it(
    client_of, at, college, assessment, marked_ines, teacher
):
    client = client_of("enseignante")
    facts = {
        "title": "Calcul littéral", "held_on": "2026-11-12", "kind": "written", "scale": "20", "coefficient": "1",
        "option": "none", "term": assessment.term_id,
    }  # fmt: skip
    paper = SimpleUploadedFile("sujet.txt", "Développer (x + 1)²".encode(), "text/plain")
    assert client.post(at("change", assessment.pk), {**facts, "files": paper}).status_code == 302
    held = files_of([assessment])[assessment.pk]
    assert [each.name for each in held] == ["sujet.txt"]
    address = f"/{college.college.uai}/fichiers/{held[0].pk}/"
    assert client_of("eleve").get(address).status_code == 404
    assert "sujet.txt" not in read(client_of("eleve"), at, marked_ines)
    publish(assessment=Assessment.objects.select_related("course").get(), at=None, actor=teacher)
    assert client_of("eleve").get(address).getvalue().startswith(b"D")
    assert "sujet.txt" in read(client_of("eleve"), at, marked_ines)
    assert client_of("parent").get(address).status_code == 404
    with clock.at("2026-11-25T10:21"):
        assert client_of("parent").get(address).getvalue().startswith(b"D")
        assert client_of("parent-voisin").get(address).status_code == 404
    # Unticked, it goes.
    assert client.post(at("change", assessment.pk), facts).status_code == 302
    assert files_of([assessment])[assessment.pk] == []


@pytest.mark.parametrize(("now", "student", "guardian"), [
    ("2026-11-24T21:00", "2026-11-25T07:00", "2026-11-26T07:00"),
    # On a Friday evening, nobody before Monday.
    ("2026-11-27T20:30", "2026-11-30T07:00", "2026-12-01T07:00"),
    ("2026-11-27T10:00", "2026-11-27T10:00", "2026-11-30T07:00"),
])  # fmt: skip
def test_nothing_is_shown_in_the_evening_nor_at_the_weekend(assessment, marked_ines, teacher, now, student, guardian):
    with clock.at(now):
        publish(assessment=assessment, at=None, actor=teacher)
    assert assessment.student_sees_at == paris(student)
    assert assessment.guardian_sees_at == paris(guardian)


def test_the_delay_is_that_of_the_school_or_of_the_assessment(assessment, marked_ines, teacher):
    GradingRules(guardian_delay_hours=2).save()
    publish(assessment=assessment, at=None, actor=teacher)
    assert assessment.guardian_sees_at - assessment.student_sees_at == dt.timedelta(hours=2)
    assessment.guardian_delay_hours = 0
    publish(assessment=assessment, at=None, actor=teacher)
    assert assessment.guardian_sees_at == assessment.student_sees_at


def test_a_notice_never_holds_a_mark(college, assessment, marked_ines, teacher):
    publish(assessment=assessment, at=None, actor=teacher)
    people = {marked_ines.person_id, *Guardianship.objects.values_list("guardian_id", flat=True)}
    told = Notification.objects.filter(kind="gradebook.mark")
    assert {each.person_id for each in told} <= people
    assert {college.people["eleve"].pk, college.people["parent"].pk} <= {each.person_id for each in told}
    for each in told:
        assert "12" not in f"{each.title} {each.body}"
        assert "Calcul" not in f"{each.title} {each.body}"


def test_reading_the_page_reads_the_notice(client_of, at, assessment, marked_ines, teacher):
    publish(assessment=assessment, at=None, actor=teacher)
    mine = Notification.objects.filter(kind="gradebook.mark", person=marked_ines.person_id)
    assert mine.get().read_at is None
    read(client_of("eleve"), at, marked_ines)
    assert mine.get().read_at is not None


def test_without_a_mark_there_is_nothing_to_show(assessment, teacher):
    with pytest.raises(Refusal, match="Aucune note"):
        publish(assessment=assessment, at=None, actor=teacher)


def test_marks_can_be_hidden_again(client_of, at, assessment, marked_ines, teacher):
    publish(assessment=assessment, at=None, actor=teacher)
    withdraw(assessment=assessment, actor=teacher)
    assert "Calcul littéral" not in read(client_of("eleve"), at, marked_ines)


def test_a_teacher_picks_the_moment_on_the_page(client_of, at, assessment, marked_ines):
    client = client_of("enseignante")
    assert client.post(at("publish", assessment.pk), {"day": "2026-11-26", "at": "17:00"}).status_code == 302
    assessment.refresh_from_db()
    assert assessment.student_sees_at == paris("2026-11-26T17:00")
    far = client.post(at("publish", assessment.pk), {"day": "2027-06-26", "at": "17:00"})
    assert far.status_code == 422
    assert 'value="2027-06-26"' in far.content.decode()


def test_the_homes_of_the_family_show_the_last_mark_when_each_may_see_it(client_of, assessment, marked_ines, teacher):
    publish(assessment=assessment, at=None, actor=teacher)
    assert "Dernières notes" in client_of("eleve").get("/", follow=True).content.decode()
    parent = client_of("parent")
    assert "Dernière note" not in parent.get("/", follow=True).content.decode()
    with clock.at("2026-11-25T10:21"):
        page = parent.get("/", follow=True).content.decode()
    assert "Dernière note, Mathématiques" in page
    assert "12,5" in page


def test_a_mark_added_after_the_assessment_was_shown_waits_its_own_delay(
    client_of, at, assessment, marked_ines, malo, teacher, college
):
    make_guardian(college.people["parent"], malo.person, college.college)
    publish(assessment=assessment, at=None, actor=teacher)
    with clock.at("2026-11-26T22:00"):
        marked(assessment, malo, "7,25", teacher)
    with clock.at("2026-11-26T22:05"):
        assert seen_of(malo, SEEN_BY_STUDENT) == (None, [])
    with clock.at("2026-11-27T07:01"):
        # The student the next morning, their guardians a day later: a Saturday, so on Monday.
        assert seen_of(malo, SEEN_BY_STUDENT) == (Fraction(29, 4), ["7,25"])
        assert seen_of(malo, SEEN_BY_GUARDIAN) == (None, [])
        assert "7,25" not in read(client_of("parent"), at, malo)
        assert Fraction(29, 4) not in {
            each.mean for each in marks_of(marked_ines, assessment.term, SEEN_BY_GUARDIAN).spreads.values()
        }
        # What corrects a mark that is seen is seen at once.
        marked(assessment, marked_ines, "13", teacher)
        assert "13" in read(client_of("parent"), at, marked_ines)
        assert "7,25" not in client_of("parent").get("/", follow=True).content.decode()
    with clock.at("2026-11-30T07:01"):
        assert "7,25" in read(client_of("parent"), at, malo)
        assert "7,25" in client_of("parent").get("/", follow=True).content.decode()


def test_an_average_set_by_hand_is_read_by_the_student_first_and_never_at_night(assessment, marked_ines, teacher):
    publish(assessment=assessment, at=None, actor=teacher)

    def final(seen):
        return marks_of(marked_ines, assessment.term, seen).services[0].final

    with clock.at("2026-11-26T22:00"):
        set_final(course=assessment.course, term=assessment.term, student=marked_ines, value=Decimal(14), actor=teacher)
        assert final(SEEN_BY_STAFF) == 14
        assert final(SEEN_BY_STUDENT) is None
    with clock.at("2026-11-27T07:01"):
        assert final(SEEN_BY_STUDENT) == 14
        assert final(SEEN_BY_GUARDIAN) is None
        set_final(course=assessment.course, term=assessment.term, student=marked_ines, value=Decimal(15), actor=teacher)
        assert final(SEEN_BY_STUDENT) == 15
    with clock.at("2026-11-30T07:01"):
        assert final(SEEN_BY_GUARDIAN) == 15


def seen_of(student, seen):
    found = marks_of(student, student.memberships.get().group.school_year.terms.get(code="T1"), seen)
    texts = [one.text for service in found.services for one in service.marks if one.text != "–"]
    return found.general, texts
