"""What families say and what the office makes of it: states, half-days, who may."""

import datetime as dt

import pytest

from pupitre.attendance.models import (
    AbsenceCase,
    AbsenceReason,
    AbsenteeismAlert,
    AttendanceRules,
    CaseEvent,
    CountedHalfDay,
    Justification,
)
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.answering import answer
from pupitre.attendance.services.deciding import decide
from pupitre.attendance.services.reasons import hide_reason, reasons_of_school, rename_reason
from pupitre.attendance.tests.factories import absent, acting, student
from pupitre.attendance.transitions import Act
from pupitre.directory.models import Affiliation, Guardianship
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import PersonFactory, make_guardian
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.notifications.models import Notification

J, P, U = 0, 1, 2


@pytest.fixture
def case(college):
    return absent(college)


@pytest.fixture
def reasons(college):
    return {each.code: each for each in reasons_of_school()}


def standing():
    return list(CountedHalfDay.objects.values_list("standing", flat=True))


def fresh(case):
    case.refresh_from_db()
    return case


def test_a_family_says_why_and_waits(college, case, parent, reasons):
    answer(case=case, reason=reasons["maladie"], text="Fièvre.", actor=parent)
    said = Justification.objects.get()
    assert (said.guardian_name, said.reason.code, said.text) == ("Mme Belkacem", "maladie", "Fièvre.")
    assert (fresh(case).state, case.standing) == ("answered", P)
    assert case.answer_due_at.astimezone(clock.PARIS).date() == dt.date(2026, 11, 26)
    assert standing() == [P]


def test_an_answer_may_be_corrected_until_it_is_decided(college, case, parent, reasons):
    answer(case=case, reason=reasons["maladie"], actor=parent)
    answer(case=case, reason=reasons["familial"], text="Un deuil.", actor=parent)
    said = Justification.objects.get()
    assert (said.reason.code, said.edited_at is not None) == ("familial", True)


def test_both_parents_have_their_own_words_on_one_dossier(college, case, parent, reasons):
    father = PersonFactory(last_name="BELKACEM", first_name="Mourad", sex="M")
    college.people["pere"] = father
    make_guardian(father, college.people["eleve"], college.college)
    answer(case=case, reason=reasons["maladie"], actor=parent)
    answer(case=case, reason=reasons["familial"], actor=acting(college, "pere", Profile.GUARDIAN))
    assert sorted(Justification.objects.values_list("guardian_name", flat=True)) == ["M. Belkacem", "Mme Belkacem"]


def test_the_counsellor_accepts_what_the_family_said(college, case, parent, cpe, reasons):
    answer(case=case, reason=reasons["maladie"], actor=parent)
    decided = decide([case.pk], Act.ACCEPT, actor=cpe)
    assert [each.pk for each in decided.done] == [case.pk]
    assert (fresh(case).state, case.reason.code, case.standing) == ("accepted", "maladie", J)
    assert standing() == [J]
    assert [each.act for each in CaseEvent.objects.order_by("pk")] == ["mark_absent", "answer", "accept"]


def test_a_refusal_says_why_to_the_family_who_may_answer_once_more(college, case, parent, cpe, reasons):
    answer(case=case, reason=reasons["familial"], actor=parent)
    assert decide([case.pk], Act.REFUSE, actor=cpe).refused[0][1].startswith("Dites pourquoi")
    decide([case.pk], Act.REFUSE, actor=cpe, why="Le départ en vacances n’est pas un motif.")
    assert (fresh(case).state, case.standing, case.decision) == (
        "refused",
        U,
        "Le départ en vacances n’est pas un motif.",
    )
    notice = Notification.objects.get(kind="attendance.decision")
    assert (notice.person_id, notice.child_id) == (parent.person_id, college.people["eleve"].pk)
    assert notice.body == "Le départ en vacances n’est pas un motif."
    with clock.at("2026-11-24T11:00"):
        answer(case=case, reason=reasons["maladie"], actor=parent)
        assert Justification.objects.count() == 2
        decide([case.pk], Act.REFUSE, actor=cpe, why="Sans certificat.")
    with pytest.raises(Refusal, match="il vaut mieux en parler"):
        answer(case=case, reason=reasons["maladie"], actor=parent)


def test_a_reason_of_the_office_justifies_only_when_it_is_receivable(college, case, cpe, reasons):
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["reveil"]})
    assert (fresh(case).state, standing()) == ("reasoned", [U])
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["bus"]})
    assert standing() == [J]


def test_a_reason_that_is_the_schools_own_makes_no_half_day_and_settles(college, case, cpe, reasons):
    """Fixture 4: infirmary, internship, exclusion inside the school count 0."""
    for code in ("infirmerie", "stage", "exclusion_interne"):
        AbsenceCase.objects.update(state="reported", counts=True, reason=None)
        decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons[code]})
        assert (fresh(case).state, standing()) == ("settled", [])


def test_accepting_needs_a_reason(college, case, cpe, reasons):
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["bus"]})
    AbsenceCase.objects.update(reason=None)
    assert decide([case.pk], Act.ACCEPT, actor=cpe).refused[0][1] == "Choisissez d’abord un motif."


