"""What stands in one cell, read as a day, a month, a name. All raise BadCell with a sentence."""

import datetime
import re

from audits.choices import ExemptionReason
from kit.months import BadMonth, parse_month
from kit.spreadsheets.cells import day_of, text_of
from kit.spreadsheets.problems import BadCell, shown

WRITTEN_BY_EXCEL = re.compile(r"[A-Za-z]{3,9}[- ][0-9]{2}")
LONGEST_REFERENCE = 40
LONGEST_UNIT = 120
DEEPEST = 3


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


def month_of(cell: object) -> datetime.date:
    """2023-11, or any day of the month, as text or as the spreadsheet knows it."""
    if not isinstance(cell, datetime.date):
        try:
            return day_of(parse_month(text_of(cell)))
        except BadMonth as problem:
            return _month_of_day(cell, problem)
    return day_of(cell).replace(day=1)


def _month_of_day(cell: object, problem: BadMonth) -> datetime.date:
    """The month of a day in text. Excel makes "Nov-23" of 2023-11 when it saves a CSV."""
    try:
        return day_of(cell).replace(day=1)
    except BadCell as bad:
        if WRITTEN_BY_EXCEL.fullmatch(text_of(cell)):
            raise BadCell(
                f"{shown(cell)} is not a month that says which year it means: write it as 2023-11, "
                "or as a day of it, 01/11/2023. If Excel changes that, save the file as XLSX."
            ) from bad
        raise BadCell(str(problem)) from bad


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


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", text.casefold()).split())
