"""What stands in one cell, read as a day, an address, text. All raise BadCell with a sentence."""

import datetime
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kit.months import MONTHS
from kit.spreadsheets.problems import BadCell, shown

EARLIEST = datetime.date(2000, 1, 1)

_TIME = r"(?:[ T][0-9:.]+)?"
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_TIME}")
_BRITISH = re.compile(rf"([0-9]{{1,2}})[/.-]([0-9]{{1,2}})[/.-]([0-9]{{4}}){_TIME}")
_IN_WORDS = re.compile(rf"([0-9]{{1,2}})[ -]([a-z]{{3,9}})[ -]([0-9]{{4}}){_TIME}", re.IGNORECASE)


def day_of(cell: object) -> datetime.date:
    """2023-11-14, 14/11/2023, 14 November 2023, or a day that the spreadsheet knows as one."""
    if isinstance(cell, datetime.datetime):
        day = cell.date()
    elif isinstance(cell, datetime.date):
        day = cell
    else:
        day = _day_from(text_of(cell))
    if day < EARLIEST:
        raise BadCell(f"{day.isoformat()} is before the year 2000: check the year.")
    return day


def email_of(cell: object) -> str:
    text = text_of(cell).lower()
    try:
        validate_email(text)
    except ValidationError as problem:
        raise BadCell(
            f"{shown(cell)} is no e-mail address: write it as name@council.gov.uk, or leave the "
            "cell empty."
        ) from problem
    return text


def text_of(cell: object) -> str:
    """A cell as text; a whole number without its decimals. Raises BadCell for control signs."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise BadCell("It holds a line break or another sign that can't be seen: type it again.")
    return text


def _month_called(name: str) -> int:
    """1 for "January" or "Jan"; 0 for what is no month."""
    begun = [place for place, month in enumerate(MONTHS, 1) if _begins(month, name)]
    return begun[0] if len(begun) == 1 else 0


def _begins(month: str, name: str) -> bool:
    """Whether the name is the month's, or the short form in use: "Sept" too."""
    return len(name) in (3, 4, len(month)) and month.lower().startswith(name.lower())


def _day_from(text: str) -> datetime.date:
    if iso := _ISO.fullmatch(text):
        year, month, day = map(int, iso.groups())
    elif british := _BRITISH.fullmatch(text):
        day, month, year = map(int, british.groups())
    elif (worded := _IN_WORDS.fullmatch(text)) and (month := _month_called(worded[2])):
        day, year = int(worded[1]), int(worded[3])
    else:
        raise BadCell(f"{shown(text)} is no date: write it as 14/11/2023 or 2023-11-14.")
    try:
        return datetime.date(year, month, day)
    except ValueError as problem:
        raise BadCell(f"{shown(text)} is no day of the calendar: check it.") from problem
