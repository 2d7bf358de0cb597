"""Applying, taking back, giving up, starting again."""

import datetime as dt

import pytest

from pupitre.accounts.models import User
from pupitre.directory.models import Group, Student
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.integrations.imports.models import Decision, ImportFile, ImportJob
from pupitre.integrations.imports.tests.factories import SAMPLES, make_job
from pupitre.integrations.imports.tests.office import Office, text_of

State = ImportJob.State


def students(office: Office) -> int:
    with scope(office.school.pk):
        count: int = Student.objects.count()
        return count


def times(office: Office, verb: str) -> int:
    """How often the journal says that something was done."""
    with scope(office.school.pk):
        return AuditEntry.objects.filter(verb=verb).count()


def set_state(office: Office, job: ImportJob, **facts: object) -> None:
    with scope(office.school.pk):
        ImportJob.objects.filter(pk=job.pk).update(**facts)


def test_an_import_is_looked_at_applied_then_taken_back(office: Office):
    job = office.dropped(SAMPLES)
    assert "Appliquer cet import ?" in text_of(office.get("apply", job))
    answer = office.post("apply", job)
    assert answer["Location"] == office.address("job", job)
    page = text_of(office.get("job", job))
    assert "Import SIECLE et STS appliqué" in page
    assert "Cet import peut être annulé jusqu’au mardi 25 novembre, 10 h 20." in page
    assert students(office) > 0
    accounts = User.objects.count()
    assert "Annuler cet import ?" in text_of(office.get("undo", job))
    answer = office.post("undo", job)
    assert "L’import est annulé" in text_of(office.client.get(answer["Location"]))
    assert students(office) == 0
    assert User.objects.count() < accounts


def test_what_was_unticked_is_not_done(office: Office):
    job = office.dropped(SAMPLES)
    new = office.differences(job, kind="new_student")
    kept, declined = new[1:], new[0]
    office.post(
        "decide", job,
        {"shown": ",".join(str(row.pk) for row in new), "apply": [str(row.pk) for row in kept], "partie": "nouveaux"},
    )  # fmt: skip
    assert [row.decision for row in office.differences(job, key=declined.key)] == [Decision.SKIP]
    office.post("apply", job)
    assert students(office) == len(kept)


def test_the_form_sent_twice_applies_once(office: Office):
    job = office.dropped(SAMPLES)
    office.post("apply", job)
    once = students(office)
    answer = office.post("apply", job)
    assert answer["Location"] == f"{office.address('job', job)}?dit=deja"
    assert "C’était déjà fait" in text_of(office.client.get(answer["Location"]))
    assert students(office) == once
    assert times(office, "imports.apply") == 1


def test_taken_back_twice_it_is_taken_back_once(office: Office):
    job = office.dropped(SAMPLES)
    office.post("apply", job)
    office.post("undo", job)
    assert office.post("undo", job)["Location"].endswith("dit=deja")
    assert times(office, "imports.undo") == 1


def test_after_seven_days_it_stays(office: Office):
    job = office.dropped(SAMPLES)
    office.post("apply", job)
    with clock.at(clock.now() + dt.timedelta(days=7, minutes=1)):
        assert b"/annuler/" not in office.get("job", job).content
        for answer in (office.get("undo", job), office.post("undo", job)):
            assert answer["Location"].endswith("dit=trop-tard")
    assert office.seen(job).state == State.APPLIED


def test_a_school_that_changed_since_asks_to_read_again(office: Office):
    first, second = office.dropped(SAMPLES), office.dropped(SAMPLES)
    office.post("apply", first)
    office.post("apply", second)
    page = text_of(office.get("job", second))
    assert "L’établissement a changé depuis l’analyse." in page
    assert office.seen(second).state == State.TO_REVIEW
    office.post("restart", second)
    assert office.seen(second).progress == ""
    assert office.differences(second) == []


