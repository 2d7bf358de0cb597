import json

from pupitre.establishments.scope import scope
from pupitre.gradebook.models import StudentMark
from pupitre.gradebook.reading import rows_of
from pupitre.gradebook.tests.factories import assessed, course_of, marked
from tests.statements import statements_of


def send(client, address, *cells):
    body = json.dumps({"cells": [dict(zip(("student", "text", "base"), each, strict=True)) for each in cells]})
    return client.post(address, body, content_type="application/json")


def test_a_cell_sent_by_a_device_comes_back_with_the_averages(client_of, at, assessment, ines):
    client = client_of("enseignante")
    answer = send(client, at("cells", assessment.pk), (ines.pk, "12,5", 0)).json()
    assert answer["cells"][0] | {"sentence": "", "yours": ""} == {
        "student": ines.pk, "fate": "saved", "text": "12,5", "version": 1, "average": "12,5", "sentence": "", "yours": "",
        "remark": "", "your_remark": "",
    }  # fmt: skip
    assert (answer["mean"], answer["spread"]) == ("12,5", "12,5 – 12,5")


def test_a_cell_costs_four_statements_inside_the_frame_of_every_page(client_of, at, assessment, ines):
    client = client_of("enseignante")
    asked = statements_of(lambda: send(client, at("cells", assessment.pk), (ines.pk, "12", 0)))
    ours = [each for each in asked if "set_config" not in each and "accounts_session" not in each]
    assert len(ours) == 4


def test_the_grid_is_a_form_without_script(client_of, at, assessment, ines, malo):
    client, address = client_of("enseignante"), at("grid", assessment.course_id)
    page = client.get(address).content.decode()
    assert f'name="n{ines.pk}"' in page
    assert "Guérin Malo" in page
    term = {"periode": assessment.term_id, "evaluation": assessment.pk}
    sent = client.post(
        address, {**term, f"n{ines.pk}": "14", f"b{ines.pk}": "0", f"n{malo.pk}": "A", f"b{malo.pk}": "0"}
    )
    assert sent.status_code == 302
    assert dict(StudentMark.objects.values_list("student", "annotation")) == {ines.pk: "", malo.pk: "absent"}


def test_what_was_typed_is_still_there_when_it_cannot_be_written(client_of, at, assessment, ines, malo):
    client, address = client_of("enseignante"), at("grid", assessment.course_id)
    term = {"periode": assessment.term_id, "evaluation": assessment.pk}
    sent = client.post(
        address, {**term, f"n{ines.pk}": "21", f"b{ines.pk}": "0", f"n{malo.pk}": "8", f"b{malo.pk}": "0"}
    )
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "21 dépasse le barème" in page
    assert 'value="21"' in page
    assert StudentMark.objects.get().student == malo


def test_remarks_are_a_column_of_the_form_and_come_back_when_one_is_too_long(client_of, at, assessment, ines):
    client, address = client_of("enseignante"), at("grid", assessment.course_id)
    assert f'name="r{ines.pk}"' not in client.get(address).content.decode()
    assert f'name="r{ines.pk}"' in client.get(f"{address}?remarques=1").content.decode()
    form = {"periode": assessment.term_id, "evaluation": assessment.pk, "remarques": "1"}
    cell = {f"n{ines.pk}": "14", f"b{ines.pk}": "0", f"r{ines.pk}": "y" * 250}
    refused = client.post(address, {**form, **cell})
    assert refused.status_code == 422
    assert "y" * 250 in refused.content.decode()
    sent = client.post(address, {**form, **cell, f"r{ines.pk}": "Bien"})
    assert sent.url.endswith("&remarques=1")
    assert StudentMark.objects.get().remark == "Bien"


def test_one_by_one_is_a_long_form_without_script(client_of, at, assessment, ines, malo):
    page = client_of("enseignante").get(at("one_by_one", assessment.pk)).content.decode()
    assert page.index("Belkacem Inès") < page.index("Guérin Malo")
    assert f'action="{at("grid", assessment.course_id)}"' in page


