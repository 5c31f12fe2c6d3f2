"""Dates, figures, shares and grades as the product writes them. `{% load wording %}`"""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kit import months
from kit.grades import NOT_APPLICABLE, look_of
from kit.shares import Share

register = template.Library()

SMALL_WARNING = "small number: read the cases, not the percentage"


@register.filter
def long_date(day: date | None) -> str:
    """ "3 March 2026"; nothing for no date. A moment gives its day in London."""
    return months.long_date(day) if day else ""


@register.filter
def moment(at: datetime | None) -> str:
    """ "6 December 2023, 06:00" in London; nothing for no moment."""
    return months.moment_text(at) if at else ""


@register.filter
def month_name(month: date | None) -> str:
    """ "November 2023"; nothing for no month."""
    return months.month_name(month) if month else ""


@register.filter
def count(number: int | None) -> str:
    """A count: "730", "9999", from ten thousand on "12,345"; nothing for none known."""
    if number is None:
        return ""
    return f"{number:,}" if abs(number) >= 10_000 else str(number)


@register.filter
def share(of: Share) -> SafeString:
    """A share in a sentence: "23 of 117 (19.7%)"; below 10 the counts, and a warning in words."""
    if not of.is_small:
        return format_html("{}", of.text)
    return format_html('{} <span class="app-secondary">({})</span>', of.text, SMALL_WARNING)


@register.filter
def percent(of: Share) -> str:
    """The percentage alone, for where n and N stand beside it: "19.7%", a dash of nothing."""
    return of.percent_text


@register.filter
def grade_word(value: int | None) -> str:
    """The word of a grade: "Requires improvement"; "Not applicable" for None."""
    look = look_of(value)
    return look.word if look else NOT_APPLICABLE
