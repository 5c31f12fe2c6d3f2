from cases.models.access import CaseAccess
from cases.models.allocation import WorkerAllocation
from cases.models.case import Case
from cases.models.involvement import CaseInvolvement
from cases.models.look import CaseView
from cases.models.siblings import SiblingGroup
from cases.models.viewing_settings import ViewingSettings
from cases.models.worker import Worker

__all__ = [
    "Case",
    "CaseAccess",
    "CaseInvolvement",
    "CaseView",
    "SiblingGroup",
    "ViewingSettings",
    "Worker",
    "WorkerAllocation",
]
