"""What should happen after a weak grade: a new action, one that is there, or none (rule 9)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from actions.models import Action
from audits.choices import ResponseKind
from audits.domain.responding import NewAction, OwnResponse
from audits.forms.content import ContentForm
from audits.models import FindingResponse, PlannedAction
from kit.fields import DayField, Lines
from kit.months import long_date
from kit.widgets import Radios
from kit.working_days import add_working_days

OTHER_DAY = "other"


@dataclass(frozen=True)
class FollowUpChoices:
    """What the child's case offers: people, open actions, and actions planned in this draft."""

    owners: Sequence[User]
    open_actions: Sequence[Action]
    planned: Sequence[PlannedAction]


class FollowUpForm(ContentForm):
    """One answer to what should happen."""

    def __init__(self, *args: Any, choices: FollowUpChoices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = timezone.localdate()
        self.stored = self.content.responses[0] if self.content.responses else None
        self.owners = {str(person.public_id): person for person in choices.owners}
        self.links = _links(choices, self.stored)
        self._add_kind()
        self._add_new_action()
        self._add_others()

    @property
    def others(self) -> Sequence[FindingResponse]:
        """Further answers of this section, which stay as they are."""
        return self.content.responses[1:]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("follow") or self._meant(cleaned)
        cleaned["follow"] = kind
        if kind == ResponseKind.NEW_ACTION:
            self._clean_new_action(cleaned)
        elif kind == ResponseKind.OPEN_ACTION and not cleaned.get("link"):
            self.add_error("link", "Choose which action answers this.")
        elif kind == ResponseKind.NONE_NEEDED and not cleaned.get("none_because"):
            self.add_error("none_because", "Say why no action is needed.")
        return cleaned

    def response(self) -> OwnResponse | None:
        """What was chosen; None where nothing was."""
        cleaned = self.cleaned_data
        if not cleaned["follow"]:
            return None
        kind = ResponseKind(cleaned["follow"])
        if kind == ResponseKind.NONE_NEEDED:
            return OwnResponse(kind, reason=cleaned["none_because"])
        if kind == ResponseKind.OPEN_ACTION:
            linked = self.links[cleaned["link"]]
            if isinstance(linked, Action):
                return OwnResponse(kind, action=linked)
            return OwnResponse(kind, planned=linked)
        new = NewAction(
            what=cleaned["what"],
            owner=self.owners[cleaned["owner"]],
            due_on=cleaned["due_on"],
            expected_impact=cleaned["impact"],
        )
        return OwnResponse(kind, new=new)

    def _add_kind(self) -> None:
        words = {
            ResponseKind.NEW_ACTION: "A new action",
            ResponseKind.OPEN_ACTION: "An action that is already there",
            ResponseKind.NONE_NEEDED: "No action is needed",
        }
        if not self.links:
            del words[ResponseKind.OPEN_ACTION]
        self.fields["follow"] = forms.ChoiceField(
            label="Choose one answer",
            choices=[(kind.value, label) for kind, label in words.items()],
            widget=Radios,
            required=False,
            initial=_kind(self.stored),
        )

    def _add_new_action(self) -> None:
        plan = self.stored.planned if self.stored and _kind(self.stored) == "new_action" else None
        owners = [(key, _who(person)) for key, person in self.owners.items()]
        self.fields |= {
            "what": Lines(
                label="What is to be done?",
                required=False,
                rows=2,
                initial=plan.what if plan else "",
            ),
            "owner": forms.ChoiceField(
                label="Who does it?",
                required=False,
                choices=[("", "Choose a person"), *owners],
                initial=str(plan.owner.public_id) if plan else "",
            ),
            "when": forms.ChoiceField(
                label="By when?",
                required=False,
                choices=[(day.isoformat(), label) for day, label in self._presets()]
                + [(OTHER_DAY, "Another day, for example before the next review")],
                widget=Radios,
                initial=self._preset_of(plan.due_on) if plan else "",
            ),
            "day": DayField(
                label="Which day?", required=False, initial=plan.due_on if plan else None
            ),
            "impact": forms.CharField(
                label="What will be different for the child?",
                required=False,
                initial=plan.expected_impact if plan else "",
            ),
        }

    def _add_others(self) -> None:
        stored = self.stored
        self.fields |= {
            "link": forms.ChoiceField(
                label="Which action?",
                required=False,
                choices=[(key, _link_label(linked)) for key, linked in self.links.items()],
                widget=Radios,
                initial=_link_of(stored) if stored else "",
            ),
            "none_because": Lines(
                label="Why is no action needed?",
                required=False,
                rows=2,
                initial=stored.reason if stored else "",
            ),
        }

    def _presets(self) -> list[tuple[datetime.date, str]]:
        soon, later = add_working_days(self.today, 5), self.today + datetime.timedelta(weeks=4)
        return [
            (self.today, "Today"),
            (soon, f"In 5 working days: {long_date(soon)}"),
            (later, f"In 4 weeks: {long_date(later)}"),
        ]

    def _preset_of(self, day: datetime.date) -> str:
        known = [preset for preset, _ in self._presets()]
        return day.isoformat() if day in known else OTHER_DAY

    def _meant(self, cleaned: dict[str, Any]) -> str:
        """Without a script all parts show: what was filled in says what is meant."""
        if cleaned.get("what"):
            return ResponseKind.NEW_ACTION
        if cleaned.get("link"):
            return ResponseKind.OPEN_ACTION
        return ResponseKind.NONE_NEEDED if cleaned.get("none_because") else ""

    def _clean_new_action(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("what"):
            self.add_error("what", "Say what is to be done.")
        if not cleaned.get("owner"):
            self.add_error("owner", "Choose who does it.")
        if "day" in self.errors:
            return
        due_on = self._due_on(cleaned)
        if due_on is None:
            where = "day" if cleaned.get("when") == OTHER_DAY else "when"
            self.add_error(where, "Say by when.")
        elif due_on < self.today:
            self.add_error("day", "That day has passed. Choose today or a later day.")
        cleaned["due_on"] = due_on

    def _due_on(self, cleaned: dict[str, Any]) -> datetime.date | None:
        when = cleaned.get("when")
        if when and when != OTHER_DAY:
            return datetime.date.fromisoformat(when)
        return cleaned.get("day")


def _links(
    choices: FollowUpChoices, stored: FindingResponse | None
) -> dict[str, Action | PlannedAction]:
    own = stored.planned_id if stored and stored.kind == ResponseKind.NEW_ACTION else None
    links: dict[str, Action | PlannedAction] = {
        str(action.public_id): action for action in choices.open_actions
    }
    if stored and stored.action:
        links.setdefault(str(stored.action.public_id), stored.action)
    for plan in choices.planned:
        if plan.pk != own:
            links[str(plan.public_id)] = plan
    return links


def _kind(stored: FindingResponse | None) -> str:
    if stored is None:
        return ""
    # What an earlier version raised is an action that is there.
    return ResponseKind.OPEN_ACTION if stored.action_id else stored.kind


def _link_of(stored: FindingResponse) -> str:
    if _kind(stored) != ResponseKind.OPEN_ACTION:
        return ""
    linked = stored.action or stored.planned
    return str(linked.public_id) if linked else ""


def _link_label(linked: Action | PlannedAction) -> str:
    where = "" if isinstance(linked, Action) else ", planned in this audit"
    what = linked.what if linked.what.endswith((".", "?", "!")) else f"{linked.what}."
    return f"{what} Due {long_date(linked.due_on)}{where}."


def _who(person: User) -> str:
    return f"{person.name}, {person.post}" if person.post else person.name
