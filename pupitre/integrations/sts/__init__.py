"""STSWeb: staff, structures and courses (sts_emp), and the timetable that schools send back to it (emp_sts)."""

from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.xml import root_name
from pupitre.integrations.sts.staff_file import ROOT as STAFF_ROOT
from pupitre.integrations.sts.staff_file import read_staff_file
from pupitre.integrations.sts.timetable_file import ROOT as TIMETABLE_ROOT
from pupitre.integrations.sts.timetable_file import read_timetable_file


def recognises(opened: Opened) -> bool:
    """Whether the root is that of one of the two files: their names look alike and people rename them."""
    return root_name(opened.data) in {STAFF_ROOT, TIMETABLE_ROOT}


def read(opened: Opened, *, uai: str) -> Reading:
    """Read either file. `uai`: the open school, whose local staff ids these are. Raises Rejected."""
    if root_name(opened.data) == TIMETABLE_ROOT:
        return read_timetable_file(opened)
    return read_staff_file(opened, uai=uai)
