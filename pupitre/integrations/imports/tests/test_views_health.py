"""The health of the data: what differs, since when, and who decides."""

import datetime as dt

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.exchange.records import Kind as Content
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.models import Difference, ImportJob, JobFinding, RememberedMatch
from pupitre.integrations.imports.tests.factories import SAMPLES, add_finding, ignore, make_job
from pupitre.integrations.imports.tests.office import Office, text_of

State = ImportJob.State


def applied(college: Office, *, days_ago: int = 0, contents: list[str] | None = None, clean: bool = True) -> ImportJob:
    """An import applied some days ago; `clean`: nothing left aside, nothing to know."""
    with clock.at(clock.now() - dt.timedelta(days=days_ago)):
        job = make_job(college.school, State.APPLIED)
    with scope(college.school.pk):
        if clean:
            JobFinding.objects.filter(job=job).delete()
        if contents is not None:
            ImportJob.objects.filter(pk=job.pk).update(contents=contents)
    return job


def health(college: Office) -> str:
    answer = college.get("health")
    assert answer.status_code == 200
    return text_of(answer)


def test_a_school_that_imported_nothing_has_no_gap(college: Office):
    page = health(college)
    assert "Aucun écart" in page
    assert "Jamais importé" in page
    assert "Rien ne diffère" not in page


def test_nothing_differs_is_said_in_green(college: Office):
    applied(college)
    page = college.get("health")
    assert "Rien ne diffère" in text_of(page)
    assert b"banner--ok" in page.content


def test_a_real_import_is_green_or_says_what_is_left(office: Office):
    job = office.dropped(SAMPLES)
    office.post("apply", job)
    with scope(office.school.pk):
        aside = JobFinding.objects.filter(job=job, severity=Severity.QUARANTINE).count()
    assert f"À corriger à la source {aside} fiches" in text_of(office.get("health"))


def test_a_record_left_aside_counts_since_it_was_first_seen(college: Office):
    for days_ago in (20, 6, 0):
        job = applied(college, days_ago=days_ago)
        with scope(college.school.pk):
            add_finding(job, "two_people_one_id", "Haddad Yanis, 4B")
    page = health(college)
    assert "1 écart entre vos sources et l’établissement." in page
    assert "Un identifiant pour deux personnes 1 fiche, depuis le 4 novembre. Qui décide : SIECLE." in page


def test_what_the_next_import_no_longer_says_is_forgotten(college: Office):
    with scope(college.school.pk):
        add_finding(applied(college, days_ago=6), "no_legal_guardian", "Haddad Yanis, 4B")
    assert "Élève sans responsable légal" in health(college)
    applied(college)
    assert "Élève sans responsable légal" not in health(college)


def test_another_file_does_not_hide_what_this_one_said(college: Office):
    with scope(college.school.pk):
        ignore(applied(college, days_ago=6), "student:0")
    applied(college, contents=[Content.GUARDIANS, Content.STAFF])
    assert "Classe 1 changement, depuis le 18 novembre. Qui décide : vous, au prochain import." in health(college)
    applied(college, contents=[Content.STUDENTS])
    assert "Aucun écart" in health(college)


def test_what_was_ignored_for_good_is_no_gap_and_may_be_asked_again(college: Office):
    with scope(college.school.pk):
        ignore(applied(college), "guardian:1", for_good=True)
        remembered = RememberedMatch.objects.get()
    page = health(college)
    assert "Rien ne diffère" in page
    assert "Kowalski Anna Téléphone portable : +33639980041 → +33639980087" in page
    answer = college.post("ask_again", data={"remembered": remembered.pk})
    page = text_of(college.client.get(answer["Location"]))
    assert "Ce changement sera de nouveau proposé au prochain import." in page
    assert "1 écart" in page
    assert college.post("ask_again", data={"remembered": remembered.pk})["Location"].endswith("dit=deja")
    assert college.post("ask_again", data={"remembered": "rien"})["Location"].endswith("dit=deja")


def test_a_choice_whose_change_was_forgotten_can_still_be_asked_again(college: Office):
    with scope(college.school.pk):
        ignore(applied(college), "guardian:1", for_good=True)
        Difference.objects.all().delete()
        RememberedMatch.objects.create(kind="group", outside="5EME F", value="5F", decided_at=clock.now())
    page = health(college)
    assert "+33639980087 Changement ignoré" in page
    assert "« 5EME F » désigne 5F" in page


def test_an_import_that_waits_is_not_green(college: Office):
    applied(college)
    waiting = make_job(college.school)
    page = college.get("health")
    assert "Rien ne diffère" not in text_of(page)
    assert college.address("job", waiting).encode() in page.content


def test_the_choices_of_another_school_are_out_of_reach(college: Office, cast):
    with scope(cast.neighbour.pk):
        theirs = RememberedMatch.objects.create(kind="skip", outside="a → b", decided_at=clock.now())
    assert college.post("ask_again", data={"remembered": theirs.pk})["Location"].endswith("dit=deja")
    with scope(cast.neighbour.pk):
        assert RememberedMatch.objects.exists()


def test_the_academy_sees_it_and_asks_nothing_again(college: Office, cast):
    with scope(college.school.pk):
        ignore(applied(college), "guardian:1", for_good=True)
    cast.sign_in(college.client, "academie")
    page = college.get("health")
    assert page.status_code == 200
    assert "Redemander" not in text_of(page)
