"""Whom news is for: never wider than its author reaches, and the list of readers agrees with who sees it."""

import pytest
from django.urls import reverse

from pupitre.directory.models import Guardianship
from pupitre.directory.tests.factories import make_guardian
from pupitre.foundation.access import allowed
from pupitre.news.models import News
from pupitre.news.queries.following import readers_of
from pupitre.news.queries.reading import lines_of
from pupitre.news.refusals import Refusal
from pupitre.news.services.writing import Asked, Audience
from pupitre.news.tests.factories import actor_of, draft, of_class, published
from tests.cast import Cast

INSIDE = ("eleve", "frere", "parent", "enseignante", "collegue", "cpe", "principal", "secretaire", "referent")


def seen_by(cast: Cast, news: News) -> set[str]:
    return {
        slug
        for slug in INSIDE
        if allowed(actor_of(cast, slug), "news.read_news", News.objects.filter(pk=news.pk)).exists()
    }


@pytest.mark.parametrize(
    ("profiles", "code", "expected"),
    [
        (("student",), "4B", {"eleve"}),
        (("guardian",), "4B", {"parent"}),
        (("student", "teacher"), "6C", {"frere", "enseignante"}),
        (("teacher",), "4B", {"enseignante", "collegue"}),
        (("student", "guardian"), "", {"eleve", "frere", "parent"}),
        (("school_life", "head"), "4B", {"cpe", "principal"}),
    ],
)
def test_those_it_is_for_see_it_and_are_listed(college, profiles, code, expected):
    groups = [college.groups[code].pk] if code else []
    news = published(college, Audience(profiles, groups))
    assert seen_by(college, news) == expected
    assert {each.person_id for each in readers_of(news)} == {college.people[slug].pk for slug in expected}


def test_its_author_and_who_reads_over_see_it_too_with_nothing_to_read(college):
    published(college, of_class(college, "4B", "guardian"), Asked("acknowledge"))
    seen = {slug: lines_of(actor_of(college, slug)) for slug in ("parent", "principal", "cpe", "enseignante")}
    assert {slug: [(line.is_read, line.is_due) for line in lines] for slug, lines in seen.items()} == {
        "parent": [(False, True)],
        "principal": [(True, False)],
        "cpe": [(True, False)],
        "enseignante": [],
    }


def test_one_child_is_for_the_child_its_family_and_its_teachers(college):
    from pupitre.directory.models import Student

    ines = Student.objects.get(person=college.people["eleve"])
    news = published(college, Audience(("student", "guardian", "teacher"), students=[ines.pk]))
    assert seen_by(college, news) == {"eleve", "parent", "enseignante", "collegue"}


@pytest.mark.parametrize("facts", [{"level": 3}, {"is_restricted": True}])
def test_a_guardian_whose_link_is_shut_is_not_told(college, facts):
    Guardianship.objects.filter(guardian=college.people["parent"], student=college.people["eleve"]).delete()
    make_guardian(college.people["parent"], college.people["eleve"], college.college, **facts)
    news = published(college, of_class(college, "4B", "guardian"))
    assert seen_by(college, news) == set()
    assert readers_of(news) == []


def test_a_guardian_of_two_children_is_listed_once_with_both_names(college):
    news = published(
        college, Audience(("guardian",), [group.pk for code, group in college.groups.items() if code in ("4B", "6C")])
    )
    (reader,) = readers_of(news)
    assert reader.children == "Elias Belkacem, Inès Belkacem"


@pytest.mark.parametrize(
    ("audience", "why"),
    [
        (lambda cast: Audience(("student",)), "pas pour tout l’établissement"),
        (lambda cast: Audience(("student",), [cast.groups["6C"].pk]), "n’est pas l’une des vôtres"),
        (lambda cast: Audience(("school_life",), [cast.groups["4B"].pk]), "Vie scolaire"),
        (lambda cast: Audience((), [cast.groups["4B"].pk]), "à qui s’adresse"),
    ],
)
def test_a_teacher_never_reaches_further_than_their_classes(college, audience, why):
    with pytest.raises(Refusal, match=why):
        draft(college, "collegue", audience(college))


def test_the_neighbour_sees_nothing(college, client_of):
    news = published(college, Audience(("student", "guardian", "teacher")))
    page = client_of("parent-voisin").get(reverse("news:feed"))
    assert page.status_code == 200
    assert news.title not in page.text
