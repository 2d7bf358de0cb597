"""Written, read over, published at its hour, withdrawn."""

import datetime as dt

import pytest
from django.urls import reverse

from pupitre.foundation import clock
from pupitre.foundation.clock import PARIS
from pupitre.news.models import News
from pupitre.news.refusals import Refusal
from pupitre.news.services.publishing import accept, refuse, send, set_rules, withdraw
from pupitre.news.services.writing import Asked
from pupitre.news.tests.factories import actor_of, draft, of_class, published
from pupitre.notifications.models import Notification
from tests.jobs import run_jobs

State = News.State


def test_news_of_a_teacher_is_read_over_then_told_to_each_reader_once(college):
    teacher, head = actor_of(college, "enseignante"), actor_of(college, "principal")
    row = send(news=draft(college, "enseignante", of_class(college)), actor=teacher)
    assert row.state == State.SUBMITTED
    assert {each.person_id for each in Notification.objects.filter(kind="news.review")} == {
        college.people[slug].pk for slug in ("cpe", "principal", "secretaire")
    }
    accept(news=row, actor=head)
    run_jobs()
    told = Notification.objects.filter(kind="news.published")
    assert {each.person_id for each in told} == {college.people[slug].pk for slug in ("eleve", "parent")}
    run_jobs()
    assert told.count() == 2


def test_what_is_sent_back_says_what_to_change_and_is_sent_again(college):
    teacher, head = actor_of(college, "enseignante"), actor_of(college, "principal")
    row = send(news=draft(college, "enseignante", of_class(college)), actor=teacher)
    with pytest.raises(Refusal, match="ce qu’il faut changer"):
        refuse(news=row, reason=" ", actor=head)
    refuse(news=row, reason="Préciser l’heure.", actor=head)
    assert (row.state, row.refusal) == (State.REFUSED, "Préciser l’heure.")
    assert send(news=row, actor=teacher).state == State.SUBMITTED


def test_a_school_may_trust_its_teachers(college):
    set_rules(reads_over=False, actor=actor_of(college, "principal"))
    row = draft(college, "enseignante", of_class(college))
    assert send(news=row, actor=actor_of(college, "enseignante")).state == State.PUBLISHED


def test_news_of_tomorrow_is_neither_seen_nor_told_before(college, client_of, at):
    tomorrow = dt.datetime(2026, 11, 25, 8, tzinfo=PARIS)
    row = published(college, of_class(college), starts_at=tomorrow)
    run_jobs()
    assert not Notification.objects.filter(kind="news.published").exists()
    assert client_of("parent").get(at("news", row.pk)).status_code == 404
    with clock.at("2026-11-25T08:01"):
        run_jobs()
        assert Notification.objects.filter(kind="news.published").count() == 2
        assert client_of("parent").get(at("news", row.pk)).status_code == 200


def test_news_leaves_the_list_after_its_last_day(college, client_of):
    published(college, of_class(college), ends_on=dt.date(2026, 11, 25))
    nadia = client_of("parent")
    with clock.at("2026-11-25T18:00"):
        assert "Portes ouvertes" in nadia.get(reverse("news:feed")).text
    with clock.at("2026-11-26T08:00"):
        assert "Portes ouvertes" not in nadia.get(reverse("news:feed")).text


def test_what_is_withdrawn_is_read_by_nobody_and_its_notices_go(college, client_of, at):
    row = published(college, of_class(college))
    run_jobs()
    withdraw(news=row, actor=actor_of(college, "principal"))
    assert client_of("parent").get(at("news", row.pk)).status_code == 404
    assert not Notification.objects.filter(kind="news.published", read_at=None).exists()


@pytest.mark.parametrize(
    ("asked", "words", "why"),
    [
        (Asked("one", ["Oui"]), {}, "entre deux et douze"),
        (Asked("acknowledge", last_answer_on=dt.date(2026, 11, 23)), {}, "est passé"),
        (Asked(), {"ends_on": dt.date(2026, 11, 20)}, "vient avant le premier"),
        (Asked(), {"body": "x" * 20_001}, "trop long"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(college, asked, words, why):
    with pytest.raises(Refusal, match=why):
        draft(college, "principal", of_class(college), asked, **words)
