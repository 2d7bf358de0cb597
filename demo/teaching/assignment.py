"""Who teaches what: services shared among teachers, then head teachers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from demo.identifiers import COLLEGE, LYCEE, LYCEE_AGRICOLE, staff_id
from demo.model import School, Service, Staff
from demo.people.staff import KNOWN_TEACHERS, StaffRoom
from demo.teaching.subjects import FOLLOWS, SUBJECTS
from demo.timetable.blocks import FORTNIGHT, Block

Taught = tuple[str, str]  # group, subject
HEAD_TEACHER_HOUR = "VICLA"

_NUMBERS = {known.last_name: staff_id(known.key) for known in KNOWN_TEACHERS}
# Those the cast meets.
_PINNED: dict[tuple[str, str, str], int] = {
    (uai, group, subject): _NUMBERS[name]
    for uai, group, subject, name in (
        (COLLEGE, "4B", "FRANC", "Lemoine"),
        (COLLEGE, "4B", "MATHS", "Roussel"),
        (COLLEGE, "4B", "HGEC", "Vasseur"),
        (COLLEGE, "4B", "AGL1", "Hardy"),
        (COLLEGE, "4B", "SVT", "Kessler"),
        (COLLEGE, "4B", "PH-CH", "Lang"),
        (COLLEGE, "4B", "TECHN", "Oster"),
        (COLLEGE, "4B", "EPS", "Ferrand"),
        (COLLEGE, "4B", "EDMUS", "Aubert"),
        (COLLEGE, "4B", "A-PLA", "Navarro"),
        (COLLEGE, "4ABES2", "ESP2", "Ibarra"),
        (COLLEGE, "4D", "MATHS", "Roussel"),
        (COLLEGE, "6C", "MATHS", "Roussel"),
        (COLLEGE, "6C", "FRANC", "Delmas"),
        (LYCEE, "204", "MATHS", "Roussel"),
        (LYCEE_AGRICOLE, "1CGEA", "FRANC", "Kerjean"),
    )
}
_HEADS = {(COLLEGE, "4B"): _NUMBERS["Roussel"]}


def assign(school: School, blocks: Sequence[Block], room: StaffRoom) -> list[Service]:
    """Give every taught hour of a school to a teacher, hiring those who lack; names a head teacher in each division."""
    hours, rivals = _hours(blocks), _rivals(blocks)
    drawn = _loads(hours)
    room.hire_teachers(school, _needs(drawn))
    teacher: dict[Taught, int] = {}
    left = {one.id: one.hours[school.uai] for one in room.of(school.uai)}
    for taught in sorted(
        drawn, key=lambda taught: (-_is_pinned(school, taught), -len(rivals[taught]), -drawn[taught], taught)
    ):
        chosen = _choose(school, taught, drawn[taught], left, {teacher.get(rival) for rival in rivals[taught]}, room)
        teacher[taught] = chosen
        left[chosen] = left.get(chosen, 0.0) - drawn[taught]
    _name_heads(school, teacher, drawn, room.of(school.uai))
    heads = {division: one.id for one in room.of(school.uai) for uai, division in one.head_of if uai == school.uai}
    for taught in hours:
        if taught not in teacher:
            leader = _leader(taught)
            teacher[taught] = teacher[leader] if leader else heads[taught[0]]
    return [Service(group, subject, teacher[group, subject], count) for (group, subject), count in hours.items()]


def _hours(blocks: Iterable[Block]) -> dict[Taught, float]:
    hours: dict[Taught, float] = defaultdict(float)
    for block in blocks:
        for part in block.parts:
            hours[part.group, part.subject] += block.length * FORTNIGHT[part.week].bit_count() / 2
    return dict(hours)


def _loads(hours: dict[Taught, float]) -> dict[Taught, float]:
    """What has to be given to someone, with the hours that follow from it."""
    loads = {
        taught: count for taught, count in hours.items() if taught[1] != HEAD_TEACHER_HOUR and _leader(taught) is None
    }
    for taught, count in hours.items():
        leader = _leader(taught)
        if leader is not None:
            loads[leader] += count
    return loads


def _rivals(blocks: Iterable[Block]) -> dict[Taught, set[Taught]]:
    """What is taught at the same time, and so needs another teacher."""
    rivals: dict[Taught, set[Taught]] = defaultdict(set)
    for block in blocks:
        for part in block.parts:
            rivals[part.group, part.subject] |= {
                (other.group, other.subject)
                for other in block.parts
                if other is not part and FORTNIGHT[other.week] & FORTNIGHT[part.week]
            }
    return rivals


def _leader(taught: Taught) -> Taught | None:
    """Whose teacher also takes this: half-classes follow their division, some subjects another one."""
    group, subject = taught
    if subject in FOLLOWS:
        return group, FOLLOWS[subject]
    division, half, _rank = group.partition("_")
    return (division, subject) if half else None


def _needs(drawn: dict[Taught, float]) -> dict[str, float]:
    needs: dict[str, float] = defaultdict(float)
    for (_group, subject), hours in drawn.items():
        needs[SUBJECTS[subject].trade] += hours
    return needs


def _is_pinned(school: School, taught: Taught) -> bool:
    return (school.uai, *taught) in _PINNED


def _choose(
    school: School, taught: Taught, hours: float, left: dict[int, float], busy: set[int | None], room: StaffRoom
) -> int:
    pinned = _PINNED.get((school.uai, *taught))
    if pinned is not None:
        return pinned
    trade = SUBJECTS[taught[1]].trade
    candidates = [one for one in room.teachers(school.uai, trade) if one.id not in busy]
    # Those shared with another school never do more than agreed.
    able = [one for one in candidates if left[one.id] >= hours or (not one.half_days and left[one.id] > hours - 2.5)]
    if not able:
        hired = room.hire_one_more(school, trade)
        left[hired.id] = hired.hours[school.uai]
        return hired.id
    return max(able, key=lambda one: (left[one.id], -one.id)).id


def _name_heads(school: School, teacher: dict[Taught, int], drawn: dict[Taught, float], staff: list[Staff]) -> None:
    by_id = {one.id: one for one in staff}
    for division in sorted(school.divisions, key=lambda division: (school.uai, division) not in _HEADS):
        teachers = sorted(
            (taught for taught in drawn if taught[0] == division),
            key=lambda taught: (len(by_id[teacher[taught]].head_of), -drawn[taught], taught),
        )
        chosen = _HEADS.get((school.uai, division)) or teacher[teachers[0]]
        by_id[chosen].head_of.append((school.uai, division))
