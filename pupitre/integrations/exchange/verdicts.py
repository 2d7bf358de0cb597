"""The words of every reader: what is wrong with a file or with one of its records, in plain French."""

from enum import IntEnum

import msgspec


class Severity(IntEnum):
    """How far a finding goes. `NOTICE`: told only. `REPAIR`: read and mended. `QUARANTINE`: this record is left aside."""

    NOTICE = 0
    REPAIR = 1
    QUARANTINE = 2


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something a human may want to know about one record of a file.

    `code` is stable (`unknown_mef`, `bad_phone`…); `record` names the person or thing as people say it, with the class
    when it is known; `reason` is one French sentence: what is wrong, then what to correct and where.
    """

    severity: Severity
    code: str
    record: str
    reason: str
    field: str = ""
    old: str = ""
    new: str = ""


class Rejected(Exception):
    """The file is unusable or dangerous: nothing is read from it. The message is a French sentence for a secretary."""
