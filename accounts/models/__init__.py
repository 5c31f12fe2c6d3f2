from accounts.models.grant import RoleGrant
from accounts.models.history import HistoryEntry, HistoryHead
from accounts.models.invitation import Invitation
from accounts.models.kept_file import KeptFile
from accounts.models.membership import Membership
from accounts.models.notice import Notice
from accounts.models.settings import AuthoritySettings
from accounts.models.staff_import import StaffImport
from accounts.models.unit import Unit
from accounts.models.user import User

__all__ = [
    "AuthoritySettings",
    "HistoryEntry",
    "HistoryHead",
    "Invitation",
    "KeptFile",
    "Membership",
    "Notice",
    "RoleGrant",
    "StaffImport",
    "Unit",
    "User",
]
