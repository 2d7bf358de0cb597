"""What a school chose, or what applies until it chooses."""

from pupitre.attendance.models import AttendanceRules


def rules_of_school() -> AttendanceRules:
    """The rules of the open school; one statement."""
    return AttendanceRules.objects.first() or AttendanceRules()
