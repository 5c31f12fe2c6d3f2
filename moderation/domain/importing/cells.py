"""What stands in one cell, read as a day, a month, a name. All raise BadCell with a sentence."""

import datetime
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from audits.choices import ExemptionReason
from kit.months import BadMonth, parse_month
from moderation.domain.importing.problems import BadCell, shown

EARLIEST = datetime.date(2000, 1, 1)
LONGEST_REFERENCE = 40
LONGEST_UNIT = 120
DEEPEST = 3

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T][0-9:.]+)?")
_BRITISH = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")

_REASONS = {
    ExemptionReason.SICK_LEAVE: ("sick", "sickness", "maternity leave", "long leave", "leave"),
    ExemptionReason.VACANT_POST: ("vacant", "vacancy"),
    ExemptionReason.NEW_AUDITOR: ("new", "new starter", "not trained"),
    ExemptionReason.REDEPLOYED: ("inspection", "court"),
    ExemptionReason.TRANSFER_WEEK: ("transfer",),
    ExemptionReason.ROUND_STOPPED: ("stopped",),
    ExemptionReason.RECORD_LOCKED: ("locked",),
    ExemptionReason.RESTRICTED_CASE: ("restricted",),
    ExemptionReason.CHILD_DIED: ("died", "death"),
}


def reference_of(cell: object) -> str:
    text = text_of(cell)
    if len(text) > LONGEST_REFERENCE:
        raise BadCell(
            f"It is longer than {LONGEST_REFERENCE} characters: write the reference alone."
        )
    return text


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


def month_of(cell: object) -> datetime.date:
    """2023-11, or any day of the month that the spreadsheet knows as one."""
    if isinstance(cell, datetime.date):
        return day_of(cell).replace(day=1)
    try:
        month = parse_month(text_of(cell))
    except BadMonth as problem:
        raise BadCell(str(problem)) from problem
    return day_of(month)


def team_of(cell: object) -> tuple[str, ...]:
    """ "Team" or "Service > Team" as its parts."""
    parts = tuple(" ".join(part.split()) for part in text_of(cell).split(">"))
    if not all(parts) or len(parts) > DEEPEST:
        raise BadCell(
            f"{shown(cell)} names no team: write “Team”, or “Service > Team”, or "
            "“Service > Area > Team”."
        )
    if any(len(part) > LONGEST_UNIT for part in parts):
        raise BadCell(f"A name is longer than {LONGEST_UNIT} characters: shorten it.")
    return parts


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


def reason_of(cell: object) -> ExemptionReason:
    """A reason by its code, its words, how they begin ("Post vacant"), or what councils say."""
    words = _plain(text_of(cell))
    for reason in ExemptionReason:
        known = (reason.value, reason.label, *_REASONS.get(reason, ()))
        if words in [_plain(word) for word in known]:
            return reason
    begun = [one for one in ExemptionReason if _plain(one.label).startswith(f"{words} ")]
    if words and len(begun) == 1:
        return begun[0]
    codes = ", ".join(ExemptionReason.values)
    raise BadCell(f"{shown(cell)} is no reason the program knows: write one of {codes}.")


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


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", text.casefold()).split())
