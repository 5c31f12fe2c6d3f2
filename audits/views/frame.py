"""What every page about one audit shows: which case, which sections, what is due when."""

import datetime
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.requests import SignedInRequest
from audits.domain.look_back import LookBack, look_back
from audits.domain.overview import Overview, SectionKind, SectionLine
from audits.models import Audit, AuditReturn
from cases.domain.strip import CaseStrip, strips_of
from kit.months import london_day, long_date

ADDRESSES = {
    SectionKind.PEOPLE: "audit_people",
    SectionKind.SAFETY: "audit_safety",
    SectionKind.OVERALL: "audit_overall",
}


@dataclass(frozen=True)
class SectionLink:
    """A section in the list beside a page."""

    line: SectionLine
    href: str
    is_current: bool


def visible_audit(user: User, public_id: uuid.UUID) -> Audit:
    """The audit with its round, case and auditor; 404 unless the user may know of it."""
    audits = Audit.objects.visible_to(user).select_related(
        "round__tool_version__tool", "case__team", "auditor", "team", "service"
    )
    return get_object_or_404(audits.distinct(), public_id=public_id)


def latest_version(audit: Audit) -> AuditReturn | None:
    """The version last begun: the draft, or the one that was returned."""
    version = audit.returns.order_by("-version").first()
    if version:
        version.audit = audit
    return version


def href_of(audit: Audit, line: SectionLine) -> str:
    """The address of a section's page."""
    if line.kind == SectionKind.DOMAIN:
        return reverse("audit_section", args=[audit.public_id, line.code])
    return reverse(ADDRESSES[line.kind], args=[audit.public_id])


def section_links(audit: Audit, overview: Overview, current: str = "") -> list[SectionLink]:
    """Every section with its address."""
    return [
        SectionLink(line, href_of(audit, line), line.code == current) for line in overview.sections
    ]


def strip_of(audit: Audit, version: AuditReturn | None = None) -> CaseStrip:
    """The case's strip with the days this audit looks back to and is due on."""
    strip = strips_of([audit.case], on=timezone.localdate())[audit.case.pk]
    back = look_back_of(audit, version)
    days = (
        ("Read from", long_date(back.read_from)),
        ("Judge from", long_date(back.judge_from)),
        ("Due", long_date(audit.due_on)),
    )
    return replace(strip, extras=days)


def look_back_of(audit: Audit, version: AuditReturn | None = None) -> LookBack:
    """Counted from the day the audit was started, or from today as long as it is not."""
    started = version.started_at if version else timezone.now()
    day: datetime.date = london_day(started)
    return look_back(audit.round.tool_version, on=day)


def frame(request: SignedInRequest, audit: Audit, version: AuditReturn | None) -> dict[str, Any]:
    """The context that every page about an audit has."""
    return {"audit": audit, "version": version, "strip": strip_of(audit, version)}
