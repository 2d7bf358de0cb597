"""The pages of the calendar: layers, views, several schools; and the same in one's telephone."""

import datetime as dt

import pytest
import vobject
from django.urls import reverse

from pupitre.agenda.audiences import Audience
from pupitre.agenda.feeds import address_of, key_of
from pupitre.agenda.models import AgendaFeed
from pupitre.agenda.services.feeds import open_feed
from pupitre.agenda.services.scheduling import cancel, schedule
from pupitre.agenda.tests.factories import THURSDAY, acting, approved, convened, facts, mine, of_class, scheduled
from pupitre.agenda.views.calendar import frame_of
from pupitre.directory.models import Affiliation
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Closure
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from tests.statements import statements_of

TUESDAY = dt.date(2026, 11, 24)


def page_of(client, address):
    return client.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_student_reads_what_is_theirs_in_three_views(college, client_of, at):
    of_class(college)
    mine(college)
    of_class(college, "6C", title="Cross des 6es")
    client = client_of("eleve")
    for view in ("liste", "semaine", "mois"):
        page = page_of(client, at("calendar") + f"?vue={view}&jour=2026-12-03")
        assert "Brevet blanc" in page
        assert "Piscine" in page
        assert "Cross des 6es" not in page


def test_a_layer_is_hidden_and_this_browser_remembers(college, client_of, at):
    of_class(college)
    mine(college)
    client = client_of("eleve")
    assert "Piscine" not in page_of(client, at("calendar") + "?sans=moi")
    assert "Piscine" not in page_of(client, at("calendar"))
    assert "Brevet blanc" in page_of(client, at("calendar"))
    assert "Piscine" in page_of(client, at("calendar") + "?sans=")


def test_a_guardian_sees_all_schools_on_one_page_and_hides_a_child(college, cast, client_of):
    of_class(college)
    of_class(college, "6C", title="Cross des 6es")
    with scope(cast.lycee.pk):
        profiles = frozenset({str(Profile.HEAD)})
        teacher = Actor(
            0, cast.people["enseignante"].pk, cast.lycee.pk, cast.lycee.uai, profiles, capabilities_of(profiles)
        )
        typed = facts(title="Bac blanc", kind="exam", audience=(Audience("students", cast.groups["2DE4"].pk),))
        schedule(facts=typed, actor=teacher)
    client = client_of("parent")
    page = page_of(client, reverse("agenda:family"))
    for words in ("Brevet blanc", "Cross des 6es", "Bac blanc", "Sarah", "Inès", "Elias"):
        assert words in page
    page = page_of(client, reverse("agenda:family") + f"?sans=enfant-{cast.people['frere'].pk}")
    assert "Cross des 6es" not in page
    assert "Brevet blanc" in page


def test_days_off_are_told_with_their_zone(college, client_of, at):
    Closure.objects.create(label="Vacances de Noël", starts_on=dt.date(2026, 12, 19), ends_on=dt.date(2027, 1, 3))
    assert "Vacances de Noël, zone B" in page_of(client_of("eleve"), at("calendar"))
    assert "Vacances de Noël" not in page_of(client_of("eleve"), at("calendar") + "?sans=vacances")


@pytest.mark.parametrize("asked", ["", "demain", "2026-13-45", "9999-12-31", "0001-01-01"])
def test_whatever_is_asked_there_is_a_page(asked):
    for view in ("", "mois", "semaine", "annee"):
        frame = frame_of(view, asked, TUESDAY)
        assert frame.first <= frame.day <= frame.last


def test_the_page_costs_the_same_for_one_event_as_for_ten(college, client_of, at):
    client = client_of("principal")
    scheduled(college)
    client.get(at("calendar"))
    few = len(statements_of(lambda: client.get(at("calendar"))))
    for _n in range(9):
        of_class(college)
    approved(college)
    convened(college)
    assert len(statements_of(lambda: client.get(at("calendar")))) == few


