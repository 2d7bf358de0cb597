"""A row of results → lines in our words, one a mark or one a subject. No database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from pupitre.directory.names import fold
from pupitre.gradebook.models.assessments import LARGEST_SCALE
from pupitre.integrations.exchange.csv import Row, Table
from pupitre.integrations.takeover.mapping import Reader, Unreadable
from pupitre.integrations.takeover.models import Thing
from pupitre.integrations.takeover.periods import read_period, read_year
from pupitre.integrations.takeover.records import CardLine, MarkLine
from pupitre.integrations.takeover.wide import WideTest, assessments_in, subjects_in

Found = MarkLine | CardLine | Unreadable
_WORDS = {"abs": "Abs", "absent": "Abs", "absente": "Abs", "disp": "Disp", "dispense": "Disp", "dispensee": "Disp", "nn": "NN",
          "n not": "NN", "n.not": "NN", "nnot": "NN", "non note": "NN", "non notee": "NN", "ne": "NN", "n e": "NN", "": "",
          "inapte": "Inap", "inap": "Inap"}  # fmt: skip
"""What stands in the place of an average, folded, and how it is shown."""
_TWENTY = Decimal(20)
_CENT = Decimal("0.01")


@dataclass(slots=True)
class ResultReader:
    """Reads rows of results by the columns that were chosen; `said`: what the school says of every line."""

    columns: Mapping[str, int]
    thing: Thing
    said: Mapping[str, Any]
    tests: Mapping[int, WideTest] = field(default_factory=dict)
    subjects: Mapping[int, str] = field(default_factory=dict)

    def lines(self, row: Row) -> Iterator[Found]:
        """What a row tells: one line, or one a column when the table is wide. What cannot be read is told in its place."""
        if self.thing is Thing.MARK:
            yield from self._marks(row)
        elif self.thing is Thing.AVERAGE and "subject" not in self.columns:
            for place, subject in self.subjects.items():
                if row[place]:
                    yield self._tried(row, subject, row[place])
        else:
            yield self._tried(row, self._cell(row, "subject"), self._cell(row, "average"))

    def told(self, row: Row) -> str:
        """The row as its file names it, when it cannot be read."""
        shown = (Reader(self.columns).who(row).shown, self._cell(row, "subject"), self._cell(row, "title"))
        return ", ".join(filter(None, shown))[:200] or str(row)[:200]

    def _marks(self, row: Row) -> Iterator[Found]:
        if "mark" in self.columns:
            try:
                yield self._mark(row, self._long(row), self._cell(row, "mark"))
            except Unreadable as no:
                yield no
            return
        for place, test in self.tests.items():
            if row[place]:
                try:
                    yield self._mark(row, test, row[place])
                except Unreadable as no:
                    yield Unreadable(f"{test.title} : {no}" if test.title else str(no))

    def _long(self, row: Row) -> WideTest:
        day = Reader(self.columns).day(row, "held_on")
        if day is None:
            raise Unreadable(_("Il manque le jour de l’évaluation."))
        return WideTest(self._cell(row, "title"), day, self._cell(row, "scale"), self._cell(row, "coefficient"))

    def _mark(self, row: Row, test: WideTest, written: str) -> MarkLine:
        if not written:
            raise Unreadable(_("Aucune note sur cette ligne."))
        over = written.partition("/")[2].strip()
        scale = _scale(test.scale or (over if over.isdecimal() else ""))
        title = test.title or _("Évaluation du %(day)s") % {"day": f"{test.held_on:%d/%m/%Y}"}
        return MarkLine(
            row.number, Reader(self.columns).who(row), self._cell(row, "subject")[:80], self._cell(row, "teacher")[:80],
            title[:80], test.held_on, written, scale, _coefficient(test.coefficient),
            self._year(row), self._period(row, is_needed=False), self._cell(row, "remark")[:200],
        )  # fmt: skip

    def _tried(self, row: Row, subject: str, average: str) -> Found:
        try:
            return self._card(row, subject, average)
        except Unreadable as no:
            return Unreadable(f"{subject} : {no}" if subject and "subject" not in self.columns else str(no))

    def _card(self, row: Row, subject: str, average: str) -> CardLine:
        is_whole = self.thing is Thing.BULLETIN
        if not is_whole and not subject:
            raise Unreadable(_("Il manque la matière."))
        line = CardLine(
            row.number, Reader(self.columns).who(row), self._year(row), self._period(row), subject[:80],
            self._cell(row, "teacher")[:80], _average(average), _average(self._cell(row, "class_average")),
            self._text(row), self._cell(row, "mention")[:80], self._count(row, "half_days"),
            self._count(row, "unjustified"), self._count(row, "lates"),
        )  # fmt: skip
        counts = (line.half_days, line.unjustified, line.lates)
        if not (line.value or line.text or line.mention) and all(each is None for each in counts):
            raise Unreadable(_("Cette ligne ne dit rien : ni moyenne, ni appréciation."))
        return line

    def _text(self, row: Row) -> str:
        text = self._cell(row, "text")
        if len(text) > 1000:
            raise Unreadable(_("Cette appréciation fait %(n)s signes, 1 000 au plus se gardent.") % {"n": len(text)})
        return text

    def _period(self, row: Row, *, is_needed: bool = True) -> str:
        written = self._cell(row, "period")
        code = read_period(written) if written else str(self.said.get("period", ""))
        if written and not code:
            raise Unreadable(
                _("« %(text)s » n’est pas une période. Écrivez « Trimestre 1 », « Semestre 2 » ou « Année ».")
                % {"text": written[:40]}
            )
        if is_needed and not code:
            raise Unreadable(_("Il manque la période."))
        return code

    def _year(self, row: Row) -> int | None:
        written = self._cell(row, "year")
        if not written:
            said = self.said.get("year")
            return int(said) if said else None
        found = read_year(written)
        if found is None:
            raise Unreadable(
                _("« %(text)s » n’est pas une année scolaire. Écrivez-la comme 2025-2026.") % {"text": written[:40]}
            )
        return found

    def _count(self, row: Row, name: str) -> int | None:
        written = self._cell(row, name)
        if not written:
            return None
        whole = written.removesuffix(",0").removesuffix(".0").removesuffix(",00")
        if not whole.isdecimal() or len(whole) > 3:
            raise Unreadable(
                _("« %(text)s » n’est pas un nombre de demi-journées ou de retards.") % {"text": written[:40]}
            )
        return int(whole)

    def _cell(self, row: Row, name: str) -> str:
        return row[self.columns.get(name)]


def result_reader_of(
    table: Table, columns: Mapping[str, int], thing: str, said: Mapping[str, Any], year: int
) -> ResultReader:
    """A reader for a table, wide or long. `year`: the school year of days that are written without theirs."""
    year = int(said.get("year") or year)
    return ResultReader(columns, Thing(thing), said, assessments_in(table, columns, year), subjects_in(table, columns))


def _scale(written: str) -> int:
    whole = written.strip(" /").removesuffix(",0").removesuffix(",00").removesuffix(".0").removesuffix(".00")
    if not whole:
        return 20
    if not whole.isdecimal() or not 1 <= int(whole) <= LARGEST_SCALE:
        raise Unreadable(_("« %(text)s » n’est pas un barème de 1 à 99.") % {"text": written[:40]})
    return int(whole)


def _coefficient(written: str) -> Decimal:
    if not written:
        return Decimal(1)
    value = _number(written)
    if value is None or not 0 <= value <= LARGEST_SCALE:
        raise Unreadable(_("« %(text)s » n’est pas un coefficient.") % {"text": written[:40]})
    return value


def _average(written: str) -> str:
    """An average out of twenty as it is shown, or the word in its place. Raises Unreadable."""
    text = written.strip().removesuffix("/20").strip()
    word = fold(text)
    if word in _WORDS:
        return _WORDS[word]
    value = _number(text)
    if value is None:
        raise Unreadable(_("« %(text)s » n’est pas une moyenne.") % {"text": written[:40]})
    if not 0 <= value <= _TWENTY:
        raise Unreadable(_("« %(text)s » n’est pas une moyenne sur 20.") % {"text": written[:40]})
    return f"{value:.2f}".replace(".", ",")


def _number(written: str) -> Decimal | None:
    try:
        value = Decimal(written.replace(",", ".").replace("\N{NO-BREAK SPACE}", "").strip())
    except InvalidOperation:
        return None
    return value.quantize(_CENT) if value.is_finite() and abs(value) < 1000 else None
