"""What the pages of a moderation share: which one, which case, which section."""

import uuid
from dataclasses import dataclass, replace

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audits.choices import Axis
from audits.domain.look_back import look_back
from audits.models import Audit, Domain
from cases.domain.strip import CaseStrip
from kit.months import london_day, long_date
from moderation.domain.worklist import due_on, strip_of
from moderation.models import Moderation, ModerationSettings, Regrade


@dataclass(frozen=True)
class SectionLine:
    """One section of a re-grade: how far it is, and the moderator's own grades."""

    domain: Domain
    href: str
    state: str
    grades: tuple[tuple[str, Regrade], ...]

    @property
    def is_done(self) -> bool:
        return self.state == "Done"


def visible_moderation(user: User, public_id: uuid.UUID) -> Moderation:
    """The moderation with its case and tool; 404 unless the user may know of it."""
    moderations = Moderation.objects.visible_to(user).filter(withdrawn_at__isnull=True)
    return get_object_or_404(
        moderations.select_related(
            "audit_return__audit__case__team",
            "audit_return__audit__team",
            "audit_return__audit__round__tool_version__tool",
            "moderator",
            "proposed_by",
            "settled_by",
        ),
        public_id=public_id,
    )


def strip_for_regrading(moderation: Moderation) -> CaseStrip:
    """The case with the days to read from and to judge by, counted from the auditor's return."""
    returned = london_day(_returned_at(moderation))
    back = look_back(moderation.audit_return.audit.round.tool_version, on=returned)
    days = ModerationSettings.objects.in_use().moderation_days
    extras = (
        ("Read from", long_date(back.read_from)),
        ("Judge from", long_date(back.judge_from)),
        ("Judge as it stood on", long_date(returned)),
        ("Moderate by", long_date(due_on(moderation, days=days))),
    )
    return replace(plain_strip(moderation), extras=extras)


def plain_strip(moderation: Moderation) -> CaseStrip:
    return strip_of(moderation, on=timezone.localdate())


def section_lines(moderation: Moderation) -> list[SectionLine]:
    """Every graded section in the tool's order."""
    version = moderation.audit_return.audit.round.tool_version
    given: dict[int, list[Regrade]] = {}
    for row in moderation.regrades.all():
        given.setdefault(row.domain_id, []).append(row)
    begun = set(moderation.evidence.values_list("domain", flat=True))
    return [
        SectionLine(
            domain=domain,
            href=reverse("moderation_section", args=[moderation.public_id, domain.code]),
            state=_state(given.get(domain.pk, []), version.axes, domain.pk in begun),
            grades=_in_order(given.get(domain.pk, []), version.axes),
        )
        for domain in version.domains.filter(is_graded=True).order_by("position")
    ]


def knows_audit(user: User, audit: Audit) -> bool:
    """Whether the audit's own pages are open to the user: a safety concern can be raised there."""
    return Audit.objects.visible_to(user).filter(pk=audit.pk).exists()


def _returned_at(moderation: Moderation):
    return moderation.audit_return.returned_at or moderation.assigned_at


def _in_order(rows: list[Regrade], axes: list[Axis]) -> tuple[tuple[str, Regrade], ...]:
    by_axis = {row.axis: row for row in rows}
    return tuple((axis.label, by_axis[axis]) for axis in axes if axis in by_axis)


def _state(rows: list[Regrade], axes: list[Axis], is_begun: bool) -> str:
    if len(rows) == len(axes):
        return "Done"
    return "Started" if rows or is_begun else "Not started"
