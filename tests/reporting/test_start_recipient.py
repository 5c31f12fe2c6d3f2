"""What a committee's officer sees: published reports alone, in five answers."""

import pytest
from django.urls import reverse

from reporting.domain.narrative.lately import graded_lately, returned_lately
from reporting.domain.start.recipient import recipient_work
from reporting.models import Report
from tests.reporting.dashboards import client_of
from tests.reporting.figures import golden_figures, golden_with
from tests.samples import issued_report, published_report

QUESTIONS = (
    "Are children safe?",
    "Are managers doing the audits?",
    "Is practice getting better?",
    "How do we know the grades are right?",
    "What happened about what you told us last time?",
)


def test_a_draft_is_not_shown_and_the_page_says_why(world):
    issued_report(world, world.authority)
    assert recipient_work(world.report_recipient).latest is None
    page = client_of(world.report_recipient).get(reverse("start")).content.decode()
    assert "No report has been published yet." in page


def test_a_published_report_answers_five_questions(world):
    published_report(world, world.authority)
    latest = recipient_work(world.report_recipient).latest
    assert tuple(answer.question for answer in latest.answers) == QUESTIONS
    assert all(answer.text.endswith(".") for answer in latest.answers)
    page = client_of(world.report_recipient).get(reverse("start")).content.decode()
    assert all(question in page for question in QUESTIONS)


def test_the_answers_say_how_the_month_stands_beside_the_one_before(world):
    published_report(world, world.authority)
    answers = recipient_work(world.report_recipient).latest.answers
    said = {answer.section: answer.text for answer in answers}
    months = "In November it was 23 of 117 (19.7%), in October 27 of 101 (26.7%)."
    assert said["returns"] == f"Of 681 scheduled audits, 229 came back (33.6%). {months}"
    assert said["grades"].endswith("; seven months are too few to call a trend.")


@pytest.mark.parametrize("months", [1, 0])
def test_without_an_earlier_month_the_report_is_quoted(months):
    figures = golden_figures()
    first = figures.returns.months[:months]
    alone = golden_with(
        returns={"months": first}, grades={"months": figures.grades.months[:months]}
    )
    assert (returned_lately(alone), graded_lately(alone)) == ("", "")


def test_who_receives_reports_reads_what_their_words_mean(world):
    published_report(world, world.authority)
    page = client_of(world.report_recipient).get(reverse("start")).content.decode()
    assert "What the words mean" in page
    assert "excused from an audit" in page


def test_a_later_draft_hides_nothing_that_is_published(world):
    report = published_report(world, world.authority)
    Report.objects.update(is_current=False)
    issued_report(world, world.authority, edition=2)
    assert recipient_work(world.report_recipient).latest.public_id == report.public_id


def test_a_published_edition_replaces_the_one_before_and_says_so(world):
    first = published_report(world, world.authority)
    Report.objects.update(is_current=False)
    second = published_report(world, world.authority, 2)
    work = recipient_work(world.report_recipient)
    assert work.latest.public_id == second.public_id
    assert [line.report for line in work.earlier] == [first]
    page = client_of(world.report_recipient).get(reverse("start")).content.decode()
    assert f"replaced by {second.number}, which corrects it" in page


def test_the_latest_report_is_downloaded_from_the_start_page(world):
    report = published_report(world, world.authority)
    client = client_of(world.report_recipient)
    address = reverse("published_report_file", args=[report.public_id, "pdf"])
    assert address in client.get(reverse("start")).content.decode()
    assert client.get(address).content == b"%PDF released"


def test_an_administrator_receives_nothing(world):
    published_report(world, world.authority)
    page = client_of(world.administrator).get(reverse("start")).content.decode()
    assert "Are children safe?" not in page
    assert "you see no child" in page
