"""The demonstration authority: repeatable, true in its parts, and coming to the known figures."""

import io
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from statistics import median

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import CommandError, call_command
from django.db.models import F

from accounts.domain import history
from accounts.models import HistoryEntry, User
from actions.models import Action
from audits.choices import SafetyJudgement
from audits.domain import states
from audits.models import (
    Audit,
    AuditReturn,
    Contribution,
    DomainEvidence,
    DomainGrade,
    Extension,
    Finding,
    Round,
    SafetyConcern,
)
from cases.domain.independence import breaches
from cases.models import Case, SiblingGroup
from kit.months import LONDON, london_day
from moderation.domain.states import state_of
from moderation.models import Moderation, ReAuditSchedule, Regrade
from reporting.demo import figures
from reporting.demo.content import AGES
from reporting.demo.people import SIGN_INS, sign_in_address
from reporting.demo.texts.slots import in_holidays
from reporting.domain import schedule

TODAY = date(2026, 3, 3)
OWN_AGE = re.compile(rf"^I'm ({'|'.join(sorted(AGES, key=len, reverse=True))})\b(?! months)")


@pytest.fixture(scope="module")
def second_load(tmp_path_factory):
    """Another process that loads the same into a database of its own, with other hashes."""
    folder = tmp_path_factory.mktemp("second")
    environ = os.environ | {
        "AUDITSITE_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "BROKER_URL": "",
        "PYTHONHASHSEED": "7",
    }
    manage = f"{sys.executable} manage.py"
    steps = f"{manage} migrate --verbosity 0 && {manage} load_demo --today {TODAY}"
    process = subprocess.Popen(steps, shell=True, env=environ, stdout=subprocess.DEVNULL)
    yield process, folder / "db.sqlite3"
    process.kill()
    process.wait()


def audits():
    """The audits of the seven months."""
    return Audit.objects.filter(round__kind="monthly", month__lt=date(2024, 1, 1))


def in_force():
    return AuditReturn.objects.in_force().filter(audit__in=audits())


def overall():
    """The headline grade of each returned audit of the seven months."""
    return DomainGrade.objects.filter(
        audit_return__in=in_force(), domain__is_overall=True, axis="practice"
    )


def open_round():
    return Round.objects.get(kind="monthly", month=TODAY.replace(day=1))


def test_same_seed_writes_the_same_history_in_another_database(second_load, demo):
    process, path = second_load
    assert process.wait(timeout=300) == 0
    query = "SELECT verb, subject_id, at FROM accounts_historyentry ORDER BY position"
    with sqlite3.connect(path) as other:
        theirs = [(verb, subject, at[:19]) for verb, subject, at in other.execute(query)]
    rows = HistoryEntry.objects.order_by("position").values_list("verb", "subject_id", "at")
    ours = [(verb, subject.hex, at.isoformat(" ")[:19]) for verb, subject, at in rows]
    assert ours == theirs


def test_history_is_whole_and_in_the_order_of_time(demo):
    assert history.verify() == []
    moments = list(HistoryEntry.objects.order_by("position").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] < datetime(2026, 3, 3, 8, tzinfo=LONDON)


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


def test_no_text_stands_twice_in_a_month(demo):
    seen = defaultdict(Counter)
    evidence = DomainEvidence.objects.filter(audit_return__sent_back_at=None)
    for saw, made, month in evidence.values_list(
        "what_i_saw", "difference_made", "audit_return__audit__month"
    ):
        seen[month].update(text for text in (saw, made) if text)
    returned = in_force().values_list("child_now", "audit__month")
    findings = Finding.objects.filter(audit_return__in=in_force())
    for text, month in [*returned, *findings.values_list("text", "audit_return__audit__month")]:
        seen[month][text] += 1
    assert [text for texts in seen.values() for text, times in texts.items() if times > 1] == []


def test_texts_have_true_lengths(demo):
    evidence = DomainEvidence.objects.filter(audit_return__in=in_force())
    lengths = [len(text.split()) for text in evidence.values_list("what_i_saw", flat=True) if text]
    brief = [length for length in lengths if length <= 20]
    assert min(lengths) >= 8
    assert max(lengths) <= 140
    assert 60 <= median(lengths) <= 80
    assert 0.08 < len(brief) / len(lengths) < 0.22


def test_what_children_say_fits_their_age(demo):
    for row in AuditReturn.objects.filter(returned_at__isnull=False).select_related("audit__case"):
        born, day = row.audit.case.born_on, london_day(row.returned_at)
        named = OWN_AGE.match(row.child_now)
        if born and named and " and a half" not in row.child_now[:25]:
            # Written on the day before the first return, which is a few days before the second.
            ages = {relativedelta(day - timedelta(days=ago), born).years for ago in (1, 12)}
            said = row.child_now.split()[1].rstrip(",").removeprefix("twenty-")
            assert {AGES[said], AGES[said] + 20} & ages, (row.child_now, ages)


def test_shares_of_who_was_asked_and_answered(demo):
    rows = Contribution.objects.filter(audit_return__in=in_force())
    states_of = Counter(rows.values_list("source", "state"))
    held = states_of["worker", "spoken_to"] + states_of["worker", "in_writing"]
    child = states_of["child", "spoken_to"] + states_of["child", "in_writing"]
    parent = states_of["parent", "spoken_to"] + states_of["parent", "in_writing"]
    assert (held, child, parent) == (183, 69, 57)
    assert child + states_of["child", "declined"] == 103
    assert parent + states_of["parent", "declined"] == 80


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


def test_people_who_sign_in_find_something_in_every_state(demo):
    auditor = User.objects.get(email=sign_in_address("auditor"))
    mine = Audit.objects.filter(round=open_round(), auditor=auditor)
    assert {states.state_of(audit) for audit in mine} == {
        "allocated",
        "started",
        "sent_back",
        "returned",
    }
    officer = User.objects.get(email=sign_in_address("qa.officer"))
    waiting = Moderation.objects.filter(moderator=officer, audit_return__audit__round=open_round())
    found = Counter(state_of(moderation) for moderation in waiting)
    assert found["assigned"] >= 4
    assert {"committed", "proposed", "settled"} <= set(found)
    overdue = Action.objects.filter(owners__user=auditor, done_at=None, due_on__lt=TODAY)
    assert overdue.exists()


def test_sign_ins_work_and_nobody_else_can_sign_in(demo):
    said = run("--sign-ins")
    password = re.search(r"password (\S+) as", said)[1]
    for who, (label, _, _) in SIGN_INS.items():
        user = User.objects.get(email=sign_in_address(who))
        assert user.check_password(password)
        assert label in said
        assert user.email in said
    others = User.objects.exclude(email__in=map(sign_in_address, SIGN_INS))
    assert not any(user.has_usable_password() for user in others)


def test_schedule_issues_nothing_about_2023(demo):
    assert schedule.report_settings().reports_from == TODAY.replace(day=1)
    assert schedule.owed(datetime(2026, 3, 3, 12, tzinfo=LONDON)) == []


def test_a_database_with_rounds_is_refused_or_left_alone(demo):
    with pytest.raises(CommandError, match="This database has rounds already"):
        run()
    assert run("--if-empty") == ""


def run(*options: str) -> str:
    said = io.StringIO()
    call_command("load_demo", *options, stdout=said)
    return said.getvalue()
