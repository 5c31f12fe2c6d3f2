"""An authority with monthly rounds, and report runs on them."""

import datetime
from dataclasses import dataclass

from accounts.choices import Role, UnitKind
from accounts.models import Unit, User
from audits.choices import Axis, Grade
from audits.models import AuditTool, Domain, Round, ToolVersion
from kit.months import LONDON, months_from
from reporting.choices import ReportKind, RequestSource
from reporting.domain import leases, publishing
from reporting.domain.editions import number, period_key
from reporting.domain.leases import Claimed
from reporting.domain.requesting import request_report
from reporting.models import Report, ReportRun
from tests.factories.accounts import RoleGrantFactory, UnitFactory
from tests.factories.audits import (
    AuditFactory,
    AuditReturnFactory,
    DomainGradeFactory,
    RoundFactory,
)
from tests.factories.cases import CaseFactory

MAY, NOVEMBER = datetime.date(2023, 5, 1), datetime.date(2023, 11, 1)
NOW = datetime.datetime(2023, 12, 8, 6, tzinfo=LONDON)


@dataclass
class Programme:
    """An authority, its QA manager, and a round a month with two audits, one of them returned."""

    root: Unit
    team: Unit
    qa_manager: User
    tool: ToolVersion

    def add_round(self, month: datetime.date) -> Round:
        allocated = datetime.datetime.combine(month, datetime.time(9), tzinfo=LONDON)
        opened = RoundFactory(tool_version=self.tool, month=month, created_at=allocated)
        for _ in range(2):
            case = CaseFactory(team=self.team)
            audit = AuditFactory(round=opened, case=case, allocated_at=allocated)
        returned = AuditReturnFactory(
            audit=audit, returned_at=allocated + datetime.timedelta(days=9)
        )
        overall = self.tool.domains.get()
        for axis in Axis:
            DomainGradeFactory(audit_return=returned, domain=overall, axis=axis, grade=Grade.GOOD)
        return opened

    def request(self, **chosen: object) -> ReportRun:
        """November's report, asked for by the QA manager at NOW."""
        asked = {
            "kind": ReportKind.MONTHLY,
            "last_month": NOVEMBER,
            "scope": self.root,
            "by": self.qa_manager,
            "source": RequestSource.PERSON,
            "now": NOW,
        }
        return request_report(**asked | chosen)


def programme(first: datetime.date = MAY, last: datetime.date = NOVEMBER) -> Programme:
    """A programme with a round in each month from the first to the last."""
    root = UnitFactory(name="Aireborough", kind=UnitKind.DIRECTORATE)
    service = UnitFactory(parent=root, kind=UnitKind.SERVICE)
    grant = RoleGrantFactory(unit=root, role=Role.QA_MANAGER)
    form = AuditTool.objects.create(code="CF", name="Case-file audit")
    tool = ToolVersion.objects.create(tool=form, number=1)
    Domain.objects.create(
        version=tool, code="Z", name="Overall", short_name="Overall", position=1, is_overall=True
    )
    made = Programme(root, UnitFactory(parent=service), grant.user, tool)
    for month in months_from(first, last):
        made.add_round(month)
    return made


def seconds_later(seconds: float) -> datetime.datetime:
    return NOW + datetime.timedelta(seconds=seconds)


def frozen(run: ReportRun) -> Report:
    """The run's Report without its figures being counted."""
    return Report.objects.create(
        run=run,
        number=number(run),
        authority_name="Aireborough",
        figures={},
        narrative={},
        chain_position=0,
        chain_head="0" * 64,
        frozen_at=run.as_at,
        period_key=period_key(run),
    )


def issue(run: ReportRun, *, now: datetime.datetime = NOW) -> Claimed:
    """Claim the run and publish it without printing anything."""
    claimed = leases.claim(run, now=now)
    publishing.publish(claimed, frozen(run), pdf=b"%PDF-", csv=b"month", now=now)
    run.refresh_from_db()
    return claimed
