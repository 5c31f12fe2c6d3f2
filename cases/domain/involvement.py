"""Decisions taken and meetings chaired in a case, which take independence away (rules 3, 12)."""

import datetime

from django.db import transaction

from accounts.domain import history
from accounts.models import User
from cases.choices import InvolvementKind
from cases.models import Case, CaseInvolvement
from cases.permissions import check_case_edit


@transaction.atomic
def note_involvement(
    case: Case,
    *,
    user: User,
    kind: InvolvementKind,
    happened_on: datetime.date,
    by: User,
    now: datetime.datetime | None = None,
) -> CaseInvolvement:
    """Note what a person did in the case; the same thing of the same day once.

    Raises Refused ("case_edit_not_yours").
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
    check_case_edit(by, held)
    involvement, is_new = CaseInvolvement.objects.get_or_create(
        case=held, user=user, kind=kind, happened_on=happened_on
    )
    if is_new:
        history.record(
            "involvement_noted",
            subject=held,
            by=by,
            at=now,
            person=user.public_id,
            kind=kind,
            happened_on=happened_on,
        )
    return involvement
