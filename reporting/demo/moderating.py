"""Plays the moderation of returned audits: given out, graded blind or sighted, settled.

A random share and some by hand (tools.md section 16). Whatever crosses the Good line or is
Inadequate is settled by two people, normally on the day of the next panel (domain rule 13).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import cycle

from accounts.models import User
from audits.choices import Axis, Grade
from audits.models import Audit, AuditReturn
from kit.months import add_months, first_of
from kit.working_days import add_working_days
from moderation.choices import ChosenBecause, Settlement
from moderation.domain import agreement, assigning, regrading, settling
from moderation.models import Moderation, Regrade, RegradeEvidence
from reporting.demo.content import judged
from reporting.demo.grades import OVERALL, Pair, draw_regrades
from reporting.demo.months import AfterReturn
from reporting.demo.plan import AuditPlan, at
from reporting.demo.stage import Stage
from reporting.demo.texts import Line, lines
from reporting.demo.texts.compose import domain_text, fill, phrase, unlike
from reporting.demo.texts.slots import Dates, draw

PANELS = (
    date(2023, 6, 14),
    date(2023, 7, 12),
    date(2023, 8, 9),
    date(2023, 9, 13),
    date(2023, 10, 11),
    date(2023, 11, 8),
    date(2023, 12, 13),
    date(2023, 12, 21),
)
# Everything of the seven months is settled at the last panel.
LAST_GIVEN, LAST_COMMITTED = date(2023, 12, 18), date(2023, 12, 20)
RANDOM_OF_TEN = 7
SIGHTED_SHARE = 0.4
GAVE_AWAY_SHARE = 0.12
# Only what is true here: nobody moderated what they sent back or chaired.
SIGHTED = ("I had opened", "I coached", "Reviewed together", "The head of service told")
FOR_INADEQUATE = "An Inadequate"


@dataclass
class Moderating:
    """Gives out and plays moderations; `places` are each moderator's list so far."""

    stage: Stage
    places: dict[int, int] = field(default_factory=dict)
    after_settled: list[AfterReturn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.moderators = cycle(self.stage.qa_officers)
        self.reasons = cycle([ChosenBecause.RANDOM] * RANDOM_OF_TEN + [ChosenBecause.BY_HAND] * 3)

    def after_return(self, plan: AuditPlan, audit: Audit, moment: datetime) -> None:
        """Plan the moderation of an audit that is chosen for it."""
        if plan.outcome is None or plan.outcome.moderated is None:
            return
        rng = self.stage.rng
        given = add_working_days(moment.date(), rng.randrange(2, 6))
        given = max(min(given, LAST_GIVEN), add_working_days(moment.date(), 1))
        self.stage.timeline.at(at(given, rng), partial(self._give_out, plan, audit))

    def give(
        self,
        audit: Audit,
        moderator: User,
        because: ChosenBecause,
        own: int,
        moment: datetime,
        *,
        is_sighted: bool = False,
    ) -> Moderation:
        """Give the return in force to a moderator, with the reasons it takes."""
        stage = self.stage
        by_hand = because == ChosenBecause.BY_HAND
        self.places[moderator.pk] = self.places.get(moderator.pk, 0) + 1
        return assigning.assign(
            AuditReturn.objects.in_force().get(audit=audit),
            moderator=moderator,
            because=because,
            reason=stage.rng.choice(_by_hand(own)) if by_hand else "",
            is_blind=not is_sighted,
            sighted_reason=stage.rng.choice(_sighted()) if is_sighted else "",
            position=self.places[moderator.pk],
            by=stage.qa_manager,
            now=moment,
        )

    def regrade(
        self, moderation: Moderation, plan: AuditPlan, moderated: int, moment: datetime
    ) -> list[str]:
        """Write the moderator's grades and what they saw; the codes that differ on practice."""
        stage, dates = self.stage, judged(plan.child, moment.date())
        own = _own_grades(moderation)
        pairs = draw_regrades(stage.rng, own, moderated)
        Regrade.objects.bulk_create(
            Regrade(
                moderation=moderation,
                domain=stage.domains[code],
                axis=axis,
                grade=Grade(getattr(pair, axis.value)) if pair else None,
                is_not_applicable=pair is None,
            )
            for code, pair in pairs.items()
            for axis in Axis
        )
        RegradeEvidence.objects.bulk_create(
            RegradeEvidence(
                moderation=moderation,
                domain=stage.domains[code],
                what_i_saw=self._saw(code, pair, plan, dates),
            )
            for code, pair in pairs.items()
            if pair
        )
        return [code for code in pairs if pairs[code] != own[code]]

    def save_some(
        self, moderation: Moderation, plan: AuditPlan, codes: str, moment: datetime
    ) -> None:
        """Some sections graded, the rest still to do."""
        dates, own = judged(plan.child, moment.date()), _own_grades(moderation)
        for code in codes:
            pair = own[code]
            if pair:
                regrading.save_domain(
                    moderation,
                    domain=self.stage.domains[code],
                    what_i_saw=self._saw(code, pair, plan, dates),
                    grades={Axis.PRACTICE: Grade(pair.practice), Axis.OUTCOME: Grade(pair.outcome)},
                    by=moderation.moderator,
                    now=moment,
                )

    def _give_out(self, plan: AuditPlan, audit: Audit, moment: datetime) -> None:
        stage, rng, outcome = self.stage, self.stage.rng, plan.outcome
        if outcome is None:
            return
        because = next(self.reasons)
        is_sighted = because == ChosenBecause.BY_HAND and rng.random() < SIGHTED_SHARE
        moderator = stage.user(next(self.moderators))
        moderation = self.give(
            audit, moderator, because, outcome.own, moment, is_sighted=is_sighted
        )
        day = add_working_days(moment.date(), rng.randrange(3, 9))
        day = max(min(day, LAST_COMMITTED), add_working_days(moment.date(), 1))
        stage.timeline.at(at(day, rng), partial(self.commit, moderation, plan))

    def commit(self, moderation: Moderation, plan: AuditPlan, moment: datetime) -> None:
        """The moderator's grades, fixed; where they differ, why, and how it is settled."""
        stage, outcome, moderator = self.stage, plan.outcome, moderation.moderator
        if outcome is None or outcome.moderated is None:
            return
        different = self.regrade(moderation, plan, outcome.moderated, moment)
        gave_away = stage.rng.random() < GAVE_AWAY_SHARE
        regrading.commit(moderation, gave_grade_away=gave_away, by=moderator, now=moment)
        if outcome.own == outcome.moderated:
            return
        dates = judged(plan.child, moment.date())
        self._explain(moderation, plan, different, dates, moment)
        if agreement.needs_two_people(outcome.own, outcome.moderated):
            self._settle_by_two(moderation, plan, next_panel(moment.date()))
        else:
            reason = self._lower(plan, outcome.moderated, dates)
            later = moment + timedelta(minutes=9)
            stand = partial(settling.let_stand, moderation, reason=reason, by=moderator)
            stage.timeline.at(later, lambda now: stand(now=now))

    def _explain(
        self,
        moderation: Moderation,
        plan: AuditPlan,
        codes: Sequence[str],
        dates: Dates,
        moment: datetime,
    ) -> None:
        stage, about = self.stage, plan.child.for_texts(dates.last)
        for code in codes:
            why = phrase("moderation.why_differ", stage.rng, about, dates)
            if code == OVERALL and plan.outcome and plan.outcome.moderated:
                why = self._lower(plan, plan.outcome.moderated, dates)
            regrading.explain(
                moderation,
                domain=stage.domains[code],
                why_we_differ=why,
                by=moderation.moderator,
                now=moment,
            )

    def _settle_by_two(self, moderation: Moderation, plan: AuditPlan, panel: date) -> None:
        """The moderator proposes, and another person settles it at the panel."""
        stage = self.stage
        dates = judged(plan.child, panel)
        about = plan.child.for_texts(dates.last)
        reason = phrase("moderation.settled_moderator", stage.rng, about, dates)
        propose = partial(
            settling.propose,
            moderation,
            settlement=Settlement.MODERATOR,
            reason=reason,
            by=moderation.moderator,
        )
        second = stage.rng.choice((stage.qa_manager, stage.head_of_quality))

        def settle(moment: datetime) -> None:
            settling.settle(moderation, by=second, now=moment)
            for told in self.after_settled:
                told(plan, moderation.audit_return.audit, moment)

        spoken = at(panel, stage.rng, first=10, last=12)
        stage.timeline.at(spoken, lambda now: propose(now=now))
        stage.timeline.at(spoken + timedelta(minutes=11), settle)

    def _saw(self, code: str, pair: Pair, plan: AuditPlan, dates: Dates) -> str:
        stage, about = self.stage, plan.child.for_texts(dates.last)
        if code == OVERALL:
            return phrase("moderation.supported", stage.rng, about, dates)
        case = (code, pair.practice, about.band, about.plan, stage.rng, dates)
        draw_text = partial(domain_text, *case, pronoun=about.pronoun)
        return unlike(stage.writer.used[plan.month], draw_text)[0]

    def _lower(self, plan: AuditPlan, grade: int, dates: Dates) -> str:
        rng, about = self.stage.rng, plan.child.for_texts(dates.last)
        line = rng.choice(lines(f"moderation.lower_to_{grade}"))
        return fill(line.say, draw(rng, about, dates, grade), rng)


def next_panel(day: date) -> date:
    """The next panel after a day; later ones meet on the second Wednesday of the next month."""
    known = [panel for panel in PANELS if panel > day]
    if known:
        return known[0]
    first = add_months(first_of(day), 1)
    return first + timedelta(days=(2 - first.weekday()) % 7 + 7)


def _own_grades(moderation: Moderation) -> dict[str, Pair | None]:
    """The auditor's grades by domain code, as the moderator's are drawn beside them."""
    found: dict[str, dict[str, int | None]] = {}
    for row in moderation.audit_return.grades.select_related("domain").order_by("domain", "axis"):
        found.setdefault(row.domain.code, {})[row.axis] = row.grade
    return {code: _pair(axes) for code, axes in found.items()}


def _pair(axes: dict[str, int | None]) -> Pair | None:
    practice, outcome = axes[Axis.PRACTICE], axes[Axis.OUTCOME]
    return Pair(practice, outcome) if practice and outcome else None


def _by_hand(own: int) -> list[str]:
    reasons: Sequence[Line] = lines("moderation.by_hand_reason")
    return [line.say for line in reasons if own == 1 or not line.say.startswith(FOR_INADEQUATE)]


def _sighted() -> list[str]:
    return [line.say for line in lines("moderation.sighted_reason") if line.say.startswith(SIGHTED)]
