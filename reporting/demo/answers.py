"""Answers to the tool's questions that go with a grade and fit the child."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from audits.tools import DomainText, QuestionText
from cases.choices import LegalStatus, PlanKind
from reporting.demo.chance import one
from reporting.demo.children import Child

NOT_APPLICABLE = "not_applicable"
# By grade: how likely each answer is.
LIKELY = {
    4: {"yes": 92, "partly": 8},
    3: {"yes": 74, "partly": 21, "no": 3, "cannot_tell": 2},
    2: {"yes": 27, "partly": 48, "no": 20, "cannot_tell": 5},
    1: {"yes": 10, "partly": 31, "no": 52, "cannot_tell": 7},
}
THRESHOLD = {
    4: {"right": 88, "step_down": 6, "close": 6},
    3: {"right": 90, "step_down": 6, "close": 4},
    2: {"right": 84, "step_up": 10, "step_down": 6},
    1: {"right": 66, "step_up": 34},
}
WEEKS = {4: (1, 3), 3: (2, 4), 2: (5, 10), 1: (10, 20)}
IN_CARE_ONLY = ("D5", "F6")
BEFORE_BIRTH = ("D1", "D2", "F4")
SKIPPED_SHARE = 0.15
WHY = {
    "step_up": "The risk has grown since the plan was made, and the plan has not.",
    "step_down": "The worries that began this are settled, and the family has people to turn to.",
    "close": "What we came for is done; the family knows whom to ask.",
    "C1-why": "The last plan ran out at the change of worker, and nobody wrote the next.",
}


@dataclass(frozen=True)
class Answering:
    """What answers depend on: the child on a day, and the months looked at."""

    rng: Random
    child: Child
    first: date
    last: date

    @property
    def band(self) -> str:
        return self.child.for_texts(self.last).band


def domain_answers(domain: DomainText, grade: int, about: Answering) -> dict[str, Any]:
    """Answers to a graded domain's questions by code, follow-ups where they open."""
    answers: dict[str, Any] = {}
    for question in domain.questions:
        if question.follows and answers.get(question.follows) not in question.opens_on:
            continue
        answers[question.code] = _answer(question, grade, about, answers)
    return answers


def _answer(
    question: QuestionText, grade: int, about: Answering, given: dict[str, Any]
) -> str | int | date | list[str]:
    if question.code in BEFORE_BIRTH and about.band == "unborn":
        return "cannot_tell"
    if question.may_be_not_applicable and _is_left_out(question, about):
        return NOT_APPLICABLE
    if question.answer_type == "text":
        return WHY.get(question.code) or WHY[given[question.follows]]
    if question.answer_type == "number":
        return _number(question, grade, about, given)
    if question.answer_type == "date":
        return _day(question, grade, about)
    return _choice(question, grade, about.rng)


def _choice(question: QuestionText, grade: int, rng: Random) -> str | list[str]:
    if question.answer_type == "many":
        return rng.sample([code for code, _ in question.options], k=rng.choice((1, 1, 2)))
    if question.answer_type == "one":
        return one(rng, THRESHOLD[grade])
    likely = dict(LIKELY[grade])
    if question.answer_type == "yn":
        likely = {"yes": likely["yes"] + 40, "no": likely.get("no", 0)}
    return one(rng, likely)


def _is_left_out(question: QuestionText, about: Answering) -> bool:
    child, code = about.child, question.code
    in_care = child.plan_kind == PlanKind.IN_CARE
    if code in IN_CARE_ONLY:
        return not in_care
    if code == "C5":
        return not in_care and child.legal_status != LegalStatus.PRE_PROCEEDINGS
    if code == "D6":
        return about.band not in ("unborn", "baby")
    if code == "E6":
        return child.earlier_worker is None
    return about.rng.random() < SKIPPED_SHARE


def _number(question: QuestionText, grade: int, about: Answering, given: dict[str, Any]) -> int:
    rng = about.rng
    if question.code == "E6-workers":
        return 2 if grade > 2 else rng.randint(2, 4)
    if question.code == "H2-held":
        return {"yes": 6, "partly": rng.randint(3, 5)}.get(given["H2"], rng.randint(0, 2))
    if question.code == "H2-expected":
        return 6
    return rng.randint(*WEEKS[grade])


def _day(question: QuestionText, grade: int, about: Answering) -> date:
    """Recent where the work is good, longer ago where it is not; the next review lies ahead."""
    if question.code == "G1-next":
        return about.last + timedelta(days=about.rng.randint(10, 100))
    length = (about.last - about.first).days
    newest, oldest = {4: (2, 20), 3: (4, 45), 2: (15, 110), 1: (40, 170)}[grade]
    if question.code == "D1-date":
        newest, oldest = newest // 2 + 1, oldest // 3 + 3
    ago = about.rng.randint(newest, oldest)
    return about.last - timedelta(days=min(ago, max(1, length - 3)))


def overall_answers(is_example: bool) -> Iterator[tuple[str, str]]:
    """Whether the audit is an example for the library; the other texts stand on the return."""
    yield "Z4", "yes" if is_example else "no"
    if is_example:
        yield "Z4-consent", "yes"
