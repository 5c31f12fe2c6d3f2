"""The tables of the pages about people, roles and units."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.domain.directory import Branch
from accounts.models import Membership, RoleGrant, User
from kit.months import long_date, moment_text
from kit.tables import Cell, Column, Row, Table

OPEN = "No last day"


def people_table(people: Iterable[User]) -> Table | None:
    """Everybody of a page of the list; `units_now` and `roles_now` are read beforehand."""
    columns = [Column(title) for title in ("Name", "Post", "Unit", "Roles")]
    rows = [
        Row(
            (
                Cell(person.name, href=reverse("person", args=[person.public_id])),
                person.post,
                ", ".join(_place(each) for each in getattr(person, "units_now", ())),
                ", ".join(dict.fromkeys(_role(each) for each in getattr(person, "roles_now", ()))),
            )
        )
        for person in people
    ]
    return Table("People", columns, rows, stacks=True, title_hidden=True) if rows else None


def membership_table(held: Iterable[Membership], *, may_end: bool) -> Table | None:
    columns = [Column(title) for title in ("Unit", "As", "From", "Until", "Change")]
    rows = [
        Row(
            (
                each.unit.name,
                each.get_kind_display(),
                long_date(each.from_on),
                long_date(each.until_on) if each.until_on else OPEN,
                _end("membership_end", each, each.unit.name)
                if may_end and not each.until_on
                else "",
            )
        )
        for each in held
    ]
    return Table("Units", columns, rows, stacks=True, title_hidden=True) if rows else None


def grant_table(held: Iterable[RoleGrant], *, may_end: bool) -> Table | None:
    columns = [Column(title) for title in ("Role", "At", "From", "Until", "State", "Change")]
    rows = [
        Row(
            (
                each.get_role_display(),
                each.unit.name,
                long_date(each.from_on),
                long_date(each.until_on) if each.until_on else OPEN,
                state_of(each),
                _end("role_end", each, f"{_role(each)} at {each.unit}")
                if may_end and not each.ended_at and not each.refused_at
                else "",
            )
        )
        for each in held
    ]
    return Table("Roles", columns, rows, stacks=True, title_hidden=True) if rows else None


def waiting_table(asked: Iterable[RoleGrant]) -> Table | None:
    """Roles that wait for a second person."""
    columns = [Column(title) for title in ("Person", "Role", "At", "Asked by", "Asked")]
    rows = [
        Row(
            (
                Cell(each.user.name, href=reverse("role_request", args=[each.public_id])),
                each.get_role_display(),
                each.unit.name,
                each.granted_by.name,
                moment_text(each.granted_at),
            )
        )
        for each in asked
    ]
    title = "Roles that wait for a second person"
    return Table(title, columns, rows, stacks=True, title_hidden=True) if rows else None


def tree_table(branches: Iterable[Branch]) -> Table | None:
    columns = [Column(title) for title in ("Unit", "What it is", "Led by")]
    rows = [
        Row(
            (
                Cell(
                    branch.unit.name,
                    href=reverse("unit", args=[branch.unit.public_id]),
                    depth=branch.depth,
                ),
                branch.unit.get_kind_display() + (", closed" if branch.unit.closed_on else ""),
                ", ".join(f"{lead.user} from {long_date(lead.from_on)}" for lead in branch.leads)
                or "Nobody",
            )
        )
        for branch in branches
    ]
    return Table("Units", columns, rows, stacks=True, title_hidden=True) if rows else None


def lead_table(held: Iterable[Membership]) -> Table | None:
    """Who led a unit and who does, the latest first."""
    columns = [Column(title) for title in ("Lead", "From", "Until")]
    rows = [
        Row(
            (
                Cell(each.user.name, href=reverse("person", args=[each.user.public_id])),
                long_date(each.from_on),
                long_date(each.until_on) if each.until_on else OPEN,
            )
        )
        for each in held
    ]
    return Table("Leads", columns, rows, stacks=True, title_hidden=True) if rows else None


def state_of(grant: RoleGrant) -> str:
    """What became of a grant, in words."""
    if grant.ended_at:
        return "Ended"
    if grant.refused_at:
        return "Refused"
    return "Waits for a second person" if grant.is_pending else "Granted"


def _place(membership: Membership) -> str:
    return f"{membership.unit} ({'lead' if membership.kind == 'lead' else 'member'})"


def _role(grant: RoleGrant) -> str:
    return str(grant.get_role_display())


def _end(url_name: str, record: Membership | RoleGrant, what: str) -> Cell:
    return Cell("End", href=reverse(url_name, args=[record.public_id]), hidden=what)
