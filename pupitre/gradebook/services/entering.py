"""Writing marks in cells. Each cell carries the version that was on the screen: two teachers at once lose nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pupitre.directory.names import capitalise
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day_hour, day_month
from pupitre.gradebook import sql
from pupitre.gradebook.models import Assessment, MarkVersion
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.publishing import shown_from
from pupitre.gradebook.services.stamping import see_marks_again
from pupitre.gradebook.typed import Typed, read_typed, shown

LONGEST_REMARK = 200
"""Letters of a remark: a sentence or two beside the mark; the rest is said face to face."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed in a cell, and the version they had under their eyes; 0 is an empty cell.

    `remark` is None when it was not on the screen: it stays as it is.
    """

    student: int
    text: str
    base: int
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. `fate`: saved, same, conflict, refused; `text` and `remark` are what the cell holds now,
    `yours` and `your_remark` what was typed."""

    student: int
    fate: str
    text: str
    version: int
    yours: str = ""
    sentence: str = ""
    remark: str = ""
    your_remark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the database holds it."""

    student: int
    last_name: str
    usage_name: str
    first_name: str
    left_on: dt.date | None
    closed_after: dt.date | None
    mark: int | None
    points: Decimal | None
    annotation: str | None
    remark: str
    version: int
    by: str | None
    at: dt.datetime | None

    @property
    def name(self) -> str:
        """« Inès Belkacem »."""
        return f"{capitalise(self.first_name)} {capitalise(self.usage_name or self.last_name)}"

    @property
    def text(self) -> str:
        """What the cell shows."""
        return shown(self.points, self.annotation or "")

    @property
    def typed(self) -> Typed:
        """What the cell holds, as if it were typed again."""
        return Typed(self.points, self.annotation or "", self.remark)


@transaction.atomic
def note_marks(*, assessment: Assessment, told: Sequence[Told], actor: Actor) -> list[Outcome]:
    """Write what was typed, cell by cell; each says what became of it, in the order told.

    Two statements whatever the number of cells, three more when the marks are published, two more for one that is new then:
    students see it in the open hours, guardians after the delay. One more for what was put aside.
    Whoever calls has checked that the actor marks the assessment, whose `course` is loaded.
    """
    here = _cells(assessment, [each.student for each in told])
    outcomes: dict[int, Outcome] = {}
    wanted: list[tuple[Told, Typed]] = []
    for each in told:
        cell = here.get(each.student)
        if cell is None:
            outcomes[each.student] = _unknown(each)
            continue
        try:
            typed = _readable(each, cell, assessment)
        except Refusal as no:
            outcomes[each.student] = _refused(each, cell, str(no))
            continue
        if typed == cell.typed:
            outcomes[each.student] = Outcome(each.student, "same", cell.text, cell.version, remark=cell.remark)
        elif cell.version != each.base:
            outcomes[each.student] = _conflict(each, cell, typed, actor)
        else:
            wanted.append((each, typed))
    is_new = any(not here[each.student].text for each, _typed in wanted)
    outcomes |= _write(assessment, wanted, actor, is_new=is_new)
    return [outcomes[each.student] for each in told]


def _cells(assessment: Assessment, students: list[int]) -> dict[int, Cell]:
    facts = {
        "school": current_establishment_id(), "group": assessment.course.group_id, "term": assessment.term_id,
        "assessment": assessment.pk, "students": students,
        "terms": [each for each in (assessment.term_id, assessment.other_term_id) if each is not None],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.CELLS, facts)
        return {row[0]: Cell(*row) for row in cursor.fetchall()}


def _readable(told: Told, cell: Cell, assessment: Assessment) -> Typed:
    """What was typed, when it may be written there. Raises Refusal."""
    remark = cell.remark if told.remark is None else " ".join(told.remark.split())
    is_same_text = told.text.strip() == cell.text
    if is_same_text and remark == cell.remark:
        return cell.typed
    if assessment.is_locked:
        raise Refusal(_("Cette évaluation est verrouillée. Déverrouillez-la dans ses réglages pour changer une note."))
    if cell.closed_after is not None and cell.closed_after < clock.today():
        raise Refusal(
            _("%(name)s : la saisie de la période est close depuis le %(day)s. Seule la direction peut la rouvrir.")
            % {"name": cell.name, "day": day_month(cell.closed_after)}
        )
    if len(remark) > LONGEST_REMARK:
        raise Refusal(
            _("%(name)s : la remarque fait %(n)s signes, %(most)s au plus. Raccourcissez-la.")
            % {"name": cell.name, "n": len(remark), "most": LONGEST_REMARK}
        )
    typed = replace(cell.typed if is_same_text else read_typed(told.text, assessment.scale), remark=remark)
    if cell.left_on is not None and cell.left_on < assessment.held_on and typed != Typed():
        raise Refusal(
            _("%(name)s a quitté ce groupe le %(day)s, avant cette évaluation : pas de note.")
            % {"name": cell.name, "day": day_month(cell.left_on)}
        )
    return typed


def _write(
    assessment: Assessment, wanted: Sequence[tuple[Told, Typed]], actor: Actor, *, is_new: bool
) -> dict[int, Outcome]:
    if not wanted:
        return {}
    # Marks written before the assessment is shown are seen with it.
    is_late = is_new and assessment.student_sees_at is not None
    student_sees_at, guardian_sees_at = shown_from(assessment) if is_late else (None, None)
    facts: dict[str, Any] = {
        "school": current_establishment_id(), "assessment": assessment.pk, "by": actor.person_id, "now": clock.now(),
        "students": [told.student for told, _typed in wanted],
        "points": [typed.points for _told, typed in wanted],
        "annotations": [typed.annotation for _told, typed in wanted],
        "remarks": [typed.remark for _told, typed in wanted],
        "bases": [told.base for told, _typed in wanted],
        "student_sees_at": student_sees_at, "guardian_sees_at": guardian_sees_at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.WRITE, facts)
        written = dict(cursor.fetchall())
    if assessment.student_sees_at is not None and written:
        see_marks_again(written)
    late = [told.student for told, _typed in wanted if told.student not in written]
    # Written between our two statements: read again, and told apart like any other meeting.
    now = _cells(assessment, late) if late else {}
    return {
        told.student: Outcome(
            told.student, "saved", shown(typed.points, typed.annotation), written[told.student], remark=typed.remark
        )
        if told.student in written
        else _conflict(told, now[told.student], typed, actor)
        for told, typed in wanted
    }


def _conflict(told: Told, cell: Cell, typed: Typed, actor: Actor) -> Outcome:
    """Somebody else wrote here meanwhile: theirs stays, ours is kept aside in the history of the cell."""
    MarkVersion.objects.create(
        mark_id=cell.mark, points=typed.points, annotation=typed.annotation, remark=typed.remark, version=cell.version,
        written_by_id=actor.person_id, written_at=clock.now(), is_kept=False,
    )  # fmt: skip
    theirs, yours = _words(cell.typed, typed), _words(typed, cell.typed)
    sentence = _(
        "%(name)s : %(by)s a écrit « %(theirs)s » (%(at)s), vous « %(yours)s ». Rien n’est perdu : choisissez."
    ) % {
        "name": cell.name,
        "by": cell.by or _("quelqu’un d’autre"),
        "theirs": theirs,
        "at": day_hour(cell.at) if cell.at else "",
        "yours": yours,
    }
    return Outcome(
        told.student, "conflict", cell.text, cell.version, told.text.strip(), sentence, cell.remark, typed.remark
    )


def _words(one: Typed, other: Typed) -> str:
    """A mark in words, with its remark when that is what differs."""
    text = shown(one.points, one.annotation) or _("rien")
    return text if one.remark == other.remark else f"{text}, {one.remark or _('sans remarque')}"


def _refused(told: Told, cell: Cell, sentence: str) -> Outcome:
    remark = cell.remark if told.remark is None else told.remark
    return Outcome(told.student, "refused", cell.text, cell.version, told.text, sentence, cell.remark, remark)


def _unknown(told: Told) -> Outcome:
    sentence = _("Cet élève n’est pas dans ce groupe pendant cette période. Rechargez la page.")
    return Outcome(told.student, "refused", "", 0, told.text, sentence, "", told.remark or "")
