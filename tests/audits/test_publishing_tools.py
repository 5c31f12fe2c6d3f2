import pytest

from accounts.exceptions import Refused
from audits.choices import Axis
from audits.domain.tools import publish_tool
from audits.models import Question, Theme
from audits.tools import read_themes, read_tool


@pytest.fixture
def text():
    return read_tool("MCF")


def test_a_published_tool_says_what_its_text_says(world, text):
    version = publish_tool(text, by=world.qa_manager)

    made = list(version.domains.values_list("code", "name", "is_graded", "is_overall"))
    said = [(p.code, p.name, p.is_graded, p.is_overall) for p in text.domains + text.sections]
    assert made == said
    assert (version.headline_axis, version.axes) == (Axis.PRACTICE, list(Axis))
    assert (version.look_back_months, version.judge_months) == (12, 6)


def test_questions_keep_their_order_options_and_what_opens_them(world, text):
    version = publish_tool(text, by=world.qa_manager)

    record = Question.objects.filter(domain__version=version, domain__code="A")
    said = text.domains[0].questions
    assert [question.code for question in record] == [question.code for question in said]
    which = record.get(code="A3-which")
    assert (which.follows.code, which.opens_on) == ("A3", "partly,no")
    options = next(question.options for question in said if question.code == "A3-which")
    assert tuple(which.options.values_list("code", "label")) == options


def test_publishing_again_makes_the_next_version_and_leaves_the_last(world, text):
    first = publish_tool(text, by=world.qa_manager)

    second = publish_tool(text, by=world.director)

    assert (first.number, second.number, first.tool) == (1, 2, second.tool)
    assert first.domains.count() == second.domains.count()


def test_themes_are_listed_once_and_take_new_words(world, text):
    themes = read_themes()
    publish_tool(text, by=world.qa_manager, themes=themes)
    Theme.objects.update(name="Old words")

    publish_tool(text, by=world.qa_manager, themes=themes)

    assert Theme.objects.count() == len(themes)
    assert not Theme.objects.filter(name="Old words").exists()


def test_a_qa_officer_does_not_publish(world, text):
    with pytest.raises(Refused, match="QA manager or a director"):
        publish_tool(text, by=world.qa_officer)
