import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain.people import system_user
from accounts.exceptions import Refused
from audits.choices import ExtensionReason
from audits.domain import extending
from audits.models import Extension
from kit.exceptions import NotPossible
from kit.working_days import add_working_days

COURT = ExtensionReason.COURT_WEEK


def ask(world, *, days: int = 5, audit=None, by=None):
    audit = audit or world.audit()
    due = add_working_days(audit.due_on, days)
    return extending.ask(audit, reason=COURT, new_due_on=due, by=by or world.auditor)


def test_an_approved_extension_moves_the_due_date(world):
    asked = ask(world)
    before = asked.audit.due_on

    approved = extending.approve(asked, by=world.team_manager)

    approved.audit.refresh_from_db()
    assert (approved.old_due_on, approved.audit.due_on) == (before, asked.new_due_on)


def test_a_refused_extension_leaves_the_due_date(world):
    asked = ask(world)

    refused = extending.refuse(asked, because="The hearing is over.", by=world.service_manager)

    assert refused.refused_because == "The hearing is over."
    assert refused.audit.due_on == asked.old_due_on
    assert ask(world, audit=asked.audit).pk != asked.pk


def test_managers_extend_by_a_few_days_and_the_qa_manager_by_more(world):
    asked = ask(world, days=6)

    with pytest.raises(Refused, match="few working days"):
        extending.approve(asked, by=world.head_of_service)

    assert extending.approve(asked, by=world.qa_manager).approved_by == world.qa_manager


def test_short_extensions_do_not_add_up_to_a_long_one(world):
    first = extending.approve(ask(world, days=4), by=world.team_manager)
    second = ask(world, audit=first.audit, days=4)

    with pytest.raises(Refused, match="QA manager for longer"):
        extending.approve(second, by=world.team_manager)


def test_nobody_extends_an_audit_of_their_own(world):
    asked = ask(world, audit=world.audit(auditor=world.qa_manager), by=world.qa_officer)

    with pytest.raises(Refused, match="of your own"):
        extending.approve(asked, by=world.qa_manager)


def test_nobody_approves_what_they_asked(world):
    with pytest.raises(Refused, match="of your own"):
        extending.approve(ask(world, by=world.team_manager), by=world.team_manager)


def test_a_command_may_ask_but_never_approves(world):
    with pytest.raises(Refused):
        extending.approve(ask(world, by=system_user()), by=system_user())


def test_an_extension_is_later_than_the_due_date(world):
    audit = world.audit()
    earlier = audit.due_on - datetime.timedelta(days=1)

    for day in (audit.due_on, earlier):
        with pytest.raises(NotPossible, match="after the present due date"):
            extending.ask(audit, reason=COURT, new_due_on=day, by=world.auditor)


def test_a_second_question_waits_for_the_first(world):
    asked = ask(world)

    with pytest.raises(NotPossible, match="already waits"):
        ask(world, audit=asked.audit)


def test_a_refusal_says_why(world):
    asked = ask(world)

    with pytest.raises(NotPossible, match="Say why"):
        extending.refuse(asked, because=" ", by=world.service_manager)
    with pytest.raises(IntegrityError, match="extension_refused_with_words"), transaction.atomic():
        Extension.objects.update(refused_at=timezone.now(), refused_by=world.service_manager)


def test_a_returned_audit_needs_no_extension(world):
    asked = ask(world)
    world.returned_audit(asked.audit)

    with pytest.raises(NotPossible, match="This audit is returned"):
        extending.approve(asked, by=world.team_manager)


def test_a_stranger_to_the_unit_cannot_ask(world):
    world.audit(case=world.new_case(world.care_team), auditor=world.service_manager)
    with pytest.raises(Refused, match="your units"):
        ask(world, by=world.other_head_of_service)
