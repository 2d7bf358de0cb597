"""The services of a school, by group and subject, as both files of STSWEB list them."""

from collections import defaultdict
from collections.abc import Iterator

from demo.model import Lesson, SchoolLife, Service

COURSE_MODE = "CG"

Taught = tuple[str, str]  # group, subject


class Teaching:
    """Services and lessons of a school by group."""

    def __init__(self, life: SchoolLife) -> None:
        self.types = {one.id: one.kind for one in life.staff}
        self._services: dict[str, list[Service]] = defaultdict(list)
        self._lessons: dict[Taught, list[Lesson]] = defaultdict(list)
        for service in life.services:
            self._services[service.group].append(service)
        for lesson in life.lessons:
            self._lessons[lesson.group, lesson.subject].append(lesson)

    def services_of(self, group: str) -> Iterator[Service]:
        """By subject."""
        yield from sorted(self._services[group], key=lambda service: service.subject)

    def lessons_of(self, service: Service) -> list[Lesson]:
        """In the order of the week."""
        found = self._lessons[service.group, service.subject]
        return sorted(found, key=lambda lesson: (lesson.weekday, lesson.start, lesson.week))
