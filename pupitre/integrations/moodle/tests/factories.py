"""A Moodle linked to a school, as the page links it."""

from typing import Any

from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.moodle.models import Report, Site
from pupitre.integrations.moodle.services.linking import Introduced, link_moodle
from pupitre.integrations.moodle.tests.stand import TOKEN
from pupitre.integrations.services.tests.factories import MOODLE, admin_of
from tests.cast import Cast


def link(cast: Cast, url: str = MOODLE, place: str = "college", *, with_courses: bool = False, **facts: Any) -> Site:
    """A linked Moodle, which answered when it was."""
    with scope(getattr(cast, place).pk):
        site = link_moodle(
            actor=admin_of(cast, place),
            url=url,
            token=TOKEN,
            told=Introduced("Moodle du collège", "4.5.6 (Build: 20250811)", []),
            profiles=[Profile.STUDENT, Profile.TEACHER],
            with_courses=with_courses,
        )
        Site.objects.filter(pk=site.pk).update(**facts)
        return Site.objects.select_related("connector__service").get(pk=site.pk)


def report_of(cast: Cast, place: str = "college", state: str = Report.State.TO_REVIEW) -> Report:
    """A comparison of a school, in some state."""
    with scope(getattr(cast, place).pk):
        known = Site.objects.first()
    site = known or link(cast, place=place)
    with scope(getattr(cast, place).pk):
        report = Report.objects.create(site=site, state=state, created_at=clock.now())
        return Report.objects.get(pk=report.pk)
