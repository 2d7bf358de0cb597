import datetime as dt

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import AttendanceRules, CountedHalfDay
from pupitre.directory.models import Student
from pupitre.directory.tests.factories import PersonFactory, enrol
from pupitre.establishments.models import SchoolYear
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.gradebook.models import SkillLevel
from pupitre.gradebook.queries.student import marks_of
from pupitre.gradebook.services.periods import open_terms
from pupitre.gradebook.sql_student import SEEN_BY_STAFF
from pupitre.gradebook.tests.factories import assessed, course_of, marked
from pupitre.pathway.models import FollowUpNote
from pupitre.pathway.queries import facts_of, written_of
from pupitre.pathway.services import erase_old_notes, write_note
from pupitre.pathway.views import progress
from pupitre.reportcards.tests.factories import past_card
from tests.statements import statements_of


def half_day(student, day, half="am", standing=Standing.UNJUSTIFIED, by_lesson=1):
    CountedHalfDay(
        student=student, missed_on=day, half=half, gross=1, by_lesson=by_lesson, computed=1, missed=4, lessons=4, is_full=True,
        standing=standing, counted_at=clock.now(),
    ).save()  # fmt: skip


def test_half_days_are_told_month_by_month_with_what_the_school_makes_of_them(ines):
    half_day(ines, dt.date(2026, 10, 6))
    half_day(ines, dt.date(2026, 11, 3), standing=Standing.JUSTIFIED)
    half_day(ines, dt.date(2026, 11, 3), "pm", Standing.PENDING)
    found = facts_of(ines)
    assert [(each.name, int(each.half_days), int(each.unjustified)) for each in found.months] == [
        ("Octobre", 1, 1), ("Novembre", 2, 0),
    ]  # fmt: skip
    assert [int(each) for each in (found.total.half_days, found.total.justified, found.total.pending)] == [3, 1, 1]


def test_without_a_rule_of_the_school_half_days_are_those_of_the_bulletin(college, ines):
    half_day(ines, dt.date(2026, 11, 3))
    half_day(ines, dt.date(2026, 11, 4), by_lesson=0)
    assert not AttendanceRules.objects.exists()
    assert int(facts_of(ines).total.half_days) == 1


def test_levels_become_those_of_the_eight_components(college, ines):
    assessment = assessed(course_of(college.groups["4B"]))
    SkillLevel(assessment=assessment, student=ines, skill="CPD_SCI.1", level=3, noted_at=clock.now()).save()
    SkillLevel(assessment=assessment, student=ines, skill="CPD_SCI.2", level=4, noted_at=clock.now()).save()
    levels = {each.domain.value: each.letter for each in facts_of(ines).domains}
    assert len(levels) == 8
    assert levels["CPD_SCI"] == "T"
    assert {letter for domain, letter in levels.items() if domain != "CPD_SCI"} == {"–"}


def test_a_subject_is_in_progress_by_half_a_point_between_two_terms(college, ines, form_teacher):
    one, two, _three = open_terms(year=SchoolYear.objects.get(), semesters=False, actor=None)
    course = course_of(college.groups["4B"])
    marked(assessed(course, "Un", term=one), ines, "12", form_teacher)
    second = assessed(course, "Deux", term=two)
    terms = [one.pk, two.pk]

    def way(text):
        marked(second, ines, text, form_teacher)
        return progress(marks_of(ines, two, SEEN_BY_STAFF).services[0], terms)

    assert [way(text) for text in ("12,5", "12,4", "11,5", "A")] == ["up", "same", "down", ""]


def test_a_note_is_read_by_those_it_was_written_for(college, ines, form_teacher, counsellor, client_of, page):
    for audience, text in (("team", "Pour l’équipe"), ("office", "Pour la direction"), ("author", "Pour moi")):
        write_note(student=ines, audience=audience, text=text, actor=counsellor)
    mine = write_note(student=ines, audience="author", text="À moi seule", actor=form_teacher)

    def read(actor, *, erases_all):
        return {each.text for each in written_of(ines, actor, erases_all=erases_all)}

    assert read(counsellor, erases_all=True) == {"Pour l’équipe", "Pour la direction", "Pour moi"}
    assert read(form_teacher, erases_all=False) == {"Pour l’équipe", "À moi seule"}
    assert [each.may_erase for each in written_of(ines, form_teacher, erases_all=False)].count(True) == 1
    assert mine.keep_until_on == SchoolYear.objects.get().ends_on
    head = client_of("principal").get(page).content.decode()
    assert "Pour la direction" in head
    assert "Pour moi" not in head
    assert "À moi seule" not in head


def test_a_note_is_written_on_the_page_and_comes_back_when_it_cannot_be_kept(client_of, page, ines):
    client = client_of("enseignante")
    assert (
        client.post(page, {"text": "Rencontre avec la famille le 3 décembre.", "audience": "team"}).status_code == 302
    )
    note = FollowUpNote.objects.get()
    assert (note.author_name, note.student) == ("Mme Roussel", ines)
    refused = client.post(page, {"text": "z" * 1001, "audience": "team"})
    assert refused.status_code == 422
    assert "1001 signes, 1000 au plus" in refused.content.decode()
    assert "z" * 1001 in refused.content.decode()
    assert "Dites qui pourra lire" in client.post(page, {"text": "Oui"}).content.decode()


def test_another_class_and_another_school_are_not_followed(college, client_of, page, form_teacher):
    other = enrol(PersonFactory(last_name="AUTRE"), college.groups["6C"])
    assert client_of("enseignante").get(page.replace(page.split("/")[-2], str(other.pk))).status_code == 404
    for slug in ("eleve", "parent", "collegue", "secretaire", "referent", "parent-voisin", "enseignante-voisine"):
        assert client_of(slug).get(page).status_code == 404


def test_notes_go_at_the_end_of_the_school_year(ines, counsellor, college):
    note = write_note(student=ines, audience="team", text="À revoir en juin.", actor=counsellor)
    assert erase_old_notes() == []
    with clock.at("2027-09-01T02:00"):
        erase_old_notes()
    with scope(college.college.pk):
        assert not FollowUpNote.objects.filter(pk=note.pk).exists()
        assert Student.objects.filter(pk=ines.pk).exists()


def test_what_was_written_is_one_statement_and_what_rooms_know_another(ines, counsellor):
    write_note(student=ines, audience="team", text="Une", actor=counsellor)
    assert len(statements_of(lambda: facts_of(ines))) == 1
    assert len(statements_of(lambda: written_of(ines, counsellor, erases_all=True))) == 1


def test_what_another_tool_gave_is_told_apart(ines):
    past_card(ines, 2024, "T1")
    past_card(ines)
    assert [(each.label, each.origin, each.average) for each in facts_of(ines).past] == [
        ("Troisième trimestre 2025-2026", "PRONOTE", "14,20"),
        ("Premier trimestre 2024-2025", "PRONOTE", "14,20"),
    ]
