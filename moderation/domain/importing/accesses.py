"""Who has business with imported cases: the auditors and moderators who still work here.

As the verbs that allocate and assign would have given it, from the import on. People who were
made by an import cannot sign in, and get none.
"""

import uuid
from collections.abc import Iterator, Sequence

from accounts.models import User
from cases.choices import AccessCapacity
from cases.models import CaseAccess
from moderation.domain.importing.written import Written
from moderation.models import AuditImport

Given = tuple[User, AccessCapacity, uuid.UUID]


def write_accesses(written: Sequence[Written], batch: AuditImport) -> None:
    """Give access for what is new; end it and give it anew where the person changed."""
    moment = batch.imported_at
    assert moment is not None
    changed = [(one, given) for one in written for given in _changed(one)]
    ended = [because for one, (_, _, because) in changed if not one.is_new]
    CaseAccess.objects.filter(because_of__in=ended, until_at__isnull=True).update(until_at=moment)
    CaseAccess.objects.bulk_create(
        [
            CaseAccess(
                user=user,
                case=one.audit.case,
                capacity=capacity,
                because_of=because,
                from_at=moment,
            )
            for one, (user, capacity, because) in changed
            if user.is_active and not (one.exemption and capacity == AccessCapacity.AUDITOR)
        ],
        batch_size=1_000,
    )


def _changed(one: Written) -> Iterator[Given]:
    """What the entry changes in who audits and who moderates."""
    if one.is_new or one.corrects("auditor_email", "exempted_on"):
        yield one.audit.auditor, AccessCapacity.AUDITOR, one.audit.public_id
    if one.moderation and (one.is_new or one.corrects("moderator_email", "moderated_on")):
        yield one.moderation.moderator, AccessCapacity.MODERATOR, one.moderation.public_id
