"""Why the two differ, said for every section on one page: all of it is kept, or nothing."""

import html
import re

import pytest
from django.urls import reverse

from audits.choices import Grade
from kit.exceptions import NotPossible
from moderation.choices import Settlement, WhyWeDiffer
from moderation.domain import regrading, settling
from moderation.domain.regrading import Why
from moderation.models import Moderation
from tests.factories.moderation import assigned, committed, regrade
from tests.pages import asks_again, opened, sent, statements, text_of

PAGE = "moderation_whys"
MISSED, READ = WhyWeDiffer.MISSED, WhyWeDiffer.THRESHOLD
PROPOSED = {"settlement": Settlement.MODERATOR, "reason": "The plan was not followed."}


@pytest.fixture
def held(world) -> Moderation:
    """Three sections differ: A, B and the overall judgement."""
    return committed(world, 3, 2, {"B": (1, 1)})


def fields(**texts: str) -> dict[str, str]:
    """What the page sends for these sections; "main: text"."""
    said = {}
    for code, words in texts.items():
        main, _, text = words.partition(": ")
        said |= {f"{code}_main_reason": main, f"{code}_why_we_differ": text}
    return said


def kept(held: Moderation) -> dict[str, str]:
    rows = held.evidence.exclude(why_we_differ="").order_by("domain__code")
    return {row.domain.code: f"{row.main_reason}: {row.why_we_differ}" for row in rows}


def send(held: Moderation, **texts: str):
    return sent(held.moderator, PAGE, held.public_id, **fields(**texts))


def sections_on(page: str) -> list[str]:
    return re.findall(r'name="(\w+)_why_we_differ"', page)


def test_every_section_that_differs_has_both_texts_and_one_box(held):
    page = text_of(opened(held.moderator, PAGE, held.public_id))
    assert sections_on(page) == ["A", "B", "Z"]
    assert page.count("Visits of 3 and 17 March.") >= 2
    assert page.count("Case note of 3 March.") == 3
    assert "Practice: 1 lower. Outcome: 1 lower" in page
    assert "Practice: 2 lower. Outcome: 2 lower" in page


def test_one_press_keeps_every_section(held):
    said = {"A": "missed: Read on.", "B": "threshold: Too late.", "Z": "missed: Both."}
    answer = send(held, **said)
    assert answer["Location"] == reverse("moderation_comparison", args=[held.public_id])
    assert kept(held) == said
    page = text_of(opened(held.moderator, PAGE, held.public_id))
    assert "Too late." in page


def test_a_section_left_empty_waits_and_keeps_what_was_said(held):
    send(held, B="missed: So.")
    send(held, B="missed: So.", A="threshold: Because.")
    assert kept(held) == {"A": "threshold: Because.", "B": "missed: So."}


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"A": "missed: Read on.", "B": "missed: "}, "Say why you differ in “Section B”."),
        ({"A": "missed: Read on.", "B": ": Late."}, "Choose the main reason in “Section B”."),
        ({"A": "missed: Read on.", "B": "nothing: Late."}, "Select a valid choice"),
        ({}, "Say why you differ in at least one section."),
        ({"A": ":  "}, "Say why you differ in at least one section."),
    ],
)
def test_an_error_loses_nothing_of_what_was_typed_and_writes_nothing(held, texts, sentence):
    answer = send(held, **texts)
    page = html.unescape(text_of(answer))
    assert asks_again(answer)
    assert sentence in page
    assert ("Read on." in page) is ("A" in texts and texts["A"].endswith("Read on."))
    assert kept(held) == {}


def test_what_was_said_is_not_emptied(held):
    send(held, A="missed: So.")
    answer = send(held, A=": ", B="missed: New.")
    assert asks_again(answer)
    assert kept(held) == {"A": "missed: So."}


def test_a_section_that_is_refused_keeps_the_others_from_being_written(world, held):
    said = {world.domain("A"): Why(MISSED, "So."), world.domain("people"): Why(READ, "No.")}
    with pytest.raises(NotPossible) as refusal:
        regrading.explain_each(held, said=said, by=held.moderator)
    assert refusal.value.reason == "not_of_this_tool"
    assert kept(held) == {}
    rows = regrading.explain_each(held, said=dict(list(said.items())[:1]), by=held.moderator)
    assert [row.domain.code for row in rows] == ["A"]


def test_once_settled_what_was_said_stays_and_the_rest_can_be_added(world, held):
    send(held, A="missed: So.")
    settling.propose(held, **PROPOSED, by=world.qa_manager)
    settling.settle(held, by=world.qa_officer)
    page = text_of(opened(held.moderator, PAGE, held.public_id))
    assert sections_on(page) == ["B", "Z"]
    send(held, A="threshold: Other.", B="missed: Late.", Z="missed: Both.")
    assert kept(held) == {"A": "missed: So.", "B": "missed: Late.", "Z": "missed: Both."}
    done = opened(held.moderator, PAGE, held.public_id)
    assert done["Location"] == reverse("moderation_comparison", args=[held.public_id])


def test_the_comparison_leads_there_where_more_than_one_section_differs(world, held):
    address = reverse(PAGE, args=[held.public_id])
    page = text_of(opened(held.moderator, "moderation_comparison", held.public_id))
    assert address in page
    assert "in all 3 sections on one page" in page
    others = text_of(opened(world.qa_manager, "moderation_comparison", held.public_id))
    assert address not in others


def test_where_nothing_differs_there_is_no_such_page(world):
    same = committed(world, Grade.GOOD, Grade.GOOD)
    comparison = reverse("moderation_comparison", args=[same.public_id])
    assert opened(same.moderator, PAGE, same.public_id)["Location"] == comparison
    assert send(same, A="missed: So.")["Location"] == comparison
    assert kept(same) == {}


def test_nobody_else_says_why_and_nobody_before_the_commit(world):
    waiting = regrade(assigned(world))
    for user in (waiting.moderator, world.qa_manager, world.qa_officer):
        assert opened(user, PAGE, waiting.public_id).status_code in (403, 404)
    refused = sent(world.auditor, PAGE, waiting.public_id, **fields(A="missed: So."))
    assert refused.status_code in (403, 404)
    assert kept(waiting) == {}


def test_another_person_with_sight_of_the_comparison_writes_nothing(world, held):
    answer = sent(world.qa_manager, PAGE, held.public_id, **fields(A="missed: So."))
    assert answer.status_code == 403
    assert kept(held) == {}


def test_the_page_asks_as_much_for_three_sections_as_for_two(world):
    two = committed(world, 3, 2)
    count = statements(two.moderator, PAGE, two.public_id)
    world.case = world.new_case()
    three = committed(world, 3, 2, {"B": (1, 1)})
    assert statements(three.moderator, PAGE, three.public_id) == count
