"""A small authority with named people: two services, their teams, and everyone a month needs.

Each person and record is made when a test first names it. The case is of Assessment Team 1; the
auditor leads a team of the other service, and so is independent of it.
"""

import datetime
from functools import cached_property

from django.utils import timezone

from accounts.choices import MembershipKind, Role, UnitKind
from accounts.models import Unit, User
from accounts.permissions import holds
from audits.choices import (
    Axis,
    ContributionSource,
    ContributionState,
    Grade,
    ResponseKind,
    RoundKind,
    SafetyJudgement,
    Standing,
)
from audits.domain import allocation, completion, drafting, reviewing, rounds, tools
from audits.domain.sections import OwnContribution, OwnGrade, OwnSection
from audits.models import (
    Audit,
    AuditReturn,
    Domain,
    ReviewerAssignment,
    Round,
    ToolVersion,
)
from cases.choices import AccessCapacity
from cases.domain import access
from cases.models import Case, Worker
from kit.months import add_months, first_of
from tests.factories.accounts import (
    MembershipFactory,
    RoleGrantFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.audits import small_tool
from tests.factories.cases import CaseFactory, WorkerAllocationFactory, WorkerFactory

GOOD = (Grade.GOOD, Grade.GOOD)


class World:
    asking: User | None = None
    """Who asks, where what is assigned has to be assigned to them (tests/samples_moderation.py)."""

    own_to: tuple[Role, ...] | None = None
    """The roles to whose holders what was made last is their own; none named means everybody."""

    def whose(self, *roles: Role, otherwise: User) -> User:
        """Who asks if they hold one of the roles (any, where none is named), or the other."""
        self.own_to = roles
        is_theirs = self.asking and (not roles or holds(self.asking, *roles))
        return self.asking if is_theirs else otherwise

    # Units

    @cached_property
    def authority(self) -> Unit:
        return UnitFactory(name="Aireborough", kind=UnitKind.DIRECTORATE)

    @cached_property
    def protection_service(self) -> Unit:
        return UnitFactory(name="Protection", kind=UnitKind.SERVICE, parent=self.authority)

    @cached_property
    def care_service(self) -> Unit:
        return UnitFactory(name="Children in care", kind=UnitKind.SERVICE, parent=self.authority)

    @cached_property
    def east_area(self) -> Unit:
        return UnitFactory(name="East", kind=UnitKind.AREA, parent=self.protection_service)

    @cached_property
    def team(self) -> Unit:
        return UnitFactory(name="Assessment Team 1", parent=self.east_area)

    @cached_property
    def second_team(self) -> Unit:
        return UnitFactory(name="Assessment Team 2", parent=self.east_area)

    @cached_property
    def care_team(self) -> Unit:
        return UnitFactory(name="Care Team 1", parent=self.care_service)

    # People

    def person(self, name: str, role: Role | None, unit: Unit, *, leads: bool = False) -> User:
        """Someone of that name in the unit, with the role there."""
        user = UserFactory(name=name, post=role.label if role else "Social worker")
        kind = MembershipKind.LEAD if leads else MembershipKind.MEMBER
        MembershipFactory(user=user, unit=unit, kind=kind)
        if role:
            RoleGrantFactory(user=user, role=role, unit=unit)
        return user

    @cached_property
    def auditor(self) -> User:
        return self.person("Amira Auditor", Role.TEAM_MANAGER, self.care_team, leads=True)

    @cached_property
    def second_auditor(self) -> User:
        return self.person("Ben Auditor", Role.SERVICE_MANAGER, self.care_service)

    @cached_property
    def practitioner(self) -> User:
        return self.worker.user

    @cached_property
    def team_manager(self) -> User:
        return self.person("Tess Manager", Role.TEAM_MANAGER, self.team, leads=True)

    @cached_property
    def service_manager(self) -> User:
        return self.person("Sam Manager", Role.SERVICE_MANAGER, self.east_area, leads=True)

    @cached_property
    def head_of_service(self) -> User:
        role = Role.HEAD_OF_SERVICE
        return self.person("Hana Head", role, self.protection_service, leads=True)

    @cached_property
    def other_head_of_service(self) -> User:
        return self.person("Hugo Head", Role.HEAD_OF_SERVICE, self.care_service, leads=True)

    @cached_property
    def qa_officer(self) -> User:
        return self.person("Olga Officer", Role.QA_OFFICER, self.authority)

    @cached_property
    def second_qa_officer(self) -> User:
        return self.person("Otto Officer", Role.QA_OFFICER, self.authority)

    @cached_property
    def qa_manager(self) -> User:
        return self.person("Quinn Manager", Role.QA_MANAGER, self.authority)

    @cached_property
    def director(self) -> User:
        return self.person("Dara Director", Role.DIRECTOR, self.authority, leads=True)

    @cached_property
    def external_reviewer(self) -> User:
        return self.person("Esme Reviewer", Role.EXTERNAL_REVIEWER, self.authority)

    @cached_property
    def report_recipient(self) -> User:
        return self.person("Rosa Recipient", Role.REPORT_RECIPIENT, self.authority)

    @cached_property
    def administrator(self) -> User:
        return self.person("Adam Administrator", Role.ADMINISTRATOR, self.authority)

    @cached_property
    def information_governance(self) -> User:
        return self.person("Ines Governance", Role.INFORMATION_GOVERNANCE, self.authority)

    # Cases

    @cached_property
    def worker(self) -> Worker:
        user = self.person("Petra Practitioner", Role.PRACTITIONER, self.team)
        return WorkerFactory(name=user.name, unit=self.team, user=user)

    @cached_property
    def case(self) -> Case:
        """A case of Assessment Team 1 whose worker is the practitioner."""
        case = self.new_case()
        allocated = WorkerAllocationFactory(case=case, worker=self.worker)
        because_of = allocated.public_id
        access.grant(
            self.practitioner, case=case, capacity=AccessCapacity.WORKER, because_of=because_of
        )
        return case

    def new_case(self, team: Unit | None = None, **values) -> Case:
        return CaseFactory(team=team or self.team, **values)

    # The programme

    @cached_property
    def tool_version(self) -> ToolVersion:
        return tools.publish_tool(small_tool(), by=self.qa_manager)

    @cached_property
    def round(self) -> Round:
        """This month's monthly round."""
        return self.monthly_round(first_of(timezone.localdate()))

    def monthly_round(self, month: datetime.date) -> Round:
        return self.open_round(month=month)

    def open_round(self, **values) -> Round:
        month = values.setdefault("month", first_of(timezone.localdate()))
        given = {
            "name": "Case-file audits",
            "kind": RoundKind.MONTHLY,
            "standing": Standing.INDEPENDENT,
            "tool_version": self.tool_version,
            "opens_on": month,
            "due_on": add_months(month, 1) - datetime.timedelta(days=1),
            "by": self.qa_manager,
        }
        return rounds.open_round(**given | values)

    def reviews(
        self,
        reviewer: User | None = None,
        *,
        in_round: Round | None = None,
        until_on: datetime.date | None = None,
    ) -> ReviewerAssignment:
        """The external reviewer looks at the round, for a week unless said otherwise."""
        week = datetime.timedelta(days=7)
        return reviewing.assign_reviewer(
            in_round or self.round,
            reviewer=reviewer or self.external_reviewer,
            until_on=until_on or timezone.localdate() + week,
            by=self.qa_manager,
        )

    def domain(self, code: str) -> Domain:
        return self.tool_version.domains.get(code=code)

    def audit(
        self,
        *,
        case: Case | None = None,
        auditor: User | None = None,
        in_round: Round | None = None,
        now: datetime.datetime | None = None,
    ) -> Audit:
        """A new audit in the round, given out by the QA officer."""
        return allocation.allocate(
            in_round or self.round,
            case=case or self.case,
            auditor=auditor or self.auditor,
            by=self.qa_officer,
            now=now,
        )

    def draft(self, audit: Audit | None = None, *, now=None, **grades) -> AuditReturn:
        """A draft with nothing missing; grades as `fill` takes them."""
        held = audit or self.audit(now=now)
        draft = drafting.start(held, by=held.auditor, now=now)
        return self.fill(draft, now=now, **grades)

    def fill(self, draft: AuditReturn, *, now=None, **grades) -> AuditReturn:
        """Write every section; `A=(practice, outcome)` for each domain, Good unless named."""
        given = {"A": GOOD, "B": GOOD, "F": GOOD, "Z": GOOD} | grades
        by = draft.audit.auditor
        domains = self.tool_version.domains.filter(is_graded=True, is_overall=False)
        sections = {domain: _own_section(given[domain.code]) for domain in domains}
        drafting.save_sections(draft, sections=sections, by=by, now=now)
        for domain in domains:
            if min(given[domain.code]) < Grade.GOOD:
                none, why = ResponseKind.NONE_NEEDED, "The plan was rewritten last week."
                drafting.respond(draft, domain=domain, kind=none, reason=why, by=by, now=now)
        overall = own_grades(given["Z"], "Because it fits the child.")
        child = "I am four and I sleep well now."
        drafting.save_overall(draft, by=by, grades=overall, child_now=child, now=now)
        spoken = {ContributionSource.WORKER: OwnContribution(ContributionState.SPOKEN_TO)}
        drafting.save_people(draft, by=by, contributions=spoken, now=now)
        safe = SafetyJudgement.SAFE
        drafting.save_safety(draft, judgement=safe, evidence="Seen on 3 March.", by=by, now=now)
        draft.refresh_from_db()
        return draft

    def returned_audit(self, audit: Audit | None = None, *, now=None, **grades) -> Audit:
        """An audit that came back; `overall` is short for the grades of domain Z."""
        if "overall" in grades:
            grades["Z"] = grades.pop("overall")
        draft = self.draft(audit, now=now, **grades)
        completion.return_audit(draft.audit, by=draft.audit.auditor, now=now)
        return draft.audit


def _own_section(pair: tuple[int, int]) -> OwnSection:
    grades = own_grades(pair, "The carer did what the plan left out.")
    return OwnSection("Visits of 3 and 17 March.", "She is in school.", grades)


def own_grades(pair: tuple[int, int], rationale: str = "") -> dict[Axis, OwnGrade]:
    """Practice and outcome, each with the same reason."""
    return {axis: OwnGrade(Grade(grade), rationale) for axis, grade in zip(Axis, pair, strict=True)}
