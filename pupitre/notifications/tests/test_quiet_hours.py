"""The engine of quiet hours over a whole school year, both changes of hour included."""

import datetime as dt
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pupitre.notifications.quiet_hours import (
    DEFAULT,
    PARIS,
    SPREAD_SECONDS,
    Opening,
    QuietHours,
    is_open,
    next_at,
    opens_at,
    release_at,
    share_of,
)

FIRST, LAST = datetime(2026, 8, 31, tzinfo=UTC), datetime(2027, 8, 31, tzinfo=UTC)
AUTUMN, SPRING = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
ZONES = [PARIS, ZoneInfo("Indian/Reunion"), ZoneInfo("America/Guadeloupe")]


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def _around(night: datetime) -> st.SearchStrategy[datetime]:
    return st.integers(-6 * 3600, 6 * 3600).map(lambda seconds: night + timedelta(seconds=seconds))


instants = st.one_of(
    st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)).map(lambda at: at.replace(tzinfo=UTC)),
    # The nights when the clock changes deserve more than their share.
    _around(AUTUMN),
    _around(SPRING),
)
hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


@st.composite
def openings(draw: st.DrawFn) -> Opening | None:
    opens, closes = draw(hours), draw(hours)
    if draw(st.booleans()) or (closes <= opens and closes != time(0)):
        return None
    return Opening(opens, closes)


@st.composite
def tables(draw: st.DrawFn) -> QuietHours:
    week = tuple(draw(st.lists(openings(), min_size=7, max_size=7).filter(any)))
    return QuietHours(week, draw(st.sampled_from(ZONES)))


rules = st.one_of(st.just(DEFAULT), tables())
shares = st.floats(0, 1, exclude_max=True)


@settings(max_examples=150, deadline=None)
@given(rules, instants)
@example(DEFAULT, AUTUMN)
@example(DEFAULT, SPRING)
@example(QuietHours((Opening(time(2, 30), time(3, 0)),) * 7), AUTUMN)
@example(QuietHours((Opening(time(2, 15), time(4, 0)),) * 7), SPRING)
def test_it_opens_at_the_first_instant_that_is_open(rules, instant):
    opened = opens_at(rules, instant)
    assert opened >= instant
    assert is_open(rules, opened)
    assert opens_at(rules, opened) == opened
    if is_open(rules, instant):
        assert opened == instant
    else:
        assert not is_open(rules, opened - timedelta(microseconds=1))
        step = (opened - instant) / 50
        assert not any(is_open(rules, instant + step * part) for part in range(50))


@settings(max_examples=80, deadline=None)
@given(rules, instants, instants)
def test_what_is_written_later_never_opens_earlier(rules, one, other):
    first, second = sorted((one, other))
    assert opens_at(rules, first) <= opens_at(rules, second)


@settings(max_examples=100, deadline=None)
@given(rules, instants, shares)
def test_a_reader_receives_inside_an_opening_and_within_an_hour_of_it(rules, instant, share):
    released, opened = release_at(rules, instant, share), opens_at(rules, instant)
    assert is_open(rules, released)
    assert opened <= released < opened + timedelta(seconds=SPREAD_SECONDS)


@settings(max_examples=80, deadline=None)
@given(instants)
def test_by_default_nothing_arrives_in_the_evening_at_night_or_at_the_weekend(instant):
    at = opens_at(DEFAULT, instant).astimezone(PARIS)
    assert at.weekday() < 5
    assert time(7) <= at.time() < time(20)


@settings(max_examples=80, deadline=None)
@given(rules, instants, hours, st.one_of(st.none(), st.integers(0, 6)))
def test_a_digest_comes_later_and_when_it_is_open(rules, instant, hour, weekday):
    at = next_at(rules, instant, hour, weekday)
    assert at >= instant
    assert is_open(rules, at)


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        ("2026-11-24T10:20", "2026-11-24T10:20"),
        ("2026-11-24T19:59", "2026-11-24T19:59"),
        ("2026-11-24T20:00", "2026-11-25T07:00"),
        ("2026-11-25T06:59", "2026-11-25T07:00"),
        ("2026-11-27T20:00", "2026-11-30T07:00"),
        ("2026-11-28T12:00", "2026-11-30T07:00"),
        # The clock goes back in the night from Saturday to Sunday, and forward: Monday at seven all the same.
        ("2026-10-23T21:00", "2026-10-26T07:00"),
        ("2026-10-25T02:30", "2026-10-26T07:00"),
        ("2027-03-26T20:00", "2027-03-29T07:00"),
        ("2027-03-28T03:30", "2027-03-29T07:00"),
    ],
)
def test_the_table_of_the_circular(written, readable):
    assert opens_at(DEFAULT, paris(written)) == paris(readable)


def test_a_weekend_lasts_an_hour_more_in_autumn_and_an_hour_less_in_spring():
    closed = [
        opens_at(DEFAULT, paris(friday)) - paris(friday).astimezone(UTC)
        for friday in ("2026-10-23T20:00", "2026-11-27T20:00", "2027-03-26T20:00")
    ]
    assert closed == [timedelta(hours=60), timedelta(hours=59), timedelta(hours=58)]


def test_what_waited_for_the_opening_is_spread_over_an_hour_and_the_rest_is_not():
    monday = paris("2026-11-30T07:00")
    assert release_at(DEFAULT, paris("2026-11-28T12:00"), 0.5) == monday + timedelta(minutes=30)
    assert release_at(DEFAULT, monday, 0.5) == monday + timedelta(minutes=30)
    assert release_at(DEFAULT, monday + timedelta(seconds=1), 0.5) == monday + timedelta(seconds=1)


def test_a_short_opening_is_never_overrun():
    lunch = QuietHours((Opening(time(12), time(12, 10)),) + (None,) * 6)
    assert release_at(lunch, paris("2026-11-29T12:00"), 0.999) < paris("2026-11-30T12:10")


def test_readers_are_spread_evenly_and_each_always_has_the_same_place():
    shares = [share_of(12, reader) for reader in range(20_000)]
    tenths = [sum(1 for share in shares if int(share * 10) == tenth) for tenth in range(10)]
    assert max(tenths) - min(tenths) < 400
    assert shares[:50] == [share_of(12, reader) for reader in range(50)]
    assert [share_of(13, reader) for reader in range(50)] != shares[:50]


@pytest.mark.parametrize("week", [(None,) * 7, (Opening(time(7), time(20)),) * 6])
def test_a_week_that_never_opens_or_misses_a_day_is_refused(week):
    with pytest.raises(ValueError, match="a week has seven days"):
        QuietHours(week)


def test_an_opening_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends after it begins"):
        Opening(time(20), time(7))


def test_midnight_closes_the_day_it_ends():
    late = QuietHours((Opening(time(7), time(0)),) * 7)
    assert is_open(late, paris("2026-11-24T23:59"))
    assert opens_at(late, paris("2026-11-25T00:00")) == paris("2026-11-25T07:00")


def test_the_digest_of_the_evening_waits_for_monday_and_that_of_the_week_for_friday():
    saturday = paris("2026-11-28T10:00")
    assert next_at(DEFAULT, saturday, time(18, 30)) == paris("2026-11-30T18:30")
    assert next_at(DEFAULT, saturday, time(18, 30), 4) == paris("2026-12-04T18:30")
    assert next_at(DEFAULT, saturday, time(22)) == paris("2026-11-30T07:00")
    assert dt.date(2026, 12, 4).weekday() == 4