def test_homes_name_the_next_events(college, client_of):
    of_class(college)
    for slug in ("eleve", "parent"):
        assert "Brevet blanc" in page_of(client_of(slug), "/")
    mine(college)
    assert "Piscine" in page_of(client_of("eleve"), "/")
    assert "Piscine" not in page_of(client_of("parent"), "/")


def test_an_event_is_written_on_its_page_and_a_mistake_keeps_what_was_typed(college, client_of, at):
    client = client_of("enseignante")
    typed = {"titre": "Goûter de Noël", "nature": "other", "le": "2026-12-18", "de": "15:00", "pour": "groupes"}
    answer = client.post(at("new"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    for words in ("Il manque l’heure de la fin.", "Cochez au moins un public.", "Goûter de Noël"):
        assert words in page
    sent = {**typed, "a": "16:00", "publics": ["students"], "groupes": [college.groups["4B"].pk]}
    assert client.post(at("new"), sent).status_code == 302
    assert "Goûter de Noël" in page_of(client_of("eleve"), at("calendar"))


def test_one_day_of_a_series_is_changed_from_its_page(college, client_of, at):
    series = scheduled(college, rule="FREQ=WEEKLY", repeats_until_on=dt.date(2026, 12, 17))
    client = client_of("principal")
    page = page_of(client, at("event", series.pk) + "?le=2026-12-10")
    assert "Changer ce jour" in page
    assert client.post(at("cancel", series.pk), {"le": "2026-12-10"}).status_code == 302
    days = list(series.occurrences.order_by("starts_on").values_list("starts_on", flat=True))
    assert days == [THURSDAY, dt.date(2026, 12, 17)]
    assert client.get(at("edit", series.pk) + "?le=2026-12-17").status_code == 200


def test_the_telephone_reads_the_hours_right_on_both_sides_of_the_change_of_hour(college, client_of, at):
    # The hour changes on the 28th of March 2027.
    scheduled(college, starts_on=dt.date(2027, 3, 25), ends_on=dt.date(2027, 3, 25), rule="FREQ=WEEKLY",
              repeats_until_on=dt.date(2027, 4, 1))  # fmt: skip
    scheduled(college, title="Portes ouvertes", starts_at=None, ends_at=None)
    feed = open_feed(actor=acting(college, "parent", Profile.GUARDIAN))
    address = address_of(feed, college.college.uai)
    answer = client_of("eleve").get(address.partition("//")[2].partition("/")[2].join(["/", ""]))
    assert answer.status_code == 200
    told = vobject.readOne(answer.content.decode()).vevent_list
    instants = [each.dtstart.value for each in told if each.summary.value == "Élection des représentants"]
    local = [each.astimezone(clock.PARIS) for each in instants]
    assert [(each.day, each.hour) for each in local] == [(25, 17), (1, 17)]
    assert [each.hour for each in instants] == [16, 15]
    [whole] = [each for each in told if each.summary.value == "Portes ouvertes"]
    assert (whole.dtstart.value, whole.dtend.value) == (THURSDAY, THURSDAY + dt.timedelta(days=1))


def test_the_address_is_shut_with_its_row_and_with_the_role(college, client_of, at):
    feed = open_feed(actor=acting(college, "parent", Profile.GUARDIAN))
    address = reverse("agendas:feed", args=[college.college.uai, key_of(feed)])
    client = client_of("eleve")
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    role = Affiliation.objects.filter(person=college.people["parent"], establishment=college.college)
    role.update(ends_on=TUESDAY - dt.timedelta(days=1))
    assert client.get(address).status_code == 404
    role.update(ends_on=None)
    assert client.get(address).status_code == 200
    AgendaFeed.objects.all().delete()
    assert client.get(address).status_code == 404
    assert client.get(reverse("agendas:feed", args=[college.college.uai, "1-x.faux"])).status_code == 404


def test_a_file_is_downloaded_with_what_is_cancelled_said_so(college, client_of, at, head):
    event = scheduled(college)
    cancel(event=event, actor=head)
    answer = client_of("parent").get(at("export"))
    [told] = vobject.readOne(answer.content.decode()).vevent_list
    assert told.status.value == "CANCELLED"
