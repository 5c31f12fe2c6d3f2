"""Choices that the pages about people share: a unit of the tree, a day, a role."""

from typing import Any

from django import forms

from accounts.choices import SENSITIVE, MembershipKind, Role
from accounts.domain.directory import in_tree_order, open_units
from accounts.models import Unit
from kit.tables import INDENT

ORDINARY = [role for role in Role if role not in SENSITIVE]


class UnitField(forms.ChoiceField):
    """An open unit, chosen from the tree; cleans to the Unit, or None when left empty."""

    def __init__(self, *, empty: str = "Choose a unit", **kwargs: Any) -> None:
        super().__init__(choices=lambda: self._options(empty), **kwargs)

    def _options(self, empty: str) -> list[tuple[str, str]]:
        found = in_tree_order(list(open_units()))
        lines = [
            (str(unit.public_id), INDENT * (unit.path.count("/") - 2) + unit.name) for unit in found
        ]
        return [("", empty), *lines]

    def clean(self, value: Any) -> Unit | None:
        chosen = super().clean(value)
        return Unit.objects.get(public_id=chosen) if chosen else None


def kind_field() -> forms.ChoiceField:
    """Lead or member."""
    return forms.ChoiceField(
        label="As what?",
        choices=[(MembershipKind.MEMBER, "A member"), (MembershipKind.LEAD, "Its lead")],
        initial=MembershipKind.MEMBER,
        error_messages={"required": "Say whether they are a member or the lead."},
    )


def asked_for() -> list[Role]:
    """The roles that one person asks for and another confirms."""
    return [role for role in Role if role in SENSITIVE]


def role_choices() -> list[tuple[str, Any]]:
    """Every role, those that take a second person apart."""
    return [
        ("", "Choose a role"),
        ("Counts at once", [(role.value, role.label) for role in ORDINARY]),
        (
            "Takes a second person",
            [(role.value, role.label) for role in asked_for()],
        ),
    ]
