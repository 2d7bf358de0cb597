"""People with files: they speak to the pages as the picker does, and as a browser without a script does."""

import base64
import io
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.scope import scope
from pupitre.files.models import StoredFile
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import FileOwner
from tests.cast import Cast

BOARD = FileOwner("tests.board", "directory.Group", "directory.view_group", largest_mb=2, most=3)
PROFILES = {
    "enseignante": Profile.TEACHER,
    "eleve": Profile.STUDENT,
    "frere": Profile.STUDENT,
    "parent": Profile.GUARDIAN,
}
KILO, MEGA = 1024, 1024**2
_PART = "application/offset+octet-stream"


class Sender:
    """One of the cast in the college, whose school is open inside `with`."""

    def __init__(self, cast: Cast, slug: str, committed: Any) -> None:
        self.cast, self.person, self.committed = cast, cast.people[slug], committed
        self.client = cast.sign_in(Client(), slug)
        profiles = frozenset({PROFILES[slug]})
        assert self.person.user_id is not None
        self.actor = Actor(
            self.person.user_id, self.person.pk, cast.college.pk, cast.college.uai, profiles, capabilities_of(profiles)
        )
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        self.stack.enter_context(scope(self.cast.college.pk))
        return self

    def __exit__(self, *error: object) -> None:
        self.stack.close()

    def address(self, name: str, *args: int) -> str:
        return reverse(f"files:{name}", args=[self.cast.college.uai, *args])

    def get(self, name: str, *args: int, **headers: str) -> Any:
        """The answer; `body` holds what a file gives."""
        return fetched(self.client, self.address(name, *args), **headers)

    def announce(self, name: str, size: int, **about: str) -> Any:
        """The answer to an upload that is announced."""
        told = {"filename": name, **about}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": metadata}
        return self.client.post(self.address("uploads"), headers=headers)

    def part(self, upload: str, offset: int, data: bytes, **more: Any) -> Any:
        """The answer to one part of an upload."""
        headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)}
        with self.committed(execute=True):
            # Without a body, Django's client leaves out its type.
            return self.client.patch(upload, data, content_type=_PART, headers=headers, CONTENT_TYPE=_PART, **more)

    def offset(self, upload: str) -> int:
        """Where the server says that an upload stands."""
        return int(self.client.head(upload)["Upload-Offset"])

    def send(self, name: str, content: bytes, purpose: str = "") -> StoredFile:
        """Send a file in one part, which must be taken."""
        upload = self.announce(name, len(content), purpose=purpose)["Location"]
        answer = self.part(upload, 0, content)
        assert answer.status_code == 204, answer.content.decode()
        return self.file(int(answer["Pupitre-File"]))

    def deposit(self, *files: tuple[str, bytes], **fields: Any) -> Any:
        """The answer to a plain form."""
        chosen = [SimpleUploadedFile(name, content) for name, content in files]
        with self.committed(execute=True):
            return self.client.post(self.address("deposit"), {"files": chosen, **fields})

    def file(self, pk: int) -> StoredFile:
        return StoredFile.objects.select_related("blob").get(pk=pk)


def fetched(client: Client, address: str, **headers: str) -> Any:
    """The answer to a GET, read to its end, which closes it."""
    answer: Any = client.get(address, headers=headers)
    answer.body = answer.getvalue() if answer.streaming else answer.content
    return answer


def stored_in(folder: Path) -> list[str]:
    """What lies in a storage folder."""
    return (
        sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()) if folder.exists() else []
    )


def picture(side: int = 64, **options: Any) -> bytes:
    """A JPEG photograph."""
    out = io.BytesIO()
    Image.effect_noise((side, side), 80).convert("RGB").save(out, "JPEG", **options)
    return out.getvalue()
