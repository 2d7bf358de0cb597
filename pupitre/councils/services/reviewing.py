"""What the council says of one student: synthesis, mention, orientation; validated one by one, taken back while it sits."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.councils.models import OrientationProposal, Sitting
from pupitre.councils.orientation import PATHS, Level
from pupitre.councils.refusals import Refusal
from pupitre.councils.services.sitting import sitting_of
from pupitre.councils.stamping import see_again
from pupitre.directory.models import Group, Student
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.reportcards.models import Mention, ReportCard
from pupitre.reportcards.models.texts import Place
from pupitre.reportcards.refusals import Refusal as CardRefusal
from pupitre.reportcards.services.council import fill_card, reopen_cards, validate_cards
from pupitre.reportcards.services.entering import Outcome, Told, Where, note_texts
from pupitre.timetable.models import Course

Status = ReportCard.Status


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed of a student. `base`: the version of the synthesis on the screen; `decision` is the head's alone."""

    synthesis: str
    base: int
    mention: Mention | None = None
    wishes: str = ""
    path: str = ""
    reason: str = ""
    decision: str | None = None


def review(*, division: Group, term: Term, student: Student, words: Words, actor: Actor) -> Outcome:
    """Keep what is said of a student: the outcome is that of the synthesis; the rest is kept with it, or not at all.

    What met another hand's is put aside by the bulletins, which say whose. Raises Refusal.
    """
    where = Where(Place.SYNTHESIS, term, division.pk)
    outcome = note_texts(where=where, told=[Told(student.pk, words.synthesis, words.base)], actor=actor)[0]
    if outcome.fate in ("refused", "conflict"):
        return outcome
    sitting = sitting_of(term, division)
    try:
        with transaction.atomic():
            _fill(student, term, words, actor)
            _propose(sitting, student, words, actor)
    except CardRefusal as no:
        raise Refusal(str(no)) from no
    see_again(sitting, [actor.person_id])
    return outcome


def comment(*, where: Where, told: Told, division: Group, actor: Actor) -> Outcome:
    """Write the appreciation of a course, or the line of school life, from the screen of the council."""
    outcome = note_texts(where=where, told=[told], actor=actor)[0]
    if outcome.fate == "saved":
        see_again(sitting_of(where.term, division), [actor.person_id])
    return outcome


def place_of_course(course: Course, term: Term) -> Where:
    """Where the appreciations of a course are written."""
    return Where(Place.SUBJECT, term, course.group_id, course)


def place_of_school_life(division: Group, term: Term) -> Where:
    """Where the line of school life is written."""
    return Where(Place.SCHOOL_LIFE, term, division.pk)


@transaction.atomic
def validate(*, division: Group, term: Term, student: Student, actor: Actor) -> None:
    """The council has spoken of a student: their bulletin is no longer a draft. Raises Refusal."""
    sitting = sitting_of(term, division)
    if sitting.state != Sitting.State.OPEN:
        raise Refusal(_("Ouvrez le conseil pour valider ; ce qui est écrit est gardé."))
    card: ReportCard | None = ReportCard.objects.filter(student=student, term=term).first()
    if card is None or not card.synthesis:
        raise Refusal(_("Écrivez l’appréciation générale avant de valider : le bulletin ne peut pas s’en passer."))
    if card.status == Status.DRAFT:
        validate_cards(division=division, term=term, students=[student.pk], actor=actor)
        see_again(sitting, [actor.person_id])


@transaction.atomic
def take_back(*, division: Group, term: Term, student: Student, actor: Actor) -> None:
    """Make a draft again of a bulletin that the council validated, while it sits. Raises Refusal once it is published."""
    sitting = sitting_of(term, division)
    card: ReportCard | None = ReportCard.objects.filter(student=student, term=term).first()
    if sitting.state != Sitting.State.OPEN or card is None or card.status == Status.DRAFT:
        raise Refusal(_("Ce conseil n’est pas ouvert, ou cet élève n’est pas encore validé. Rechargez la page."))
    if card.status == Status.PUBLISHED:
        raise Refusal(_("Ce bulletin est publié. Seule la direction peut le rouvrir, depuis les bulletins."))
    why = _("Repris pendant le conseil de classe.")
    reopen_cards(division=division, term=term, students=[student.pk], why=why, actor=actor)
    see_again(sitting, [actor.person_id])


def _fill(student: Student, term: Term, words: Words, actor: Actor) -> None:
    card: ReportCard = ReportCard.objects.get(student=student, term=term)
    decision = card.decision if words.decision is None else plain(words.decision)
    mention = words.mention.pk if words.mention else None
    if (card.mention_id, card.wishes, card.decision) != (mention, plain(words.wishes), decision):
        fill_card(
            student=student, term=term, actor=actor, mention=words.mention, supports=card.supports,
            wishes=words.wishes, decision=decision,
        )  # fmt: skip


def _propose(sitting: Sitting, student: Student, words: Words, actor: Actor) -> None:
    """What the council answers to the family; nothing chosen takes it back."""
    held: OrientationProposal | None = (
        OrientationProposal.objects.select_for_update().filter(sitting=sitting, student=student).first()
    )
    reason = plain(words.reason)
    if (words.path, reason) == ((held.path, held.reason) if held else ("", "")):
        return
    if not words.path:
        if held is not None:
            held.delete()
        return
    row = held or OrientationProposal(sitting=sitting, student=student)
    row.path, row.reason = words.path, reason
    row.written_by_id, row.written_at = actor.person_id, clock.now()
    row.save()


def is_path(level: Level | None, path: str) -> bool:
    """Whether a proposal is one of those of the level; none is always one."""
    return not path or (level is not None and path in PATHS[level])
