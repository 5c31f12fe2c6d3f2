"""What information governance has before them: cases opened out of turn, to be looked at."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from accounts.models import User
from cases.domain import glass
from kit.months import moment_text


@dataclass(frozen=True)
class OpenedCase:
    """A use by somebody else that nobody has looked at."""

    public_id: UUID
    opened_by: str
    post: str
    opened: str
    reason: str


@dataclass(frozen=True)
class GovernanceWork:
    """Uses of break-glass by others, the newest first."""

    kind: ClassVar[str] = "governance"
    heading: ClassVar[str] = "Cases opened out of turn"

    uses: tuple[OpenedCase, ...]

    @property
    def urgency(self) -> int:
        return 1 if self.uses else 3


def governance_work(user: User) -> GovernanceWork:
    """One line a use; the case stays unnamed."""
    return GovernanceWork(
        tuple(
            OpenedCase(
                public_id=use.public_id,
                opened_by=use.user.name,
                post=use.user.post,
                opened=moment_text(use.opened_at),
                reason=use.reason,
            )
            for use in glass.unseen(user)
        )
    )
