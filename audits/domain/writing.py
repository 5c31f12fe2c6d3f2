"""What every save of a draft goes through: who may write, and that no save is lost to another.

A page remembers when its section was last saved before it was opened (`seen`). A save that does
not name the last save as it now is comes from a page that is out of date, and is refused before
it overwrites what another window wrote.
"""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from audits.domain import independence, states
from audits.domain.locking import locked_audit
from audits.exceptions import ChangedMeanwhile
from audits.models import Audit, AuditReturn, Domain, SectionSave
from audits.permissions import check_audit_edit
from kit.exceptions import NotPossible
from kit.months import london_day

PEOPLE, SAFETY = "people", "safety"
NEVER = ""
"""What a page has seen of a section that was never saved."""


def held_draft(
    draft: AuditReturn, *, by: User, now: datetime.datetime | None = None
) -> AuditReturn:
    """The draft as it is now, its audit held; only for the auditor, while it is a draft."""
    audit = locked_audit(draft.audit_id)
    check_writer(audit, by=by, verb="edit", now=now or timezone.now())
    held = AuditReturn.objects.get(pk=draft.pk)
    held.audit = audit
    if held.returned_at:
        raise NotPossible("edit_not_possible", "This version was returned, so it stays as it is.")
    return held


def check_writer(audit: Audit, *, by: User, verb: str, now: datetime.datetime) -> None:
    """The auditor, in a state that allows the step, while independent of the case."""
    check_audit_edit(by, audit)
    states.AUDIT.check(states.state_of(audit), verb)
    independence.check_auditor(audit, on=london_day(now))


def check_domain(draft: AuditReturn, domain: Domain) -> None:
    """Raise NotPossible ("not_of_this_tool") for a section of another version of the tool."""
    if domain.version_id != draft.audit.round.tool_version_id:
        raise NotPossible(
            "not_of_this_tool", "That section belongs to another version of the tool."
        )


def last_saved(draft: AuditReturn, section: str) -> str:
    """When the section was last saved, as pages hand it back to `check_seen`."""
    saved_at = draft.saves.filter(section=section).values_list("saved_at", flat=True).first()
    return as_seen(saved_at)


def as_seen(saved_at: datetime.datetime | None) -> str:
    """A moment of saving as a page keeps it."""
    return saved_at.astimezone(datetime.UTC).isoformat() if saved_at else NEVER


def check_seen(held: AuditReturn, section: str, seen: str | None) -> None:
    """Raise ChangedMeanwhile unless the page saw the last save; None asks nothing.

    The audit is held, so that no other save comes between this and the writing.
    """
    if seen is not None and seen != last_saved(held, section):
        raise ChangedMeanwhile


def note_saved(
    held: AuditReturn, sections: Iterable[str], now: datetime.datetime | None = None
) -> None:
    """Remember when these sections were saved."""
    moment = now or timezone.now()
    SectionSave.objects.bulk_create(
        [SectionSave(audit_return=held, section=code, saved_at=moment) for code in sections],
        update_conflicts=True,
        unique_fields=["audit_return", "section"],
        update_fields=["saved_at"],
    )
