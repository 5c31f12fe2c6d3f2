"""The authority's own settings, changed by one verb."""

import datetime

from django.db import transaction

from accounts.domain import history
from accounts.domain.units import authority
from accounts.models import AuthoritySettings, User
from accounts.permissions import check_settings_change


@transaction.atomic
def change(
    *,
    name: str,
    invitation_days: int,
    partner_authority: str,
    by: User,
    now: datetime.datetime | None = None,
) -> AuthoritySettings:
    """What the authority calls itself, how long invitations last, and its partner.

    `partner_authority` is empty where there is none (domain rule 22). Raises Refused
    ("no_settings").
    """
    check_settings_change(by)
    AuthoritySettings.objects.get_or_create(pk=1)
    held = AuthoritySettings.objects.select_for_update().get(pk=1)
    held.name, held.invitation_days = name, invitation_days
    held.partner_authority = partner_authority.strip()
    held.save()
    history.record(
        "settings_changed",
        subject=authority(),
        by=by,
        at=now,
        invitation_days=invitation_days,
        has_partner=bool(held.partner_authority),
    )
    return held
