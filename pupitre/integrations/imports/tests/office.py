"""The office at its screen: a signed-in client, and the gestures of an import."""

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.integrations.imports.models import Difference, ImportJob

Answer = Any
"""What the test client answers."""


@dataclass
class Office:
    """Somebody who imports in a school. The work of a gesture is done once it is answered, as the worker does it."""

    client: Client
    school: Establishment
    working: Callable[..., AbstractContextManager[Any]]

    def address(self, route: str, job: ImportJob | None = None) -> str:
        return reverse(f"imports:{route}", args=[self.school.uai, *([job.pk] if job else [])])

    def get(self, route: str, job: ImportJob | None = None, query: str = "", **headers: str) -> Answer:
        answer: Answer = self.client.get(self.address(route, job) + query, headers=headers)
        return answer

    def post(self, route: str, job: ImportJob | None = None, data: Any = None, **headers: str) -> Answer:
        with self.working(execute=True):
            answer: Answer = self.client.post(self.address(route, job), data or {}, headers=headers)
        return answer

    def drop(self, *files: Path | tuple[str, bytes]) -> Answer:
        """Drop files, read from the disk or written here."""
        named = ((file.name, file.read_bytes()) if isinstance(file, Path) else file for file in files)
        return self.post("receive", data={"uploads": [SimpleUploadedFile(name, data) for name, data in named]})

    def dropped(self, files: Iterable[Path | tuple[str, bytes]]) -> ImportJob:
        """The import of dropped files, once they were read."""
        answer = self.drop(*files)
        assert answer.status_code == 302, text_of(answer)
        with scope(self.school.pk):
            job: ImportJob = ImportJob.objects.latest("pk")
        assert answer["Location"] == self.address("job", job)
        return job

    def seen(self, job: ImportJob) -> ImportJob:
        """The job as it is now."""
        with scope(self.school.pk):
            found: ImportJob = ImportJob.objects.get(pk=job.pk)
        return found

    def differences(self, job: ImportJob, **facts: Any) -> list[Difference]:
        with scope(self.school.pk):
            return list(Difference.objects.filter(job=job, **facts).order_by("kind", "record", "pk"))


def text_of(answer: Answer) -> str:
    """What is read on the main part of a page, with plain spaces."""
    tree = html.document_fromstring(answer.content.decode())
    main = [*tree.iter("main"), tree][0]
    text = " ".join(" ".join(map(str, main.itertext())).replace("\N{NO-BREAK SPACE}", " ").split())
    return re.sub(r" (?=[,.](?:\s|$))", "", text)
