"""Figures for tests of sentences and pages: those of the published tables, and any others.

`golden_figures` has exactly the published monthly tables; what those do not give (services, own
grades by month, domains) is made up to agree with them. `any_figures` draws figures that agree
with each other as counted ones do.
"""

import datetime
from dataclasses import replace
from datetime import date

from kit.months import LONDON, add_months, months_from
from reporting.domain.figures import (
    ActionFigures,
    ComparisonCounts,
    ContributionCounts,
    DomainGrades,
    ExemptionCount,
    GradeCounts,
    GradeMatrix,
    GradeMonth,
    GradeTable,
    LearningFigures,
    LevelReturns,
    ModerationFigures,
    ModerationMonth,
    ModerationReason,
    MonthlyFigures,
    MonthReturns,
    OverdueBands,
    Period,
    ReAuditFigures,
    ReturnCounts,
    ReturnTable,
    SafetyFigures,
    SafetyMonth,
    ServiceReturns,
    StandingCount,
    ThemeCount,
    UsedSettings,
)

MONTHS = months_from(date(2023, 5, 1), date(2023, 11, 1))
AS_AT = datetime.datetime(2023, 12, 6, 6, tzinfo=LONDON)
SETTINGS = UsedSettings(24, 25, 10, 3, 20)

PLANNED = (91, 105, 97, 79, 124, 110, 124)
EXEMPTED = (8, 2, 10, 4, 9, 9, 7)
RETURNED = (44, 42, 27, 33, 33, 27, 23)
LATE = (9, 8, 5, 7, 6, 4, 2)
EXTENDED = (0, 0, 0, 0, 0, 0, 11)
SERVICES = {
    "Referral and assessment": (148, 9, 61),
    "Children in care": (142, 8, 58),
    "Leaving care": (70, 5, 27),
    "Safeguarding East": (166, 14, 38),
    "Safeguarding West": (158, 10, 36),
    "Disabled children": (46, 3, 9),
}
OWN = (
    (1, 24, 17, 2),
    (0, 13, 26, 3),
    (0, 5, 12, 10),
    (1, 10, 5, 17),
    (1, 13, 10, 9),
    (0, 9, 12, 6),
    (0, 7, 12, 4),
)
STANDING = (
    (0, 21, 21, 2),
    (0, 7, 31, 4),
    (0, 2, 13, 12),
    (0, 10, 4, 19),
    (1, 10, 12, 10),
    (0, 6, 14, 7),
    (0, 5, 14, 4),
)
LOWERED = (5, 7, 5, 4, 4, 4, 2)
SUPPORTED = (5, 4, 3, 4, 5, 3, 5)
MATRIX = ((0, 2, 0, 0), (0, 14, 22, 0), (0, 0, 12, 7), (0, 0, 0, 3))
DOMAINS = (
    ("A", "The record: summary, chronology, key facts", (1, 48, 112, 68), (1, 52, 113, 63)),
    ("B", "Assessment and analysis of risk and need", (2, 66, 108, 53), (2, 58, 111, 58)),
    ("C", "Safety, plans and permanence", (1, 55, 113, 60), (1, 50, 112, 66)),
    ("D", "The child's voice, direct work and identity", (4, 78, 98, 49), (3, 73, 103, 50)),
    ("E", "Family, carers and the people around the child", (2, 62, 107, 58), (1, 57, 111, 60)),
    ("F", "Where the child lives, health and learning", (5, 90, 60, 27), (6, 85, 63, 28)),
    ("G", "Review, challenge and decisions", (1, 60, 110, 58), (1, 54, 113, 61)),
    ("H", "Management oversight and supervision", (0, 41, 110, 78), (0, 44, 111, 74)),
    ("Z", "Overall judgement", (1, 61, 109, 58), (2, 66, 110, 51)),
)
PRACTICE_BY_OUTCOME = ((1, 0, 0, 0), (1, 42, 16, 2), (0, 22, 76, 11), (0, 2, 18, 38))
STRENGTHS = (
    ("voice-alone", "Seen alone", 71),
    ("people-carer", "Carer supported", 64),
    ("people-agencies", "Agencies act", 58),
    ("health-education", "Education plan", 47),
    ("review-on-time", "Reviews on time", 41),
    ("voice-tools", "Direct work tools", 33),
    ("record-language", "Language respectful", 20),
)
DEVELOPMENTS = (
    ("oversight-reflective", "Supervision reflective", 104),
    ("plans-specific", "Plans specific and measurable", 97),
    ("record-chronology", "Chronology analytical", 83),
    ("oversight-follow-up", "Actions followed up", 76),
    ("assessment-fathers", "Fathers and partners", 59),
    ("voice-life-story", "Life story work", 52),
    ("plans-contingency", "Contingency", 52),
    ("assessment-history", "History used", 31),
)
SOURCES = (
    ("worker", "Allocated worker", 221, 183),
    ("manager", "Worker's manager", 160, 131),
    ("child", "Child or young person", 103, 69),
    ("parent", "Parent", 80, 57),
    ("carer", "Carer", 44, 38),
    ("reviewer", "IRO or conference chair", 51, 37),
)
EXEMPTIONS = (
    ("vacant_post", "Post vacant all month", 12),
    ("sick_leave", "Auditor on sick, maternity or other long leave", 12),
    ("new_auditor", "Auditor new, training not complete", 10),
    ("redeployed", "Auditor redeployed to inspection, court or serious incident", 7),
    ("record_locked", "Record locked by court or police", 3),
    ("transfer_week", "Team in its transfer week", 5),
)
LEVELS = (
    ("practice_supervisor", "Practice supervisor", ReturnCounts(118, 6, 47, 8, 63, 2)),
    ("team_manager", "Team manager", ReturnCounts(342, 28, 118, 21, 189, 5)),
    ("service_manager", "Service manager", ReturnCounts(171, 10, 44, 8, 115, 2)),
    ("head_of_service", "Head of service", ReturnCounts(75, 4, 17, 3, 52, 2)),
    ("director", "Director", ReturnCounts(24, 1, 3, 1, 22, 0)),
)


