"""Where the audits behind a dashboard's figures are listed."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from accounts.permissions import holds
from audits.choices import Axis
from audits.filters import FiguresBefore
from audits.models import Round
from audits.permissions import LINE
from reporting.domain.dashboard.reach import Scope
from reporting.domain.figures import Period
from reporting.domain.ledger import Ledger
from reporting.permissions import can_dashboard_drill_to_rows


@dataclass(frozen=True)
class RegisterLinks:
    """The register of audits, filtered to a figure of this scope and period.

    `opens_rows` and `opens_grades` say whether this person may list them; of grades the QA team
    may once the sample of every round is closed (domain rule 12).
    """

    scope: Scope
    period: Period
    axis: Axis
    opens_rows: bool
    opens_grades: bool

    def audits(self, **codes: object) -> str:
        """The address of the list of these codes; "" where it may not be opened."""
        return self._address(codes) if self.opens_rows else ""

    def grades(self, **codes: object) -> str:
        """The same for a figure by grade."""
        return self._address(codes) if self.opens_grades else ""

    @cached_property
    def _before(self) -> str:
        """What the register keeps of these figures, for the way back."""
        unit = "" if self.scope.auditor else str(self.scope.unit.public_id)
        first, last = f"{self.period.first:%Y-%m}", f"{self.period.last:%Y-%m}"
        return FiguresBefore(first, last, self.axis.value, unit).code

    def actions(self, **codes: object) -> str:
        """The list of actions of the same scope and period."""
        if not self.opens_rows:
            return ""
        query: dict[str, object] = {
            "first": f"{self.period.first:%Y-%m}",
            "last": f"{self.period.last:%Y-%m}",
            "axis": self.axis.value,
        }
        if not self.scope.auditor:
            query["unit"] = self.scope.unit.public_id
        return f"{reverse('dashboard_actions')}?{urlencode(query | codes)}"

    def _address(self, codes: dict[str, object]) -> str:
        month, team = codes.pop("month", None), codes.pop("team", None)
        first, last = self.period.first, self.period.last
        if isinstance(month, datetime.date):
            first = last = month
        query: dict[str, object] = {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}
        if self.scope.auditor:
            query["mine"] = "yes"
        else:
            query["unit"] = team or self.scope.unit.public_id
        query |= codes | {"figures": self._before}
        return f"{reverse('audit_register')}?{urlencode(query)}"


def links_of(user: User, scope: Scope, ledger: Ledger, *, axis: Axis) -> RegisterLinks:
    """What this person may open of a ledger's figures."""
    own = scope.auditor is not None
    rows = own or can_dashboard_drill_to_rows(user, scope.unit)
    grades = rows and (own or holds(user, *LINE, at=scope.unit) or _samples_closed(ledger))
    return RegisterLinks(scope, ledger.period, axis, rows, grades)


def _samples_closed(ledger: Ledger) -> bool:
    waiting = Round.objects.filter(pk__in=ledger.rounds, sample_closed_at__isnull=True)
    return not waiting.exists()
