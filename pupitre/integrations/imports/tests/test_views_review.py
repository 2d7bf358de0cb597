"""Looking at what an import would do, and deciding."""

import csv

import pytest

from pupitre.establishments.scope import scope
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Decision, Difference, ImportJob, JobFinding, RememberedMatch
from pupitre.integrations.imports.tests.factories import add_finding, make_job
from pupitre.integrations.imports.tests.office import Office, text_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def job(college: Office) -> ImportJob:
    return make_job(college.school)


def decisions(college: Office, job: ImportJob) -> dict[str, str]:
    """What is decided of each difference, by key."""
    return {each.key: each.decision for each in college.differences(job)}


def ticks(college: Office, job: ImportJob, *unticked: str, **more: str) -> dict[str, object]:
    """The form of the part « Modifiés », where these keys are not ticked."""
    kinds = (Kind.CHANGED_CLASS, Kind.CHANGED_CONTACT, Kind.REMOVED_LINK)
    rows = college.differences(job, kind__in=kinds)
    shown = ",".join(str(row.pk) for row in rows)
    ticked = [str(row.pk) for row in rows if row.key not in unticked]
    return {"shown": shown, "apply": ticked, "partie": "modifies", **more}


def test_the_report_opens_on_what_is_left_aside(college: Office, job: ImportJob):
    page = text_of(college.get("job", job))
    assert "Import SIECLE à vérifier" in page
    assert "5 changements sont prêts, 1 fiche est mise de côté." in page
    assert "Classe ou groupe inconnu : « 5EME F »" in page


@pytest.mark.parametrize(
    ("part", "there", "elsewhere"),
    [
        ("modifies", "Colin Gabin, 5C Classe 5C 5A", "Nguyen Emma"),
        ("nouveaux", "Nguyen Emma Nouvel élève 6C", "Colin Gabin"),
        ("partis", "Perrin Jules, 4B Date de sortie (aucun) 10/11/2026", "Colin Gabin"),
        ("a-savoir", "Responsable sans moyen de contact Haddad Samir.", "Colin Gabin"),
        ("emploi-du-temps", "Rien ne change ici", "Colin Gabin"),
    ],
)
def test_each_part_shows_its_own(college: Office, job: ImportJob, part: str, there: str, elsewhere: str):
    page = text_of(college.get("job", job, f"?partie={part}"))
    assert there in page
    assert elsewhere not in page


def test_a_part_is_filtered_by_kind(college: Office, job: ImportJob):
    page = text_of(college.get("job", job, f"?partie=modifies&nature={Kind.CHANGED_CLASS}"))
    assert "Colin Gabin" in page
    assert "Kowalski Anna" not in page


def test_what_takes_a_right_away_is_marked(college: Office, job: ImportJob):
    page = college.get("job", job, "?partie=modifies").content.decode()
    assert 'badge badge--warn"' in page.partition("Renard Axel")[2].partition("</tr>")[0]


def test_an_address_that_makes_no_sense_shows_the_first_part(college: Office, job: ImportJob):
    answer = college.get("job", job, "?partie=rien&nature=oups&page=zero")
    assert answer.status_code == 200
    assert "Mises de côté, à regarder une par une" in text_of(answer)


def test_an_unticked_change_is_kept_as_ignored(college: Office, job: ImportJob):
    answer = college.post("decide", job, ticks(college, job, "student:0"))
    assert answer["Location"] == f"{college.address('job', job)}?partie=modifies&dit=choix&n=1"
    assert "Un choix est enregistré." in text_of(college.client.get(answer["Location"]))
    assert decisions(college, job) == dict.fromkeys(decisions(college, job), "apply") | {"student:0": "skip"}


def test_ticked_again_it_is_applied_again(college: Office, job: ImportJob):
    college.post("decide", job, ticks(college, job, "student:0"))
    college.post("decide", job, ticks(college, job))
    assert set(decisions(college, job).values()) == {"apply"}


