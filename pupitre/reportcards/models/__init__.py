"""What a bulletin is made of: texts, the council’s words, projects, and the versions that families keep."""

from pupitre.reportcards.models.cards import Acknowledgement, Mention, ReportCard, ReportRules, Support
from pupitre.reportcards.models.past import PastCard, PastResult, PastWhole
from pupitre.reportcards.models.projects import Project, ProjectCourse, ProjectReport
from pupitre.reportcards.models.texts import (
    MOST_APPRECIATION,
    MOST_ELEMENT,
    MOST_SYNTHESIS,
    ProgrammeElement,
    SubjectReport,
    TextVersion,
)
from pupitre.reportcards.models.versions import PrintRun, ReportVersion

__all__ = [
    "MOST_APPRECIATION",
    "MOST_ELEMENT",
    "MOST_SYNTHESIS",
    "Acknowledgement",
    "Mention",
    "PastCard",
    "PastResult",
    "PastWhole",
    "PrintRun",
    "ProgrammeElement",
    "Project",
    "ProjectCourse",
    "ProjectReport",
    "ReportCard",
    "ReportRules",
    "ReportVersion",
    "SubjectReport",
    "Support",
    "TextVersion",
]
