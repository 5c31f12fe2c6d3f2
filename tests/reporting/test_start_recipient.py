"""What a committee's officer sees: published reports alone, in five answers."""

from django.urls import reverse

from reporting.choices import ReportStatus
from reporting.domain.start.recipient import recipient_work
from tests.reporting.dashboards import client_of
from tests.samples import issued_report

QUESTIONS = (
    "Are children safe?",
    "Are managers doing the audits?",
    "Is practice getting better?",
    "How do we know the grades are right?",
    "What happened about what you told us last time?",
)


def published(world, unit):
    report = issued_report(world, unit)
    report.status = ReportStatus.PUBLISHED
    report.save()
    return report


def test_a_draft_is_not_shown_and_the_page_says_why(world):
    issued_report(world, world.authority)
    assert recipient_work(world.report_recipient).latest is None
    page = client_of(world.report_recipient).get(reverse("start")).content.decode()
    assert "No report has been published yet." in page


def test_a_published_report_answers_five_questions(world):
    published(world, world.authority)
    latest = recipient_work(world.report_recipient).latest
    assert tuple(answer.question for answer in latest.answers) == QUESTIONS
    assert all(answer.text.endswith(".") for answer in latest.answers)
    page = client_of(world.report_recipient).get(reverse("start")).content.decode()
    assert all(question in page for question in QUESTIONS)


def test_a_replaced_edition_is_not_the_latest(world):
    report = published(world, world.authority)
    report.is_current = False
    report.save()
    assert recipient_work(world.report_recipient).latest is None


def test_an_administrator_receives_nothing(world):
    published(world, world.authority)
    page = client_of(world.administrator).get(reverse("start")).content.decode()
    assert "Are children safe?" not in page
    assert "you see no child" in page
