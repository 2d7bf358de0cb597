"""Registers, what was seen, what was decided, what was told, what is counted.

Who did something is kept as a plain number of a person, as in the journal: it outlives the role that the person held.
"""

from pupitre.attendance.models.cases import AbsenceCase, CaseEvent, FamilyContact, Justification
from pupitre.attendance.models.closing import ClosedTerm
from pupitre.attendance.models.counts import AbsenteeismAlert, AlertStep, CountedHalfDay, NightlyRecount
from pupitre.attendance.models.entries import AbsenceEntry, PastVersion
from pupitre.attendance.models.exits import ExitRegime, ExitRequest, StudentExit
from pupitre.attendance.models.observations import Observation
from pupitre.attendance.models.outside import OutsideMark, OutsideRegister
from pupitre.attendance.models.registers import RollCall, RollMark
from pupitre.attendance.models.settings import AbsenceReason, AttendanceRules
from pupitre.attendance.models.watching import Indicator, WatchReset, WatchRule

__all__ = [
    "AbsenceCase",
    "AbsenceEntry",
    "AbsenceReason",
    "AbsenteeismAlert",
    "AlertStep",
    "AttendanceRules",
    "CaseEvent",
    "ClosedTerm",
    "CountedHalfDay",
    "ExitRegime",
    "ExitRequest",
    "FamilyContact",
    "Indicator",
    "Justification",
    "NightlyRecount",
    "Observation",
    "OutsideMark",
    "OutsideRegister",
    "PastVersion",
    "RollCall",
    "RollMark",
    "StudentExit",
    "WatchReset",
    "WatchRule",
]
