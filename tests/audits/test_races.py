"""One of two wins, the other is told in words, and history stays whole: on both databases."""

import pytest

from accounts.domain import history
from accounts.models import HistoryEntry
from audits.choices import ChangeSource, ExemptionReason, ExtensionReason, Grade
from audits.domain import allocation, completion, exempting, extending, grading, sending_back
from audits.models import Audit, AuditReturn, DomainGrade
from kit.exceptions import NotPossible
from kit.working_days import add_working_days
from tests.races import at_once
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db) -> World:
    return World()


def one_of_two(ends: list) -> str:
    """The reason that the one who came second was given; fails unless exactly one won."""
    refused = [end for end in ends if isinstance(end, Exception)]
    assert [type(end) for end in refused] == [NotPossible], ends
    assert history.verify() == []
    return refused[0].reason


def entries(verb: str) -> int:
    return HistoryEntry.objects.filter(verb=verb).count()


def test_an_audit_is_returned_once(world):
    audit = world.draft().audit

    ends = at_once([lambda: completion.return_audit(audit, by=world.auditor)] * 2)

    assert one_of_two(ends) == "return_not_possible"
    assert AuditReturn.objects.in_force().count() == entries("audit_returned") == 1


def test_an_audit_is_sent_back_once(world):
    audit = world.returned_audit()
    officers = [world.qa_officer, world.second_qa_officer]

    ends = at_once(
        [lambda by=by: sending_back.send_back(audit, reason="Why?", by=by) for by in officers]
    )

    assert one_of_two(ends) == "send_back_not_possible"
    assert list(audit.returns.order_by("version").values_list("version", flat=True)) == [1, 2]


def test_an_exemption_is_approved_once(world):
    reason = ExemptionReason.VACANT_POST
    asked = exempting.ask(world.audit(), reason=reason, by=world.qa_officer)
    deciders = [world.qa_manager, world.director]

    ends = at_once([lambda by=by: exempting.approve(asked, by=by) for by in deciders])

    assert one_of_two(ends) == "approve_not_possible"
    assert entries("exemption_approved") == 1


def test_an_exemption_is_approved_or_refused_never_both(world):
    reason = ExemptionReason.VACANT_POST
    asked = exempting.ask(world.audit(), reason=reason, by=world.qa_officer)
    manager, director = world.qa_manager, world.director

    ends = at_once(
        [
            lambda: exempting.approve(asked, by=manager),
            lambda: exempting.refuse(asked, because="Not now.", by=director),
        ]
    )

    assert one_of_two(ends) in ("approve_not_possible", "refuse_not_possible")
    assert entries("exemption_approved") + entries("exemption_refused") == 1


def test_an_extension_is_given_or_refused_never_both(world):
    audit = world.audit()
    due, court = add_working_days(audit.due_on, 2), ExtensionReason.COURT_WEEK
    asked = extending.ask(audit, reason=court, new_due_on=due, by=world.auditor)
    manager, leader = world.service_manager, world.team_manager

    ends = at_once(
        [
            lambda: extending.approve(asked, by=manager),
            lambda: extending.refuse(asked, because="Not now.", by=leader),
        ]
    )

    audit.refresh_from_db()
    given = entries("extension_approved")
    assert one_of_two(ends) in ("approve_not_possible", "refuse_not_possible")
    assert (given + entries("extension_refused"), audit.due_on == due) == (1, bool(given))


def test_an_audit_is_excused_or_returned_never_both(world):
    audit = world.draft().audit
    reason = ExemptionReason.SICK_LEAVE
    asked = exempting.ask(audit, reason=reason, by=world.qa_officer)
    manager = world.qa_manager

    ends = at_once(
        [
            lambda: exempting.approve(asked, by=manager),
            lambda: completion.return_audit(audit, by=world.auditor),
        ]
    )

    assert one_of_two(ends) in ("exempt_not_possible", "return_not_possible")
    assert entries("exemption_approved") + entries("audit_returned") == 1


def test_an_extension_is_asked_for_once(world):
    audit = world.audit()
    due, court = add_working_days(audit.due_on, 2), ExtensionReason.COURT_WEEK
    asking = [world.auditor, world.qa_officer]

    ends = at_once(
        [lambda by=by: extending.ask(audit, reason=court, new_due_on=due, by=by) for by in asking]
    )

    assert one_of_two(ends) == "extension_waits"


def test_a_case_is_given_out_once_in_a_round(world):
    audit_round, case = world.round, world.case
    auditors, by = [world.auditor, world.second_auditor], world.qa_officer

    ends = at_once(
        [
            lambda auditor=auditor: allocation.allocate(
                audit_round, case=case, auditor=auditor, by=by
            )
            for auditor in auditors
        ]
    )

    assert one_of_two(ends) == "case_already_in_round"
    assert Audit.objects.count() == entries("audit_allocated") == 1


def test_of_two_changes_of_a_grade_one_is_in_force(world):
    audit = world.returned_audit()
    grade = DomainGrade.objects.get(
        audit_return__audit=audit, domain__is_overall=True, axis="practice"
    )
    given = {
        "reason": "No visit in nine weeks.",
        "source": ChangeSource.PANEL,
        "source_id": audit.public_id,
        "by": world.qa_manager,
    }
    new = [Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT]

    ends = at_once(
        [lambda to=to: grading.set_standing_grade(grade, grade=to, **given) for to in new]
    )

    last = grade.changes.get(superseded_at__isnull=True)
    grade.refresh_from_db()
    assert {change.new for change in ends} == set(new)
    assert grade.standing == last.new
    assert grade.changes.get(superseded_at__isnull=False).new == last.old