def test_ticks_sent_by_htmx_say_how_much_is_ready(college: Office, job: ImportJob):
    answer = college.post("decide", job, ticks(college, job, "student:0"), **HTMX)
    assert answer.status_code == 200
    assert "4 changements prêts, 1 mise de côté" in text_of(answer)
    assert b'id="prets" hx-swap-oob="innerHTML"' in answer.content


def test_applying_from_the_page_keeps_its_ticks_first(college: Office, job: ImportJob):
    answer = college.post("decide", job, ticks(college, job, "student:0", then="apply"))
    assert answer["Location"] == college.address("apply", job)
    assert decisions(college, job)["student:0"] == Decision.SKIP


def test_the_same_ticks_sent_twice_change_nothing_the_second_time(college: Office, job: ImportJob):
    form = ticks(college, job, "student:0")
    college.post("decide", job, form)
    answer = college.post("decide", job, form)
    assert answer["Location"].endswith("dit=choix&n=0")
    assert "Rien à changer" in text_of(college.client.get(answer["Location"]))


def test_a_whole_part_is_unticked_at_once(college: Office, job: ImportJob):
    college.post("decide", job, {"whole": "skip", "partie": "modifies", "shown": ""})
    assert sorted(key for key, what in decisions(college, job).items() if what == "skip") == [
        "guardian:1", "link:2", "student:0",
    ]  # fmt: skip


def test_a_whole_kind_is_unticked_at_once(college: Office, job: ImportJob):
    college.post("decide", job, {"whole": "skip", "partie": "modifies", "nature": Kind.CHANGED_CLASS, "shown": ""})
    assert [key for key, what in decisions(college, job).items() if what == "skip"] == ["student:0"]


def test_a_change_may_be_ignored_for_good(college: Office, job: ImportJob):
    college.post("decide", job, ticks(college, job, "guardian:1", remember="oui"))
    with scope(college.school.pk):
        kept = RememberedMatch.objects.get()
    assert (kept.kind, kept.outside) == ("skip", "guardian:1 → +33639980087")


def test_a_page_of_a_former_analysis_is_not_taken(college: Office, job: ImportJob):
    form = ticks(college, job, "student:0")
    with scope(college.school.pk):
        Difference.objects.filter(job=job, key="student:0").delete()
    answer = college.post("decide", job, form)
    assert "dit=perime" in answer["Location"]
    assert "L’analyse a été refaite entre-temps." in text_of(college.client.get(answer["Location"]))
    assert set(decisions(college, job).values()) == {"apply"}


def test_htmx_is_led_to_the_whole_page_when_its_own_is_of_the_past(college: Office):
    over = make_job(college.school, ImportJob.State.APPLIED)
    answer = college.post("decide", over, ticks(college, over, "student:0"), **HTMX)
    assert answer["HX-Redirect"] == f"{college.address('job', over)}?dit=deja"
    assert set(decisions(college, over).values()) == {"apply"}


def test_only_the_choices_shown_are_taken(college: Office, job: ImportJob):
    with scope(college.school.pk):
        finding = JobFinding.objects.get(job=job, code="unknown_group")
    for said in ({"finding": finding.pk, "code": "INVENTÉE"}, {"finding": 0, "code": "4B"}, {}):
        assert "dit=perime" in college.post("settle", job, said)["Location"]
    with scope(college.school.pk):
        assert not RememberedMatch.objects.exists()


def test_the_report_is_a_table_that_a_spreadsheet_never_runs(college: Office, job: ImportJob):
    with scope(college.school.pk):
        add_finding(job, "no_name", "=1+1")
    answer = college.get("report", job)
    assert answer["Content-Disposition"] == 'attachment; filename="import-siecle-2026-11-24.csv"'
    text = answer.content.decode()
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert len(rows) == 1 + 3 + 5
    assert [row for row in rows if "'=1+1" in row]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_the_academy_looks_and_cannot_touch(college: Office, cast, job: ImportJob):
    cast.sign_in(college.client, "academie")
    page = college.get("job", job, "?partie=modifies")
    assert page.status_code == 200
    assert b'type="checkbox"' not in page.content
    assert "Appliquer" not in text_of(page)
