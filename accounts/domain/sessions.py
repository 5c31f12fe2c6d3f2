"""Sessions of people, ended by whoever may change what they may do."""

from django.db.models import F

from accounts.models import User
from accounts.models.user import UserQuerySet


def end_all(user: User) -> None:
    """Every session of this person, on whatever device, is over at its next request.

    No session is looked for: each carries the epoch it began in, and the epoch rises. A step of
    the verb that calls it, which locks the person, checks the right and writes the history
    (permissions.md rule 12: a change bites at the next request).
    """
    end_all_of(User.objects.filter(pk=user.pk))
    user.refresh_from_db(fields=["session_epoch"])


def end_all_of(users: UserQuerySet) -> None:
    """The same for many people, by one statement."""
    users.update(session_epoch=F("session_epoch") + 1)
