"""The transition tables hold whatever the order of steps: sequences drawn by hypothesis."""

import datetime

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from, tuples

from audits.choices import ExemptionReason, ExtensionReason, Grade
from audits.domain import completion, drafting, exempting, extending, sending_back, states
from audits.domain.as_at import EXEMPTED, RETURNED, with_exemption, with_return
from audits.models import Audit, DomainGrade
from kit.exceptions import NotPossible
from tests.world import World

START = datetime.datetime(2025, 11, 3, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
PAIRS = tuples(sampled_from(Grade), sampled_from(Grade))


def own_grades() -> dict[int, int]:
    """The auditors' own grades of every version that was ever returned."""
    fixed = DomainGrade.objects.filter(audit_return__returned_at__isnull=False)
    return dict(fixed.values_list("pk", "grade"))


class LifeOfAnAudit(RuleBasedStateMachine):
    """Any sequence of steps, tried by those who may take them, at a clock that moves on."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.world = World()
        self.now = START
        self.audit = self.world.audit(now=self.now)
        self.pair = (Grade.GOOD, Grade.GOOD)
        self.fixed: dict[int, int] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def take(self, verb: str) -> None:
        """Takes a step that the table allows; it ends where the table says."""
        before = self.state()
        self.step(verb)
        ends = {s.ends for s in states.AUDIT.steps if s.verb == verb and before in s.starts}
        assert self.state() in ends

    def step(self, verb: str) -> None:
        self.now += 2 * HOUR
        getattr(self, f"step_{verb}")({"now": self.now})

    def state(self) -> str:
        return states.state_of(self.audit)

    def step_start(self, when):
        drafting.start(self.audit, by=self.audit.auditor, **when)

    def step_edit(self, when):
        draft = self.audit.returns.order_by("version").last()
        self.world.fill(draft, A=self.pair, Z=self.pair, **when)

    def step_return(self, when):
        completion.return_audit(self.audit, by=self.audit.auditor, **when)

    def step_send_back(self, when):
        reason, by = "Which visit?", self.world.qa_officer
        sending_back.send_back(self.audit, reason=reason, by=by, **when)

    def step_exempt(self, when):
        reason, by = ExemptionReason.SICK_LEAVE, self.world.qa_officer
        asked = exempting.ask(self.audit, reason=reason, by=by, **when)
        exempting.approve(asked, by=self.world.qa_manager, **when)

    def step_withdraw_exemption(self, when):
        held = self.audit.exemptions.get(withdrawn_at=None)
        exempting.withdraw(held, by=self.world.qa_manager, **when)

    def step_extend(self, when):
        self.audit.refresh_from_db()
        due, by = self.audit.due_on + datetime.timedelta(days=1), self.world.qa_officer
        reason = ExtensionReason.COURT_WEEK
        asked = extending.ask(self.audit, reason=reason, new_due_on=due, by=by, **when)
        extending.approve(asked, by=self.world.qa_manager, **when)

    @precondition(lambda self: self.state() == "allocated")
    @rule(pair=PAIRS)
    def start_and_write(self, pair):
        self.pair = pair
        self.take("start")
        self.take("edit")

    @precondition(lambda self: self.state() == "sent_back")
    @rule(pair=PAIRS)
    def write_again(self, pair):
        self.pair = pair
        self.take("edit")

    @precondition(lambda self: self.state() in ("started", "sent_back"))
    @rule()
    def give_back(self):
        self.take("return")

    @precondition(lambda self: self.state() == "returned")
    @rule()
    def send_back(self):
        self.take("send_back")

    @precondition(lambda self: self.state() in states.NOT_RETURNED)
    @rule(verb=sampled_from(["exempt", "extend"]))
    def excuse_or_extend(self, verb):
        self.take(verb)

    @precondition(lambda self: self.state() == "exempted")
    @rule()
    def withdraw_exemption(self):
        self.take("withdraw_exemption")

    @rule(verb=sampled_from(["start", "edit", "return", "send_back", "exempt", "extend"]))
    def attempt_what_is_not_possible(self, verb):
        before = self.state()
        has_version = self.audit.returns.exists()
        if states.AUDIT.allows(before, verb) or (verb == "edit" and not has_version):
            return
        with pytest.raises(NotPossible), transaction.atomic():
            self.step(verb)
        assert self.state() == before

    @invariant()
    def at_most_one_return_is_in_force(self):
        later = self.now + HOUR
        assert self.audit.returns.in_force().count() <= 1
        assert (
            self.audit.returns.standing_at(later).count() == self.audit.returns.in_force().count()
        )

    @invariant()
    def own_grades_never_change_after_the_return(self):
        now = own_grades()
        assert self.fixed.items() <= now.items()
        self.fixed = now

    @invariant()
    def a_planned_audit_is_exempted_or_scheduled_and_returned_only_when_scheduled(self):
        later = self.now + HOUR
        rows = with_exemption(with_return(Audit.objects.all(), later), later)
        state = states.state_of(self.audit)
        assert rows.filter(EXEMPTED).exists() == (state == "exempted")
        assert rows.filter(RETURNED).exists() == (state == "returned")


@pytest.mark.django_db
def test_whatever_the_order_of_steps_the_tables_hold():
    few = settings(max_examples=25, stateful_step_count=15, phases=[Phase.generate])
    run_state_machine_as_test(LifeOfAnAudit, settings=few)


@pytest.mark.parametrize("table", states.TABLES, ids=lambda table: table.name)
def test_each_state_is_named_and_reached(table):
    named = set(table.words)
    used = {state for step in table.steps for state in (*step.starts, step.ends)}

    assert used <= named
    assert named - used <= {"voided"}


def test_a_state_that_is_voided_allows_nothing():
    verbs = {step.verb for step in states.AUDIT.steps}

    assert not any(states.AUDIT.allows("voided", verb) for verb in verbs)
