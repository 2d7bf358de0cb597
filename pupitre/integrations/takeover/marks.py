"""Lines of marks → what the gradebook takes; each has its fate, as any other line."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from pupitre.foundation import clock
from pupitre.gradebook.queries.known import key_of, marks_known
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.taking_over import PastMark, PastTest
from pupitre.gradebook.typed import Typed, read_typed, shown
from pupitre.integrations.takeover.mapping import Unreadable
from pupitre.integrations.takeover.matching import Doubtful
from pupitre.integrations.takeover.models import Fate, Thing
from pupitre.integrations.takeover.plans import Plan
from pupitre.integrations.takeover.records import MarkLine
from pupitre.integrations.takeover.subjects import subject_of
from pupitre.integrations.takeover.teaching import Teaching


def decide_marks(
    found: Iterable[tuple[MarkLine, int]], plan: Plan, teaching: Teaching, subjects: Mapping[str, int | None], whole: int | None
) -> None:  # fmt: skip
    """What is known already, what waits for a subject, what is taken; two statements.

    `subjects`: our subject for each of theirs that is not called so here, folded, None when it is none of ours; `whole`: the
    subject of every line.
    """
    read: list[tuple[MarkLine, PastMark]] = []
    for line, student in found:
        try:
            read.append((line, _mark(line, student, plan, teaching, subjects, whole)))
        except Doubtful as no:
            plan.leave(line.number, Thing.MARK, Fate.HELD, line.told, str(no))
        except (Unreadable, Refusal) as no:
            plan.leave(line.number, Thing.MARK, Fate.REFUSED, line.told, str(no))
    known = marks_known({each.test.course_id for _line, each in read}, {each.test.held_on for _line, each in read})
    tests = dict(known.tests)
    marks = dict(known.marks)
    for line, each in read:
        test, text = each.test, shown(each.points, each.annotation)
        key = key_of(test.course_id, test.held_on, test.title)
        here = marks.get((key, each.student_id))
        if here == text:
            plan.leave(line.number, Thing.MARK, Fate.KNOWN, line.told, _("Déjà notée ici, ou écrite deux fois."))
        elif here is not None:
            told = _(
                "Cet élève a déjà « %(here)s » à cette évaluation, ici ou dans le fichier : gardez l’une des deux."
            )
            plan.leave(line.number, Thing.MARK, Fate.HELD, line.told, told % {"here": here})
        elif tests.setdefault(key, test.scale) != test.scale:
            told = _("Cette évaluation est déjà écrite sur %(scale)s, cette ligne est sur %(other)s.")
            plan.leave(line.number, Thing.MARK, Fate.HELD, line.told, told % {"scale": tests[key], "other": test.scale})
        else:
            marks[key, each.student_id] = text
            plan.counts[Thing.MARK][Fate.TAKEN] += 1
            plan.marks.append(each)


def _mark(
    line: MarkLine, student: int, plan: Plan, teaching: Teaching, subjects: Mapping[str, int | None], whole: int | None
) -> PastMark:  # fmt: skip
    """What a line says, in a course and a term of ours. Raises Doubtful, Unreadable, Refusal."""
    if line.held_on > clock.today():
        raise Unreadable(_("Cette date est à venir : une reprise ne tient que le passé."))
    if line.text.endswith("*"):
        # PRONOTE’s star: whether it counts as a zero was chosen there, and changes the average.
        raise Doubtful(
            _("« %(text)s » : écrivez « Abs » si elle ne compte pas, « Abs 0 » ou « N.r. 0 » si elle compte zéro.")
            % {"text": line.text}
        )
    typed = read_typed(line.text, line.scale)
    if typed == Typed():
        raise Unreadable(_("Aucune note sur cette ligne."))
    subject = whole if whole and not line.subject else subject_of(line.subject, plan, teaching, subjects)
    term = teaching.term_of(line)
    course = teaching.course_of(line, student, subject, term)
    teaching.refuse_closed(student, term)
    test = PastTest(course, term.pk, line.title, line.held_on, line.scale, line.coefficient)
    return PastMark(test, student, typed.points, typed.annotation, line.remark)
