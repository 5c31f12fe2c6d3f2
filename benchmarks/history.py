"""Rows of many months, made in bulk: what benchmarks of figures count.

A round's audits are like the demonstration's in their proportions: a third returned, a quarter of
these moderated, nine graded domains on two axes. Nothing is random, so that runs compare.
"""

import datetime
import uuid
from collections.abc import Iterator

from accounts.choices import ManagerLevel, UnitKind
from accounts.domain.people import system_user
from accounts.domain.units import add_unit
from accounts.models import User
from audits.choices import (
    Axis,
    ExemptionReason,
    RoundKind,
    Standing,
)
from audits.models import (
    Audit,
    AuditReturn,
    AuditTool,
    Domain,
    DomainGrade,
    Exemption,
    Round,
    StandingGradeChange,
    Theme,
    ToolVersion,
)
from benchmarks.contents import BATCH, add_contents, add_what_follows, keep, moment_of
from cases.choices import PlanKind
from cases.models import Case
from kit.months import add_months
from moderation.choices import ChosenBecause, Settlement
from moderation.models import Moderation

TEAMS = 24
CASES = 1500


class History:
    """An authority with its cases and tool; `add_round` gives it a month of audits."""

    def __init__(self) -> None:
        self.system = system_user()
        self.auditor = User.objects.create(email="auditor@aireborough.test", name="An auditor")
        self.officer = User.objects.create(email="officer@aireborough.test", name="An officer")
        self.authority = self._unit("Aireborough", UnitKind.DIRECTORATE, None)
        self.teams = []
        for number in range(TEAMS):
            if number % 4 == 0:
                service = self._unit(f"Service {number}", UnitKind.SERVICE, self.authority)
            self.teams.append((self._unit(f"Team {number}", UnitKind.TEAM, service), service))
        self.cases = self._cases()
        self.version = self._tool()
        self.domains = list(self.version.domains.all())
        self.themes = Theme.objects.bulk_create(
            Theme(code=f"theme-{number}", name=f"Theme {number}", group="Practice")
            for number in range(30)
        )

    def _unit(self, name, kind, parent):
        return add_unit(name=name, kind=kind, parent=parent, by=self.system)

    def _cases(self) -> list[Case]:
        return Case.objects.bulk_create(
            Case(
                reference=f"C{number:06}",
                initials="AB",
                born_on=datetime.date(2015, 3, 3),
                plan_kind=PlanKind.IN_NEED,
                team=self.teams[number % TEAMS][0],
                opened_on=datetime.date(2016, 1, 1),
            )
            for number in range(CASES)
        )

    def _tool(self) -> ToolVersion:
        tool = AuditTool.objects.create(code="MCFA", name="Monthly case-file audit")
        version = ToolVersion.objects.create(
            tool=tool,
            number=1,
            published_at=moment_of(datetime.date(2000, 1, 1)),
            published_by=self.system,
        )
        Domain.objects.bulk_create(
            Domain(
                version=version,
                code=code,
                name=f"Domain {code}",
                short_name=code,
                position=position,
                is_overall=code == "Z",
            )
            for position, code in enumerate("ABCDEFGHZ")
        )
        return version

    def add_round(self, month: datetime.date, size: int) -> None:
        """A monthly round with this many audits and all that belongs to them."""
        due_on = add_months(month, 1) - datetime.timedelta(days=1)
        opened = Round.objects.create(
            name="Case-file audits",
            kind=RoundKind.MONTHLY,
            standing=Standing.INDEPENDENT,
            in_ledger=True,
            tool_version=self.version,
            month=month,
            opens_on=month,
            due_on=due_on,
            created_at=moment_of(month),
            created_by=self.system,
        )
        audits = Audit.objects.bulk_create(
            (self._audit(opened, number) for number in range(size)), batch_size=BATCH
        )
        keep(Exemption, (self._exemption(audit) for audit in audits[::15]))
        returned = [audit for number, audit in enumerate(audits) if number % 3 == 1]
        returns = AuditReturn.objects.bulk_create(
            (self._return(audit) for audit in returned), batch_size=BATCH
        )
        self._add_grades(returns)
        add_contents(returns, domain=self.domains[0], themes=self.themes)
        add_what_follows(returns, domain=self.domains[0], by=self.auditor)

    def _audit(self, opened: Round, number: int) -> Audit:
        team, service = self.teams[number % TEAMS]
        return Audit(
            round=opened,
            case=self.cases[number],
            auditor=self.auditor,
            team=team,
            service=service,
            month=opened.month,
            standing=opened.standing,
            auditor_level=ManagerLevel.values[number % 4],
            due_on=opened.due_on,
            allocated_at=moment_of(opened.month),
            allocated_by=self.system,
        )

    def _exemption(self, audit: Audit) -> Exemption:
        asked = moment_of(audit.month, 4)
        return Exemption(
            audit=audit,
            reason=ExemptionReason.VACANT_POST,
            requested_at=asked,
            requested_by=self.system,
            approved_at=asked,
            approved_by=self.officer,
        )

    def _return(self, audit: Audit) -> AuditReturn:
        return AuditReturn(
            audit=audit,
            started_at=moment_of(audit.month, 5),
            returned_at=moment_of(audit.month, 20),
            returned_by=self.auditor,
        )

    def _add_grades(self, returns: list[AuditReturn]) -> None:
        grades = keep(
            DomainGrade,
            (
                DomainGrade(
                    audit_return=made,
                    domain=domain,
                    axis=axis,
                    grade=1 + made.pk % 4,
                    standing=1 + made.pk % 4,
                )
                for made in returns
                for domain in self.domains
                for axis in Axis.values
            ),
        )
        moderated = {made.pk: made for made in returns[::4]}
        keep(Moderation, (self._moderation(made) for made in moderated.values()))
        keep(
            StandingGradeChange,
            (
                self._change(grade, moderated[grade.audit_return_id])
                for grade in grades
                if grade.audit_return_id in moderated
                and grade.grade > 1
                and grade.domain in self.domains[-3:]
            ),
        )

    def _moderation(self, made: AuditReturn) -> Moderation:
        committed = made.returned_at + datetime.timedelta(days=3)
        return Moderation(
            audit_return=made,
            moderator=self.officer,
            chosen_because=ChosenBecause.RANDOM,
            assigned_at=made.returned_at,
            assigned_by=self.system,
            committed_at=committed,
            committed_by=self.officer,
            settled_at=committed,
            settled_by=self.officer,
            settlement=Settlement.MODERATOR,
            settled_grade=max(1, made.pk % 4),
        )

    def _change(self, grade: DomainGrade, made: AuditReturn) -> StandingGradeChange:
        return StandingGradeChange(
            domain_grade=grade,
            old=grade.grade,
            new=grade.grade - 1,
            reason="The file shows it.",
            source="moderation",
            source_id=uuid.UUID(int=grade.pk),
            at=made.returned_at + datetime.timedelta(days=3),
            by=self.officer,
        )


def months_back(last: datetime.date) -> Iterator[datetime.date]:
    """The month, the one before it, and so on."""
    while True:
        yield last
        last = add_months(last, -1)
