"""Which charts a report has, under their messages.

Drawn on demand for a width.
"""

import datetime
from collections.abc import Sequence
from functools import partial

from kit.charts import (
    AgreementRow,
    Chart,
    CompositionRow,
    PairedRow,
    RankedBar,
    RatePoint,
    composition,
    composition_pair,
    ranking,
    return_rate,
    supported_downgraded,
)
from kit.months import MONTHS, add_months, months_from, period_text, short_month
from kit.shares import Share
from reporting.domain.figures import (
    DomainGrades,
    GradeCounts,
    MonthlyFigures,
    ThemeCount,
)
from reporting.domain.narrative import Narrative
from reporting.printing.parts import Figure, KeyEntry

MOST_MONTHS = 18
MOST_SERVICES = 16
MOST_THEMES = 6
BESIDE_MATRIX = 242  # px, what the matrix leaves of the page's width
HALF = 298  # px, of two charts side by side
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
NO_REFERENCE = RankedBar("", Share(0, 0))


def rates(figures: MonthlyFigures, narrative: Narrative) -> Figure:
    """The return rate month by month; the line breaks where no audits were planned."""
    title = narrative.returns.titles["rate"]
    points = _rate_points(figures)
    measure = "Returned audits as a percentage of scheduled audits, by month planned"
    has_gap = any(point.after_gap for point in points)
    note = "Months in which no audits were planned are left out." if has_gap else ""
    draw = partial(_rates, points, title)
    return Figure(title, f"{measure}, {_months(figures)}", draw, note=note)


def services(figures: MonthlyFigures, narrative: Narrative) -> Figure:
    """Services by return rate; of very many, those with the lowest."""
    title = narrative.services.titles["ranking"]
    rows = sorted(figures.returns.services, key=lambda row: rank(row.period.rate))
    bars = [RankedBar(typeset(row.name), row.period.rate) for row in rows][-MOST_SERVICES:]
    reference = RankedBar("All services", figures.returns.total.rate)
    subtitle = (
        f"Returned audits as a percentage of scheduled audits, {_months(figures)}. "
        "Dark bars: below all services"
    )
    left_out = len(rows) - len(bars)
    note = f"The {len(bars)} lowest of {len(rows)} services; the table has all." if left_out else ""
    return Figure(title, subtitle, partial(_ranking, bars, reference, title), note=note)


def grade_months(figures: MonthlyFigures, narrative: Narrative) -> Figure:
    """Standing grades in all months and in each."""
    title, months = narrative.grades.titles["months"], figures.grades.months
    shown = months[-MOST_MONTHS:]
    rows = [
        CompositionRow(_axis_month(figures, row.month), row.standing.best_first) for row in shown
    ]
    if len(months) > 1:
        total = CompositionRow("All months", figures.grades.standing.best_first, is_total=True)
        rows = [total, *rows]
    subtitle = (
        "Standing overall grades for practice, as a share of each month's returned audits; "
        "the numbers are audits"
    )
    note = f"The last {len(shown)} of {len(months)} months." if len(shown) < len(months) else ""
    return Figure(title, subtitle, partial(_composition, rows, title), grades=True, note=note)


def own_beside(figures: MonthlyFigures, narrative: Narrative) -> Figure:
    """All audits as their auditors graded them, and as they stand."""
    passage, table = narrative.own_grades, figures.grades
    rows = [
        CompositionRow("As the auditor graded it", table.own.best_first),
        CompositionRow("As it stands", table.standing.best_first),
    ]
    title = passage.titles["beside"]
    audits = f"the same {table.own.total} returned audits"
    subtitle = f"Overall grades for practice of {audits}, {_months(figures)}"
    draw = partial(_composition, rows, title)
    return Figure(title, subtitle, draw, grades=True, note=passage.titles["change"])


def domains(figures: MonthlyFigures, narrative: Narrative) -> Figure:
    """Standing grades by domain on both axes, the best for practice first."""
    title = narrative.domains.titles["pair"]
    rows = [
        PairedRow(typeset(row.name), row.practice.best_first, row.outcome.best_first)
        for row in by_practice(figures)
    ]
    subtitle = (
        "Standing grades as a share of the audits in which the domain applies, in order of Good or "
        "better for practice"
    )
    return Figure(title, subtitle, partial(_pair, rows, title), grades=True)


def by_practice(figures: MonthlyFigures) -> list[DomainGrades]:
    """The domains without the overall, the largest share at Good or better for practice first."""
    rows = [row for row in figures.grades.domains if not row.is_overall]
    return sorted(rows, key=lambda row: rank(row.practice.good_or_better))


