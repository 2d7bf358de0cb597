"""The schemas of the GAR, when whoever runs the server has put them there (`PUPITRE_GAR_SCHEMAS`): the last word on a file."""

from functools import cache
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from lxml import etree

from pupitre.integrations.gar.records import Degree

SCHEMAS = {Degree.SECOND: "GAR-ENT.xsd", Degree.FIRST: "GAR-ENT-1D.xsd"}


def is_configured(degree: Degree) -> bool:
    """Whether files of this degree can be judged here."""
    return bool(settings.GAR_SCHEMAS) and (Path(settings.GAR_SCHEMAS) / SCHEMAS[degree]).is_file()


def refused_by_schema(path: Path, degree: Degree) -> str:
    """What the schema says first against a file; « » when it is valid, or when there is no schema here."""
    if not is_configured(degree):
        return ""
    schema = _schema(str(Path(settings.GAR_SCHEMAS) / SCHEMAS[degree]))
    # Written by this house a moment ago: nothing in it can harm.
    if schema.validate(etree.parse(path)):  # nosec B320 - our own bytes
        return ""
    first = cast("list[Any]", schema.error_log)[0]
    return f"{path.name}, ligne {first.line}"


@cache
def _schema(place: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(place))  # nosec B320 - a file of the server’s own
