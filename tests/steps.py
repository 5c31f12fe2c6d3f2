"""Steps taken an hour apart: what each of them leaves on its record and in the history."""

import datetime
from collections.abc import Callable
from typing import Any

from accounts.models import HistoryEntry, User
from kit.records import PublicRecord

START = datetime.datetime(2025, 11, 3, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


class Steps:
    """Calls verbs one after the other and remembers what the history has to say of each."""

    def __init__(self) -> None:
        self.now = START
        self.due: list[tuple[str, object, User, datetime.datetime]] = []
        self.facts: dict[int, dict[str, object]] = {}

    def take(
        self,
        said: str,
        verb: Callable[..., Any],
        *given: object,
        by: User,
        of: PublicRecord | None = None,
        stamps: str = "",
        facts: dict[str, object] | None = None,
        **named: object,
    ) -> Any:
        """Take a step. `said` is its verb in the history ("" for none), `of` the record that it
        tells of (by default what the step returns), `stamps` the pair of columns it fills, `facts`
        all that the history keeps beside."""
        self.now += HOUR
        made = verb(*given, by=by, now=self.now, **named)
        if said:
            self.due.append((said, (of or made).public_id, by, self.now))
            if facts is not None:
                self.facts[len(self.due) - 1] = facts
        if stamps:
            row = type(made)._default_manager.get(pk=made.pk)
            assert (getattr(row, f"{stamps}_at"), getattr(row, f"{stamps}_by")) == (self.now, by)
        return made

    def assert_told(self) -> None:
        """Each step has its entry, in their order: of what, by whom and when."""
        subjects = {subject for _, subject, *_ in self.due}
        entries = HistoryEntry.objects.filter(subject_id__in=subjects, at__gt=START)
        told = [(entry.verb, entry.subject_id, entry.by, entry.at) for entry in entries]
        assert told == self.due
        kept = [entry.facts for entry in entries]
        assert {place: kept[place] for place in self.facts} == self.facts
