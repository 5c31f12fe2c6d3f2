"""From when a returned audit's grades are no longer provisional (domain rule 15)."""

from audits.models import AuditReturn
from moderation.models import Moderation


def is_released(version: AuditReturn) -> bool:
    """Whether its moderation is settled or, where it has none, its round's sample is closed."""
    live = Moderation.objects.filter(audit_return=version, withdrawn_at__isnull=True)
    settled = list(live.values_list("settled_at", flat=True))
    if settled:
        return all(settled)
    return version.audit.round.sample_closed_at is not None
