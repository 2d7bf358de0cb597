"""The schema of the ministry, when whoever runs the server has put it there (`PUPITRE_LSU_SCHEMA`): the last word on a file."""

from functools import cache
from typing import Any, cast

from django.conf import settings
from lxml import etree

from pupitre.integrations.lsu.locating import where


def refused_by_schema(data: bytes) -> str:
    """What the schema says first against a file, in the words of a school; « » when it is valid, or without a schema here."""
    if not settings.LSU_SCHEMA:
        return ""
    schema = _schema(settings.LSU_SCHEMA)
    # Written by this house a moment ago: nothing in it can harm.
    root = etree.fromstring(data)  # nosec B320 - our own bytes
    if schema.validate(root):
        return ""
    # The message of the library is in English, of no use to a school.
    return where(root, str(cast("list[Any]", schema.error_log)[0].path or ""))


@cache
def _schema(place: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(place))  # nosec B320 - a file of the server’s own
