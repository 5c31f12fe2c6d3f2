"""What audit tools, learning themes and reasons say: words read from the TOML files beside this.

The records (`audits.models`) are made from these; nothing here knows the database. Codes are
stable, because reports follow a question across versions by its code (tools.md).
"""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TOOL_FILES = {"MCF": "monthly_case_file.toml"}
ANSWER_TYPES = frozenset({"ypn", "yn", "date", "number", "one", "many", "text"})
NEEDS_OPTIONS = frozenset({"one", "many"})

Raw = dict[str, Any]
Pairs = tuple[tuple[str, str], ...]


class ToolTextError(ValueError):
    """A file of tool texts contradicts itself; the message says which code and why."""


@dataclass(frozen=True)
class AxisText:
    code: str
    name: str
    question: str
    headline: bool


@dataclass(frozen=True)
class GradeText:
    """One grade of the scale (4 is the best) with its descriptor on each axis."""

    value: int
    code: str
    name: str
    practice: str
    outcome: str


@dataclass(frozen=True)
class QuestionText:
    """One question. A follow-up names the question it follows and the answers that open it.

    `options` are (code, words) in order. An answer code is an option's code, or for ypn
    yes, partly, no, cannot_tell, or for yn yes, no.
    """

    code: str
    text: str
    answer_type: str
    may_be_not_applicable: bool
    options: Pairs
    follows: str
    opens_on: tuple[str, ...]


@dataclass(frozen=True)
class DomainText:
    """A section of a tool. A graded one gets a grade on each axis; one of them is the overall."""

    code: str
    name: str
    short_name: str
    good_looks_like: str
    is_graded: bool
    is_overall: bool
    may_be_not_applicable: bool
    questions: tuple[QuestionText, ...]

    @property
    def first_questions(self) -> tuple[QuestionText, ...]:
        """The questions that are always shown: those that follow no other."""
        return tuple(question for question in self.questions if not question.follows)


@dataclass(frozen=True)
class ToolText:
    """A whole tool. `sections` (safety, people) are domains without a grade."""

    code: str
    name: str
    subject: str
    minutes: int
    conversation: bool
    read_months: int
    judge_months: int
    look_back: str
    guidance: tuple[str, ...]
    axes: tuple[AxisText, ...]
    grades: tuple[GradeText, ...]
    domains: tuple[DomainText, ...]
    sections: tuple[DomainText, ...]

    @property
    def headline_axis(self) -> AxisText:
        return next(axis for axis in self.axes if axis.headline)

    @property
    def overall(self) -> DomainText:
        return next(domain for domain in self.domains if domain.is_overall)


@dataclass(frozen=True)
class ThemeText:
    """A learning theme; `focus` is blank, or the words of one of the six focuses."""

    code: str
    name: str
    group: str
    domain_code: str
    focus: str
    simple_things: tuple[str, ...]


@dataclass(frozen=True)
class ReasonText:
    """A reason; an exemption's is `about` the auditor or the case, some name their approver."""

    code: str
    words: str
    about: str
    approver: str


@dataclass(frozen=True)
class ReasonTexts:
    exemptions: tuple[ReasonText, ...]
    swaps: tuple[ReasonText, ...]
    extensions: tuple[ReasonText, ...]


def read_tool(code: str) -> ToolText:
    """The tool of this code ("MCF"). Raises ToolTextError if it is unknown or not sound."""
    if code not in TOOL_FILES:
        raise ToolTextError(f"There is no tool {code}. Known tools: {', '.join(TOOL_FILES)}.")
    raw = _load(TOOL_FILES[code])
    plain = ("code", "name", "subject", "minutes", "conversation", "look_back")
    tool = ToolText(
        **{name: raw[name] for name in plain},
        read_months=raw["read_months"],
        judge_months=raw["judge_months"],
        guidance=tuple(raw["guidance"]),
        axes=tuple(AxisText(**axis) for axis in raw["axes"]),
        grades=tuple(GradeText(**grade) for grade in raw["grades"]),
        domains=tuple(_domain(domain, graded=True) for domain in raw["domains"]),
        sections=tuple(_domain(section, graded=False) for section in raw["sections"]),
    )
    check_tool(tool)
    return tool


