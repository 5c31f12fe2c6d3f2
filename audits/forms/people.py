"""Who was asked about the work, and what they said (domain rule 8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from audits.choices import ANSWERED, ContributionSource, ContributionState
from audits.domain.sections import OwnContribution
from audits.forms.questions import QuestionsForm
from audits.models import Contribution
from kit.fields import DayField, Lines
from kit.widgets import Radios

# The tool asks these too; here they are asked once, as people.
AS_PEOPLE = ("PEO1", "PEO2", "PEO3", "PEO4", "PEO5")
PROMPTS = (
    "Four questions to ask: What are you proud of? What has been hard? What would help? "
    "Do you agree with the main points?"
)
OWN_WORDS = "Their own words where you can, and anything they want to happen."
REASONS = ("Too young", "Child asleep", "Would harm", "No interpreter", "No time")


@dataclass(frozen=True)
class Person:
    """The fields about one source."""

    name: str
    state: BoundField
    reason: BoundField
    day: BoundField
    words: BoundField


class PeopleForm(QuestionsForm):
    """A row for each source: whether asked, when, what they said, or why not."""

    asked_elsewhere = AS_PEOPLE

    def __init__(self, *args: Any, contributions: Sequence[Contribution], **more: Any) -> None:
        super().__init__(*args, **more)
        stored = {row.source: row for row in contributions}
        for source in ContributionSource:
            self._add_source(source, stored.get(source))

    @property
    def people(self) -> Iterator[Person]:
        for source in ContributionSource:
            parts = [self[f"{source}-{part}"] for part in ("state", "reason", "on", "words")]
            yield Person(source.value, *parts)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for source in ContributionSource:
            self._clean_source(source, cleaned)
        return cleaned

    def contributions(self) -> dict[ContributionSource, OwnContribution]:
        """The sources of which it was said whether they were asked."""
        chosen = [row for row in ContributionSource if self.cleaned_data[f"{row}-state"]]
        return {source: self._own(source) for source in chosen}

    def _own(self, source: ContributionSource) -> OwnContribution:
        cleaned = self.cleaned_data
        return OwnContribution(
            ContributionState(cleaned[f"{source}-state"]),
            reason=cleaned[f"{source}-reason"],
            held_on=cleaned[f"{source}-on"],
            words=cleaned[f"{source}-words"],
        )

    def _add_source(self, source: ContributionSource, row: Contribution | None) -> None:
        by_work = source in (ContributionSource.WORKER, ContributionSource.MANAGER)
        self.fields |= {
            f"{source}-state": forms.ChoiceField(
                label=source.label,
                choices=ContributionState.choices,
                widget=Radios(inline=True),
                required=False,
                initial=row.state if row else "",
            ),
            f"{source}-reason": forms.CharField(
                label="Why were they not asked?",
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"list": "reasons"}),
                initial=row.reason if row else "",
            ),
            f"{source}-on": DayField(
                label="When?", required=False, initial=row.held_on if row else None
            ),
            f"{source}-words": Lines(
                label="What did they say?",
                help_text=PROMPTS if by_work else OWN_WORDS,
                required=False,
                initial=row.words if row else "",
            ),
        }

    def _clean_source(self, source: ContributionSource, cleaned: dict[str, Any]) -> None:
        state = cleaned.get(f"{source}-state")
        held_on = cleaned.get(f"{source}-on")
        said = any(cleaned.get(f"{source}-{part}") for part in ("reason", "on", "words"))
        if said and not state:
            self.add_error(f"{source}-state", f"{source.label}: choose whether they were asked.")
        if state == ContributionState.NOT_ASKED and not cleaned.get(f"{source}-reason"):
            self.add_error(f"{source}-reason", f"{source.label}: say why they were not asked.")
        if held_on and held_on > timezone.localdate():
            sentence = f"{source.label}: that day has not come yet. Enter today or an earlier day."
            self.add_error(f"{source}-on", sentence)


SPOKEN = ",".join(ANSWERED)
