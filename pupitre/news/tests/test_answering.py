"""What readers answer, and what the author may know of it."""

import datetime as dt

import pytest

from pupitre.foundation import clock
from pupitre.news.models import NewsAnswer, NewsReading
from pupitre.news.queries.following import missing_of, readers_of, results_of
from pupitre.news.refusals import Refusal
from pupitre.news.services.answering import answer, note_reading
from pupitre.news.services.reminding import remind, remind_before_the_end
from pupitre.news.services.writing import Asked
from pupitre.news.tests.factories import actor_of, of_class, published
from pupitre.notifications.models import Notification
from tests.jobs import run_jobs

LUNCH = ["Oui", "Non"]


def test_a_named_answer_may_be_changed_until_the_last_day(college):
    news = published(college, of_class(college), Asked("one", LUNCH, last_answer_on=dt.date(2026, 11, 25)))
    nadia = actor_of(college, "parent")
    answer(news=news, chosen=[0], text="", actor=nadia)
    answer(news=news, chosen=[1], text="", actor=nadia)
    assert list(results_of(news).counts) == [("Oui", 0), ("Non", 1)]
    assert results_of(news).said[0].name == "Nadia Belkacem"
    with clock.at("2026-11-26T08:00"), pytest.raises(Refusal, match="est passé"):
        answer(news=news, chosen=[0], text="", actor=nadia)


def test_an_anonymous_answer_keeps_neither_who_nor_when_and_is_told_from_five_on(college):
    news = published(college, of_class(college), Asked("text", is_anonymous=True))
    answer(news=news, chosen=[], text="Trop de devoirs.", actor=actor_of(college, "parent"))
    row = NewsAnswer.objects.get()
    assert (row.person_id, row.answered_at) == (None, None)
    assert NewsReading.objects.get().has_answered
    assert results_of(news).is_hidden
    with pytest.raises(Refusal, match="ne se change donc pas"):
        answer(news=news, chosen=[], text="Encore.", actor=actor_of(college, "parent"))
    for number in range(4):
        NewsAnswer.objects.create(news=news, text=f"Réponse {number}")
    assert not results_of(news).is_hidden
    assert {each.name for each in results_of(news).said} == {""}


@pytest.mark.parametrize(
    ("asked", "chosen", "text", "why"),
    [
        (Asked("one", LUNCH), [], "", "Choisissez une réponse"),
        (Asked("one", LUNCH), [0, 1], "", "une seule"),
        (Asked("one", LUNCH), [7], "", "Choisissez une réponse"),
        (Asked("several", LUNCH), [], "", "au moins une"),
        (Asked("text"), [], "  ", "Écrivez"),
        (Asked("text"), [], "x" * 1001, "trop longue"),
    ],
)
def test_an_answer_that_does_not_answer_is_refused_with_a_sentence(college, asked, chosen, text, why):
    news = published(college, of_class(college), asked)
    with pytest.raises(Refusal, match=why):
        answer(news=news, chosen=chosen, text=text, actor=actor_of(college, "parent"))


def test_those_who_are_missing_are_reminded_and_nobody_else(college):
    news = published(college, of_class(college), Asked("acknowledge"))
    run_jobs()
    answer(news=news, chosen=[], text="", actor=actor_of(college, "parent"))
    news.refresh_from_db()
    assert [each.name for each in missing_of(news, readers_of(news))] == ["Inès Belkacem"]
    assert remind(news=news, actor=actor_of(college, "principal")) == 1
    reminded = Notification.objects.filter(title__startswith="Rappel")
    assert [each.person_id for each in reminded] == [college.people["eleve"].pk]
    with pytest.raises(Refusal, match="pourra partir demain"):
        remind(news=news, actor=actor_of(college, "principal"))


def test_two_days_before_the_last_day_a_reminder_leaves_by_itself_once(college):
    published(college, of_class(college), Asked("acknowledge", last_answer_on=dt.date(2026, 11, 27)))
    run_jobs()
    assert remind_before_the_end() == []
    with clock.at("2026-11-25T02:00"):
        assert remind_before_the_end()[0].strip().startswith("2")
        assert remind_before_the_end() == []


def test_opening_news_is_kept_once_and_its_notice_has_served(college):
    news = published(college, of_class(college))
    run_jobs()
    for _n in range(2):
        note_reading(news=news, actor=actor_of(college, "parent"))
    assert NewsReading.objects.count() == 1
    assert Notification.objects.get(person=college.people["parent"], kind="news.published").read_at
