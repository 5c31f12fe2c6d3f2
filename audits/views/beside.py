"""Pages beside a register that its reader may use: words, and the names of addresses."""

from accounts.models import User
from audits.permissions import can_round_create
from cases.permissions import can_break_glass_open, can_case_restrict_any


def beside(register: str, user: User) -> list[tuple[str, str]]:
    """Of the register of audits or of cases, by its code."""
    if register == "audit":
        return [("External reviewers", "reviewers")] if can_round_create(user) else []
    restrict = [("Restricted cases", "restricted_cases")]
    opening = [("Open a case out of turn", "break_glass")]
    return [
        *(restrict if can_case_restrict_any(user) else []),
        *(opening if can_break_glass_open(user) else []),
    ]
