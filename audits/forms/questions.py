"""A section's questions as fields; a follow-up stands beneath its question.

Nothing is required: a section is saved as far as it has come. An empty field takes the answer
back.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from audits.choices import AnswerType
from audits.domain.reading import plain_number
from audits.domain.sections import ANSWER_WORDS, CHOSEN, NOT_APPLICABLE
from audits.forms.content import ContentForm
from audits.models import Answer, Question
from kit.fields import DayField, Lines
from kit.widgets import Checkboxes, Radios


@dataclass(frozen=True)
class Asked:
    """A question's field, and for a follow-up which answers of which field open it."""

    field: BoundField
    shown_by: str = ""
    shown_on: str = ""


class QuestionsForm(ContentForm):
    """The questions of a section but those in `asked_elsewhere`, which the page asks otherwise."""

    asked_elsewhere: Collection[str] = ()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.shown = [row for row in self.content.questions if not self._is_elsewhere(row)]
        for question in self.shown:
            field = MAKE[AnswerType(question.answer_type)](question)
            field.initial = _initial(question, self.content.answers.get(question.pk))
            self.fields[name_of(question)] = field

    @property
    def asked(self) -> Iterator[Asked]:
        """Each first question, followed by its follow-ups."""
        by_id = {question.pk: question for question in self.shown}
        for question in self.shown:
            first = by_id.get(question.follows_id) if question.follows_id else None
            shown_by = name_of(first) if first else ""
            yield Asked(self[name_of(question)], shown_by, question.opens_on)

    def answers(self) -> dict[str, Any]:
        """Each question's answer by its code; None where there is none."""
        return {question.code: self._answer(question) for question in self.shown}

    def _answer(self, question: Question) -> Any:
        value = self.cleaned_data[name_of(question)]
        if isinstance(value, list) and NOT_APPLICABLE in value:
            return NOT_APPLICABLE
        return None if value in ("", []) else value

    def _is_elsewhere(self, question: Question) -> bool:
        first = question.follows.code if question.follows else question.code
        return first in self.asked_elsewhere or question.code in self.asked_elsewhere


def name_of(question: Question) -> str:
    """The name of a question's field."""
    return f"q-{question.code}"


def choices_of(question: Question) -> list[tuple[str, str]]:
    """What a choosing question offers, in its words."""
    offered = CHOSEN.get(AnswerType(question.answer_type))
    if offered:
        found = [(code, ANSWER_WORDS[code]) for code in offered]
    else:
        found = [(option.code, option.label) for option in question.options.all()]
    if question.may_be_not_applicable:
        found.append((NOT_APPLICABLE, ANSWER_WORDS[NOT_APPLICABLE]))
    return found


def _one(question: Question) -> forms.Field:
    short = question.answer_type != AnswerType.ONE
    return forms.ChoiceField(
        label=question.text,
        choices=choices_of(question),
        widget=Radios(inline=short),
        required=False,
    )


def _many(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(
        label=question.text, choices=choices_of(question), widget=Checkboxes, required=False
    )


def _day(question: Question) -> forms.Field:
    return DayField(label=question.text, required=False)


def _number(question: Question) -> forms.Field:
    return forms.DecimalField(
        label=question.text,
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
        error_messages={
            "invalid": "Enter a number in figures, for example 6.",
            "min_value": "Enter a number that is not below 0.",
            "max_digits": "Enter a smaller number, for example 6.",
            "max_whole_digits": "Enter a smaller number, for example 6.",
            "max_decimal_places": "Enter at most two decimals, for example 6.5.",
        },
    )


def _text(question: Question) -> forms.Field:
    return Lines(label=question.text, required=False, rows=2)


MAKE: dict[AnswerType, Callable[[Question], forms.Field]] = {
    AnswerType.YES_PARTLY_NO: _one,
    AnswerType.YES_NO: _one,
    AnswerType.ONE: _one,
    AnswerType.MANY: _many,
    AnswerType.DATE: _day,
    AnswerType.NUMBER: _number,
    AnswerType.TEXT: _text,
}


def _initial(question: Question, answer: Answer | None) -> Any:
    if answer is None:
        return None
    if question.answer_type == AnswerType.MANY:
        return answer.choice.split(",") if answer.choice else []
    if answer.number is not None:
        return plain_number(answer.number)
    return answer.choice or answer.text or answer.on
