"""Sessions of people, ended by whoever may change what they may do."""

from django.db.models import F

from accounts.models import User


def end_all(user: User) -> None:
    """Every session of this person, on whatever device, is over at its next request.

    No session is looked for: each carries the epoch it began in, and the epoch rises. A step of
    the verb that calls it, which locks the person, checks the right and writes the history
    (permissions.md rule 12: a change bites at the next request).
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
