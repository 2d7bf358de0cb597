"""`EXP_COURS.xml`: the lessons of a school as EDT writes them, UTF-8 with its mark, lines of Windows."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from demo.model import Group, Lesson, SchoolLife, Staff
from demo.teaching.subjects import SUBJECTS
from demo.writers.words import capitals
from pupitre.foundation.ui.french import DAYS

_LABEL = 60


def write_edt_courses(folder: Path, life: SchoolLife, lessons: Iterable[Lesson] | None = None,
                      *, class_of: Callable[[str], str] = str) -> Path:  # fmt: skip
    """Write the table. `lessons`: those of the school when not told; `class_of`: how EDT writes the code of a class."""
    staff = {one.id: one for one in life.staff}
    groups = {group.code: group for group in life.groups}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<TABLE nom="Cours">']
    for number, lesson in enumerate(life.lessons if lessons is None else lessons, 1):
        lines.append(f'<Cours numero="{number}">')
        cells = _cells(lesson, staff[lesson.teacher], groups.get(lesson.group), class_of)
        lines += (f"<{tag}>{escape(text)}</{tag}>" for tag, text in cells)
        lines.append("</Cours>")
    path = folder / "EXP_COURS.xml"
    path.write_bytes("\r\n".join((*lines, "</TABLE>", "")).encode("utf-8-sig"))
    return path


def _cells(
    lesson: Lesson, teacher: Staff, group: Group | None, class_of: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    subject = SUBJECTS[lesson.subject]
    yield "DUREE", f"{lesson.minutes // 60}h{lesson.minutes % 60:02}"
    yield "MAT_CODE", subject.key
    yield "MAT_LIBELLE", capitals(subject.label, _LABEL)
    yield "PROF_NOM", teacher.last_name.upper()
    yield "PROF_PRENOM", teacher.first_name
    yield "CLASSE", _class_list(lesson.group, group, class_of)
    yield "SALLE", lesson.room
    yield "ALTERNANCE", lesson.week
    yield "MODALITE", "CG"
    yield "JOUR", DAYS[lesson.weekday - 1]
    yield "H.DEBUT", f"  {lesson.start // 60:02}h{lesson.start % 60:02}"


def _class_list(code: str, group: Group | None, class_of: Callable[[str], str]) -> str:
    """A class, a part of one, or a group across classes."""
    if group is None:
        return class_of(code)
    return f"<{class_of(group.divisions[0])}> {code}" if len(group.divisions) == 1 else f"[{code}]"