def agreement(figures: MonthlyFigures, narrative: Narrative) -> Figure:
    """What moderation did, month by month."""
    title = narrative.moderation.titles["months"]
    counts = figures.moderation.counts
    rows = [
        AgreementRow(
            short_month(row.month), row.counts.supported, row.counts.downgraded, row.counts.upgraded
        )
        for row in figures.moderation.months[-MOST_MONTHS:]
    ]
    key = [KeyEntry("worse", "downgraded")]
    if counts.upgraded:
        key.append(KeyEntry("better", "upgraded"))
    key.append(KeyEntry("same", "supported"))
    return Figure(
        title,
        "Moderated audits by month of the audit",
        partial(_agreement, rows, title),
        key=tuple(key),
        print_width=BESIDE_MATRIX,
    )


def developments(figures: MonthlyFigures, narrative: Narrative) -> Figure:
    """The areas for development that most audits name."""
    themes = figures.learning.developments
    title = narrative.learning.titles["developments"]
    return _themes(figures, themes, title, "areas for development")


def strengths(figures: MonthlyFigures, narrative: Narrative) -> Figure:
    """The strengths that most audits name."""
    title = narrative.learning.titles["strengths"]
    return _themes(figures, figures.learning.strengths, title, "strengths")


def after_re_audit(figures: MonthlyFigures, narrative: Narrative) -> Figure:
    """The grades of the re-audits held."""
    title = narrative.re_audits.titles["after"]
    after = figures.re_audits.after
    rows = [
        CompositionRow("Before", GradeCounts(inadequate=after.total).best_first),
        CompositionRow("At the re-audit", after.best_first),
    ]
    subtitle = "Overall grades for practice of the cases re-audited"
    return Figure(title, subtitle, partial(_composition, rows, title), grades=True)


def _themes(figures: MonthlyFigures, themes: Sequence[ThemeCount], title: str, kind: str) -> Figure:
    bars = [
        RankedBar(typeset(theme.name), figures.learning.share(theme))
        for theme in themes[:MOST_THEMES]
    ]
    return Figure(
        title,
        f"{kind.capitalize()}, returned audits that name them",
        partial(_ranking, bars, NO_REFERENCE, title),
        note=_more_themes(themes, MOST_THEMES, kind),
        print_width=HALF,
    )


def _more_themes(themes: Sequence[ThemeCount], shown: int, kind: str) -> str:
    """How many themes are not shown, and how many of them are level with the last that is."""
    if len(themes) <= shown:
        return ""
    level = sum(theme.audits == themes[shown - 1].audits for theme in themes[shown:])
    text = f"The {shown} named most often of {len(themes)} {kind}; the figures file (CSV) has all."
    if level:
        text += f" {level} more {'is' if level == 1 else 'are'} named as often as the last shown."
    return text


def _months(figures: MonthlyFigures) -> str:
    return period_text(figures.period.first, figures.period.last)


def typeset(name: str) -> str:
    """A name as it is printed, with the apostrophe of print."""
    return name.replace("'", APOSTROPHE)


def rank(share: Share) -> tuple[bool, float]:
    """For sorting, the largest share first; a share of nothing last."""
    return share.of == 0, -(share.n / share.of) if share.of else 0.0


def _axis_month(figures: MonthlyFigures, month: datetime.date) -> str:
    """ "Nov", with its year where the period has two of that name: "Nov 26"."""
    period = figures.period
    if len(months_from(period.first, period.last)) <= len(MONTHS):
        return short_month(month)
    return f"{short_month(month)} {month:%y}"


def _rate_points(figures: MonthlyFigures) -> list[RatePoint]:
    rows = figures.returns.months
    followed = {add_months(row.month, 1) for row in rows} | {row.month for row in rows[:1]}
    return [
        RatePoint(
            _axis_month(figures, row.month), row.counts.rate, after_gap=row.month not in followed
        )
        for row in rows
    ]


def _rates(points: Sequence[RatePoint], title: str, width: int) -> Chart:
    return return_rate(points, width=width, title=title)


def _ranking(bars: Sequence[RankedBar], reference: RankedBar, title: str, width: int) -> Chart:
    return ranking(bars, reference=reference, width=width, title=title)


def _composition(rows: Sequence[CompositionRow], title: str, width: int) -> Chart:
    return composition(rows, width=width, title=title, spell_out_first=True)


def _pair(rows: Sequence[PairedRow], title: str, width: int) -> Chart:
    headings = ("Quality of practice", "Outcome for the child")
    return composition_pair(rows, headings=headings, width=width, title=title)


def _agreement(rows: Sequence[AgreementRow], title: str, width: int) -> Chart:
    return supported_downgraded(rows, width=width, title=title)
