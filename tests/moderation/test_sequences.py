"""Whatever people do in whatever order, what rule 13 and rule 14 promise holds."""

from contextlib import suppress
from itertools import chain

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.choices import Role
from accounts.exceptions import Refused
from audits.models import DomainGrade, StandingGradeChange
from kit.exceptions import NotPossible
from moderation.choices import Settlement
from moderation.domain import settling
from moderation.domain.agreement import needs_two_people
from tests.factories.moderation import committed, grades

SETTLEMENTS = [(Settlement.MODERATOR, None), (Settlement.AUDITOR, None), (Settlement.OTHER, 3)]
VERBS = ["propose", "propose", "settle", "settle", "let_stand", "withdraw_proposal"]
# Few people, all with the right to settle, so that most sequences come to something.
PEOPLE = ["auditor", "second_qa_officer", "qa_manager"]
STEP = st.tuples(st.sampled_from(VERBS), st.sampled_from(PEOPLE), st.sampled_from(SETTLEMENTS))


def take(verb, moderation, by, settlement, grade):
    match verb:
        case "propose":
            settling.propose(moderation, settlement=settlement, grade=grade, reason="Why.", by=by)
        case "let_stand":
            settling.let_stand(moderation, reason="Why.", by=by)
        case _:
            getattr(settling, verb)(moderation, by=by)


def check_standing_follows_the_changes(moderation):
    rows = DomainGrade.objects.filter(audit_return=moderation.audit_return)
    for row in rows.prefetch_related("changes"):
        steps = [row.grade, *chain(*((change.old, change.new) for change in row.changes.all()))]
        assert row.standing == steps[-1]
        assert steps[:-1:2] == steps[1::2] or len(steps) == 1


def check_two_people_where_two_are_due(moderation, own, moderated, auditor):
    judged = {moderation.moderator_id, auditor.pk}
    changes = list(StandingGradeChange.objects.all())
    if moderation.settled_at is None:
        assert changes == []
    elif needs_two_people(own, moderated):
        pair = {moderation.proposed_by_id, moderation.settled_by_id}
        assert len(pair - {None}) == 2
        assert pair - judged
    for change in changes:
        assert change.second_by_id or not needs_two_people(own, moderated)


@pytest.mark.parametrize(("own", "moderated"), [(4, 3), (3, 2), (2, 3), (2, 1), (3, 3), (1, 4)])
def test_no_sequence_of_steps_breaks_the_promises(world, own, moderated):
    world.auditor = world.person("Audits too", Role.QA_OFFICER, world.authority)
    moderation = committed(world, own, moderated)
    people = {name: getattr(world, name) for name in PEOPLE}
    before = grades(moderation, "grade")

    @settings(max_examples=30)
    @given(steps=st.lists(STEP, min_size=2, max_size=6))
    def any_sequence(steps):
        with transaction.atomic():
            for verb, who, settlement in steps:
                with suppress(Refused, NotPossible), transaction.atomic():
                    take(verb, moderation, people[who], *settlement)
                moderation.refresh_from_db()
                assert grades(moderation, "grade") == before
                check_standing_follows_the_changes(moderation)
                check_two_people_where_two_are_due(moderation, own, moderated, world.auditor)
            transaction.set_rollback(True)

    any_sequence()
