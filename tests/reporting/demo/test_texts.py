"""What is written in the demonstration, and whom it quotes."""

import re
from collections import Counter, defaultdict
from datetime import timedelta
from statistics import median

from dateutil.relativedelta import relativedelta

from audits.models import (
    AuditReturn,
    Contribution,
    DomainEvidence,
    Finding,
)
from kit.months import london_day
from reporting.demo.content import AGES
from tests.reporting.demo.rows import in_force

OWN_AGE = re.compile(rf"^I'm ({'|'.join(sorted(AGES, key=len, reverse=True))})\b(?! months)")


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
