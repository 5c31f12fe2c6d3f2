"""Figures of any size that agree with each other as counted ones do."""

import datetime
from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random

from hypothesis import strategies as st

from kit.months import LONDON, add_months
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
    ThemeCount,
    UsedSettings,
)

LAST = date(2023, 11, 1)
LONG = "Referral, assessment, court and family group conference service of the northern localities"
REASONS = ("random", "inadequate", "outstanding", "new_auditor", "by_hand")


@dataclass(frozen=True)
class Shape:
    """How large the figures are. `most` is the most audits of a service in a month."""

    seed: int
    months: int
    services: int
    domains: int
    most: int
    exempted: float  # of planned
    returned: float  # of scheduled
    moderated: float  # of returned
    level: bool  # every service alike
    last_has_round: bool
    name: str = "Service"


shapes = st.builds(
    Shape,
    seed=st.integers(0, 2**20),
    months=st.sampled_from([0, 1, 2, 3, 7, 12, 14]),
    services=st.sampled_from([0, 1, 2, 6, 14]),
    domains=st.sampled_from([0, 1, 2, 8]),
    most=st.sampled_from([0, 1, 3, 30]),
    exempted=st.sampled_from([0.0, 0.1, 1.0]),
    returned=st.sampled_from([0.0, 0.4, 1.0]),
    moderated=st.sampled_from([0.0, 0.3, 1.0]),
    level=st.booleans(),
    last_has_round=st.booleans(),
)


def any_figures():
    return shapes.map(built)


def built(shape):
    """The figures of a shape; the same for the same seed."""
    return _Builder(shape).figures()


def wide_figures():
    """A year, and fourteen services with names of many words and one very long one."""
    return built(Shape(7, 12, 14, 10, 30, 0.1, 0.4, 0.3, False, True, LONG))


def one_month_figures():
    return built(Shape(3, 1, 3, 8, 12, 0.1, 0.5, 0.3, False, True))


def crowded_figures():
    """Two years and forty services."""
    return built(Shape(9, 24, 40, 8, 6, 0.1, 0.5, 0.3, False, True))


def hostile_figures(text):
    """Small figures in which every name is `text`."""
    return built(Shape(5, 3, 3, 3, 12, 0.2, 0.5, 0.4, False, True, text))


