"""Comparing and applying, as the jobs do."""

from pupitre.establishments.scope import scope
from pupitre.integrations.moodle.models import Account, Change, Report, Site
from pupitre.integrations.moodle.services.reporting import ask_for_report, begin_applying
from pupitre.integrations.moodle.tests.stand import Stand
from tests.cast import Cast
from tests.jobs import run_jobs


def compared(site: Site) -> Report:
    """A comparison, made."""
    with scope(site.establishment_id):
        report = ask_for_report(site, actor=None)
    run_jobs()
    with scope(site.establishment_id):
        return Report.objects.get(pk=report.pk)


def applied(site: Site) -> Report:
    """A comparison, made and applied."""
    report = compared(site)
    with scope(site.establishment_id):
        begin_applying(report, actor=None)
    run_jobs()
    with scope(site.establishment_id):
        return Report.objects.get(pk=report.pk)


def changes(report: Report) -> list[tuple[str, str, str]]:
    """Its changes: act, label, fate."""
    with scope(report.establishment_id):
        return list(Change.objects.filter(report=report).order_by("pk").values_list("act", "label", "fate"))


def number_of(cast: Cast, slug: str) -> int:
    """Moodle's number of somebody of the cast."""
    with scope(cast.college.pk):
        return Account.objects.get(person=cast.people[slug]).number


def user_of(cast: Cast, moodle: Stand, slug: str) -> dict[str, object]:
    """The account that the stand-in holds of somebody of the cast."""
    number = number_of(cast, slug)
    return next(each for each in moodle.users if each["id"] == number)
