"""A table of results → what the gradebook and the room of bulletins take: each line has its fate, and a sentence."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from pupitre.integrations.exchange.csv import Table
from pupitre.integrations.takeover.bulletins import decide_cards
from pupitre.integrations.takeover.mapping import Unreadable
from pupitre.integrations.takeover.marks import decide_marks
from pupitre.integrations.takeover.matching import Doubtful, Students, Unknown
from pupitre.integrations.takeover.models import Fate
from pupitre.integrations.takeover.plans import Plan
from pupitre.integrations.takeover.records import CardLine, MarkLine
from pupitre.integrations.takeover.results import ResultReader
from pupitre.integrations.takeover.teaching import teaching_of_school


def results_plan(
    table: Table, reader: ResultReader, students: Students, subjects: Mapping[str, int | None]
) -> Plan:  # fmt: skip
    """What each line of a table of results gives; about fifteen statements whatever their number."""
    plan, thing = Plan(), reader.thing
    marks: list[tuple[MarkLine, int]] = []
    cards: list[tuple[CardLine, int]] = []
    for row in table.rows:
        for line in reader.lines(row):
            plan.counts[thing]["read"] += 1
            if isinstance(line, Unreadable):
                plan.leave(row.number, thing, Fate.REFUSED, reader.told(row), str(line))
                continue
            try:
                student = students.find(line.who)
                if student.person_id in students.wards:
                    raise Doubtful(_("C’est votre enfant : un collègue reprend cette ligne à votre place."))
            except Doubtful as no:
                plan.leave(row.number, thing, Fate.HELD, line.told, str(no))
            except Unknown as no:
                plan.leave(row.number, thing, Fate.REFUSED, line.told, str(no))
            else:
                if isinstance(line, MarkLine):
                    marks.append((line, student.pk))
                else:
                    cards.append((line, student.pk))
    if marks:
        whole = int(reader.said["subject"]) if reader.said.get("subject") else None
        decide_marks(marks, plan, teaching_of_school(), subjects, whole)
    if cards:
        decide_cards(cards, thing, plan, subjects)
    plan.issues.sort(key=lambda each: each.number)
    return plan
