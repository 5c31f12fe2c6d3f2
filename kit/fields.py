"""Form fields that Django lacks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kit.widgets import DayInput


class Lines(forms.CharField):
    """A few lines of text, in a box of so many `rows`; `missing` is said where it is needed."""

    def __init__(self, *, missing: str = "", rows: int = 3, **options: Any) -> None:
        box = forms.Textarea(attrs={"rows": rows})
        said = {"required": missing} if missing else {}
        super().__init__(widget=box, error_messages=said, **options)


class DayField(forms.MultiValueField):
    """A day given as day, month and year in figures. Cleans to a date, or None when left empty.

    An error says what is missing or wrong and how to write it.
    """

    widget = DayInput
    default_error_messages = {
        "required": "Enter the date, for example 3 3 2026.",
        "incomplete": "Enter the day, the month and the year, for example 3 3 2026.",
        "invalid": "There is no such day: enter the day, the month and the year in figures, "
        "for example 3 3 2026.",
    }

    def __init__(self, **kwargs: Any) -> None:
        parts = [forms.CharField(required=False) for _ in DayInput.PARTS]
        super().__init__(parts, require_all_fields=False, **kwargs)

    def clean(self, value: Sequence[Any] | None) -> date | None:
        given = [str(part or "").strip() for part in value or []]
        if not any(given):
            self._refuse_when_required()
            return None
        if not all(given):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return self.compress(given)

    def compress(self, data_list: Sequence[str]) -> date:
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in data_list):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day, month, year = (int(part) for part in data_list)
        try:
            # Two figures for a year would be the first century.
            return date(year if year >= 1900 else 0, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def _refuse_when_required(self) -> None:
        if self.required:
            raise ValidationError(self.error_messages["required"], code="required")
