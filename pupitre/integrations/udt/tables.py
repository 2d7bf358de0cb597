"""The rows of the tables, by the number of their file."""

from dataclasses import dataclass, field

Row = dict[str, str]


@dataclass(slots=True)
class Tables:
    """Everything that an archive holds, but for the tables of a period."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, number: str) -> list[Row]:
        """The rows of a table; none when it is not there."""
        return self.rows.get(number, [])

    def by_code(self, number: str) -> dict[str, Row]:
        """The rows of a table by their code."""
        return {row["code"]: row for row in self.of(number) if row.get("code")}
