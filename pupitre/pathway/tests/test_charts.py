import datetime as dt
from fractions import Fraction

from pupitre.pathway.charts import timeline


def test_marks_go_from_left_to_right_and_the_highest_is_on_top():
    marks = [
        (dt.date(2026, 11, 12), Fraction(18)),
        (dt.date(2026, 9, 20), Fraction(8)),
        (dt.date(2026, 9, 25), Fraction(12)),
    ]
    found = timeline(marks)
    assert found is not None
    assert [point.value for point in found.points] == [8, 12, 18]
    xs, ys = [point.x for point in found.points], [point.y for point in found.points]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)
    assert [name for _x, name in found.months] == ["septembre", "novembre"]
    # The mean of September is 10: on the dashed line.
    assert found.line.split()[0].endswith(f",{found.half}")


def test_one_mark_is_a_point_and_none_is_nothing():
    only = timeline([(dt.date(2026, 9, 20), Fraction(20))])
    assert only is not None
    assert len(only.points) == 1
    assert timeline([]) is None
