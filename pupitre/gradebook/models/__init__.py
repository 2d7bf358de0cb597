from pupitre.gradebook.models.assessments import Assessment, ServicePart, ServiceWeight
from pupitre.gradebook.models.marks import FinalAverage, MarkVersion, StudentMark
from pupitre.gradebook.models.periods import ClassTerm, Reopening
from pupitre.gradebook.models.rules import GradingRules

__all__ = [
    "Assessment",
    "ClassTerm",
    "FinalAverage",
    "GradingRules",
    "MarkVersion",
    "Reopening",
    "ServicePart",
    "ServiceWeight",
    "StudentMark",
]