class _Builder:
    def __init__(self, shape):
        self.shape, self.random = shape, Random(shape.seed)
        end = LAST if shape.last_has_round else add_months(LAST, -1)
        self.months = [add_months(end, -step) for step in reversed(range(shape.months))]

    def figures(self):
        returns = self.returns()
        counts = [row.counts.returned for row in returns.months]
        grades, moderation = self.grades_and_moderation(counts)
        return MonthlyFigures(
            period=Period(min([*self.months, LAST]), LAST),
            as_at=datetime.datetime(2023, 12, 6, 6, tzinfo=LONDON),
            scope=self.named("Authority", 1),
            returns=returns,
            grades=grades,
            moderation=moderation,
            safety=self.safety(counts),
            re_audits=self.re_audits(grades.standing.inadequate),
            actions=self.actions(),
            learning=self.learning(sum(counts)),
            settings=UsedSettings(24, 25, 10, 3, 20),
        )

    def named(self, kind, number):
        given = self.shape.name
        if given == LONG and number == 2:
            return "Kinder" * 14
        return f"{kind} {number}" if given == "Service" else f"{given} {kind} {number}"

    def part(self, total, rate):
        """About `rate` of `total`: exactly all or none at 1 and 0."""
        return sum(self.random.random() < rate for _ in range(total))

    def shared(self, total, into):
        """`total` shared out at random."""
        found = Counter(self.random.randrange(into) for _ in range(total))
        return [found[place] for place in range(into)]

    def returns(self):
        shape = self.shape
        services = []
        for number in range(1, shape.services + 1):
            same = services[0].months if shape.level and services else None
            months = same or tuple(self.counts() for _ in self.months)
            services.append(ServiceReturns(self.named("Service", number), months))
        columns = [[row.months[place] for row in services] for place in range(shape.months)]
        totals = [sum(column, ReturnCounts()) for column in columns]
        total = sum(totals, ReturnCounts())
        reasons = self.shared(total.exempted, 3)
        return ReturnTable(
            months=tuple(map(MonthReturns, self.months, totals)),
            services=tuple(services) if shape.months else (),
            levels=tuple(
                LevelReturns(row.name, self.named("Level", place), row.period)
                for place, row in enumerate(services[:5])
            ),
            exemptions=tuple(
                ExemptionCount(f"r{place}", self.named("Reason", place), count)
                for place, count in enumerate(reasons)
                if count
            ),
            standings=(),
            independence_overrides=0,
        )

    def counts(self):
        planned = self.random.randint(self.shape.most // 2, self.shape.most)
        exempted = self.part(planned, self.shape.exempted)
        returned = self.part(planned - exempted, self.shape.returned)
        missing = planned - exempted - returned
        overdue = self.part(missing, 0.7)
        extended = self.part(missing - overdue, 0.5)
        return ReturnCounts(
            planned, exempted, returned, self.part(returned, 0.2), overdue, extended
        )

    def grades_and_moderation(self, returned):
        matrix = [[0] * 4 for _ in range(4)]
        months, compared = [], []
        for month, count in zip(self.months, returned, strict=True):
            own, standing, changes = Counter(), Counter(), Counter()
            for _ in range(count):
                given = self.random.randrange(4)
                settled = given
                if self.random.random() < self.shape.moderated:
                    settled = min(3, max(0, given + self.random.choice((-1, 0, 0, 1, 1, 2))))
                    matrix[given][settled] += 1
                    changes[(settled > given) - (settled < given)] += 1
                own[given] += 1
                standing[settled] += 1
            grades = [
                GradeCounts(*(found[place] for place in range(4))) for found in (own, standing)
            ]
            months.append(GradeMonth(month, *grades, changes.total(), changes[1]))
            compared.append(ComparisonCounts(changes[0], changes[1], changes[-1]))
        table = self.grade_table(months)
        return table, self.moderation(sum(returned), compared, matrix)

    def grade_table(self, months):
        standing = sum((row.standing for row in months), GradeCounts())
        by_outcome = tuple(tuple(self.shared(count, 4)) for count in standing.best_first)
        total = standing.total
        domains = []
        for number in range(self.shape.domains):
            *practice, practice_na = self.shared(total, 5)
            *outcome, outcome_na = self.shared(total, 5)
            name = self.named("Domain", number)
            counts = GradeCounts(*practice), GradeCounts(*outcome)
            domains.append(
                DomainGrades(f"D{number}", name, False, *counts, practice_na, outcome_na)
            )
        if domains:
            outcome = GradeCounts(*(sum(column) for column in zip(*by_outcome, strict=True)))
            domains.append(DomainGrades("Z", "Overall judgement", True, standing, outcome, 0, 0))
        return GradeTable(tuple(months), tuple(domains), GradeMatrix(by_outcome))

    def moderation(self, returned, compared, matrix):
        total = sum(compared, ComparisonCounts())
        kinds = (total.supported, total.downgraded, total.upgraded)
        columns = [self.shared(count, len(REASONS)) for count in kinds]
        reasons = zip(REASONS, zip(*columns, strict=True), strict=True)
        blind = self.part(total.total, 0.8)
        return ModerationFigures(
            returned=returned,
            months=tuple(map(ModerationMonth, self.months, compared)),
            reasons=tuple(
                ModerationReason(code, self.named("Why", place), ComparisonCounts(*counts))
                for place, (code, counts) in enumerate(reasons)
            ),
            matrix=GradeMatrix(tuple(tuple(row) for row in matrix)),
            blind=blind,
            sighted=total.total - blind,
            two_people=self.part(total.total, 0.4),
            waiting=self.random.randint(0, 2),
        )

    def safety(self, returned):
        answered = [self.part(count, self.random.choice((1.0, 0.9))) for count in returned]
        concerns = [self.random.randint(0, 2) for _ in returned]
        unsafe = self.part(sum(answered), self.random.choice((0.0, 0.02)))
        today = self.part(sum(answered) - unsafe, 0.05)
        known = self.part(sum(concerns), 0.9)
        return SafetyFigures(
            tuple(map(SafetyMonth, self.months, returned, answered, concerns)),
            sum(answered) - unsafe - today,
            today,
            unsafe,
            known,
            self.part(known, 0.9),
            self.random.randint(1, 90) if known else None,
        )

    def re_audits(self, inadequate):
        held, late, ended, _ = self.shared(inadequate, 4)
        coming = [(add_months(LAST, step), self.random.randint(0, 5)) for step in (1, 2, 3)]
        after = GradeCounts(*self.shared(held, 4))
        due = held + late + ended
        return ReAuditFigures(inadequate, inadequate, due, held, late, ended, after, tuple(coming))

    def actions(self):
        states = self.shared(self.random.choice((0, 1, 8, 400)), 6)
        overdue = self.shared(self.part(states[0] + states[1], 0.5), 3)
        return ActionFigures(*states, OverdueBands(*overdue))

    def learning(self, returned):
        def themes(kind):
            found = [
                ThemeCount(f"{kind}-{number}", self.named(kind, number), self.part(returned, 0.3))
                for number in range(self.random.choice((0, 2, 9)))
            ]
            return tuple(sorted(found, key=lambda theme: (-theme.audits, theme.name)))

        asked = [(code, self.part(returned, 0.5)) for code in ("child", "parent", "carer")]
        return LearningFigures(
            returned,
            themes("Strength"),
            themes("Development"),
            tuple(
                ContributionCounts(code, self.named("Source", place), count, self.part(count, 0.6))
                for place, (code, count) in enumerate(asked)
            ),
        )
