"""What the demonstration records: the known figures, and people and work as in a real year."""

from collections import Counter
from datetime import date, datetime

from django.db.models import F

from accounts.models import User
from actions.models import Action
from audits.choices import SafetyJudgement
from audits.models import (
    Audit,
    AuditReturn,
    DomainGrade,
    Extension,
    Round,
    SafetyConcern,
)
from cases.domain.independence import breaches
from cases.models import Case, SiblingGroup
from kit.months import LONDON, london_day
from moderation.models import Moderation, ReAuditSchedule, Regrade
from reporting.demo import figures
from reporting.demo.texts.slots import in_holidays
from tests.reporting.demo.rows import TODAY, audits, in_force, overall


def test_months_come_to_the_known_returns(demo):
    for month in figures.MONTHS:
        planned = audits().filter(month=month.month)
        for cell in month.cells:
            here = planned.filter(service__name=cell.service)
            returned = here.filter(returns__in=in_force()).count()
            excused = here.filter(exemptions__approved_at__isnull=False).count()
            assert (here.count(), excused, returned) == (
                cell.planned,
                cell.exempted,
                cell.returned,
            ), (month.month, cell.service)
    assert (audits().count(), in_force().count()) == (730, 229)
    assert audits().filter(exemptions__approved_at__isnull=False).count() == 49


def test_months_come_to_the_known_grades(demo):
    for month in figures.MONTHS:
        rows = overall().filter(audit_return__audit__month=month.month)
        own, stands = Counter(), Counter()
        for row in rows:
            own[row.grade] += 1
            stands[row.standing] += 1
        expected = Counter(outcome.stands for outcome in month.outcomes())
        assert tuple(own[grade] for grade in figures.SCALE) == month.own
        assert stands == expected, month.month


def test_moderation_comes_to_the_known_matrix(demo):
    settled = Moderation.objects.filter(audit_return__in=in_force(), settled_at__isnull=False)
    own = {row.audit_return_id: row.grade for row in overall()}
    matrix = Counter((own[row.audit_return_id], row.settled_grade) for row in settled)
    assert matrix == {(4, 3): 2, (3, 3): 14, (3, 2): 22, (2, 2): 12, (2, 1): 7, (1, 1): 3}
    assert not Moderation.objects.filter(audit_return__in=in_force(), settled_at=None).exists()
    by_two = settled.filter(proposed_at__isnull=False).exclude(proposed_by=F("settled_by"))
    assert by_two.count() == 29
    assert settled.filter(chosen_because="random").count() >= 23
    assert 0 < settled.filter(is_blind=False).count() < 20


def test_every_domain_is_graded_on_both_axes_by_auditor_and_moderator(demo):
    graded = DomainGrade.objects.filter(audit_return__in=in_force())
    assert graded.count() == 229 * 18
    assert 30 <= graded.filter(is_not_applicable=True, axis="practice").count() <= 60
    assert Regrade.objects.filter(moderation__audit_return__in=in_force()).count() == 60 * 18


def test_no_auditor_is_given_a_case_they_are_not_independent_of(demo):
    given = Audit.objects.select_related("case__team", "auditor")
    for audit in given:
        day = london_day(audit.allocated_at)
        assert breaches(audit.auditor, case=audit.case, on=day) == []


def test_services_differ_and_a_minority_holds_most_of_what_never_came(demo):
    outstanding = Counter(
        audits()
        .exclude(returns__in=in_force())
        .exclude(exemptions__approved_at__isnull=False)
        .values_list("auditor", flat=True)
    )
    people = audits().values("auditor").distinct().count()
    half = sum(count for _, count in outstanding.most_common(people * 45 // 100))
    assert half > sum(outstanding.values()) * 0.6
    east = audits().filter(service__name="Safeguarding East")
    assert east.filter(exemptions__approved_at__isnull=False).count() == 17


def test_directors_are_late_and_few_returns_come_in_the_holidays(demo):
    returned = in_force().select_related("audit")
    days = [london_day(row.returned_at) for row in returned]
    assert sum(in_holidays(day) for day in days) <= 12
    assert max(days) >= date(2023, 12, 1)
    directors = returned.filter(audit__auditor_level="director", version=1)
    assert all(london_day(row.returned_at) > row.audit.round.due_on for row in directors)


def test_some_were_sent_back_extended_or_refused(demo):
    again = AuditReturn.objects.filter(audit__in=audits(), version=2)
    assert 5 <= again.filter(returned_at__isnull=False).count() <= 10
    assert Extension.objects.filter(audit__in=audits(), approved_at__isnull=False).count() >= 15
    assert audits().filter(exemptions__refused_at__isnull=False).exists()
    assert not Round.objects.filter(returns_closed_at__isnull=False).exists()


def test_children_families_and_staff_are_as_many_as_they_should_be(demo):
    assert Case.objects.count() == 1500
    assert 130 <= User.objects.people().count() <= 150
    assert Case.objects.filter(sibling_group=None).count() > 100
    families = Counter(Case.objects.exclude(sibling_group=None).values_list("sibling_group"))
    assert len(families) == SiblingGroup.objects.count()
    assert sum(size > 1 for size in families.values()) > 200
    assert 3 <= Case.objects.filter(restricted_at__isnull=False).count() <= 8


def test_safety_is_answered_in_all_and_worries_are_settled_the_same_day(demo):
    judgements = Counter(in_force().values_list("safety_answer__judgement", flat=True))
    assert judgements == {SafetyJudgement.SAFE: 223, SafetyJudgement.CHECK_TODAY: 6}
    concerns = SafetyConcern.objects.filter(audit__in=audits())
    assert concerns.count() == 6
    for concern in concerns:
        assert london_day(concern.settled_at) == london_day(concern.raised_at)


def test_every_standing_inadequate_has_a_safety_answer_and_a_re_audit(demo):
    stands = overall().filter(standing=1).values_list("audit_return__audit", flat=True)
    series = ReAuditSchedule.objects.filter(origin__in=stands)
    assert series.filter(number=1).count() == len(stands) == 58
    answered = in_force().filter(audit__in=stands, safety_answer__isnull=False)
    assert answered.count() == 58
    firsts = series.filter(number=1)
    assert 25 <= firsts.filter(held__isnull=False).count() <= 35
    ends = Counter(series.exclude(ended_because="").values_list("ended_because", flat=True))
    assert ends["better"] > 5
    assert ends["case_closed"] > 5
    assert firsts.filter(held=None, ended_at=None, due_on__lt=TODAY).exists()
    assert not Audit.objects.filter(round__kind="re_audit", round__in_ledger=True).exists()


def test_actions_are_in_every_state_with_a_tenth_overdue(demo):
    rows = Action.objects.filter(scope="child", raised_at__lt=datetime(2024, 1, 1, tzinfo=LONDON))
    open_still = rows.filter(done_at=None, withdrawn_at=None)
    assert 0.05 < open_still.count() / rows.count() < 0.16
    assert rows.filter(impact_shown=False).exists()
    assert rows.filter(impact_shown=True).exists()
    done = rows.filter(done_at__isnull=False)
    assert 0.55 < done.filter(verified_at__isnull=False).count() / done.count() < 0.8
    assert set(Action.objects.values_list("scope", flat=True)) == {"child", "team", "service"}
    assert all(action.owners.exists() for action in rows[:50])