def shared_out(total, weights, room):
    """Whole numbers near the weights' proportions that sum to `total`, none above its room."""
    parts = [0] * len(weights)
    for _ in range(total):
        open_places = [place for place, part in enumerate(parts) if part < room[place]]
        place = min(open_places, key=lambda place: ((parts[place] + 0.5) / weights[place], place))
        parts[place] += 1
    return parts


def golden_services(weights=SERVICES, months=range(7)):
    """Every month's row shared out over the services."""
    planned_w, exempted_w, returned_w = zip(*weights.values(), strict=True)
    columns = []
    for month in months:
        planned = shared_out(PLANNED[month], planned_w, [999] * len(weights))
        exempted = shared_out(EXEMPTED[month], exempted_w, planned)
        scheduled = [all_of - out for all_of, out in zip(planned, exempted, strict=True)]
        returned = shared_out(RETURNED[month], returned_w, scheduled)
        late = shared_out(LATE[month], returned_w, returned)
        missing = [due - back for due, back in zip(scheduled, returned, strict=True)]
        extended = shared_out(EXTENDED[month], planned_w, missing)
        overdue = [out - later for out, later in zip(missing, extended, strict=True)]
        columns.append(zip(planned, exempted, returned, late, overdue, extended, strict=True))
    rows = zip(*columns, strict=True)
    return tuple(
        ServiceReturns(name, tuple(ReturnCounts(*counts) for counts in row))
        for name, row in zip(weights, rows, strict=True)
    )


def golden_returns():
    services = golden_services()
    columns = zip(*(service.months for service in services), strict=True)
    months = zip(MONTHS, (sum(column, ReturnCounts()) for column in columns), strict=True)
    return ReturnTable(
        months=tuple(MonthReturns(month, counts) for month, counts in months),
        services=services,
        levels=tuple(LevelReturns(*level) for level in LEVELS),
        exemptions=tuple(ExemptionCount(*reason) for reason in EXEMPTIONS),
        standings=(StandingCount("independent", "Independent of the case", 730),),
        independence_overrides=2,
    )


def golden_grades():
    rows = zip(MONTHS, OWN, STANDING, SUPPORTED, LOWERED, strict=True)
    return GradeTable(
        months=tuple(
            GradeMonth(month, GradeCounts(*own), GradeCounts(*standing), same + down, down)
            for month, own, standing, same, down in rows
        ),
        domains=tuple(
            DomainGrades(
                code,
                name,
                code == "Z",
                GradeCounts(*practice),
                GradeCounts(*outcome),
                229 - sum(practice),
                229 - sum(outcome),
            )
            for code, name, practice, outcome in DOMAINS
        ),
        practice_by_outcome=GradeMatrix(PRACTICE_BY_OUTCOME),
    )


def golden_moderation():
    rows = zip(MONTHS, SUPPORTED, LOWERED, strict=True)
    reasons = (
        ("random", "Random share", ComparisonCounts(23, 23)),
        ("inadequate", "Auditor's grade Inadequate", ComparisonCounts(2, 0)),
        ("outstanding", "Auditor's grade Outstanding", ComparisonCounts(0, 2)),
        ("new_auditor", "First two audits of a new auditor", ComparisonCounts(3, 5)),
        ("by_hand", "By hand, with a reason", ComparisonCounts(1, 1)),
    )
    return ModerationFigures(
        returned=229,
        months=tuple(ModerationMonth(month, ComparisonCounts(*row)) for month, *row in rows),
        reasons=tuple(ModerationReason(*reason) for reason in reasons),
        matrix=GradeMatrix(MATRIX),
        blind=52,
        sighted=8,
        two_people=29,
        waiting=3,
    )


def golden_with(**parts):
    """The published figures, but for these values of its parts: `safety={"unsafe": 1}`."""
    figures = golden_figures()
    changed = {name: replace(getattr(figures, name), **values) for name, values in parts.items()}
    return replace(figures, **changed)


def golden_figures():
    """Exactly the published monthly tables, May to November 2023."""
    concerns = (1, 0, 2, 1, 0, 1, 0)
    months = zip(MONTHS, RETURNED, RETURNED, concerns, strict=True)
    return MonthlyFigures(
        period=Period(MONTHS[0], MONTHS[-1]),
        as_at=AS_AT,
        scope="Children and Families",
        returns=golden_returns(),
        grades=golden_grades(),
        moderation=golden_moderation(),
        safety=SafetyFigures(tuple(SafetyMonth(*row) for row in months), 225, 4, 0, 5, 5, 23),
        re_audits=ReAuditFigures(
            inadequate=58,
            scheduled=58,
            due=33,
            held=19,
            late=9,
            ended=5,
            after=GradeCounts(0, 2, 5, 12),
            forecast=tuple(
                (add_months(MONTHS[-1], step), n) for step, n in ((1, 9), (2, 7), (3, 4))
            ),
        ),
        actions=ActionFigures(148, 61, 112, 168, 31, 8, OverdueBands(19, 21, 13)),
        learning=LearningFigures(
            229,
            tuple(ThemeCount(*theme) for theme in STRENGTHS),
            tuple(ThemeCount(*theme) for theme in DEVELOPMENTS),
            tuple(ContributionCounts(*source) for source in SOURCES),
        ),
        settings=SETTINGS,
    )
