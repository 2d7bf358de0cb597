"""One archive for a delivery, and the file of its digest."""

import hashlib
import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """An archive ready to leave. The GAR asks for an MD5 beside it; `sha256` is for our own journal."""

    archive: Path
    digest: Path
    md5: str
    sha256: str
    size: int


def pack(folder: Path, name: str, files: list[Path]) -> Package:
    """`<name>.tar.gz` of these files, flat, without the names or rights of this machine, and `<name>.md5`."""
    archive, digest = folder / f"{name}.tar.gz", folder / f"{name}.md5"
    with tarfile.open(archive, "w:gz", compresslevel=6) as out:
        for path in sorted(files):
            out.add(path, arcname=path.name, filter=_anonymous)
    # MD5 is what the GAR compares: a digest of transport, not a proof.
    md5, sha256, size = hashlib.md5(usedforsecurity=False), hashlib.sha256(), 0
    with archive.open("rb") as written:
        while piece := written.read(1 << 20):
            md5.update(piece)
            sha256.update(piece)
            size += len(piece)
    digest.write_text(f"{md5.hexdigest()}\n", encoding="ascii")
    return Package(archive, digest, md5.hexdigest(), sha256.hexdigest(), size)


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o644
    return entry
