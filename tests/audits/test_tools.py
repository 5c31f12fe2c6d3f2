"""The words of the tools: complete, unique and as tools.md means them."""

from dataclasses import replace

import pytest

from audits import tools
from audits.choices import ExemptionReason, ExtensionReason
from audits.tools import ToolTextError, check_tool, read_reasons, read_themes, read_tool

FOCUSES = {
    "",
    "Case recording",
    "Case summaries",
    "Chronologies",
    "Voice of the child",
    "Working relationships",
    "Assessments",
}


@pytest.fixture(scope="module")
def tool():
    return read_tool("MCF")


def test_eight_domains_and_one_overall(tool):
    assert [domain.code for domain in tool.domains] == list("ABCDEFGHZ")
    assert tool.overall.code == "Z"


def test_practice_is_the_headline_axis(tool):
    assert tool.headline_axis.code == "practice"
    assert [axis.code for axis in tool.axes] == ["practice", "outcome"]


def test_each_graded_domain_asks_five_or_six_questions(tool):
    for domain in tool.domains[:-1]:
        assert len(domain.first_questions) in (5, 6), domain.code


def test_short_names_fit_tables(tool):
    assert all(len(part.short_name) <= 45 for part in tool.domains + tool.sections)


def test_only_home_health_and_learning_may_be_left_out(tool):
    assert [d.code for d in tool.domains if d.may_be_not_applicable] == ["F"]


def test_questions_are_whole_sentences(tool):
    for part in tool.domains + tool.sections:
        for question in part.questions:
            assert question.text[0].isupper(), question.code
            assert question.text[-1] in "?.", question.code


def test_a_follow_up_stands_after_its_question(tool):
    codes = [question.code for question in tool.domains[0].questions]
    assert codes == ["A1", "A2", "A2-date", "A3", "A3-which", "A4", "A5"]


def test_the_safety_question_opens_evidence_on_every_answer(tool):
    safety = next(part for part in tool.sections if part.code == "safety")
    asked, evidence = safety.questions[0], safety.questions[1]
    assert evidence.opens_on == tuple(code for code, _ in asked.options)


def test_an_unknown_tool_is_refused():
    with pytest.raises(ToolTextError, match="There is no tool XYZ"):
        read_tool("XYZ")


def test_a_tool_is_checked_as_it_is_read(monkeypatch, tmp_path):
    words = (tools.FOLDER / tools.TOOL_FILES["MCF"]).read_text()
    (tmp_path / "unsound.toml").write_text(words.replace("overall = true", ""))
    monkeypatch.setitem(tools.TOOL_FILES, "UNSOUND", str(tmp_path / "unsound.toml"))
    with pytest.raises(ToolTextError, match="exactly one overall"):
        read_tool("UNSOUND")


def test_a_repeated_code_is_refused(tool):
    with pytest.raises(ToolTextError, match="more than once: A"):
        check_tool(replace(tool, domains=tool.domains + tool.domains[:1]))


def test_a_tool_without_overall_is_refused(tool):
    with pytest.raises(ToolTextError, match="exactly one overall"):
        check_tool(replace(tool, domains=tool.domains[:-1]))


def test_a_follow_up_on_an_answer_that_does_not_exist_is_refused(tool):
    domain = tool.domains[0]
    asked, when = domain.questions[1], replace(domain.questions[2], opens_on=("maybe",))
    wrong = replace(domain, questions=(asked, when))
    with pytest.raises(ToolTextError, match="opens on unknown"):
        check_tool(replace(tool, domains=(wrong, *tool.domains[1:])))


def test_themes_belong_to_domains_and_focuses(tool):
    themes = read_themes()
    assert 38 <= len(themes) <= 50
    assert {theme.domain_code for theme in themes} == set("ABCDEFGH")
    assert {theme.focus for theme in themes} == FOCUSES


def test_every_exemption_is_of_an_auditor_or_a_case():
    reasons = read_reasons()
    assert {reason.about for reason in reasons.exemptions} == {"auditor", "case"}
    assert (len(reasons.exemptions), len(reasons.swaps), len(reasons.extensions)) == (10, 7, 5)


def test_exemption_and_extension_codes_are_those_of_the_records():
    reasons = read_reasons()
    assert {reason.code for reason in reasons.exemptions} == set(ExemptionReason.values)
    assert {reason.code for reason in reasons.extensions} == set(ExtensionReason.values)