def read_themes() -> tuple[ThemeText, ...]:
    """The learning themes. Raises ToolTextError for a repeated code or an unknown focus."""
    raw = _load("themes.toml")
    focuses, things = dict(raw["focuses"]), dict(raw["simple_things"])
    try:
        themes = tuple(_theme(theme, focuses, things) for theme in raw["themes"])
    except KeyError as unknown:
        raise ToolTextError(f"themes.toml names {unknown}, which it does not list.") from unknown
    _unique((theme.code for theme in themes), "theme")
    return themes


def read_reasons() -> ReasonTexts:
    """Reasons for exemptions, swaps and extensions (tools.md section 10)."""
    kinds = {kind: tuple(map(_reason, rows)) for kind, rows in _load("reasons.toml").items()}
    for kind, reasons in kinds.items():
        _unique((reason.code for reason in reasons), kind)
    return ReasonTexts(**kinds)


def check_tool(tool: ToolText) -> None:
    """Raise ToolTextError unless codes are unique and one domain is the overall."""
    parts = tool.domains + tool.sections
    _unique((part.code for part in parts), "domain")
    _unique((question.code for part in parts for question in part.questions), "question")
    if sum(domain.is_overall for domain in tool.domains) != 1:
        raise ToolTextError(f"{tool.code} must have exactly one overall domain.")
    if sum(axis.headline for axis in tool.axes) != 1:
        raise ToolTextError(f"{tool.code} must have exactly one headline axis.")
    for part in parts:
        _check_questions(part)


def answer_codes(question: QuestionText) -> tuple[str, ...]:
    """What may be answered where an answer is chosen; none for dates, numbers and texts."""
    chosen = {
        "ypn": ("yes", "partly", "no", "cannot_tell"),
        "yn": ("yes", "no"),
    }.get(question.answer_type, tuple(code for code, _ in question.options))
    return chosen + (("not_applicable",) if question.may_be_not_applicable else ())


def _load(name: str) -> Raw:
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def _domain(raw: Raw, *, graded: bool) -> DomainText:
    return DomainText(
        code=raw["code"],
        name=raw["name"],
        short_name=str(raw.get("short_name", raw["name"])),
        good_looks_like=raw.get("good_looks_like", ""),
        is_graded=graded,
        is_overall=raw.get("overall", False),
        may_be_not_applicable=raw.get("may_be_not_applicable", False),
        questions=_in_order(raw["questions"], raw.get("follow_ups", [])),
    )


def _in_order(firsts: list[Raw], follow_ups: list[Raw]) -> tuple[QuestionText, ...]:
    """Each question with its follow-ups straight after it."""
    ordered: list[Raw] = []
    for first in firsts:
        ordered += [first, *(later for later in follow_ups if later["of"] == first["code"])]
    if len(ordered) != len(firsts) + len(follow_ups):
        raise ToolTextError("A follow-up must follow one question of its own domain.")
    return tuple(_question(raw) for raw in ordered)


def _question(raw: Raw) -> QuestionText:
    return QuestionText(
        code=raw["code"],
        text=raw["text"],
        answer_type=raw["type"],
        may_be_not_applicable=raw.get("na", False),
        options=tuple((code, words) for code, words in raw.get("options", [])),
        follows=raw.get("of", ""),
        opens_on=tuple(raw.get("on", [])),
    )


def _theme(raw: Raw, focuses: dict[str, str], things: dict[str, str]) -> ThemeText:
    return ThemeText(
        code=raw["code"],
        name=raw["name"],
        group=raw["group"],
        domain_code=raw["domain"],
        focus=focuses[raw["focus"]] if "focus" in raw else "",
        simple_things=tuple(things[code] for code in raw.get("simple_things", [])),
    )


def _reason(raw: Raw) -> ReasonText:
    return ReasonText(raw["code"], raw["words"], raw.get("about", ""), raw.get("approver", ""))


def _check_questions(part: DomainText) -> None:
    known = {question.code: question for question in part.questions}
    for question in part.questions:
        if question.answer_type not in ANSWER_TYPES:
            raise ToolTextError(f"{question.code} has no known answer type.")
        if (question.answer_type in NEEDS_OPTIONS) != bool(question.options):
            raise ToolTextError(f"{question.code} must list options if and only if one chooses.")
        if question.follows:
            unknown = set(question.opens_on) - set(answer_codes(known[question.follows]))
            if unknown:
                raise ToolTextError(f"{question.code} opens on unknown {sorted(unknown)}.")


def _unique(codes: Iterable[str], what: str) -> None:
    twice = sorted(code for code, times in Counter(codes).items() if times > 1)
    if twice:
        raise ToolTextError(f"These {what} codes stand more than once: {', '.join(twice)}.")
