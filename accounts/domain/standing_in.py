"""Small authorities: who may be the second of two people without holding the right (rule 22).

One team and one QA manager cannot always find two people who hold the same right. Then a reviewer
of the partner authority that the authority names may be the second person, in a round that they
are assigned to, or the director. Nobody stands in as the first: whoever raises a thing holds the
right to. That two people are two people is checked beside this, and for whom the second acted is
kept with what they decided and printed with it.
"""

from accounts.choices import Role
from accounts.domain.authority import partner_authority
from accounts.models import Unit, User
from accounts.permissions import holds, is_guest


def stands_for(user: User) -> str:
    """The partner authority for which this reviewer may be the second person; "" for others."""
    if not holds(user, Role.EXTERNAL_REVIEWER) or not is_guest(user):
        return ""
    return partner_authority()


def director_stands_in(user: User, *, at: Unit) -> bool:
    """Whether the director may be the second person for what belongs to this unit."""
    return holds(user, Role.DIRECTOR, at=at)
