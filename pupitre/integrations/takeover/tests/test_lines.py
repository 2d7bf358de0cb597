"""What becomes of each line: taken, known, held or refused, with a sentence."""

import datetime as dt

import pytest

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, AbsenteeismAlert, AttendanceRules, CountedHalfDay
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import absent, student
from pupitre.attendance.transitions import State
from pupitre.directory.tests.factories import PersonFactory, enrol, make_guardian
from pupitre.integrations.takeover.services.applying import apply, undo
from pupitre.integrations.takeover.services.receiving import receive, remember
from pupitre.integrations.takeover.tests.factories import csv_of, handed_over, issues, known

INES = "BELKACEM;Inès;14/05/2013;4B"


def taken(take):
    apply(take, actor=None)
    rows = AbsenceEntry.objects.filter(origin="taken_over").order_by("away_on", "starts_at")
    return [(each.kind, each.away_on.day, f"{each.starts_at:%H:%M}", f"{each.ends_at:%H:%M}") for each in rows]


def half_days():
    return list(CountedHalfDay.objects.order_by("missed_on", "half").values_list("missed_on__day", "half", "standing"))


def test_an_absence_is_taken_with_its_dossier_and_counts(college):
    take = handed_over(f"{INES};03/11/2026;8h05;03/11/2026;9h00;;Non")
    assert take.counts == {"absence": {"read": 1, "taken": 1}}
    assert taken(take) == [("absence", 3, "08:05", "09:00")]
    case = AbsenceCase.objects.get()
    assert (case.state, case.contact_due_at, case.told_at) == (State.REPORTED, None, None)
    assert case.events.get().act == "take_over"
    assert half_days() == [(3, "am", 2)]


@pytest.mark.parametrize(
    ("reason", "justified", "state", "standing"),
    [
        ("Maladie", "", State.REASONED, 0),
        ("Maladie", "Oui", State.ACCEPTED, 0),
        ("Maladie", "Non", State.REFUSED, 2),
        ("Panne de réveil, réveil tardif", "", State.REASONED, 2),
        ("", "Oui", State.ACCEPTED, 0),
        ("", "", State.REPORTED, 2),
        ("Maladie, avec certificat", "", State.SETTLED, 0),
    ],
)
def test_a_dossier_stands_as_the_other_tool_left_it(college, reason, justified, state, standing):
    quoted = f'"{reason}"' if "," in reason else reason
    apply(handed_over(f"{INES};03/11/2026;8h05;03/11/2026;9h00;{quoted};{justified}"), actor=None)
    case = AbsenceCase.objects.get()
    assert (case.state, case.standing) == (state, standing)
    assert half_days() == [(3, "am", standing)]


def test_what_the_school_answers_for_counts_nothing(college):
    apply(handed_over(f"{INES};03/11/2026;8h05;03/11/2026;9h00;Sortie scolaire;"), actor=None)
    assert AbsenceCase.objects.get().counts is False
    assert half_days() == []


def test_several_days_keep_those_with_lessons(college):
    """Inès has lessons on Tuesdays and Wednesdays only."""
    take = handed_over(f"{INES};02/11/2026;;05/11/2026;;;")
    assert taken(take) == [("absence", 3, "00:00", "23:59"), ("absence", 4, "00:00", "23:59")]
    assert half_days() == [(3, "am", 2), (3, "pm", 2), (4, "am", 2)]


@pytest.mark.parametrize(
    ("half", "hours"),
    [
        ("Matin", ("08:00", "12:30")),
        ("Après-midi", ("13:30", "17:30")),
        ("M", ("08:00", "12:30")),
        ("J", ("00:00", "23:59")),
    ],
)
def test_half_days_are_those_of_the_school(college, half, hours):
    take = handed_over(f"{INES};03/11/2026;{half}", titles="Nom;Prénom;Né(e) le;Classe;Date;Demi-journée")
    assert taken(take) == [("absence", 3, *hours)]


def test_half_days_follow_the_rules_of_the_school(college):
    AttendanceRules.objects.create(day_opens_at=dt.time(7, 45))
    take = handed_over(f"{INES};03/11/2026 matin", titles="Nom;Prénom;Né(e) le;Classe;Date")
    assert taken(take) == [("absence", 3, "07:45", "12:30")]


def test_latenesses_and_visits_have_no_dossier_and_keep_their_reason_as_a_remark(college):
    titles = "Élève;Classe;Nature;Date;Heure;Durée;Motif"
    take = handed_over(
        "BELKACEM Inès;4B;Retard;03/11/2026;8h05;10 min;Bus",
        "Inès Belkacem;4e B;Passage à l'infirmerie;03/11/2026;14h00;;Migraine",
        titles=titles,
    )
    assert take.counts["lateness"] == {"read": 1, "taken": 1}
    assert issues(take) == [(3, "refused", "Il manque l’heure de fin.")]
    assert taken(take) == [("lateness", 3, "08:05", "08:15")]
    entry = AbsenceEntry.objects.get()
    assert (entry.case, entry.counts, entry.comment) == (None, False, "Bus.")


