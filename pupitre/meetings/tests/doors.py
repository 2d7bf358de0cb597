from pupitre.establishments.scope import scope
from pupitre.meetings.models import Meeting, Wish
from pupitre.meetings.tests.factories import asked, opened, prepared, published, teacher
from tests.doors import door


def open_evening(cast):
    """Wishes are open for 4B; made once."""
    with scope(cast.college.pk):
        return (Meeting.objects.filter(title="Vœux").first() or opened(cast, "4B", title="Vœux")).pk


def evening_to_come(cast):
    """Being prepared; made once."""
    with scope(cast.college.pk):
        return (Meeting.objects.filter(title="Bientôt").first() or prepared(cast, "4B", title="Bientôt")).pk


def published_evening(cast):
    """Published, with one appointment of Inès's mother; made once."""
    with scope(cast.college.pk):
        found = Meeting.objects.filter(title="Publiée").first()
        if found is None:
            found = opened(cast, "4B", title="Publiée")
            asked(cast, found)
            published(cast, found)
        return found.pk


def its_teacher(cast):
    with scope(cast.college.pk):
        return teacher(cast, Meeting.objects.get(pk=published_evening(cast))).pk


def its_wish(cast):
    pk = published_evening(cast)
    with scope(cast.college.pk):
        return Wish.objects.get(request__meeting=pk).pk


def all_of(people, status):
    return dict.fromkeys(people, status)


_COLLEGE = {"uai": "college"}
_OPEN = {**_COLLEGE, "pk": open_evening}
_COMING = {**_COLLEGE, "pk": evening_to_come}
_PUBLISHED = {**_COLLEGE, "pk": published_evening}
_LIST = {**_PUBLISHED, "teacher": its_teacher}
_OFFICE = ("cpe", "principal", "secretaire")

DOORS = [
    door("meetings:mine", everyone=200, anonymous=302),
    door("meetings_of_school:meetings", at=_COLLEGE, **all_of(_OFFICE, 200)),
    door("meetings_of_school:create", at=_COLLEGE, **all_of(_OFFICE, 200)),
    door("meetings_of_school:create", "post", at=_COLLEGE, **all_of(_OFFICE, 422)),
    door("meetings_of_school:edit", at=_COMING, **all_of(_OFFICE, 200)),
    door("meetings_of_school:teachers", at=_COMING, **all_of(_OFFICE, 200)),
    door("meetings_of_school:board", at=_PUBLISHED, **all_of(_OFFICE, 200)),
    # Wishes were opened long ago.
    door("meetings_of_school:act", "post", at=_PUBLISHED, data={"action": "ouvrir"}, **all_of(_OFFICE, 422)),
    door("meetings_of_school:move", at={**_PUBLISHED, "wish": its_wish}, **all_of(_OFFICE, 200)),
    # The mother of Inès alone; not before it is open.
    door("meetings_of_school:family", at=_OPEN, parent=200),
    door("meetings_of_school:family", at=_PUBLISHED, parent=200),
    door("meetings_of_school:family", at=_COMING),
    # Without choosing anybody; closed.
    door("meetings_of_school:ask", "post", at=_OPEN, parent=422),
    door("meetings_of_school:reply", "post", at=_PUBLISHED, parent=302),
    door("meetings_of_school:take", "post", at=_PUBLISHED, parent=422),
    door("meetings_of_school:calendar", at=_PUBLISHED, parent=200),
    # One's own list, and those who organise.
    door("meetings_of_school:evening", at=_LIST, enseignante=200, **all_of(_OFFICE, 200)),
    door(
        "meetings_of_school:note", "post", at={**_LIST, "wish": its_wish}, data={"venue": "seen"},
        enseignante=302, **all_of(_OFFICE, 302),
    ),
]  # fmt: skip
