from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.takeover.models import LineIssue, TakeOver
from pupitre.integrations.takeover.services.forgetting import forget_everywhere
from pupitre.integrations.takeover.tests.factories import file_of


def test_a_file_that_nobody_came_back_to_is_given_up_after_a_month(cast, tuesday):
    waiting, taken = file_of(cast), file_of(cast, TakeOver.State.APPLIED)
    assert forget_everywhere() == []
    with clock.at("2026-12-28T03:00"):
        [line] = forget_everywhere()
        assert line.startswith("0990001N")
        assert forget_everywhere() == []
    with scope(cast.college.pk):
        waiting.refresh_from_db()
        assert (waiting.state, waiting.data, waiting.issues.count()) == ("abandoned", None, 0)
        assert taken.issues.count() == 2


def test_lines_left_aside_are_forgotten_after_a_year(cast, tuesday):
    file_of(cast, TakeOver.State.APPLIED)
    with clock.at("2027-11-25T03:00"):
        forget_everywhere()
    with scope(cast.college.pk):
        assert not LineIssue.objects.exists()
        assert TakeOver.objects.get().state == "applied"