def test_what_is_none_of_it_is_counted_and_not_taken(college):
    titles = "Élève;Classe;Nature;Date;Heure"
    take = handed_over(
        "BELKACEM Inès;4B;Dispense;03/11/2026;8h05", "BELKACEM Inès;4B;Défaut de carnet;03/11/2026;8h05", titles=titles
    )
    assert take.counts == {"other": {"read": 2, "refused": 2}}
    assert all("ne se reprennent pas" in why for _n, _fate, why in issues(take))
    assert taken(take) == []


@pytest.mark.parametrize(
    ("row", "fate", "sentence"),
    [
        (f"{INES};03/11/2026;9h00;03/11/2026;8h05;;", "refused", "vient avant le début"),
        (f"{INES};05/11/2026;;03/11/2026;;;", "refused", "La fin, le 03/11/2026, vient avant le début."),
        (f"{INES};31/02/2026;;;;;", "refused", "« 31/02/2026 » n’est pas une date."),
        (f"{INES};03/11/2026;tôt;03/11/2026;9h00;;", "refused", "« tôt » n’est pas une heure."),
        (f"{INES};;;;;;", "refused", "Il manque le jour."),
        (f"{INES};12/03/2019;;;;;", "refused", "n’est dans aucune année scolaire connue ici"),
        (f"{INES};01/12/2026;;;;;", "refused", "Cette date est à venir"),
        (f"{INES};03/11/2026;8h05;03/11/2026;9h00;;peut-être", "refused", "ni comme oui, ni comme non"),
        (f"{INES};03/11/2026;8h05;;;;", "refused", "Il manque l’heure de fin."),
        ("INCONNU;Zoé;01/01/2012;4B;03/11/2026;;;;;", "refused", "Aucun élève de ce nom"),
        (";;;;03/11/2026;;;;;", "refused", "ne nomme aucun élève"),
        ("BELKACEM;Inès;02/02/2012;4B;03/11/2026;;;;;", "held", "avec une autre date de naissance"),
        ("BELKACEM;Inès;;;03/11/2026;;;;;", "held", "Le nom seul ne suffit pas"),
        ("BELKACEM;Inès;;6C;03/11/2026;;;;;", "held", "dans une autre classe"),
        (f"{INES};03/11/2026;8h05;03/11/2026;9h00;Trottinette;", "held", "Le motif « Trottinette » attend"),
    ],
)
def test_what_cannot_be_taken_is_said(college, row, fate, sentence):
    take = handed_over(row)
    [(number, found, reason)] = issues(take)
    assert (number, found) == (2, fate)
    assert sentence in reason
    assert taken(take) == []


def test_a_line_too_long_is_refused(college):
    [(_n, _fate, reason)] = issues(handed_over(f"{INES};02/09/2025;;20/06/2026;;;"))
    assert "120 jours" in reason


def test_the_class_tells_a_student_whose_birth_date_is_not_given(college):
    assert handed_over("BELKACEM;Inès;;4e B;03/11/2026;;;;;").counts["absence"]["taken"] == 1


def test_homonyms_of_one_class_wait_for_a_human(college):
    enrol(known(PersonFactory(last_name="BELKACEM", first_name="Inès", sex="F"), "2012-01-01"), college.groups["4B"])
    [(_n, fate, reason)] = issues(handed_over("BELKACEM;Inès;;4B;03/11/2026;;;;;"))
    assert (fate, "Plusieurs élèves portent ce nom" in reason) == ("held", True)
    assert handed_over(f"{INES};03/11/2026;;;;;").counts["absence"]["taken"] == 1


def test_an_ine_needs_the_names_or_the_birth_date(college):
    titles = "INE;Nom;Prénom;Né(e) le;Date"
    take = handed_over(
        "123456789AB;BELKACEM;Inès;;03/11/2026",
        "123456789AB;;;14/05/2013;04/11/2026",
        "123456789AB;;;;10/11/2026",
        "123456789AB;ROUSSEAU;Paul;01/02/2011;11/11/2026",
        titles=titles,
    )
    assert take.counts["absence"]["taken"] == 2
    assert [(n, fate) for n, fate, _why in issues(take)] == [(4, "held"), (5, "held")]
    assert "L’INE seul ne suffit pas" in issues(take)[0][2]
    assert "le nom ou la naissance ceux d’un autre" in issues(take)[1][2]


