"""What an external reviewer finds first: the rounds that are open to them."""

import datetime

from django.urls import reverse
from django.utils import timezone

from reporting.domain.start.page import start_page
from reporting.domain.start.reviewer import reviewer_work
from tests.factories.cases import CaseFactory
from tests.pages import client_of, opened, text_of


def rounds(world) -> list[tuple[str, int]]:
    return [(row.name, row.audits) for row in reviewer_work(world.external_reviewer).rounds]


def test_a_round_that_is_open_says_how_many_audits_there_are_to_read(world):
    world.reviews()
    world.returned_audit()
    world.audit(case=CaseFactory(team=world.team))

    assert rounds(world) == [(world.round.name, 1)]
    page = text_of(opened(world.external_reviewer, "start"))
    assert f"returned audit to read: {world.round.name}" in page
    assert world.case.reference not in page


def test_its_link_opens_as_many_audits_as_it_counts(world):
    world.reviews()
    world.returned_audit()
    work = reviewer_work(world.external_reviewer)
    address = f"{reverse('audit_register')}?round={work.rounds[0].public_id}"

    page = client_of(world.external_reviewer).get(address)

    assert address.encode() in opened(world.external_reviewer, "start").content
    assert "<strong>1 audit</strong>" in page.content.decode()


def test_without_a_round_the_page_says_whom_to_ask(world):
    assignment = world.reviews()
    week_later = timezone.now() + datetime.timedelta(days=8)

    assert rounds(world)
    assert reviewer_work(world.external_reviewer, now=week_later).rounds == ()
    assignment.delete()
    assert "No round is open to you now." in text_of(opened(world.external_reviewer, "start"))


def test_the_round_that_ends_first_stands_first(world):
    other = world.open_round(name="Older round", month=datetime.date(2023, 1, 1))
    world.reviews(until_on=timezone.localdate() + datetime.timedelta(days=20))
    world.reviews(in_round=other)

    assert [name for name, _ in rounds(world)] == ["Older round", world.round.name]
    assert [each.kind for each in start_page(world.external_reviewer).sections] == ["reviewer"]
