"""The schema of the ministry, when whoever runs the server has put it there (`PUPITRE_LSU_SCHEMA`): the last word on a file."""

from functools import cache
from typing import Any, cast

from django.conf import settings
from lxml import etree


def refused_by_schema(data: bytes) -> str:
    """What the schema says first against a file; « » when it is valid, or when there is no schema here."""
    if not settings.LSU_SCHEMA:
        return ""
    schema = _schema(settings.LSU_SCHEMA)
    # Written by this house a moment ago: nothing in it can harm.
    if schema.validate(etree.fromstring(data)):  # nosec B320 - our own bytes
        return ""
    return str(cast("list[Any]", schema.error_log)[0].message)


@cache
def _schema(place: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(place))  # nosec B320 - a file of the server’s own
