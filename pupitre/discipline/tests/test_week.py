"""The page of the school-life office: what is to follow this week, and how many of each type."""

import datetime as dt
from html import unescape

from pupitre.attendance.tests.factories import TUESDAY
from pupitre.directory.models import Affiliation
from pupitre.discipline.queries.week import counts_since, week_of
from pupitre.discipline.services.erasing import ask_erasure
from pupitre.discipline.services.punishing import cancel
from pupitre.discipline.tests.factories import detained, punished, reported, sanctioned
from tests.statements import statements_of


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


def test_everything_that_waits_has_its_place(college, cpe, parent):
    asked = punished(college, "detention")
    planned = detained(college)
    work = punished(college, due_on=TUESDAY)
    report = punished(college, "lesson_exclusion")
    incident = reported(college)
    inside = sanctioned(college, "class_exclusion", starts_on=TUESDAY, ends_on=TUESDAY)
    ask_erasure(sanction=inside, why="Lycée Daudet.", actor=parent)
    week = week_of(cpe, TUESDAY, knows_all=True)
    assert (week.first, week.last) == (dt.date(2026, 11, 23), dt.date(2026, 11, 29))
    assert [list(each) for each in (week.to_plan, week.due, week.reports)] == [[asked], [work], [report]]
    assert [(on, list(rows)) for on, rows in week.days] == [(TUESDAY, [planned])]
    assert [list(each) for each in (week.incidents, week.exclusions, week.asked)] == [[incident], [inside], [inside]]


def test_each_type_is_counted_and_what_was_taken_back_is_not(college, teacher):
    cancel(punishment=punished(college), actor=teacher)
    punished(college)
    punished(college, "detention")
    reported(college, gravity=2)
    reported(college, gravity=4)
    sanctioned(college)
    counted = dict(counts_since(dt.date(2026, 9, 1)))
    assert counted == {
        "Incidents": 2,
        "Incidents de gravité 3 et plus": 1,
        "Excuses, orales ou écrites": 0,
        "Travail supplémentaire": 1,
        "Retenue": 1,
        "Exclusion d’un cours": 0,
        "Blâme": 1,
    }


def test_an_assistant_follows_detentions_alone(college, client_of, at):
    row = sanctioned(college)
    reported(college)
    detained(college)
    Affiliation.objects.filter(person=college.people["cpe"]).update(function="AED")
    page = shown(client_of("cpe").get(at("week")))
    assert "Retenues de la semaine" in page
    assert "Incidents à suivre" not in page
    assert "Depuis la rentrée" not in page
    assert client_of("cpe").get(at("sanctions")).status_code == 404
    assert client_of("cpe").get(at("sanction", row.pk)).status_code == 404


def test_the_week_costs_the_same_for_one_of_each_as_for_five(college, client_of, at):
    def one_of_each():
        detained(college)
        punished(college, due_on=TUESDAY)
        punished(college, "lesson_exclusion")
        reported(college)
        sanctioned(college, "school_exclusion", starts_on=TUESDAY, ends_on=TUESDAY, service="canteen")

    client = client_of("cpe")
    one_of_each()
    client.get(at("week"))
    few = len(statements_of(lambda: client.get(at("week"))))
    for _n in range(4):
        one_of_each()
    assert len(statements_of(lambda: client.get(at("week")))) == few


def test_the_page_of_a_student_says_how_many_of_each(college, client_of, at, ines):
    punished(college)
    sanctioned(college)
    page = shown(client_of("cpe").get(at("record", ines.pk)))
    assert "Travail supplémentaire</dt><dd>1</dd>" in page
    assert "Blâme</dt><dd>1</dd>" in page
    # A teacher reads what they gave.
    assert "Blâme" not in shown(client_of("enseignante").get(at("record", ines.pk)))
