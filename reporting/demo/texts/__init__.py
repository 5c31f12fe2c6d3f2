"""Sample words for the fictitious authority Aireborough, read from the TOML files beside this.

Nobody and no place in them is real. Texts have slots ("{date1}", "{she}") that `compose` fills;
this module only reads. Tags say for whom a text is true: age bands, kinds of plan, and groups of
either ("born", "home"). A text without tags is true for any child.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
BANDS = ("unborn", "baby", "young", "middle", "teen", "leaver")
PLANS = ("assessment", "in_need", "protection", "in_care", "leaving_care")
BAND_GROUPS = {
    "born": frozenset(BANDS[1:]),
    "child": frozenset({"young", "middle", "teen"}),
    "schooled": frozenset({"young", "middle", "teen", "leaver"}),
} | {band: frozenset({band}) for band in BANDS}
PLAN_GROUPS = {
    "home": frozenset({"assessment", "in_need", "protection"}),
    "cared": frozenset({"in_care", "leaving_care"}),
    "family": frozenset({"assessment", "in_need", "protection", "in_care"}),
    "reviewed": frozenset({"protection", "in_care"}),
} | {plan: frozenset({plan}) for plan in PLANS}
GRADES = {4: "outstanding", 3: "good", 2: "requires_improvement", 1: "inadequate"}
LINE_FILES = ("overall", "moderation", "safety", "people", "exceptions", "updates")

Raw = dict[str, Any]


class SampleTextError(ValueError):
    """A sample text file names a tag, grade or kind that does not exist, or lacks a text."""


@dataclass(frozen=True)
class Line:
    """One text, with the tags and grades (4 to 1) it is true for; no tags means any.

    `about` names its topics, so that two texts on one topic are not put together.
    """

    say: str
    bands: frozenset[str]
    plans: frozenset[str]
    grades: frozenset[int] = frozenset()
    about: frozenset[str] = frozenset()

    def suits(self, band: str, plan: str, grade: int | None = None) -> bool:
        return (
            band in self.bands
            and plan in self.plans
            and (grade is None or not self.grades or grade in self.grades)
        )


@dataclass(frozen=True)
class Pair:
    """What an auditor saw and what difference it made."""

    saw: Line
    made: Line


@dataclass(frozen=True)
class GradePool:
    """All sample texts of one domain at one grade.

    `extras` are sentences that can follow any `saw` about something else; `made` are sentences
    that stand behind a pair's own, or alone where the outcome has another grade; `short` are the
    texts of weak auditors.
    """

    pairs: tuple[Pair, ...]
    extras: tuple[Line, ...]
    made: tuple[Line, ...]
    short: tuple[Pair, ...]


@dataclass(frozen=True)
class ConcernText:
    """A worry that must be checked today, and what was done about it the same day."""

    worry: Line
    done: str


@dataclass(frozen=True)
class FindingTexts:
    """One-line findings under a theme."""

    strengths: tuple[str, ...]
    developments: tuple[str, ...]


@dataclass(frozen=True)
class ActionText:
    """An action as a manager writes it; `days` to the due date count from the return."""

    what: Line
    days: int
    different: str
    domain_code: str = ""
    lead: str = ""


@dataclass(frozen=True)
class UnitText:
    """A node of the fictitious organisation; kinds as in accounts (service, area, team)."""

    name: str
    kind: str
    plans: tuple[str, ...]
    children: tuple["UnitText", ...]


@dataclass(frozen=True)
class StaffTexts:
    """Names for fictitious staff and the posts they hold, by level."""

    first_names: tuple[str, ...]
    surnames: tuple[str, ...]
    initials: tuple[str, ...]
    posts: dict[str, tuple[str, ...]]


@cache
def domain_pool(code: str) -> dict[int, GradePool]:
    """The texts of one domain ("A" to "H") by grade, 4 to 1."""
    raw = _load(f"domain_{code.lower()}")
    return {
        grade: GradePool(
            pairs=tuple(_pair(entry) for entry in raw[name]),
            extras=tuple(_line(entry) for entry in raw["extras"][name]),
            made=tuple(_line(entry) for entry in raw["made"][name]),
            short=tuple(_pair(entry) for entry in raw["short"][name]),
        )
        for grade, name in GRADES.items()
    }


@cache
def lines(kind: str) -> tuple[Line, ...]:
    """The single texts of a kind, named "file.table": "safety.safe", "people.worker"."""
    file, _, table = kind.partition(".")
    raw = _load(file) if file in LINE_FILES else {}
    if table not in raw:
        raise SampleTextError(f"There are no sample texts of the kind {kind}.")
    return tuple(_line(entry) for entry in raw[table])


def line_kinds() -> tuple[str, ...]:
    """Every kind that `lines` knows."""
    return tuple(f"{file}.{table}" for file in LINE_FILES for table in _load(file))


@cache
def read_concerns() -> tuple[ConcernText, ...]:
    """Worries to be checked today, each settled the same day."""
    raw = _load("concerns")["concerns"]
    return tuple(ConcernText(_line(concern, "worry"), concern["done"]) for concern in raw)


@cache
def read_findings() -> dict[str, FindingTexts]:
    """One-line findings by theme code (audits.tools.read_themes)."""
    return {
        theme: FindingTexts(tuple(raw["strengths"]), tuple(raw["developments"]))
        for theme, raw in _load("findings").items()
    }


@cache
def read_actions(scope: str) -> tuple[ActionText, ...]:
    """Actions for a "child", a "team" or the "service"."""
    return tuple(_action(raw) for raw in _load("actions")[scope])


@cache
def read_units() -> tuple[UnitText, ...]:
    """The services of Aireborough with their areas and teams."""
    return tuple(_unit(raw, "service") for raw in _load("units")["services"])


@cache
def read_staff() -> StaffTexts:
    raw = _load("staff")
    return StaffTexts(
        first_names=tuple(raw["first_names"]),
        surnames=tuple(raw["surnames"]),
        initials=tuple(raw["initials"]),
        posts={level: tuple(names) for level, names in raw["posts"].items()},
    )


@cache
def _load(name: str) -> Raw:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _line(entry: str | Raw, key: str = "say") -> Line:
    raw: Raw = {key: entry} if isinstance(entry, str) else entry
    bands, plans = _tags(raw.get("for", []))
    return Line(raw[key], bands, plans, frozenset(raw.get("g", [])), frozenset(_topics(raw)))


def _topics(raw: Raw) -> list[str]:
    about = raw.get("about", [])
    return [about] if isinstance(about, str) else about


def _tags(names: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Bands and plans that the tags allow; all of a sort where no tag is of that sort."""
    bands: set[str] = set()
    plans: set[str] = set()
    for name in names:
        if name not in BAND_GROUPS and name not in PLAN_GROUPS:
            raise SampleTextError(f"There is no tag {name}.")
        bands |= BAND_GROUPS.get(name, frozenset())
        plans |= PLAN_GROUPS.get(name, frozenset())
    return frozenset(bands or BANDS), frozenset(plans or PLANS)


def _pair(raw: Raw) -> Pair:
    return Pair(_line(raw, "saw"), _line(raw, "made"))


def _action(raw: Raw) -> ActionText:
    return ActionText(
        what=_line(raw, "what"),
        days=raw["days"],
        different=raw["different"],
        domain_code=raw.get("domain", ""),
        lead=raw.get("lead", ""),
    )


def _unit(raw: Raw, kind: str) -> UnitText:
    areas = tuple(_unit(area, "area") for area in raw.get("areas", []))
    teams = tuple(UnitText(name, "team", (), ()) for name in raw.get("teams", []))
    return UnitText(raw["name"], kind, tuple(raw.get("plans", [])), areas + teams)
