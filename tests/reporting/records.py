"""Rows of a small authority around one moment, made without verbs, for tests of figures.

Hours are counted from the moment: -1 is before it, 0 is the moment itself, which is not before.
"""

import datetime
import uuid
from functools import cached_property

from accounts.choices import UnitKind
from accounts.domain.people import system_user
from accounts.models import Unit, User
from audits.choices import Axis, ChangeSource, Grade
from audits.models import (
    Audit,
    AuditReturn,
    AuditTool,
    Domain,
    DomainGrade,
    Exemption,
    Extension,
    Round,
    StandingGradeChange,
    ToolVersion,
)
from kit.months import LONDON
from moderation.choices import ChosenBecause, Settlement
from moderation.models import Moderation
from reporting.domain.counting import count_figures
from reporting.domain.figures import MonthlyFigures, Period
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.audits import (
    AuditFactory,
    AuditReturnFactory,
    DomainGradeFactory,
    ExemptionFactory,
    RoundFactory,
)
from tests.factories.cases import CaseFactory

AS_AT = datetime.datetime(2023, 12, 8, 6, tzinfo=LONDON)
OCTOBER, NOVEMBER = datetime.date(2023, 10, 1), datetime.date(2023, 11, 1)
PERIOD = Period(OCTOBER, NOVEMBER)
LONG_BEFORE = -2000

GOOD = {"Z": (Grade.GOOD, Grade.GOOD)}


def at(hours: float | None) -> datetime.datetime | None:
    return None if hours is None else AS_AT + datetime.timedelta(hours=hours)


def done(name: str, hours: float | None, by: User) -> dict[str, object]:
    """`<name>_at` and `<name>_by`, or neither."""
    return {f"{name}_at": at(hours), f"{name}_by": None if hours is None else by}


class Records:
    def __init__(self) -> None:
        self.authority = UnitFactory(name="Aireborough", kind=UnitKind.DIRECTORATE)
        self.care = UnitFactory(name="Care", kind=UnitKind.SERVICE, parent=self.authority)
        self.protection = UnitFactory(
            name="Protection", kind=UnitKind.SERVICE, parent=self.authority
        )
        self.care_team = UnitFactory(name="Care 1", parent=self.care)
        self.team = UnitFactory(name="Protection 1", parent=self.protection)
        self.system = system_user()
        self.auditor, self.officer, self.second = UserFactory.create_batch(3)

    @cached_property
    def tool(self) -> ToolVersion:
        return self.new_tool("MCFA", headline_axis=Axis.PRACTICE)

    @cached_property
    def november(self) -> Round:
        return self.round(NOVEMBER)

    def new_tool(self, code: str, *, words: str = "", **values) -> ToolVersion:
        """A version with the domains A and Z, which is the overall; numbered after the last."""
        tool, _ = AuditTool.objects.get_or_create(code=code, defaults={"name": code})
        version = ToolVersion.objects.create(
            tool=tool,
            number=tool.versions.count() + 1,
            **done("published", -3000, self.system),
            **values,
        )
        for position, letter in enumerate("AZ", start=1):
            Domain.objects.create(
                version=version,
                code=letter,
                name=f"Domain {letter}{words}",
                short_name=letter,
                position=position,
                is_overall=letter == "Z",
            )
        return version

    def round(self, month: datetime.date, **values) -> Round:
        given = {"tool_version": self.tool, "created_at": at(LONG_BEFORE), "due_on": month}
        return RoundFactory(month=month, **given | values)

    def audit(self, *, team: Unit | None = None, allocated: float = LONG_BEFORE, **values) -> Audit:
        given = {
            "round": values.pop("round", None) or self.november,
            "case": CaseFactory(team=team or self.team),
            "auditor": self.auditor,
            "allocated_at": at(allocated),
            "due_on": datetime.date(2023, 12, 31),
        }
        return AuditFactory(**given | values)

    def returned(self, returned: float = -48, *, grades=GOOD, **values) -> AuditReturn:
        """The first version of a new audit, with these grades."""
        return self.version(self.audit(**values), returned, grades=grades)

    def version(
        self,
        audit: Audit,
        returned: float,
        *,
        number: int = 1,
        sent_back: float | None = None,
        grades=GOOD,
    ) -> AuditReturn:
        """A returned version; `grades` has (practice, outcome) by domain, None: not applicable."""
        made = AuditReturnFactory(
            audit=audit,
            version=number,
            **done("returned", returned, self.auditor),
            **done("sent_back", sent_back, self.officer),
            sent_back_reason="" if sent_back is None else "What did the school say?",
        )
        for code, pair in grades.items():
            for axis, grade in zip(Axis, pair, strict=True):
                self._grade(made, code, axis, grade)
        return made

    def _grade(self, made: AuditReturn, code: str, axis: Axis, grade: int | None) -> None:
        domain = made.audit.round.tool_version.domains.get(code=code)
        given = {"audit_return": made, "domain": domain, "axis": axis, "grade": grade}
        left_out = {"is_not_applicable": True, "not_applicable_reason": "No brothers or sisters."}
        DomainGradeFactory(**given | ({} if grade else left_out))

    def change(
        self,
        made: AuditReturn,
        new: int,
        *,
        hours: float,
        superseded: float | None = None,
        code: str = "Z",
        axis: Axis = Axis.PRACTICE,
    ) -> StandingGradeChange:
        grade = DomainGrade.objects.get(audit_return=made, domain__code=code, axis=axis)
        return StandingGradeChange.objects.create(
            domain_grade=grade,
            old=grade.standing if grade.standing != new else 5 - new,
            new=new,
            reason="The file shows otherwise.",
            source=ChangeSource.MODERATION,
            source_id=uuid.uuid4(),
            at=at(hours),
            by=self.officer,
            superseded_at=at(superseded),
        )

    def exempted(
        self, audit: Audit, approved: float | None = -24, withdrawn: float | None = None, **values
    ) -> Exemption:
        return ExemptionFactory(
            audit=audit,
            requested_at=at(LONG_BEFORE),
            **done("approved", approved, self.second),
            **done("withdrawn", withdrawn, self.second),
            **values,
        )

    def extended(self, audit: Audit, new_due_on: datetime.date, *, approved: float) -> Extension:
        """As the verb does: the row, and the audit's own date."""
        row = Extension.objects.create(
            audit=audit,
            reason="court_week",
            old_due_on=audit.due_on,
            new_due_on=new_due_on,
            requested_at=at(LONG_BEFORE),
            requested_by=self.auditor,
            **done("approved", approved, self.second),
        )
        audit.due_on = new_due_on
        audit.save()
        return row

    def moderated(
        self,
        made: AuditReturn,
        settled_grade: int,
        *,
        settled: float | None = -2,
        committed: float = -24,
        withdrawn: float | None = None,
        **values,
    ) -> Moderation:
        given = {"chosen_because": ChosenBecause.RANDOM, "settlement": Settlement.MODERATOR}
        return Moderation.objects.create(
            audit_return=made,
            moderator=self.officer,
            assigned_at=at(LONG_BEFORE),
            assigned_by=self.second,
            settled_grade=settled_grade,
            **done("committed", committed, self.officer),
            **done("settled", settled, self.second),
            **done("withdrawn", withdrawn, self.second),
            **given | values,
        )

    def figures(
        self, *, period: Period = PERIOD, scope: Unit | None = None, hours: float = 0
    ) -> MonthlyFigures:
        return count_figures(period, scope=scope or self.authority, as_at=at(hours))