def test_an_assistant_prepares_and_does_not_decide_unless_the_school_says_so(college, case, parent, reasons):
    assistant = acting(college, "cpe", Profile.SCHOOL_LIFE)
    Affiliation.objects.filter(person=college.people["cpe"]).update(function="Vie scolaire")
    answer(case=case, reason=reasons["maladie"], actor=parent)
    assert decide([case.pk], Act.ACCEPT, actor=assistant).done == []
    assert fresh(case).state == "answered"
    assert decide([case.pk], Act.ENTER_REASON, actor=assistant, reasons={case.pk: reasons["maladie"]}).done
    AttendanceRules.objects.create(assistants_decide=True)
    assert decide([case.pk], Act.ACCEPT, actor=assistant).done


def test_nobody_judges_their_own_child(college, case, cpe, head, reasons):
    make_guardian(college.people["cpe"], college.people["eleve"], college.college)
    for act in (Act.ACCEPT, Act.ENTER_REASON):
        assert decide([case.pk], act, actor=cpe, reasons={case.pk: reasons["bus"]}).done == []
    assert decide([case.pk], Act.ENTER_REASON, actor=head, reasons={case.pk: reasons["bus"]}).done


def test_a_guardian_shut_out_sees_and_says_nothing(college, case, parent):
    Guardianship.objects.filter(student=college.people["eleve"]).update(is_restricted=True)
    for verb in ("attendance.view_case", "attendance.answer_case", "attendance.view_case_as_family"):
        assert not allowed(parent, verb, AbsenceCase.objects.all()).exists()


def test_a_mere_contact_sees_nothing(college, case, parent):
    Guardianship.objects.filter(student=college.people["eleve"]).update(level=Guardianship.Level.CONTACT)
    assert not allowed(parent, "attendance.view_case", AbsenceCase.objects.all()).exists()


def test_a_student_of_age_answers_for_themselves_when_the_school_lets_them(college, case):
    ines = acting(college, "eleve", Profile.STUDENT)
    assert not allowed(ines, "attendance.answer_case", AbsenceCase.objects.all()).exists()
    person = college.people["eleve"]
    person.birth_date = dt.date(2008, 11, 24)
    person.save()
    assert allowed(ines, "attendance.answer_case", AbsenceCase.objects.all()).exists()
    AttendanceRules.objects.create(adults_answer=False)
    assert not allowed(ines, "attendance.answer_case", AbsenceCase.objects.all()).exists()


def test_a_closed_period_is_opened_again_by_the_head_alone(college, case, cpe, head, reasons):
    AbsenceCase.objects.update(state="locked", state_before_lock="accepted")
    refused = decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["bus"]}).refused
    assert "seule la direction" in refused[0][1]
    assert decide([case.pk], Act.UNLOCK, actor=head, why="Certificat arrivé en retard.").done
    assert fresh(case).state == "accepted"


def test_a_morning_is_accepted_together_at_the_cost_of_one(
    college, cpe, parent, reasons, django_assert_max_num_queries
):
    from pupitre.attendance.services.finishing import finish_roll_call
    from pupitre.attendance.services.marking import Told
    from pupitre.attendance.tests.factories import fill_class, register

    others = [each.pk for each in fill_class(college, "4B", 20)]
    finish_roll_call(register("4B", "08:05").pk, [Told(pk, "absent") for pk in others], actor=cpe)
    cases = list(AbsenceCase.objects.all())
    AbsenceCase.objects.update(state="answered", reason=reasons["maladie"])
    with django_assert_max_num_queries(24):
        decided = decide([each.pk for each in cases], Act.ACCEPT, actor=cpe)
    assert len(decided.done) == 20
    assert set(standing()) == {J}


def test_four_unjustified_half_days_raise_the_first_alert(college, cpe, reasons):
    """Fixture 5: three unjustified and one waiting, « 3 (+1) », no alert; refusing it makes four, and the alert."""
    ines = student(college.people["eleve"])
    for day in (2, 3, 4):
        CountedHalfDay.objects.create(
            student=ines, missed_on=dt.date(2026, 11, day), half="am", gross=1, by_lesson=1, computed=1, missed=1,
            lessons=1, is_full=True, standing=U, counted_at=clock.now(),
        )  # fmt: skip
    case = absent(college)
    AbsenceCase.objects.update(state="answered", standing=P, reason=reasons["familial"])
    decide([case.pk], Act.ACCEPT, actor=cpe)
    assert not AbsenteeismAlert.objects.exists()
    AbsenceCase.objects.update(state="answered", standing=P)
    decide([case.pk], Act.REFUSE, actor=cpe, why="Pas un motif.")
    alert = AbsenteeismAlert.objects.get()
    assert (alert.student, alert.month_on, alert.threshold) == (ines, dt.date(2026, 11, 1), 1)
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["bus"]})
    alert.refresh_from_db()
    assert alert.fallen_at is not None, "kept, with its history"


def test_the_starter_set_is_made_once_and_has_what_the_law_names(college):
    made = reasons_of_school()
    assert reasons_of_school() == made
    assert {each.family for each in made} >= {"illness", "contagion", "gathering", "transport", "guardians_away"}
    assert [each.code for each in made if each.usable_by_families] == [
        "maladie",
        "rdv_medical",
        "familial",
        "transport",
    ]


def test_a_reason_renamed_leaves_the_past_as_it_was_said(college, case, cpe, head, reasons):
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["bus"]})
    renamed = rename_reason(reason=reasons["bus"], label="Car en panne", actor=head)
    assert fresh(case).reason.label == "Retard du bus"
    labels = [each.label for each in reasons_of_school()]
    assert "Car en panne" in labels
    assert "Retard du bus" not in labels
    hide_reason(reason=renamed, actor=head)
    assert AbsenceReason.objects.filter(pk=renamed.pk).exists()
