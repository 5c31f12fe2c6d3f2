"""What every form about a stored section has in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from audits.domain.reading import SectionContent


@dataclass(frozen=True)
class Typed:
    """What a field holds, in words: what somebody typed, or what is stored."""

    label: str
    text: str


class ContentForm(forms.Form):
    """A form about one section, filled with what is stored until somebody posts it."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, content: SectionContent, **more: Any
    ) -> None:
        super().__init__(data, label_suffix="", **more)
        self.content = content

    def typed(self) -> list[Typed]:
        """Every field with something in it, as text that can be copied."""
        return [Typed(str(field.label), text) for field in self if (text := as_text(field))]


def differing(posted: ContentForm, stored: ContentForm) -> list[Typed]:
    """What is stored where it differs from what was posted."""
    rows = []
    for field in stored:
        if field.name in posted.fields and not field.is_hidden:
            kept = as_text(field)
            if kept and kept != as_text(posted[field.name]):
                rows.append(Typed(str(field.label), kept))
    return rows


def as_text(field: BoundField) -> str:
    """What a field holds, in the words its reader sees; hidden fields hold nothing of theirs."""
    if field.is_hidden:
        return ""
    value = field.value()
    choices = getattr(field.field, "choices", None)
    if choices is not None:
        words = _words(choices)
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(words[str(one)] for one in values if one and str(one) in words)
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value if part)
    if isinstance(field.field, forms.MultiValueField) and value:
        return " ".join(str(part) for part in field.field.widget.decompress(value))
    return str(value or "").strip()


def _words(choices: Any) -> dict[str, str]:
    """The label of each choice, groups opened."""
    words: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            words |= _words(label)
        else:
            words[str(value)] = str(label)
    return words
