"""A partner authority's reviewer as the second person (domain rule 22)."""

import pytest

from accounts.domain import settings
from accounts.exceptions import Refused
from audits.choices import Grade
from moderation.choices import Settlement
from moderation.domain import outcome, settling
from moderation.domain.worklist import to_settle
from moderation.models import Moderation
from tests.factories.moderation import committed
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import opened

WHY = "The plan was not followed from June on."


def name_partner(world, partner="Wharfedale"):
    return settings.change(
        name="Aireborough", invitation_days=7, partner_authority=partner, by=world.administrator
    )


def propose(held, by):
    return settling.propose(held, settlement=Settlement.MODERATOR, reason=WHY, by=by)


@pytest.fixture
def across(world):
    """It takes two people, and the reviewer looks at the round."""
    held = committed(world, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    world.reviews()
    return held


def test_a_partners_reviewer_settles_as_the_second_person(world, across):
    propose(across, world.qa_manager)
    with pytest.raises(Refused, match="two people of the QA team"):
        settling.settle(across, by=world.external_reviewer)

    name_partner(world)
    settled = settling.settle(across, by=world.external_reviewer)

    assert (settled.settled_by, settled.settled_for) == (world.external_reviewer, "Wharfedale")
    assert "Esme Reviewer for Wharfedale" in outcome.settled_sentence(settled)


def test_a_partners_reviewer_raises_nothing(world, across):
    name_partner(world)
    with pytest.raises(Refused, match="two people of the QA team"):
        propose(across, world.external_reviewer)


def test_the_director_may_be_the_second_person_and_nobody_is_both(world, across):
    propose(across, world.director)
    with pytest.raises(Refused, match="takes two people"):
        settling.settle(across, by=world.director)

    assert settling.settle(across, by=world.qa_manager).settled_for == ""


def test_the_reviewer_sees_what_waits_and_no_more(world, across):
    def seen():
        return list(Moderation.objects.visible_to(world.external_reviewer))

    name_partner(world)
    assert seen() == []
    assert opened(world.external_reviewer, "moderations_to_settle").status_code == 200

    propose(across, world.qa_manager)
    assert seen() == [across]
    lines = to_settle(world.external_reviewer, on=across.committed_at.date())
    assert [line.moderation for line in lines] == [across]

    name_partner(world, "")
    assert seen() == []
    assert opened(world.external_reviewer, "moderations_to_settle").status_code == 403


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_change_settings_is_what_the_matrix_says(world, column):
    may = cell("settings.change", column) != "none"
    assert world.authority
    reason = refusal_of(
        lambda: settings.change(
            name="A", invitation_days=7, partner_authority="", by=getattr(world, column)
        )
    )

    assert reason == ("" if may else "no_settings")
