"""What the registers are filtered by. Addresses carry codes and ids, never a person's data."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django_filters import ChoiceFilter, FilterSet

from accounts.choices import ManagerLevel
from accounts.models import Unit
from audits.choices import AuditState, Axis, ExemptionReason, Grade, RoundKind, SafetyJudgement
from audits.domain.case_register import CaseRegister
from audits.domain.registers import NOT_APPLICABLE, AuditRegister, named_domains
from audits.models import Round
from cases.choices import PlanKind
from kit.months import month_name

ANSWERED = "answered"
YES, NO = "yes", "no"
LEVELS = [(level.value, level.of_one) for level in ManagerLevel]
GRADES = [(str(grade.value), grade.label) for grade in Grade]
MONTH = r"[0-9]{4}-[0-9]{2}"
FIGURES_CODE = re.compile(
    rf"(?P<first>{MONTH})\.(?P<last>{MONTH})\.(?P<axis>{'|'.join(Axis.values)})"
    r"(?:\.(?P<unit>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?"
)
AXIS_GRADES = [*GRADES, (NOT_APPLICABLE, "Not applicable")]


@dataclass(frozen=True)
class Chosen:
    """A filter in use: what it says, and the address of the list without it."""

    label: str
    text: str
    without: str


@dataclass(frozen=True)
class FiguresBefore:
    """The figures that a list was opened from, with what they were filtered by.

    An address carries it as one code, "2025-12.2026-11.practice" and the unit's id, and never as an
    address: whatever a code says, it leads to the product's own page of figures and nowhere else.
    """

    first: str
    last: str
    axis: str
    unit: str = ""

    @property
    def code(self) -> str:
        return ".".join(part for part in (self.first, self.last, self.axis, self.unit) if part)

    @property
    def query(self) -> str:
        """What the address of the figures carries."""
        codes = {"first": self.first, "last": self.last, "unit": self.unit, "axis": self.axis}
        return urlencode({name: code for name, code in codes.items() if code})


def figures_before(code: str) -> FiguresBefore | None:
    """What such a code says; None for anything else, so that nothing of it is kept."""
    found = FIGURES_CODE.fullmatch(code)
    return FiguresBefore(**found.groupdict(default="")) if found else None


class RegisterForm(forms.Form):
    """What an address asks for. `shown` are the fields that the page offers."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("first", "The first month is after the last: choose them in order.")
        return cleaned


def choice(label: str, any_text: str, choices: Sequence[Any] = (), **options: Any) -> ChoiceFilter:
    """One of several; anything else is refused with a sentence."""
    wrong = {"invalid_choice": f"Choose from the list: {label}."}
    return ChoiceFilter(
        label=label, empty_label=any_text, choices=choices, error_messages=wrong, **options
    )


