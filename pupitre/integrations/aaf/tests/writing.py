"""Archives made by the tests, as an academy sends them."""

import io
import tarfile
import zipfile
from pathlib import Path

HEAD = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">
<ficAlimMENESR>
<!-- versionAF="AAF-VE2407" -->
<!-- codeAcademieExport="{academy}" -->
<!-- degre="{degree}" -->
<!-- dateGenerationExport="{day}" -->
"""
_NAMES = {
    "Eleve": "categoriePersonne", "PersRelEleve": "categoriePersonne", "PersEducNat": "categoriePersonne",
    "EtabEducNat": "categorieStructure", "MefEducNat": "categorieMef", "MatEducNat": "categorieMatiere",
}  # fmt: skip


def request(category: str, key: str, action: str = "addRequest", **values: str | list[str]) -> str:
    """One request; a value is written as given."""
    block, tag = ("attributes", "attr") if action == "addRequest" else ("modifications", "modification")
    rows = "".join(
        f'<{tag} name="{name}">' + "".join(f"<value>{each}</value>" for each in ([said] if isinstance(said, str) else said))
        + f"</{tag}>"
        for name, said in values.items()
    )  # fmt: skip
    body = f"<{block}>{rows}</{block}>" if action != "deleteRequest" else ""
    return (
        f'<{action}><operationalAttributes><attr name="{_NAMES.get(category, "categoriePersonne")}">'
        f"<value>{category}</value></attr></operationalAttributes><identifier><id>{key}</id></identifier>{body}</{action}>\n"
    )


def document(
    *requests: str, academy: str = "15", degree: str = "2D", day: str = "15/09/2025", encoding: str = "UTF-8"
) -> bytes:
    """A file of AAF."""
    head = HEAD.format(academy=academy, degree=degree, day=day, encoding=encoding)
    return (head + "".join(requests) + "</ficAlimMENESR>\n").encode(encoding)


def archive(path: Path, files: dict[str, bytes]) -> Path:
    """A .zip or a .tgz of these files, by its name."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in files.items():
                packed.writestr(name, data)
        return path
    with tarfile.open(path, "w:gz") as packed_tar:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            packed_tar.addfile(entry, io.BytesIO(data))
    return path


def write_archive(path: Path, folder: Path) -> Path:
    """The files of a folder, packed."""
    return archive(path, {each.name: each.read_bytes() for each in sorted(folder.iterdir())})
