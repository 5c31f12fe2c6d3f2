"""What stands in one cell, read as a day, an address, text. All raise BadCell with a sentence."""

import datetime
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kit.spreadsheets.problems import BadCell, shown

EARLIEST = datetime.date(2000, 1, 1)

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T][0-9:.]+)?")
_BRITISH = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def day_of(cell: object) -> datetime.date:
    """2023-11-14, 14/11/2023, or a day that the spreadsheet knows as one."""
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


def _day_from(text: str) -> datetime.date:
    iso, british = _ISO.fullmatch(text), _BRITISH.fullmatch(text)
    if iso:
        year, month, day = map(int, iso.groups())
    elif british:
        day, month, year = map(int, british.groups())
    else:
        raise BadCell(f"{shown(text)} is no date: write it as 14/11/2023 or 2023-11-14.")
    try:
        return datetime.date(year, month, day)
    except ValueError as problem:
        raise BadCell(f"{shown(text)} is no day of the calendar: check it.") from problem
