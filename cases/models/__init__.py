from cases.models.access import CaseAccess
from cases.models.allocation import WorkerAllocation
from cases.models.break_glass import BreakGlass
from cases.models.case import Case
from cases.models.involvement import CaseInvolvement
from cases.models.look import CaseView
from cases.models.restriction import Restriction
from cases.models.settings import CaseSettings
from cases.models.siblings import SiblingGroup
from cases.models.viewing_settings import ViewingSettings
from cases.models.worker import Worker

__all__ = [
    "BreakGlass",
    "Case",
    "CaseAccess",
    "CaseInvolvement",
    "CaseSettings",
    "CaseView",
    "Restriction",
    "SiblingGroup",
    "ViewingSettings",
    "Worker",
    "WorkerAllocation",
]
