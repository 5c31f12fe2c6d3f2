"""Rows of the programme without their verbs, for tests of figures; and a small tool."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.choices import ManagerLevel
from accounts.domain.people import system_user
from accounts.domain.units import service_of
from audits.choices import Axis, ExemptionReason, RoundKind, Standing
from audits.models import Audit, AuditReturn, DomainGrade, Exemption, Round
from audits.tools import AxisText, DomainText, QuestionText, ToolText
from kit.months import add_months, first_of
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory


class RoundFactory(DjangoModelFactory):
    """A monthly round of this month; `tool_version` is to be named."""

    class Meta:
        model = Round

    name = "Monthly case-file audits"
    kind = RoundKind.MONTHLY
    standing = Standing.INDEPENDENT
    in_ledger = factory.LazyAttribute(lambda row: row.kind == RoundKind.MONTHLY)
    month = factory.LazyFunction(lambda: first_of(timezone.localdate()))
    opens_on = factory.SelfAttribute("month")
    due_on = factory.LazyAttribute(lambda row: add_months(row.month, 1))
    created_at = factory.LazyFunction(timezone.now)
    created_by = factory.LazyFunction(system_user)


class AuditFactory(DjangoModelFactory):
    """An allocated audit, stamped as the verb does; `round` is to be named."""

    class Meta:
        model = Audit

    case = factory.SubFactory(CaseFactory)
    auditor = factory.SubFactory(UserFactory)
    team = factory.SelfAttribute("case.team")
    service = factory.LazyAttribute(lambda row: service_of(row.team))
    month = factory.SelfAttribute("round.month")
    standing = factory.SelfAttribute("round.standing")
    auditor_level = ManagerLevel.TEAM
    due_on = factory.SelfAttribute("round.due_on")
    allocated_at = factory.LazyFunction(timezone.now)
    allocated_by = factory.LazyFunction(system_user)


class AuditReturnFactory(DjangoModelFactory):
    """A returned version of `audit`; a draft with `returned_at=None, returned_by=None`."""

    class Meta:
        model = AuditReturn

    started_at = factory.SelfAttribute("audit.allocated_at")
    returned_at = factory.LazyFunction(timezone.now)
    returned_by = factory.SelfAttribute("audit.auditor")


class DomainGradeFactory(DjangoModelFactory):
    """A grade that stands as given; `audit_return`, `domain` and `grade` are to be named."""

    class Meta:
        model = DomainGrade

    axis = Axis.PRACTICE
    standing = factory.SelfAttribute("grade")


class ExemptionFactory(DjangoModelFactory):
    """An approved exemption of `audit`."""

    class Meta:
        model = Exemption

    reason = ExemptionReason.VACANT_POST
    requested_at = factory.LazyFunction(timezone.now)
    requested_by = factory.LazyFunction(system_user)
    approved_at = factory.SelfAttribute("requested_at")
    approved_by = factory.SubFactory(UserFactory)


def question(code: str, answer_type: str = "ypn", **values) -> QuestionText:
    given = {
        "text": f"Question {code}?",
        "may_be_not_applicable": False,
        "options": (),
        "follows": "",
        "opens_on": (),
    }
    return QuestionText(code=code, answer_type=answer_type, **given | values)


def section(code: str, *questions: QuestionText, **values) -> DomainText:
    given = {
        "name": f"Section {code}",
        "short_name": code,
        "good_looks_like": "Good work.",
        "is_graded": True,
        "is_overall": False,
        "may_be_not_applicable": False,
    }
    return DomainText(code=code, questions=questions, **given | values)


def small_tool() -> ToolText:
    """Two graded domains, one that may be left out, the overall, and a section without grades."""
    options = (("school", "School"), ("health", "Health"))
    return ToolText(
        code="SMALL",
        name="Small audit",
        subject="case",
        minutes=30,
        conversation=True,
        read_months=12,
        judge_months=6,
        look_back="Read the last 12 months.",
        guidance=(),
        axes=(
            AxisText("practice", "Practice", "How well did we do the work?", headline=True),
            AxisText("outcome", "Outcome", "What changed for the child?", headline=False),
        ),
        grades=(),
        domains=(
            section(
                "A",
                question("A1"),
                question("A1-date", "date", follows="A1", opens_on=("yes", "partly")),
                question("A2", "many", options=options, may_be_not_applicable=True),
            ),
            section("B", question("B1", "text"), question("B2", "number")),
            section("F", question("F1", "yn"), may_be_not_applicable=True),
            section("Z", question("Z4", "yn"), is_overall=True),
        ),
        sections=(section("people", question("PEO6", "one", options=options), is_graded=False),),
    )
