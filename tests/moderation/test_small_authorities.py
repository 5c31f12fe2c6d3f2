"""A partner authority's reviewer as the second person (domain rule 22)."""

import pytest

from accounts.domain import settings, telling
from accounts.exceptions import Refused
from audits.choices import Grade
from audits.domain import reviewing
from audits.models import ReviewerAssignment
from cases.domain.pseudonyms import study_number
from cases.models import Case
from moderation.choices import Settlement
from moderation.domain import outcome, settling
from moderation.domain.worklist import to_settle
from moderation.models import Moderation
from tests.factories.accounts import name_partner
from tests.factories.moderation import assigned, commit, committed, regrade
from tests.matrix import COLUMNS, cell, refusal_of
from tests.pages import client_of, opened, sent, text_of

WHY = "The plan was not followed from June on."


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


def test_a_partners_reviewer_settles_what_they_still_review(world, across):
    propose(across, world.qa_manager)
    name_partner(world)
    reviewing.end_assignment(ReviewerAssignment.objects.get(), by=world.qa_manager)
    with pytest.raises(Refused, match="two people of the QA team"):
        settling.settle(across, by=world.external_reviewer)

    world.reviews()

    assert settling.settle(across, by=world.external_reviewer).settled_at


def test_a_partners_reviewer_raises_nothing(world, across):
    name_partner(world)
    with pytest.raises(Refused, match="two people of the QA team"):
        propose(across, world.external_reviewer)


def test_a_partners_reviewer_raises_nothing_of_what_they_moderated_either(world):
    world.reviews()
    name_partner(world)
    lower = (Grade.REQUIRES_IMPROVEMENT, Grade.REQUIRES_IMPROVEMENT)
    held = commit(regrade(assigned(world, moderator=world.external_reviewer), {"Z": lower}))
    with pytest.raises(Refused, match="two people of the QA team"):
        propose(held, world.external_reviewer)
    assert propose(held, world.qa_manager).proposed_at


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


# The partner's pages name no child (permissions.md: study numbers for who comes from outside)


PAGES = ("moderation_settle", "moderation_comparison")


@pytest.fixture
def waiting(world, across):
    """Proposed, and waiting for the partner's reviewer."""
    name_partner(world)
    return propose(across, world.qa_manager)


def test_the_partners_pages_show_a_study_number_and_no_reference(world, waiting):
    case, reviewer = world.case, world.external_reviewer
    Case.objects.filter(pk=case.pk).update(reference="ZZREF9", initials="QXQ")

    def shown(user):
        pages = [opened(user, "moderations_to_settle")]
        pages += [opened(user, name, waiting.public_id) for name in PAGES]
        assert {page.status_code for page in pages} == {200}
        return [text_of(page) for page in pages]

    for page in shown(reviewer):
        assert study_number(case) in page
        assert "ZZREF9" not in page
        assert "QXQ" not in page
    for page in shown(world.qa_manager):
        assert "ZZREF9" in page
        assert study_number(case) not in page


def test_the_reviewer_settles_on_the_page_and_reads_what_came_of_it(world, waiting):
    reviewer, key = world.external_reviewer, waiting.public_id
    page = text_of(opened(reviewer, "moderation_settle", key))
    assert "You would settle it for Wharfedale" in page
    assert "You would settle it for" not in text_of(
        opened(world.director, "moderation_settle", key)
    )

    answer = sent(reviewer, "moderation_settle", key)
    page = text_of(client_of(reviewer).get(answer["Location"]))
    assert "Esme Reviewer for Wharfedale" in page
    assert world.case.reference not in page
    told = telling.told_of(waiting, reader=world.qa_manager)[0].sentence
    assert told == "Esme Reviewer settled the moderation, as a reviewer of the partner authority."


def test_what_the_reviewer_refuses_is_the_authoritys_again(world, waiting):
    reviewer, key = world.external_reviewer, waiting.public_id
    answer = sent(reviewer, "moderation_refuse", key)
    assert client_of(reviewer).get(answer["Location"]).status_code == 200
    assert opened(reviewer, "moderation_comparison", key).status_code == 404
    assert not Moderation.objects.get(pk=waiting.pk).proposed_at


def test_what_the_authority_settled_itself_is_not_the_reviewers(world, waiting):
    reviewer, key = world.external_reviewer, waiting.public_id
    assert opened(reviewer, "moderation_comparison", key).status_code == 200
    settling.settle(waiting, by=world.director)
    assert opened(reviewer, "moderation_comparison", key).status_code == 404
