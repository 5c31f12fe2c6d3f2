"""Strengths and areas for development: a line each, with a theme."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from audits.choices import FindingKind
from audits.domain.responding import OwnFinding, themes_for
from audits.forms.content import ContentForm
from audits.models import Theme

MOST_LINES = 30


@dataclass(frozen=True)
class Line:
    """The fields of one finding."""

    text: BoundField
    theme: BoundField
    kind: BoundField
    public_id: BoundField


class FindingsForm(ContentForm):
    """The findings there are, and an empty line for one more of each kind.

    A line that is emptied is taken away.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        found = self.content.findings
        rows = [(row.kind, row.text, _theme(row), str(row.public_id)) for row in found]
        rows += [(kind.value, "", "", "") for kind in FindingKind]
        for number, row in enumerate(rows):
            self._add_line(number, *row)
        # Another window may have had more lines than are stored now.
        for number in range(len(rows), MOST_LINES):
            if f"finding-{number}-text" not in self.data:
                break
            self._add_line(number, self.data.get(f"finding-{number}-kind", ""), "", "", "")

    @property
    def lines(self) -> Iterator[Line]:
        for number in self._numbers():
            parts = ("text", "theme", "kind", "id")
            yield Line(*(self[f"finding-{number}-{part}"] for part in parts))

    def findings(self) -> list[OwnFinding]:
        """Every line that has, or had, something in it."""
        named = (
            number
            for number in self._numbers()
            if self.cleaned_data[f"finding-{number}-text"]
            or self.cleaned_data[f"finding-{number}-id"]
        )
        return [self._own_finding(number) for number in named]

    @cached_property
    def theme_choices(self) -> list[tuple[str, Any]]:
        own, others = themes_for(self.content.domain)
        groups: list[tuple[str, Any]] = [("", "No theme")]
        if own:
            groups.append(("Of this section", [_choice(theme) for theme in own]))
        if others:
            name = "Of other sections" if own else "Themes"
            groups.append((name, [_choice(theme) for theme in others]))
        self._themes = {theme.code: theme for theme in [*own, *others]}
        return groups

    def _numbers(self) -> list[int]:
        names = (name.split("-") for name in self.fields if name.startswith("finding-"))
        return [int(number) for _, number, part in names if part == "text"]

    def _own_finding(self, number: int) -> OwnFinding:
        text, theme, kind, given = (
            self.cleaned_data[f"finding-{number}-{part}"]
            for part in ("text", "theme", "kind", "id")
        )
        public_id = uuid.UUID(str(given)) if given else None
        kind = kind or self.fields[f"finding-{number}-kind"].initial or FindingKind.DEVELOPMENT
        return OwnFinding(FindingKind(kind), text, self._themes.get(theme), public_id)

    def _add_line(self, number: int, kind: str, text: str, theme: str, public_id: str) -> None:
        is_strength = kind == FindingKind.STRENGTH
        if public_id:
            label = "Strength" if is_strength else "Something to develop"
        else:
            label = "Add a strength" if is_strength else "Add something to develop"
        hidden = forms.HiddenInput
        self.fields |= {
            f"finding-{number}-text": forms.CharField(label=label, required=False, initial=text),
            f"finding-{number}-theme": forms.ChoiceField(
                label="Theme", choices=self.theme_choices, required=False, initial=theme
            ),
            f"finding-{number}-kind": forms.ChoiceField(
                choices=FindingKind.choices, required=False, widget=hidden, initial=kind
            ),
            f"finding-{number}-id": forms.UUIDField(
                required=False, widget=hidden, initial=public_id
            ),
        }


def _choice(theme: Theme) -> tuple[str, str]:
    return theme.code, f"{theme.name} (in focus)" if theme.focus else theme.name


def _theme(row: Any) -> str:
    return next((theme.code for theme in row.themes.all()), "")
