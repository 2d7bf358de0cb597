"""What is opened: the pages everyone opens, and what they are compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.academy.model import Visitor
from bench.replay.load import Request
from pupitre.directory.profiles import Profile

# Their names in `config/settings/base.py`.
_SESSION, _CSRF = "pupitre_session", "pupitre_csrf"
_WORDS = ("martin", "ben", "lefe", "ines", "garnier", "mo", "camille", "le gall", "dubois", "sarah")
_MOST_VISITORS = 400


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of view. `role` is None for visitors not signed in; `unchanged`: the browser holds the page already."""

    key: str
    label: str
    role: str | None
    path: str
    unchanged: bool = False
    is_judged: bool = True

    @property
    def status(self) -> int:
        return 304 if self.unchanged else 200


EMPTY, EMPTY_ANONYMOUS, MEMORY, HOME, UNCHANGED = "empty", "empty-anonymous", "memory", "home-student", "home-304"
PAGES = (
    Page(HOME, "Accueil, élève", Profile.STUDENT, "/"),
    Page("home-guardian", "Accueil, responsable", Profile.GUARDIAN, "/"),
    Page("home-teacher", "Accueil, enseignant", Profile.TEACHER, "/"),
    Page("home-school-life", "Accueil, vie scolaire", Profile.SCHOOL_LIFE, "/"),
    Page("home-head", "Accueil, direction", Profile.HEAD, "/"),
    Page("week", "Semaine, élève", Profile.STUDENT, "/{uai}/emploi-du-temps/"),
    Page("homework", "Travail à faire, élève", Profile.STUDENT, "/{uai}/travail/"),
    # 35 students, twenty assessments.
    Page("grid", "Grille de notes, enseignant", Profile.TEACHER, "/{uai}/notes/service/{course}/"),
    Page("inbox", "Messages, enseignant", Profile.TEACHER, "/messages/"),
    Page("inbox-guardian", "Messages, responsable", Profile.GUARDIAN, "/messages/"),
    # An everyday screen, through the ORM: measured beside the others, without a target of its own.
    Page("search", "Annuaire, recherche", Profile.TEACHER, "/{uai}/annuaire/?q={word}", is_judged=False),
    Page(UNCHANGED, "Accueil inchangé (304)", Profile.STUDENT, "/", unchanged=True),
    Page("sign-in", "Connexion", None, "/connexion/"),
    Page(EMPTY, "Vue vide, même visiteur", Profile.STUDENT, "/bench/empty/", is_judged=False),
    Page(EMPTY_ANONYMOUS, "Vue vide, sans visiteur", None, "/bench/empty/", is_judged=False),
)


def requests_for(page: Page, visitors: Sequence[Visitor]) -> list[Request]:
    """The views of a page by its visitors, spread over the schools; the tags are not known yet."""
    if page.role is None:
        return [Request(page.path)]
    mine = [each for each in visitors if each.role == page.role and (each.course or "{course}" not in page.path)]
    step = max(1, len(mine) // _MOST_VISITORS)
    return [
        Request(
            page.path.format(uai=visitor.uai, course=visitor.course, word=_WORDS[rank % len(_WORDS)].replace(" ", "+")),
            _cookie(visitor),
        )
        for rank, visitor in enumerate(mine[::step])
    ]


def _cookie(visitor: Visitor) -> str:
    return f"{_SESSION}={visitor.session}; {_CSRF}={visitor.session[:32]}"