def test_an_internal_number_names_a_student(college):
    college.people["eleve"].external_ids.create(source="siecle_student", namespace="0990001N", value="4242")
    take = handed_over("4242;;03/11/2026", "4242;Paul;04/11/2026", titles="N° élève;Prénom;Date")
    assert take.counts["absence"]["taken"] == 1
    assert [fate for _n, fate, _why in issues(take)] == ["held"]


def test_nobody_takes_over_the_absences_of_their_own_child(college):
    make_guardian(college.people["cpe"], college.people["eleve"], college.college)
    take = receive("absences.csv", csv_of(f"{INES};03/11/2026;;;;;"), actor=None)
    take.author_id = college.people["cpe"].pk
    take.save()
    from pupitre.integrations.takeover.services.analysing import analyse

    analyse(take)
    assert [why for _n, _fate, why in issues(take)] == [
        "C’est votre enfant\N{NO-BREAK SPACE}: un collègue reprend cette ligne à votre place."
    ]


def test_a_second_import_of_the_same_file_takes_nothing_twice(college):
    rows = (
        f"{INES};02/11/2026;;05/11/2026;;;",
        f"{INES};10/11/2026;8h05;10/11/2026;9h00;Maladie;Oui",
        f"{INES};10/11/2026;8h05;10/11/2026;9h00;Maladie;Oui",
    )
    first = handed_over(*rows)
    assert first.counts["absence"] == {"read": 3, "taken": 2, "known": 1}
    apply(first, actor=None)
    before = half_days()
    second = handed_over(*rows)
    assert second.counts["absence"] == {"read": 3, "known": 3}
    apply(second, actor=None)
    assert half_days() == before
    assert AbsenceEntry.objects.count() == 3


def test_what_a_register_noted_already_is_known_and_the_rest_waits(college):
    absent(college, starts="08:05")
    take = handed_over(f"{INES};24/11/2026;8h05;24/11/2026;9h00;;", f"{INES};24/11/2026;8h05;24/11/2026;9h30;;")
    assert [(fate, why) for _n, fate, why in issues(take)] == [
        ("known", "Déjà notée ici."),
        ("held", "Une partie est déjà notée ici, de 8\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05 à 9\N{NO-BREAK SPACE}h"
         "\N{NO-BREAK SPACE}: saisissez le reste à la main."),
    ]  # fmt: skip


def test_a_reason_is_asked_once_and_remembered(college):
    row = f"{INES};03/11/2026;8h05;03/11/2026;9h00;Trottinette;"
    take = handed_over(row)
    assert take.reasons == [{"key": "trottinette", "text": "Trottinette", "lines": 1, "reason": None}]
    transport = next(each for each in reasons_of_school() if each.code == "transport")
    remember("reason", {"trottinette": str(transport.pk)}, None)
    again = handed_over(row)
    assert again.reasons[0]["reason"] == transport.pk
    apply(again, actor=None)
    assert AbsenceCase.objects.get().reason == transport
    remember("reason", {"trottinette": "0"}, None)
    other = handed_over(row.replace("03/11", "04/11"))
    apply(other, actor=None)
    assert AbsenceCase.objects.latest("pk").reason is None


def test_taking_back_leaves_nothing_but_what_was_used(college):
    take = handed_over(f"{INES};03/11/2026;8h05;03/11/2026;9h00;;", f"{INES};10/11/2026;8h05;10/11/2026;9h00;;")
    apply(take, actor=None)
    used = AbsenceCase.objects.earliest("starts_on")
    used.events.create(
        establishment_id=used.establishment_id, at=used.opened_at, act="enter_reason", to_state="reasoned"
    )
    assert undo(take, actor=None) == 1
    assert list(AbsenceCase.objects.all()) == [used]
    assert half_days() == [(3, "am", 2)]
    assert undo(take, actor=None) is None


def test_thresholds_follow_what_is_taken_and_what_is_taken_back(college):
    take = handed_over(f"{INES};03/11/2026;;18/11/2026;;;Non")
    apply(take, actor=None)
    alert = AbsenteeismAlert.objects.get(threshold=1)
    assert (alert.student, alert.fallen_at) == (student(college.people["eleve"]), None)
    undo(take, actor=None)
    alert.refresh_from_db()
    assert alert.fallen_at is not None


def test_taking_costs_the_same_for_one_line_as_for_sixty(college, django_assert_max_num_queries):
    others = [
        enrol(known(PersonFactory(last_name=f"ZÉPHYR{n:02}", first_name="Alix")), college.groups["4B"])
        for n in range(60)
    ]
    take = handed_over(*(f"{each.person.last_name};Alix;14/05/2013;4B;03/11/2026;;;;;" for each in others))
    with django_assert_max_num_queries(45):
        apply(take, actor=None)
    assert AbsenceEntry.objects.count() == 60
