from pupitre.gradebook.models.assessments import Assessment, ServicePart, ServiceWeight
from pupitre.gradebook.models.incoming import IncomingColumn, IncomingMark
from pupitre.gradebook.models.marks import FinalAverage, MarkVersion, StudentMark
from pupitre.gradebook.models.periods import ClassTerm, Reopening
from pupitre.gradebook.models.rules import GradingRules
from pupitre.gradebook.models.skills import AssessedSkill, SchoolSkill, SkillLevel, SkillMode
from pupitre.gradebook.models.taken import TakenAverage

__all__ = [
    "AssessedSkill",
    "Assessment",
    "ClassTerm",
    "FinalAverage",
    "GradingRules",
    "IncomingColumn",
    "IncomingMark",
    "MarkVersion",
    "Reopening",
    "SchoolSkill",
    "ServicePart",
    "ServiceWeight",
    "SkillLevel",
    "SkillMode",
    "StudentMark",
    "TakenAverage",
]
