"""Absences and latenesses of the tool that a school leaves, taken over from its CSV exports: columns, reasons, students."""
