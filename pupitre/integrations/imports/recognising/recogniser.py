"""From a name of a file to what it is here: what was said once, what is certain, what must be made, what is asked."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.directory.models import Group, Person
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Ref
from pupitre.integrations.exchange.records import GroupRecord, Identity, NameRecord, SubjectRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.structures import compare_subjects, new_group
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.mapping import affiliate, full_name, new_person
from pupitre.integrations.imports.plan import Candidate, Change, Question
from pupitre.integrations.imports.recognising.items import items_of
from pupitre.integrations.imports.recognising.likeness import CERTAIN, WORTH, Item, compact, likeness
from pupitre.integrations.imports.recognising.weeks import Weeks

_MOST = 4  # candidates shown first
_SUBJECT, _GROUP, _ROOM = 6, 20, 40  # characters of our codes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name is here. `value` is ours, « » when it is to be left out; nobody has said yet when `is_open`."""

    value: str = ""
    is_open: bool = False

    @property
    def is_ignored(self) -> bool:
        """Whether the school said to leave it out."""
        return not (self.value or self.is_open)


class Recogniser:
    """Answers for the names of one source, each once; questions are kept with the number of lessons that wait."""

    def __init__(self, context: Context, source: str, weeks: Weeks) -> None:
        self.context, self.source, self.weeks = context, source, weeks
        self.items = items_of(context, weeks)
        self._answers: dict[tuple[str, str], Answer] = {}
        self._asked: dict[tuple[str, str], Question] = {}
        self._waiting: Counter[tuple[str, str]] = Counter()

    def answer(self, name: NameRecord, *, may_ask: bool = True) -> Answer:
        """What a name is here; each call counts as one lesson that waits when it must be asked."""
        at = (name.kind, name.key)
        if at not in self._answers:
            answer = self._found(name, may_ask=may_ask)
            if answer.is_open and not may_ask:
                return answer
            self._answers[at] = answer
        if at in self._asked:
            self._waiting[at] += 1
        return self._answers[at]

    def is_asked(self, *kinds: str) -> bool:
        """Whether names of these kinds wait for a human."""
        return any(kind in kinds for kind, _key in self._asked)

    def tell(self) -> None:
        """Put the questions in the plan, with a finding each for whoever only reads a report."""
        for at, question in self._asked.items():
            question.lessons = self._waiting[at]
            self.context.plan.questions.append(question)
            best = question.candidates[0] if question.candidates else None
            told = ngettext("%(n)s cours l’attend.", "%(n)s cours l’attendent.", question.lessons) % {
                "n": question.lessons
            }
            near = (
                _(" Le plus proche : « %(label)s » (%(why)s).") % {"label": best.label, "why": best.why} if best else ""
            )
            self.context.plan.find(
                Severity.QUARANTINE, "to_match", question.label,
                _("Ce nom n’est pas reconnu. %(told)s%(near)s Dites ce qu’il désigne dans « Correspondances ».")
                % {"told": told, "near": near}, field=question.kind, new=question.outside,
            )  # fmt: skip

    def _found(self, name: NameRecord, *, may_ask: bool) -> Answer:
        remembered = self.context.known.correspondences.get((self.source, name.kind, name.key))
        if remembered is not None:
            verdict, value = remembered
            if verdict == "ignore":
                return Answer()
            if verdict == "same" and any(each.value == value for each in self.items[name.kind]):
                return Answer(value)
        certain = self._certain(name)
        if certain is not None:
            return Answer(certain)
        if remembered == ("create", "") or self._makes_all(name.kind):
            return Answer(self._create(name))
        if may_ask:
            self._asked[name.kind, name.key] = self._question(name)
        return Answer(is_open=True)

    def _certain(self, name: NameRecord) -> str | None:
        if name.kind == "weeks":
            return self.weeks.meaning(name.key)
        if name.kind == "teacher":
            person = next((self.context.staff[code] for code in name.codes if code in self.context.staff), None)
            if isinstance(person, int):
                return str(person)
        by_rank = {each: [item for item in self.items[name.kind] if each in item.codes] for each in name.codes}
        for found in by_rank.values():  # the surest code first: a national one before what people read
            if len(found) == 1:
                return found[0].value
        found = [item for item in self.items[name.kind] if likeness(name, item)[0] == CERTAIN]
        return found[0].value if len(found) == 1 else None

    def _makes_all(self, kind: str) -> bool:
        """A school that has no room, or no subject, yet: asking for each of them would be absurd."""
        known = self.context.known
        return (kind == "classroom" and not known.classrooms) or (
            kind == "subject" and not (known.subjects or self.context.coming_subjects)
        )

    def _question(self, name: NameRecord) -> Question:
        scored = ((*likeness(name, item), item) for item in self.items[name.kind])
        near = sorted(((score, why, item) for score, why, item in scored if score >= WORTH and why),
                      key=lambda each: -each[0])[:_MOST]  # fmt: skip
        return Question(
            self.source, name.kind, name.key, name.label,
            [Candidate(item.value, item.label, why, score) for score, why, item in near],
            may_create=name.kind != "weeks",
        )  # fmt: skip

    def _create(self, name: NameRecord) -> str:
        match name.kind:
            case "group":
                return self._create_group(name)
            case "subject":
                return self._create_subject(name)
            case "teacher":
                return self._create_teacher(name)
            case _:
                self.items["classroom"].append(Item(name.key[:_ROOM], name.label, (name.key[:_ROOM],)))
                return name.key[:_ROOM]

    def _create_group(self, name: NameRecord) -> str:
        code = _free_code(
            name.codes[0] if name.codes else name.key, _GROUP, {each.value for each in self.items["group"]}
        )
        kind = "group" if name.is_part else "division"
        record = GroupRecord(code, name.label[:60], kind)
        self.context.plan.changes.append(new_group(self.context, record))
        self.context.coming[code] = record
        self.items["group"].append(Item(code, name.label, (code,)))
        return code

    def _create_subject(self, name: NameRecord) -> str:
        told = compact(name.codes[0] if name.codes else name.label).upper() or "MAT"
        code = _free_code(told, _SUBJECT, {each.value for each in self.items["subject"]})
        short = name.codes[0] if name.codes else ""
        compare_subjects(self.context, [SubjectRecord(code, name.label[:80], short[:10], short[:40])], may_rename=False)
        self.context.subject_labels[code] = name.label[:80]
        self.items["subject"].append(Item(code, name.label, tuple(filter(None, (code, short)))))
        return code

    def _create_teacher(self, name: NameRecord) -> str:
        ref = f"staff:{self.source}:{name.key}"
        who = Identity((), name.last_name or name.label, name.first_name, birth_date=name.birth_date)
        writes = new_person(ref, who)
        writes += affiliate(self.context.known, Ref(ref), Profile.TEACHER, function="", source=self.source,
                            starts_on=self.context.year_starts_on)  # fmt: skip
        self.context.plan.changes.append(
            Change(ref[:200], Kind.NEW_STAFF, full_name(who), writes, reason=str(_("Un compte à activer.")))
        )
        return ref

    def person(self, value: str) -> int | Ref:
        """The row that the answer for a teacher means."""
        return int(value) if value.isdecimal() else Ref(value)

    def person_name(self, value: str) -> str:
        """How the person of an answer is called; the label of the file for somebody new."""
        people: dict[int, Person] = self.context.known.people
        return people[int(value)].display_name if value.isdecimal() else value.rpartition(":")[2]

    def is_division(self, code: str) -> bool:
        """Whether one of our groups is a class."""
        held: Group | None = self.context.known.groups.get(code)
        return held.kind == Group.Kind.DIVISION if held else self.context.is_division(code)


def _free_code(wanted: str, length: int, taken: set[str]) -> str:
    code = wanted[:length].strip()
    for number in range(2, 100):
        if code not in taken:
            return code
        code = f"{wanted[: length - len(str(number))].strip()}{number}"
    return code
