"""No address shows a blind moderator anything of the auditor's work before the commit (rule 12).

Every address of the program is opened with every id that a moderator could know.
"""

import itertools
from collections.abc import Iterator

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from audits.choices import Grade
from moderation.models import Moderation
from tests.factories.actions import raised
from tests.factories.moderation import assigned, commit, returned
from tests.factories.moderation import regrade as graded
from tests.pages import client_of, opened, text_of
from tests.test_architecture import url_names

OPEN_TO_ALL = {"account_login", "account_logout", "account_inactive"}
WRITTEN = (
    "Visits of 3 and 17 March.",
    "She is in school.",
    "The carer did what the plan left out.",
    "I am four and I sleep well now.",
    "Seen on 3 March.",
    "The plan was rewritten last week.",
    "Because it fits the child.",
    "Agree the safety plan with the family.",
)


@pytest.fixture
def blind(world) -> Moderation:
    """One audit in the whole authority: Inadequate, with an action for the child."""
    moderation = assigned(world, returned(world, Grade.INADEQUATE, B=(1, 4)))
    raised(world)
    return moderation


def addresses(moderation: Moderation) -> Iterator[str]:
    """Every address that the program has, with the ids of this moderation and its audit."""
    version = moderation.audit_return
    records = (moderation, version, version.audit, version.audit.case, version.audit.round)
    more = ((), ("A",), (1,), ("pdf",))
    for name in set(url_names(get_resolver().url_patterns)) - OPEN_TO_ALL:
        choices = [(), *itertools.product([record.public_id for record in records])]
        for arguments in itertools.product(choices, more):
            try:
                yield reverse(name, args=list(itertools.chain(*arguments)))
            except NoReverseMatch:
                continue


def told(moderation: Moderation) -> set[tuple[str, str]]:
    """Each secret that a page tells, with the page's address; also which pages opened at all."""
    client = client_of(moderation.moderator)
    auditor = moderation.audit_return.audit.auditor.name
    found = set()
    for address in set(addresses(moderation)):
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 200 and not answer.streaming:
            secrets = {secret for secret in (*WRITTEN, auditor) if secret in text_of(answer)}
            found |= {(address, secret) for secret in secrets or {""}}
    return found


def test_no_page_tells_before_the_commit_and_some_do_after_it(blind):
    before = told(blind)
    assert {secret for _, secret in before} == {""}
    assert reverse("moderation", args=[blind.public_id]) in {address for address, _ in before}
    commit(graded(blind))
    after = {secret for _, secret in told(blind)}
    assert {*WRITTEN, blind.audit_return.audit.auditor.name} <= after


@pytest.mark.parametrize("name", ["moderations", "moderation", "moderation_commit"])
def test_pages_of_ones_own_work_name_no_grade_but_ones_own(blind, name):
    arguments = [] if name == "moderations" else [blind.public_id]
    page = text_of(opened(blind.moderator, name, *arguments))
    assert not any(grade.label in page for grade in Grade)


@pytest.mark.parametrize("name", ["moderations", "moderation"])
def test_nor_why_the_audit_was_chosen(blind, name):
    blind.chosen_reason = "Graded lower than its neighbours."
    blind.save()
    arguments = [] if name == "moderations" else [blind.public_id]
    page = text_of(opened(blind.moderator, name, *arguments))
    assert blind.chosen_reason not in page
    assert blind.get_chosen_because_display() not in page


def test_a_sighted_moderator_is_led_to_the_audit(world):
    known = assigned(world, is_blind=False, sighted_reason="I coached the auditor.")
    address = reverse("audit_returned", args=[known.audit_return.audit.public_id])
    page = text_of(opened(known.moderator, "moderation", known.public_id))
    assert address in page
    assert known.sighted_reason in page
    assert "Visits of 3 and 17 March." in text_of(client_of(known.moderator).get(address))
