from pupitre.establishments.scope import scope
from pupitre.news.models import News
from pupitre.news.services.publishing import send
from pupitre.news.services.writing import Asked, Audience
from pupitre.news.tests.factories import actor_of, draft, of_class, published
from tests.doors import door


def news_of_class(cast):
    """For the students and guardians of 4B, who say that they have read it; made once."""
    with scope(cast.college.pk):
        found = News.objects.filter(title="Sortie au musée").first()
        asked = Asked("acknowledge")
        return (found or published(cast, of_class(cast), asked, title="Sortie au musée", slug="enseignante")).pk


def news_of_school(cast):
    """For everyone; made once."""
    with scope(cast.college.pk):
        found = News.objects.filter(title="Portes ouvertes samedi").first()
        return (found or published(cast, Audience(("student", "guardian", "teacher", "head")))).pk


def news_to_review(cast):
    """Sent by the teacher of mathematics; made once."""
    with scope(cast.college.pk):
        found = News.objects.filter(title="Concours").first()
        if found is None:
            row = draft(cast, "enseignante", of_class(cast), title="Concours")
            found = send(news=row, actor=actor_of(cast, "enseignante"))
        return found.pk


def all_of(people, status):
    return dict.fromkeys(people, status)


_COLLEGE = {"uai": "college"}
_OF_CLASS = {**_COLLEGE, "pk": news_of_class}
_OF_SCHOOL = {**_COLLEGE, "pk": news_of_school}
_WAITING = {**_COLLEGE, "pk": news_to_review}
_FAMILY = ("eleve", "parent")
_MODERATORS = ("cpe", "principal", "secretaire")
_WRITERS = ("enseignante", "collegue", "referent", *_MODERATORS)
_EVERYBODY = (*_FAMILY, "enseignante", "collegue", *_MODERATORS)

DOORS = [
    door("news:feed", everyone=200, anonymous=302),
    # Its readers, its author, and those who read news over; not a colleague.
    door("news_of_school:news", at=_OF_CLASS, enseignante=200, **all_of((*_FAMILY, *_MODERATORS), 200)),
    door("news_of_school:news", at=_OF_SCHOOL, **all_of(_EVERYBODY, 200)),
    door("news_of_school:news", at=_WAITING, enseignante=200, **all_of(_MODERATORS, 200)),
    door("news_of_school:answer", "post", at=_OF_CLASS, **all_of(_FAMILY, 302)),
    door("news_of_school:write", at=_COLLEGE, **all_of(_WRITERS, 200)),
    door("news_of_school:write", "post", at=_COLLEGE, **all_of(_WRITERS, 422)),
    door("news_of_school:edit", at=_OF_CLASS, enseignante=200),
    door("news_of_school:edit", "post", at=_OF_CLASS, enseignante=422),
    door("news_of_school:manage", at=_COLLEGE, **all_of(_WRITERS, 200)),
    door("news_of_school:rules", "post", at=_COLLEGE, **all_of(_MODERATORS, 302)),
    door("news_of_school:readers", at=_OF_CLASS, enseignante=200, **all_of(_MODERATORS, 200)),
    # Without saying what to change.
    door("news_of_school:act", "post", at=_WAITING, data={"action": "renvoyer"}, **all_of(_MODERATORS, 422)),
]
