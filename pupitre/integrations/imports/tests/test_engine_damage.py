"""Whatever a file says, it is applied, held or refused: the engine never stops halfway."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.tests.engine import Engine
from pupitre.integrations.imports.tests.test_engine_first import SCHOOLS

_VALUES = (
    "", " ", "0", "1", "2", "9", "?", "é", "x" * 300, "9" * 30, "&amp;eacute;", "31/02/2025", "01/01/1900", "2199-12-31",
    "15/09/2014", "D'HAUTCŒUR", "SZCZE?NIAK", "ZoÃ©", "610301", "209401", "6A", "5B", "epp", "71001", "10", "70", "true", "H",
    "2460", "0800", "Œ\u0301", "²", "-1", "06 39 98 12 34", "a@b.fr",
)  # fmt: skip
_BLOCKS = ("ELEVE", "STRUCTURES_ELEVE", "PERSONNE", "RESPONSABLE_ELEVE", "DIVISION", "GROUPE", "INDIVIDU", "SERVICE", "COURS",
           "ENSEIGNANT", "MEF", "MATIERE", "PERIODE", "ALTERNANCE")  # fmt: skip
_STATES = {ImportJob.State.APPLIED, ImportJob.State.REJECTED, ImportJob.State.TO_REVIEW}


@pytest.fixture
def deferred_checks() -> Iterator[None]:
    """What a commit would refuse, asked at the end of the test: it never commits."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("uai", "kind", "paths", "_counts"), SCHOOLS, ids=[kind for _uai, kind, *_more in SCHOOLS])
def test_any_value_in_any_field(
    db: None,
    deferred_checks: None,
    tmp_path: Path,
    uai: str,
    kind: str,
    paths: tuple[Path, ...],
    _counts: object,
    seed: int,
) -> None:
    draw = random.Random(f"{uai} {seed}")  # noqa: S311 - the same damage every time
    with clock.at("2025-09-16T08:00"):
        engine = Engine(open_establishment(uai=uai, name="École des Essais", kind=kind))
        if seed % 2:
            engine.files(*paths, applied=True)
        for _turn in range(2):
            damaged = [_damaged(path, tmp_path, draw) for path in paths]
            outcome = engine.files(*damaged, applied=True, confirmed=True)
            assert outcome.job.state in _STATES
        if outcome.job.state == ImportJob.State.APPLIED:
            again = engine.files(*damaged)
            assert [each for each in again.differences if each.decision == "apply"] == []


def _damaged(path: Path, folder: Path, draw: random.Random) -> Path:
    """A copy of a file in which values are others, and blocks or rows are missing or there twice."""
    is_table = path.suffix == ".csv"
    text = path.read_bytes().decode("utf-8-sig" if path.parent.parent.name == "fregata" else "iso8859-15")
    head, separator, body = text.partition("\n" if is_table else "</PARAMETRES>")
    damage = _damaged_rows if is_table else _damaged_blocks
    copy = folder / path.name
    copy.write_bytes(f"{head}{separator}{damage(body, draw)}".encode("utf-8-sig"))
    return copy


def _damaged_rows(body: str, draw: random.Random) -> str:
    rows = [line.split(";") for line in body.splitlines() if line]
    for _ in range(draw.randint(0, 6)):
        row = draw.choice(rows)
        index = draw.randrange(len(row))
        quote = '"' if row[index].startswith('"') else ""
        row[index] = f"{quote}{draw.choice(_VALUES)}{quote}"
    if draw.random() < 0.3:
        rows.append(list(draw.choice(rows)))
    elif draw.random() < 0.3:
        rows.remove(draw.choice(rows))
    return "\n".join(map(";".join, rows))


def _damaged_blocks(body: str, draw: random.Random) -> str:
    pieces = body.split(">")
    leaves = [index for index, piece in enumerate(pieces) if "</" in piece and not piece.lstrip().startswith("</")]
    for _ in range(draw.randint(0, 12) if leaves else 0):
        index = draw.choice(leaves)
        pieces[index] = f"{draw.choice(_VALUES)}<{pieces[index].split('<', 1)[1]}"
    body = ">".join(pieces)
    for _ in range(draw.randint(0, 3)):
        tag = draw.choice(_BLOCKS)
        found = list(re.finditer(rf"<{tag}[ >].*?</{tag}>", body, re.DOTALL))
        if found:
            block = draw.choice(found)
            again = block[0] * draw.choice((0, 2))
            body = body[: block.start()] + again + body[block.end() :]
    return body
