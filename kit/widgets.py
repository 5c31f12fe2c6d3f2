"""Inputs that Django lacks: choices with a word of help each, grades, and a day in three boxes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms


class Radios(forms.RadioSelect):
    """One of several. `hints` explains a choice, by its value as text.

    `inline` sets short choices in a row.
    """

    shows_grades = False

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        hints: Mapping[str, str] | None = None,
        inline: bool = False,
    ) -> None:
        super().__init__(attrs)
        self.hints = hints or {}
        self.inline = inline


class GradeRadios(Radios):
    """A grade: each choice with its swatch, and its descriptor as the hint."""

    shows_grades = True


class Checkboxes(forms.CheckboxSelectMultiple):
    """Any of several. `hints` explains a choice, by its value as text."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, hints: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(attrs)
        self.hints = hints or {}


class DayInput(forms.MultiWidget):
    """A day as three boxes: nobody has to find 3 March 2026 in a calendar."""

    PARTS = ("Day", "Month", "Year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = [forms.TextInput(attrs={"inputmode": "numeric"}) for _ in self.PARTS]
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        if value is None:
            return [None, None, None]
        return [value.day, value.month, value.year]
