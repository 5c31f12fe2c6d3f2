"""How far back an auditor reads and judges, as days (domain rule 5)."""

import datetime
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from audits.models import ToolVersion
from kit.months import long_date


@dataclass(frozen=True)
class LookBack:
    """The days from which an auditor reads, and from which they judge."""

    read_from: datetime.date
    judge_from: datetime.date

    @property
    def sentence(self) -> str:
        return (
            f"Read from {long_date(self.read_from)}. Judge what happened from "
            f"{long_date(self.judge_from)}. Mention earlier history where it still matters."
        )


def look_back(version: ToolVersion, *, on: datetime.date) -> LookBack:
    """The tool's look-back counted from a day: the one on which the audit was started."""
    return LookBack(
        on - relativedelta(months=version.look_back_months),
        on - relativedelta(months=version.judge_months),
    )