def test_a_conflict_is_shown_with_both_marks_and_settled_by_sending_again(client_of, at, assessment, ines, head):
    client, address = client_of("enseignante"), at("grid", assessment.course_id)
    marked(assessment, ines, "9", head)
    form = {"periode": assessment.term_id, "evaluation": assessment.pk, f"n{ines.pk}": "14", f"b{ines.pk}": "0"}
    page = client.post(address, form).content.decode()
    assert "Mme Vasseur a écrit «\u00a09\u00a0»" in page
    assert f'name="b{ines.pk}" value="1"' in page
    assert client.post(address, {**form, f"b{ines.pk}": "1"}).status_code == 302
    assert str(StudentMark.objects.get().points) == "14.00"


def test_a_service_in_parts_is_the_mean_of_its_parts(client_of, at, college, ines, teacher):
    course = course_of(college.groups["4B"])
    client, settings = client_of("enseignante"), at("settings", course.pk)
    written = assessed(course, "Écrit")
    for label, weight in (("Écrit", "2"), ("Oral", "1")):
        assert client.post(settings, {"ajouter": "1", "label": label, "coefficient": weight}).status_code == 302
    written.refresh_from_db()
    oral = assessed(course, "Oral", part=course.parts.get(label="Oral"))
    assert written.part.label == "Écrit"
    marked(written, ines, "12", teacher)
    marked(oral, ines, "18", teacher)
    assert "14,0" in client.get(at("grid", course.pk)).content.decode()


def test_an_assessment_is_made_changed_and_removed(client_of, at, college, assessment, ines, teacher):
    client = client_of("enseignante")
    course = course_of(college.groups["4B"])
    facts = {
        "title": "Pythagore", "held_on": "2026-11-24", "kind": "written", "scale": "10", "coefficient": "0,5",
        "option": "none", "term": assessment.term_id,
    }  # fmt: skip
    assert client.post(at("create", course.pk), facts).status_code == 302
    made = course.assessments.get(title="Pythagore")
    assert (made.scale, str(made.coefficient)) == (10, "0.50")
    marked(made, ines, "9", teacher)
    smaller = client.post(at("change", made.pk), {**facts, "scale": "5"})
    assert smaller.status_code == 422
    assert "1 notes le dépassent" in smaller.content.decode() or "dépasse" in smaller.content.decode()
    kept = client.post(at("change", made.pk), {"supprimer": "1"})
    assert "Des notes y sont écrites" in kept.content.decode()
    marked(made, ines, "", teacher)
    assert client.post(at("change", made.pk), {"supprimer": "1"}).status_code == 302
    assert not course.assessments.filter(title="Pythagore").exists()


def test_a_table_for_a_spreadsheet(client_of, at, assessment, ines, teacher):
    marked(assessment, ines, "12,5", teacher)
    client = client_of("enseignante")
    table = client.get(at("export", assessment.course_id, "csv")).content.decode("utf-8-sig")
    assert "Belkacem Inès;12,5;12,5" in table
    for kind in ("ods", "xlsx"):
        rows = rows_of(client.get(at("export", assessment.course_id, kind)).content)
        assert ["Belkacem Inès", "12,5", "12,5"] in rows
    assert client.get(at("export", assessment.course_id, "exe")).status_code == 404


def test_a_title_that_looks_like_a_formula_is_a_text_in_every_table(client_of, at, college, teacher, ines):
    assessment = assessed(course_of(college.groups["4B"]), "=1+1")
    marked(assessment, ines, "12", teacher)
    client = client_of("enseignante")
    assert ";'=1+1;" in client.get(at("export", assessment.course_id, "csv")).content.decode()
    for kind in ("ods", "xlsx"):
        assert "=1+1" in rows_of(client.get(at("export", assessment.course_id, kind)).content)[0]


def test_a_neighbour_never_reaches_a_cell(client_of, cast, assessment, ines):
    with scope(cast.college.pk):
        pk = assessment.pk
    client = client_of("enseignante-voisine")
    for uai in (cast.college.uai, cast.neighbour.uai):
        assert send(client, f"/{uai}/notes/evaluation/{pk}/notes/", (ines.pk, "20", 0)).status_code == 404
