"""What the records of every app share: a public id, and the constraints that recur."""

from django.db import models
from django.db.models import CheckConstraint, F, Q

from kit.identity import new_public_id


class PublicRecord(models.Model):
    """A record that is named outside the database by its public id, never by its key."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)

    class Meta:
        abstract = True


class AppendOnly(models.Model):
    """A record that is written once: triggers refuse to change or remove it.

    `accounts.domain.append_only` makes the triggers for every model that inherits this.
    """

    class Meta:
        abstract = True


def both_or_neither(at: str, by: str, name: str) -> CheckConstraint:
    """Either it is known when and by whom something was done, or it was not done."""
    done = Q(**{f"{at}__isnull": False, f"{by}__isnull": False})
    not_done = Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
    return CheckConstraint(condition=done | not_done, name=name)


def first_of_month(field: str, name: str) -> CheckConstraint:
    """A month is kept as its first day. An empty month passes: say `null=False` to refuse it."""
    return CheckConstraint(condition=Q(**{f"{field}__day": 1}), name=name)


def ordered(earlier: str, later: str, name: str) -> CheckConstraint:
    """`later` is empty (still open) or not before `earlier`. The same day or moment is allowed."""
    still_open = Q(**{f"{later}__isnull": True})
    in_order = Q(**{f"{later}__gte": F(earlier)})
    return CheckConstraint(condition=still_open | in_order, name=name)
