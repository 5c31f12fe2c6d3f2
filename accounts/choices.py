"""Words for people, units and roles (domain.md section 1; docs/permissions.csv)."""

from django.db import models


class Role(models.TextChoices):
    """A right to act, granted at a unit for a time. The auditor of an audit is not a role."""

    PRACTITIONER = "practitioner", "Practitioner"
    TEAM_MANAGER = "team_manager", "Team manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    HEAD_OF_SERVICE = "head_of_service", "Head of service"
    QA_OFFICER = "qa_officer", "QA officer"
    QA_MANAGER = "qa_manager", "QA manager"
    DIRECTOR = "director", "Director"
    EXTERNAL_REVIEWER = "external_reviewer", "External reviewer"
    REPORT_RECIPIENT = "report_recipient", "Report recipient"
    ADMINISTRATOR = "administrator", "Administrator"
    INFORMATION_GOVERNANCE = "information_governance", "Information governance"


SENSITIVE = frozenset(
    {
        Role.QA_MANAGER,
        Role.DIRECTOR,
        Role.ADMINISTRATOR,
        Role.INFORMATION_GOVERNANCE,
        Role.EXTERNAL_REVIEWER,
    }
)
"""Roles that one person asks for and another confirms (docs/permissions.csv)."""

NOT_WITH_ADMINISTRATOR = frozenset({Role.QA_OFFICER, Role.QA_MANAGER, Role.INFORMATION_GOVERNANCE})
"""Roles that nobody holds beside the administrator's (permissions.md rule 8)."""


class ManagerLevel(models.TextChoices):
    """The level of management an auditor held when the audit was allocated."""

    TEAM = "team", "Team managers"
    SERVICE = "service", "Service managers"
    HEAD = "head", "Heads of service"
    DIRECTOR = "director", "Directors"
    OTHER = "other", "Other auditors"

    @property
    def of_one(self) -> str:
        """The level of one person: "Head of service" where the label says "Heads of service"."""
        return " ".join(word.removesuffix("s") for word in str(self.label).split(" "))


class UnitKind(models.TextChoices):
    """What a node of the organisation is; any depth is allowed."""

    DIRECTORATE = "directorate", "Directorate"
    SERVICE = "service", "Service"
    AREA = "area", "Area"
    TEAM = "team", "Team"


class MembershipKind(models.TextChoices):
    LEAD = "lead", "Lead"
    MEMBER = "member", "Member"


class NoticeKind(models.TextChoices):
    """What a message is about; templates/notices/<kind>.txt says it without a case's data."""

    BREAK_GLASS = "break_glass", "A case opened out of turn"
    APP_ADDED = "app_added", "An authenticator app was added to your sign-in"
    APP_REMOVED = "app_removed", "The authenticator app was removed from your sign-in"
    PASSKEY_ADDED = "passkey_added", "A passkey was added to your sign-in"
    PASSKEY_REMOVED = "passkey_removed", "A passkey was removed from your sign-in"
    CODES_MADE = "codes_made", "New recovery codes were made for your sign-in"
    STEP_RESET = "step_reset", "Your second step was reset"
    EMAIL_CHANGED = "email_changed", "Your e-mail address for Case audits was changed"
    PASSWORD_CHANGED = "password_changed", "Your password was changed"


ABOUT_SIGN_IN = frozenset(NoticeKind) - {NoticeKind.BREAK_GLASS}
"""Messages about what one signs in with: they say whom to tell if it was somebody else."""


class NoticeState(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", "Waiting to be sent"
    IN_HAND = "in_hand", "Being sent"
    SENT = "sent", "Sent"
    NOT_KNOWN = "not_known", "Not known whether it arrived"
