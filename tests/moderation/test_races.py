"""Two at once: one counts, the other is told."""

import threading

import pytest
from django.db import connection

from accounts.domain import history
from audits.choices import Grade
from audits.models import StandingGradeChange
from kit.exceptions import NotPossible
from moderation.choices import Settlement
from moderation.domain import re_audits, regrading, sending_back, settling
from moderation.models import Moderation, ReAuditSchedule
from tests.factories.moderation import assigned, commit, committed, grade, regrade, returned

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs):
    """Call each verb in a connection of its own, all at the same moment; what each one answered."""
    start, answers = threading.Barrier(len(verbs)), {}

    def call(place, verb):
        start.wait(10)
        try:
            verb()
            answers[place] = "done"
        except NotPossible as refusal:
            answers[place] = refusal.reason
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers[place] for place in range(len(verbs)))


def test_two_commits(world):
    moderation = regrade(assigned(world), {"Z": (2, 2)})
    officer = moderation.moderator

    def again():
        regrading.commit(moderation, gave_grade_away=False, by=officer)

    assert at_once(again, again) == ["commit_not_possible", "done"]
    assert history.verify() == []


def test_two_settlements(world):
    moderation = committed(world, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    first, second, third = world.qa_manager, world.director, world.qa_officer
    settling.propose(moderation, settlement=Settlement.MODERATOR, reason="Why.", by=first)

    answers = at_once(
        lambda: settling.settle(moderation, by=second),
        lambda: settling.settle(moderation, by=third),
    )
    assert answers == ["done", "settle_not_possible"]
    changes = StandingGradeChange.objects.filter(domain_grade=grade(moderation, "Z"))
    assert changes.get().second_by in (second, third)


def test_settling_while_the_proposal_is_withdrawn(world):
    moderation = committed(world, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    first, second = world.qa_manager, world.director
    settling.propose(moderation, settlement=Settlement.MODERATOR, reason="Why.", by=first)

    answers = at_once(
        lambda: settling.settle(moderation, by=second),
        lambda: settling.withdraw_proposal(moderation, by=first),
    )
    moderation.refresh_from_db()
    settled = moderation.settled_at is not None
    assert answers == [
        "done",
        "withdraw_proposal_not_possible" if settled else "settle_not_possible",
    ]
    assert StandingGradeChange.objects.exists() is settled


def test_committing_while_the_audit_is_sent_back(world):
    moderation = regrade(assigned(world))
    officer, manager = moderation.moderator, world.qa_manager
    audit = moderation.audit_return.audit

    answers = at_once(
        lambda: commit(moderation, by=officer),
        lambda: sending_back.send_back(audit, reason="Where is the visit?", by=manager),
    )
    moderation.refresh_from_db()
    committed_first = moderation.committed_at is not None
    assert answers == ["done", "moderated" if committed_first else "not_returned"]
    assert (moderation.withdrawn_at is None) is committed_first


def test_two_moderators(world):
    version, officers = returned(world), (world.second_qa_officer, world.director)
    manager = world.qa_manager
    answers = at_once(
        *(lambda who=who: assigned(world, version, moderator=who, by=manager) for who in officers)
    )
    assert answers == ["done", "moderated_already"]
    assert Moderation.objects.count() == 1


def test_re_audits_scheduled_twice(world):
    audit, officer = returned(world, Grade.INADEQUATE).audit, world.qa_officer

    def schedule():
        re_audits.schedule(audit, by=officer)

    assert at_once(schedule, schedule) == ["done", "re_audit_scheduled"]
    assert ReAuditSchedule.objects.count() == 1
