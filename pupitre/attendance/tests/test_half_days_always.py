"""What holds of half-days whatever the day: properties, on days that nobody would invent."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pupitre.attendance.half_days import Absence, Hours, Method, Span, Standing, count_day
from pupitre.attendance.totals import total_of

_minute = st.integers(0, 24 * 60 - 1)


@st.composite
def spans(draw, longest=300):
    starts = draw(_minute)
    return Span(starts, draw(st.integers(starts + 1, min(starts + longest, 24 * 60))))


@st.composite
def hours(draw):
    cut = draw(st.integers(11 * 60, 13 * 60 + 30))
    morning = Span(draw(st.integers(7 * 60, 9 * 60)), cut)
    afternoon = Span(draw(st.integers(cut, cut + 100)), draw(st.integers(cut + 120, 20 * 60)))
    return Hours(cut, draw(st.sampled_from([morning, None])), draw(st.sampled_from([afternoon, None])))


absences = st.lists(
    st.builds(Absence, spans(900), st.sampled_from(Standing), st.booleans(), st.integers(1, 9)), max_size=6
)
days = st.one_of(st.none(), st.lists(spans(120), max_size=9))


@given(absences, days, hours())
def test_a_day_has_two_half_days_at_most_and_each_is_one_at_most(away, lessons, school):
    counts = count_day(away, lessons, school)
    assert len({count.half for count in counts}) == len(counts) <= 2
    for count in counts:
        assert 0 <= count.computed <= count.by_lesson <= count.gross == 1
        assert 0 <= count.missed <= count.lessons
        assert not count.is_full or count.by_lesson


@given(absences, days, hours(), st.sampled_from(Method))
def test_the_columns_always_add_up_to_the_half_days(away, lessons, school, method):
    counts = count_day(away, lessons, school)
    total = total_of(counts, method)
    assert total.justified + total.pending + total.unjustified == sum((each.by(method) for each in counts), Fraction(0))
    assert total.all <= 2


@given(absences, days, hours(), st.randoms())
def test_the_order_of_entries_changes_nothing(away, lessons, school, random):
    shuffled = list(away)
    random.shuffle(shuffled)
    assert [_without_refs(each) for each in count_day(shuffled, lessons, school)] == [
        _without_refs(each) for each in count_day(away, lessons, school)
    ]


@given(absences, days, hours())
def test_saying_an_absence_twice_changes_nothing(away, lessons, school):
    assert count_day([*away, *away], lessons, school) == count_day(away, lessons, school)


@given(absences, days, hours(), st.data())
def test_an_absence_cut_in_two_counts_the_same_with_a_timetable(away, lessons, school, data):
    """Two lessons noted one after the other, or one absence from the first to the last, are worth the same half-days."""
    cut_up = []
    for each in away:
        at = data.draw(st.integers(each.span.starts, each.span.ends))
        parts = [(each.span.starts, at), (at, each.span.ends)]
        cut_up += [Absence(Span(*part), each.standing, each.counts, each.ref) for part in parts if part[0] < part[1]]
    if lessons is not None:
        assert count_day(cut_up, lessons, school) == count_day(away, lessons, school)


@given(absences, days, hours(), st.builds(Absence, spans(900), st.sampled_from(Standing)))
def test_one_absence_more_never_counts_less_nor_excuses(away, lessons, school, more):
    before = {count.half: count for count in count_day(away, lessons, school)}
    after = {count.half: count for count in count_day([*away, more], lessons, school)}
    for half, count in before.items():
        assert after[half].computed >= count.computed
        assert after[half].by_lesson >= count.by_lesson
        assert after[half].standing >= count.standing or not count.by_lesson


@given(absences, hours())
def test_a_day_without_lessons_never_counts(away, school):
    assert count_day(away, [], school) == []


@given(absences, days, hours())
def test_what_does_not_count_never_counts(away, lessons, school):
    excused = [Absence(each.span, each.standing, counts=False) for each in away]
    assert count_day(excused, lessons, school) == []


def _without_refs(count):
    return (count.half, count.gross, count.by_lesson, count.computed, count.missed, count.is_full, count.standing)
