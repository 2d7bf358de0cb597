"""The schema of the LSU, read where it is: it is the ministry’s, and never in this repository."""

import os
from functools import cache
from pathlib import Path
from typing import Any, cast

from lxml import etree

_SAMPLES = os.environ.get("PUPITRE_PUBLIC_SAMPLES", "")
PLACE = os.environ.get("PUPITRE_LSU_SCHEMA", "") or (
    str(Path(_SAMPLES).parent / "xsd" / "lsu" / "import-complet-strict.xsd") if _SAMPLES else ""
)
IS_THERE = bool(PLACE) and Path(PLACE).is_file()
WHY = "neither PUPITRE_LSU_SCHEMA nor PUPITRE_PUBLIC_SAMPLES leads to the schema of the LSU"


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(PLACE))


def faults_of(data: bytes) -> list[str]:
    """What the schema says against a file; nothing when it is valid."""
    schema = _schema()
    schema.validate(etree.fromstring(data))
    return [f"{each.line}: {each.message}" for each in cast("list[Any]", schema.error_log)]