def test_a_group_is_chosen_and_the_import_read_again(office: Office):
    job = office.dropped([path for path in SAMPLES if path.name != "emp_sts_0999910J_2025.xml"])
    office.post("apply", job)
    timetable = next(path for path in SAMPLES if path.name.startswith("emp_sts"))
    with scope(office.school.pk):
        code = str(Group.objects.filter(kind="division").order_by("code").values_list("code", flat=True)[0])
    renamed = timetable.read_bytes().replace(f'"{code}"'.encode(), b'"AUTRE"').replace(f">{code}<".encode(), b">AUTRE<")
    assert renamed != timetable.read_bytes()
    later = office.dropped([("emp_sts.xml", renamed)])
    with scope(office.school.pk):
        finding = later.findings.filter(code="unknown_group", choices__contains=[code]).earliest("pk")
    answer = office.post("settle", later, {"finding": finding.pk, "code": code})
    assert "C’est retenu, pour cet import et les suivants." in text_of(office.client.get(answer["Location"]))
    with scope(office.school.pk):
        assert not later.findings.filter(code="unknown_group").exists()


def test_giving_up_removes_the_files_and_changes_nothing(office: Office):
    job = office.dropped(SAMPLES)
    answer = office.post("abandon", job)
    assert "L’import est abandonné" in text_of(office.client.get(answer["Location"]))
    assert office.seen(job).readings is None
    assert students(office) == 0
    assert "abandonné" in text_of(office.get("job", job))
    assert office.post("apply", job)["Location"].endswith("dit=deja")
    assert office.post("abandon", job)["Location"].endswith("dit=deja")


@pytest.mark.parametrize("state", [State.RECEIVED, State.ANALYSING])
def test_nobody_gives_up_what_is_being_read(college: Office, state: str):
    job = make_job(college.school, state)
    assert college.post("abandon", job)["Location"].endswith("dit=patience")
    assert college.seen(job).state == state
    with clock.at(clock.now() + dt.timedelta(minutes=2)):
        college.post("abandon", job)
    assert college.seen(job).state == State.ABANDONED


def test_an_interrupted_import_says_so_and_starts_again(office: Office):
    job = office.dropped(SAMPLES)
    set_state(office, job, state=State.ANALYSING, alive_at=clock.now() - dt.timedelta(minutes=5))
    page = text_of(office.get("job", job))
    assert "L’import s’est interrompu" in page
    assert "Relancer l’import" in page
    office.post("restart", job)
    assert office.seen(job).state == State.TO_REVIEW


def test_an_import_at_work_is_not_started_twice(college: Office):
    job = make_job(college.school, State.ANALYSING)
    assert college.post("restart", job)["Location"].endswith("dit=deja")
    assert times(college, "imports.analyse_again") == 0


def test_an_import_that_may_not_be_applied_says_why_and_is_not(college: Office):
    job = make_job(college.school)
    why = "Ces fichiers préparent l’année 2027-2028."
    set_state(college, job, may_apply=False, verdict="hold", reasons=[why])
    page = college.get("job", job)
    assert why in text_of(page)
    assert college.address("apply", job).encode() not in page.content
    for answer in (college.get("apply", job), college.post("apply", job, {"verified": "oui"})):
        assert answer["Location"] == college.address("job", job)
    assert college.seen(job).state == State.TO_REVIEW


def test_without_script_the_page_of_an_import_at_work_comes_back_by_itself(college: Office):
    page = college.get("job", make_job(college.school, State.ANALYSING)).content
    assert b'<noscript><meta http-equiv="refresh" content="3"></noscript>' in page


def test_the_progress_is_swapped_only_when_it_moves_and_gives_way_to_the_page(college: Office):
    job = make_job(college.school, State.ANALYSING)
    asked = {"HX-Request": "true"}
    first = college.get("job", job, "?suivi=", **asked)
    assert b'id="suivi"' in first.content
    assert b"<html" not in first.content
    mark = first.content.decode().partition("?suivi=")[2].partition('"')[0]
    assert college.get("job", job, f"?suivi={mark}", **asked).status_code == 204
    set_state(college, job, state=State.TO_REVIEW)
    assert college.get("job", job, f"?suivi={mark}", **asked)["HX-Redirect"] == college.address("job", job)


def test_the_fragment_is_that_of_the_page(college: Office):
    job = make_job(college.school, State.APPLYING)
    fragment = college.get("job", job, "?suivi=", **{"HX-Request": "true"}).content.decode().strip()
    assert fragment in college.get("job", job).content.decode()


def test_the_files_of_a_refused_import_are_named(college: Office):
    job = make_job(college.school, State.REJECTED)
    with scope(college.school.pk):
        ImportFile.objects.filter(job=job).update(refusal="Ce fichier n’est pas un export.")
    page = text_of(college.get("job", job))
    assert "1 fichier déposé ElevesAvecAdresses.xml 235 Ko À corriger" in page
