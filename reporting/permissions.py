"""Who may have reports made, see drafts, set the schedule, and see figures of their units.

The rows report.* and dashboard.* of docs/permissions.csv.
"""

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import asking, holds, is_guest, require
from audits.models import Audit, AuditReturn
from kit.shares import SMALL
from moderation.domain.queries import still_blind
from moderation.domain.reading import readable_returns
from reporting.models import Report, ReportRun
from reporting.models.report import RECEIVES
from reporting.models.run import SEES

SEES_FIGURES = (
    Role.TEAM_MANAGER,
    Role.SERVICE_MANAGER,
    Role.HEAD_OF_SERVICE,
    Role.QA_OFFICER,
    Role.QA_MANAGER,
    Role.DIRECTOR,
)
APPROVES = (Role.QA_MANAGER, Role.DIRECTOR)
OPENS_ROWS = tuple(role for role in SEES_FIGURES if role != Role.DIRECTOR)
SETS = (Role.QA_MANAGER, Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE)


def check_report_build(user: User, scope: Unit) -> None:
    """The QA manager of the scope; the system user for the schedule and unnamed commands.

    Raises Refused ("not_qa_manager").
    """
    require(
        user.is_system or holds(user, Role.QA_MANAGER, at=scope),
        "not_qa_manager",
        "Only a QA manager can have this report made. Ask yours.",
    )


def check_report_view_draft(user: User, run: ReportRun) -> None:
    """Heads of service in their unit; QA officers, QA managers and directors; reviewers of a round
    that the report counts. Nobody reads figures that count an audit they still moderate blind,
    nor a QA officer those of a few unreleased audits (domain rule 12, permissions.md rule 13).

    Raises Refused ("no_drafts", "counts_blind", "few_unreleased").
    """
    visible = ReportRun.objects.visible_to(user).filter(pk=run.pk)
    require(
        holds(user, *SEES, at=run.scope) or visible.exists(),
        "no_drafts",
        "Draft reports are for heads of service, quality assurance and directors.",
    )
    check_counts_nothing_blind(user, run)
    require(
        not 0 < unreleased_in(user, run) < SMALL,
        "few_unreleased",
        f"Fewer than {SMALL} audits of an open month are in this report, and their grades could "
        "be told from it. You can read it once the round's sample is closed.",
    )


def check_counts_nothing_blind(user: User, run: ReportRun) -> None:
    """Read frozen figures, published or not: they cannot leave an audit out (permissions.md rule
    13), so that whoever moderates one of theirs blind waits. Raises Refused ("counts_blind").
    """
    counted = blind_in(user, run)
    audits = "1 audit that you" if counted == 1 else f"{counted} audits that you"
    require(
        not counted,
        "counts_blind",
        f"This report counts {audits} still have to moderate blind. Commit your own grades, or "
        "hand over what you moderate; then you can read it.",
    )


def blind_in(user: User, run: ReportRun) -> int:
    """How many audits a run counts that this person still has to moderate blind (rule 13)."""
    counted = Audit.objects.in_ledger().filter(
        pk__in=still_blind(user),
        month__range=(run.first_month, run.last_month),
        team__path__startswith=run.scope.path,
    )
    return counted.count()


def unreleased_in(user: User, run: ReportRun) -> int:
    """How many returned audits a run counts whose grades this person may not know yet."""
    readable = readable_returns(user, unit=run.scope, at=run.as_at)
    if readable is None:
        return 0
    counted = AuditReturn.objects.standing_at(run.as_at).filter(
        audit__round__in_ledger=True,
        audit__month__range=(run.first_month, run.last_month),
        audit__team__path__startswith=run.scope.path,
    )
    return counted.exclude(pk__in=counted.filter(readable).values("pk")).count()


def check_report_approve(user: User, report: Report) -> None:
    """The QA manager or a director of the scope, never who had the edition made.

    Sentences are made from figures, so whoever had the edition made is its last editor
    (permissions.md rule 6). Raises Refused ("not_approver", "own_report").
    """
    run = report.run
    require(
        holds(user, *APPROVES, at=run.scope),
        "not_approver",
        "Reports are approved by the QA manager or a director. Ask one of them.",
    )
    require(
        run.requested_by_id != user.pk,
        "own_report",
        "You had this edition made, so someone else approves it. Ask a director or another QA "
        "manager.",
    )


def check_report_download_published(user: User) -> None:
    """Which reports is decided by `published_for`. Raises Refused ("no_reports")."""
    require(
        holds(user, *RECEIVES),
        "no_reports",
        "Published reports are for those who receive them. Ask the QA team for yours.",
    )


def check_settings_change(user: User) -> None:
    """Those who change settings; the system user when the program is set up.

    Raises Refused ("no_settings").
    """
    require(
        user.is_system or holds(user, *SETS),
        "no_settings",
        "Only a QA manager or an administrator can change when reports are issued.",
    )


def check_dashboard_view(user: User) -> None:
    """Figures of the units one answers for; an auditor's own audits.

    Raises Refused ("no_figures").
    """
    require(
        holds(user, *SEES_FIGURES)
        or (not is_guest(user) and Audit.objects.filter(auditor=user).exists()),
        "no_figures",
        "Figures are for managers, quality assurance and auditors. Published reports have them "
        "for everyone else.",
    )


def check_dashboard_drill_to_rows(user: User, unit: Unit) -> None:
    """Open the audits behind the figures of a unit. Raises Refused ("no_rows")."""
    require(
        holds(user, *OPENS_ROWS, at=unit),
        "no_rows",
        "The audits behind these figures are for managers and quality assurance.",
    )


can_report_build = asking(check_report_build)
can_report_view_draft = asking(check_report_view_draft)
can_report_approve = asking(check_report_approve)
can_report_download_published = asking(check_report_download_published)
can_settings_change = asking(check_settings_change)
can_dashboard_view = asking(check_dashboard_view)
can_dashboard_drill_to_rows = asking(check_dashboard_drill_to_rows)
