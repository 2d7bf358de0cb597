"""A big lycée: 3 000 students and twice as many adults; `pupitre bench-import` says how long they take."""

from pupitre.integrations.siecle.tests.exports import (
    SAMPLES,
    guardians,
    guardians_export,
    link,
    links,
    person,
    read,
    students,
)

_STUDENTS = 3_000


def _repeated(text: str, tag: str, times: int) -> str:
    """A block of the sample, its one element written many times with an id of its own."""
    start = text.index(f"<{tag} ELEVE_ID=")
    end = text.index(f"</{tag}>", start) + len(f"</{tag}>")
    rows = "".join(text[start:end].replace("610301", str(900_000 + rank)) for rank in range(times))
    last = text.rindex(f"</{tag}>") + len(f"</{tag}>")
    return text[:start] + rows + text[last:]


def test_three_thousand_students_are_read() -> None:
    text = (SAMPLES / "ElevesAvecAdresses.xml").read_bytes().decode("iso8859-15")
    for tag in ("ELEVE", "OPTION", "STRUCTURES_ELEVE"):
        text = _repeated(text, tag, _STUDENTS)
    reading = read(text.encode("iso8859-15"))
    assert len(students(reading)) == _STUDENTS
    assert {each.division for each in students(reading)} == {"6A"}


def test_six_thousand_adults_are_read() -> None:
    people = "".join(person(str(rank), TEL_PORTABLE="06 39 98 12 34", MEL="a@b.fr") for rank in range(2 * _STUDENTS))
    bonds = "".join(link(str(rank // 2), str(rank)) for rank in range(2 * _STUDENTS))
    reading = read(guardians_export(people, bonds))
    assert len(guardians(reading)) == len(links(reading)) == 2 * _STUDENTS
