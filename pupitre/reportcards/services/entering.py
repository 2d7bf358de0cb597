"""Writing the texts of bulletins. Each carries the version that was on the screen: two people at once lose nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Person, Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.foundation.ui.french import day_hour, day_month
from pupitre.reportcards.models import ReportCard, SubjectReport, TextVersion
from pupitre.reportcards.models.texts import MOST, Place
from pupitre.reportcards.policies import MANAGE
from pupitre.reportcards.queries.places import Standing, standings_of, students_in
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.opening import open_cards
from pupitre.timetable.models import Course


@dataclass(frozen=True, slots=True)
class Where:
    """The texts of one place for one group in a term: those of a course, or a line of the cards of a class."""

    place: Place
    term: Term
    group_id: int
    course: Course | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed for a student, and the version they had under their eyes; 0 when nothing was written."""

    student: int
    text: str
    base: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. `fate`: saved, same, conflict, refused; `text` is what is kept now, `yours` what was typed."""

    student: int
    fate: str
    text: str
    version: int
    yours: str = ""
    sentence: str = ""


@dataclass(slots=True)
class _Held:
    """A row that holds a text, and the names of its fields."""

    row: Any
    prefix: str

    @property
    def text(self) -> str:
        return str(getattr(self.row, self.prefix or "text"))

    @property
    def version(self) -> int:
        return int(getattr(self.row, self._named("version")))

    def write(self, text: str, actor: Actor) -> None:
        setattr(self.row, self.prefix or "text", text)
        setattr(self.row, self._named("version"), self.version + 1)
        setattr(self.row, self._who, actor.person_id)
        setattr(self.row, self._when, clock.now())

    @property
    def by(self) -> int | None:
        found: int | None = getattr(self.row, self._who)
        return found

    @property
    def at(self) -> Any:
        return getattr(self.row, self._when)

    @property
    def fields(self) -> list[str]:
        return [self.prefix or "text", self._named("version"), self._who, self._when]

    @property
    def _who(self) -> str:
        return f"{self.prefix}_by_id" if self.prefix else "written_by_id"

    @property
    def _when(self) -> str:
        return f"{self.prefix}_at" if self.prefix else "written_at"

    def _named(self, name: str) -> str:
        return f"{self.prefix}_{name}" if self.prefix else name


@transaction.atomic
def note_texts(*, where: Where, told: Sequence[Told], actor: Actor) -> list[Outcome]:
    """Write what was typed, student by student; each says what became of it, in the order told.

    Whoever calls has checked that the actor writes there. About nine statements, whatever the number of students.
    """
    wanted = {each.student for each in told}
    people = {each.pk: each for each in students_in(where.group_id, where.term).filter(pk__in=wanted)}
    standings = standings_of(people, where.term)
    held = _locked(where, list(people), standings)
    outcomes: dict[int, Outcome] = {}
    written: list[_Held] = []
    for each in told:
        row = held.get(each.student)
        if row is None:
            outcomes[each.student] = _unknown(each)
            continue
        outcomes[each.student] = _one(each, row, people[each.student], standings[each.student], where, actor)
        if outcomes[each.student].fate == "saved":
            written.append(row)
    if written:
        type(written[0].row).objects.bulk_update([each.row for each in written], written[0].fields)
        _remember(where, written, actor)
    return [outcomes[each.student] for each in told]


def _one(
    each: Told, row: _Held, student: Student, standing: Standing, where: Where, actor: Actor
) -> Outcome:  # fmt: skip
    text = plain(each.text)
    if text == row.text:
        return Outcome(each.student, "same", row.text, row.version)
    try:
        _refuse(student, standing, where.place, actor)
        _fits(student, text, where.place)
    except Refusal as no:
        return Outcome(each.student, "refused", row.text, row.version, each.text, str(no))
    if row.version != each.base:
        return _conflict(each, row, student, text, where, actor)
    row.write(text, actor)
    return Outcome(each.student, "saved", text, row.version)


def _locked(where: Where, students: list[int], standings: Mapping[int, Standing]) -> dict[int, _Held]:
    """The rows that hold the texts, made when they were not, nobody else writing in them meanwhile; two statements."""
    if where.place is Place.SUBJECT:
        SubjectReport.objects.bulk_create(
            [
                SubjectReport(
                    establishment_id=current_establishment_id(), student_id=each, course=where.course, term=where.term
                )
                for each in students
            ],
            ignore_conflicts=True,
        )
        rows = SubjectReport.objects.filter(course=where.course, term=where.term, student__in=students)
        return {row.student_id: _Held(row, "") for row in rows.select_for_update().order_by("pk")}
    open_cards(students, where.term, standings)
    cards = ReportCard.objects.filter(term=where.term, student__in=students)
    return {row.student_id: _Held(row, where.place.value) for row in cards.select_for_update().order_by("pk")}


def _refuse(student: Student, standing: Standing, place: Place, actor: Actor) -> None:
    """Refuse to change what is given, validated or late (GRA-10). Raises Refusal."""
    name = student.person.display_name
    if standing.status == ReportCard.Status.PUBLISHED:
        raise Refusal(_("%(name)s : le bulletin est publié. Seule la direction peut le rouvrir.") % {"name": name})
    if actor.has(MANAGE):
        return
    if standing.status == ReportCard.Status.VALIDATED:
        raise Refusal(
            _("%(name)s : le conseil a arrêté ce bulletin. Seule la direction peut le changer.") % {"name": name}
        )
    if place is Place.SUBJECT and standing.is_late and standing.comments_end_on is not None:
        raise Refusal(
            _("%(name)s : la saisie des appréciations est close depuis le %(day)s. Seule la direction peut la rouvrir.")
            % {"name": name, "day": day_month(standing.comments_end_on)}
        )


def _fits(student: Student, text: str, place: Place) -> None:
    most = MOST[place.value]
    if len(text) > most:
        raise Refusal(
            _("%(name)s : %(n)s caractères, %(most)s au plus. Raccourcissez de %(over)s : rien n’est perdu.")
            % {"name": student.person.display_name, "n": len(text), "most": most, "over": len(text) - most}
        )


def _conflict(each: Told, row: _Held, student: Student, text: str, where: Where, actor: Actor) -> Outcome:
    """Somebody else wrote here meanwhile: theirs stays, ours is kept aside in the history."""
    _version(where, each.student, text, row.version, actor, is_kept=False).save()
    by = Person.objects.filter(pk=row.by).values_list("formal_name", flat=True).first() if row.by else None
    sentence = _("%(name)s : %(by)s a écrit ici %(at)s. Votre texte est gardé : choisissez.") % {
        "name": student.person.display_name,
        "by": by or _("quelqu’un d’autre"),
        "at": day_hour(row.at) if row.at else "",
    }
    return Outcome(each.student, "conflict", row.text, row.version, each.text, sentence)


def _remember(where: Where, written: Sequence[_Held], actor: Actor) -> None:
    TextVersion.objects.bulk_create(
        _version(where, each.row.student_id, each.text, each.version, actor, is_kept=True) for each in written
    )


def _version(where: Where, student: int, text: str, version: int, actor: Actor, *, is_kept: bool) -> TextVersion:
    return TextVersion(
        establishment_id=current_establishment_id(), student_id=student, term=where.term, course=where.course,
        place=where.place, text=text, version=version, written_by_id=actor.person_id, written_at=clock.now(),
        is_kept=is_kept,
    )  # fmt: skip


def _unknown(each: Told) -> Outcome:
    sentence = _("Cet élève n’est pas dans ce groupe pendant cette période. Rechargez la page.")
    return Outcome(each.student, "refused", "", 0, each.text, sentence)