class RegisterFilters(FilterSet):
    """What both registers share: the unit, and the words for what is chosen."""

    shown: Sequence[str] = ()

    unit = choice("Service or team", "All that I may see", method="by_unit")

    def __init__(self, data: Any, *, queryset: QuerySet[Any], units: Iterable[Unit]) -> None:
        super().__init__(data, queryset=queryset)
        self.paths = {str(unit.public_id): unit.path for unit in units}
        self.offer("unit", [(str(unit.public_id), name) for unit, name in named_units(units)])

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.filters[name].extra["choices"] = choices

    def by_unit(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(team__path__startswith=self.paths[value])

    @property
    def fields(self) -> list[forms.BoundField]:
        """The filters that the page offers."""
        return [self.form[name] for name in self.shown]

    @property
    def codes(self) -> dict[str, str]:
        """What is chosen, by name, as an address carries it."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def kept(self) -> dict[str, str]:
        """What is chosen and not offered on the page: it came with a figure's link."""
        return {name: value for name, value in self.codes.items() if name not in self.shown}

    def chosen(self, address: Mapping[str, str]) -> list[Chosen]:
        """Every filter in use, in words; `address` is all that the list's address carries."""
        return [
            Chosen(
                str(self.form[name].label),
                str(dict(self.form.fields[name].choices)[value]),
                urlencode({key: text for key, text in address.items() if key != name}),
            )
            for name, value in self.codes.items()
        ]

    class Meta:
        form = RegisterForm


class AuditFilters(RegisterFilters):
    """Which audits: of the monthly figures' rounds, unless a round or kind is chosen.

    `domain` goes with `practice` and `outcome`, which are about the overall grade without it.
    """

    shown = ("first", "last", "unit", "round", "state", "grade", "level", "mine")
    about_grades = frozenset({"grade", "own", "practice", "outcome", "safety"})

    first = choice("First month", "Any month", method="by_first")
    last = choice("Last month", "Any month", method="by_last")
    round = choice("Round", "In the monthly figures", field_name="round__public_id")
    kind = choice("Kind of round", "", RoundKind.choices, field_name="round__kind")
    state = choice("State", "Any state", AuditState.choices, method="by_state")
    grade = choice("Standing grade", "Any grade", GRADES, method="by_grade")
    level = choice("Auditor's level", "Any level", LEVELS, field_name="auditor_level")
    mine = choice("Whose", "Anybody's", [(YES, "Mine to audit")], method="by_mine")
    own = choice("Auditor's grade", "", GRADES, method="by_grade")
    domain = choice("Section", "", method="by_domain")
    practice = choice("Practice", "", AXIS_GRADES, method="by_axis")
    outcome = choice("Outcome", "", AXIS_GRADES, method="by_axis")
    reason = choice("Exempted because", "", ExemptionReason.choices, method="by_reason")
    safety = choice(
        "Is the child safe now?",
        "",
        [(ANSWERED, "Answered"), *SafetyJudgement.choices],
        method="by_safety",
    )

    def __init__(self, data: Any, *, register: AuditRegister) -> None:
        super().__init__(data, queryset=register.rows(), units=register.units)
        self.register = register
        self.months = {f"{row.month:%Y-%m}": row.month for row in register.rounds}
        months = [(code, month_name(month)) for code, month in self.months.items()]
        self.offer("first", months)
        self.offer("last", months)
        self.offer("round", [(str(row.public_id), _name_of(row)) for row in register.rounds])
        if "domain" in self.data:
            self.offer("domain", list(named_domains(register.domains).items()))

    def filter_queryset(self, queryset: Any) -> Any:
        """The rows before grades, narrowed by the grades asked for."""
        return self._narrowed(self.ungraded, self.codes.keys() & self.about_grades)

    @cached_property
    def ungraded(self) -> Any:
        """The rows before a grade was asked for."""
        codes = self.codes
        chosen_round = codes.get("round") or codes.get("kind")
        rows = self.queryset if chosen_round else self.queryset.in_ledger()
        return self._narrowed(rows, codes.keys() - self.about_grades)

    def _narrowed(self, rows: Any, names: Iterable[str]) -> Any:
        for name in sorted(names):
            rows = self.filters[name].filter(rows, self.codes[name])
        return rows

    def by_first(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(month__gte=self.months[value])

    def by_last(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(month__lte=self.months[value])

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        return self.register.in_state(rows, value)

    def by_mine(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(auditor=self.register.user)

    def by_grade(self, rows: Any, name: str, value: str) -> Any:
        """The overall grade on the headline axis: the one that stands, or the auditor's own."""
        return self.register.graded(rows, value, by="own" if name == "own" else "stands")

    def by_axis(self, rows: Any, name: str, value: str) -> Any:
        domain = self.form.cleaned_data.get("domain", "")
        return self.register.standing_at(rows, value, axis=Axis(name), domain=domain)

    def by_domain(self, rows: Any, name: str, value: str) -> Any:
        """Says which section `practice` and `outcome` are about; alone it leaves nothing out."""
        return rows

    def by_reason(self, rows: Any, name: str, value: str) -> Any:
        return self.register.where(rows, Q(exemption__reason=value))

    def by_safety(self, rows: Any, name: str, value: str) -> Any:
        return self.register.judged(rows, "" if value == ANSWERED else value)


class CaseFilters(RegisterFilters):
    """Which cases: open ones and closed ones, unless one of the two is chosen."""

    shown = ("unit", "plan", "audited", "open")

    plan = choice("Plan", "Any plan", PlanKind.choices, field_name="plan_kind")
    audited = choice(
        "Audited in the last 12 months", "Either", [(YES, "Yes"), (NO, "No")], method="by_audited"
    )
    open = choice("Open or closed", "Both", [(YES, "Open"), (NO, "Closed")], method="by_open")

    def __init__(self, data: Any, *, register: CaseRegister) -> None:
        super().__init__(data, queryset=register.rows(), units=register.units)
        self.register = register

    def by_audited(self, rows: Any, name: str, value: str) -> Any:
        since = self.register.audited_since()
        if value == YES:
            return rows.filter(last_month__gte=since)
        return rows.filter(Q(last_month__isnull=True) | Q(last_month__lt=since))

    def by_open(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(closed_on__isnull=value == YES)


def named_units(units: Iterable[Unit]) -> list[tuple[Unit, str]]:
    """Each unit with its name, its service's or area's before it: "East: Assessment Team 1"."""
    rows = list(units)
    names = {unit.pk: unit.name for unit in rows}
    tops = {unit.pk for unit in rows if unit.parent_id not in names}
    named = [
        (
            unit,
            unit.name
            if unit.parent_id is None or unit.parent_id in tops or unit.pk in tops
            else f"{names[unit.parent_id]}: {unit.name}",
        )
        for unit in rows
    ]
    return sorted(named, key=lambda pair: pair[1])


def _name_of(row: Round) -> str:
    """The round's name with its month, which most names end with already."""
    month = month_name(row.month)
    return row.name if row.name.endswith(month) else f"{row.name}, {month}"
