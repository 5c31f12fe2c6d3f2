"""A child of Aireborough, as plans and texts know one: without records."""

from dataclasses import dataclass
from datetime import date

from cases.choices import Gender, LegalStatus, PlanKind
from reporting.demo import units
from reporting.demo.texts.slots import Child as TextChild
from reporting.demo.texts.slots import band_of


@dataclass(frozen=True)
class Child:
    """A child as the case lists tell of them; people are named by e-mail address."""

    reference: str
    initials: str
    gender: Gender
    born_on: date | None
    expected_on: date | None
    is_disabled: bool
    plan_kind: PlanKind
    legal_status: LegalStatus
    team: str
    family: int | None
    opened_on: date
    worker: str
    earlier_worker: str | None
    worker_since: date
    is_restricted: bool = False

    @property
    def service(self) -> str:
        return units.place(self.team).service

    def years(self, on: date) -> int | None:
        """Age in whole years; None before birth, which comes when it was expected."""
        born = self.born_on or self.expected_on
        if born is None or born > on:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def for_texts(self, on: date) -> TextChild:
        pronoun = "he" if self.gender == Gender.MALE else "she"
        return TextChild(band_of(self.years(on)), self.plan_kind.value, pronoun)
