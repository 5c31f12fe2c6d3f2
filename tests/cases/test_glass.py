"""Break-glass: who opens which case, what it shows, when it ends, who is told."""

import datetime

import pytest
import time_machine

from accounts.choices import NoticeKind, Role
from accounts.exceptions import Refused
from accounts.models import HistoryEntry, Notice
from actions.models import Action
from audits.models import Audit
from audits.permissions import can_audit_view_returned
from cases.domain import glass, restricting
from cases.models import BreakGlass, Case, CaseSettings
from kit.exceptions import NotPossible
from tests.factories.actions import raised
from tests.factories.cases import CaseFactory

WHY = "The court asks for the file this afternoon."
HOUR = datetime.timedelta(minutes=60)
OPENERS = ["information_governance", "director", "qa_manager"]
OTHERS = ["practitioner", "team_manager", "head_of_service", "qa_officer", "administrator"]


def opened(world, who="information_governance", **more):
    values = {"reference": world.case.reference, "reason": WHY, "by": getattr(world, who)}
    return glass.open_glass(**values | more)


def restrict(world):
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)


@pytest.mark.parametrize("who", OPENERS)
def test_who_may_opens_a_restricted_case_for_an_hour(world, who):
    restrict(world)
    use = opened(world, who)
    assert use.until_at - use.opened_at == HOUR
    assert Case.objects.visible_to(getattr(world, who)).get() == world.case


@pytest.mark.parametrize("who", OTHERS)
def test_everybody_else_is_refused_the_same_way(world, who):
    for reference in (world.case.reference, "nowhere"):
        with pytest.raises(Refused) as refused:
            opened(world, who, reference=reference)
        assert refused.value.reason == "break_glass_open_not_yours"
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize("who", ["director", "qa_manager"])
def test_a_case_that_is_not_restricted_answers_as_one_that_does_not_exist(world, who):
    said = []
    for reference in (world.case.reference, "nowhere"):
        with pytest.raises(NotPossible) as refused:
            opened(world, who, reference=reference)
        said.append((refused.value.reason, refused.value.sentence))
    assert said[0] == said[1]

    restrict(world)

    assert opened(world, who).case == world.case


def test_a_restricted_case_elsewhere_is_not_opened(world):
    elsewhere = world.person("Someone", Role.QA_MANAGER, world.care_service)
    restrict(world)
    with pytest.raises(NotPossible):
        opened(world, by=elsewhere)
    assert opened(world, "qa_manager").case == world.case


def test_it_shows_the_case_and_its_returned_audits_and_nothing_else(world):
    audit = world.returned_audit()
    draft = world.audit(in_round=world.open_round(kind="themed", in_ledger=False))
    other = world.returned_audit(world.audit(case=CaseFactory(team=world.team)))
    raised(world)
    user = world.information_governance
    assert not Audit.objects.visible_to(user).exists()

    opened(world)

    assert list(Audit.objects.visible_to(user)) == [audit]
    assert can_audit_view_returned(user, audit)
    assert not can_audit_view_returned(user, draft)
    assert not can_audit_view_returned(user, other)
    assert not Action.objects.visible_to(user).exists()


def test_a_director_reads_what_the_restriction_kept(world):
    audit = world.returned_audit()
    restrict(world)
    assert not can_audit_view_returned(world.director, audit)

    opened(world, "director")

    assert can_audit_view_returned(world.director, audit)


def test_it_ends_by_itself(world):
    use = opened(world)
    user = world.information_governance
    with time_machine.travel(use.until_at - datetime.timedelta(seconds=1), tick=False):
        assert glass.minutes_left(use) == 1
        assert Case.objects.visible_to(user).exists()
    with time_machine.travel(use.until_at, tick=False):
        assert glass.open_now(user) == []
        assert not Case.objects.visible_to(user).exists()
        with pytest.raises(NotPossible, match="not open any more"):
            glass.end(use, by=user)
        assert opened(world).opened_at == use.until_at
    assert BreakGlass.objects.get(pk=use.pk).ended_at == use.until_at


def test_it_ends_by_its_opener_alone(world):
    use = opened(world)
    with pytest.raises(NotPossible):
        glass.end(use, by=world.director)
    assert Case.objects.visible_to(world.information_governance).exists()

    glass.end(use, by=world.information_governance)

    assert not Case.objects.visible_to(world.information_governance).exists()


def test_the_authority_sets_how_long(world):
    CaseSettings.objects.create(break_glass_minutes=15)
    use = opened(world)
    assert glass.minutes_left(use, now=use.opened_at) == 15
    with pytest.raises(NotPossible, match="open already"):
        opened(world)


@pytest.mark.parametrize("reason", ["", "  because   ", "x" * 19])
def test_a_short_reason_is_refused(world, reason):
    with pytest.raises(NotPossible, match="at least 20 characters"):
        opened(world, reason=reason)
    assert opened(world, reason="x" * 20).reason == "x" * 20


def test_information_governance_is_told_once_and_the_history_names_no_reason(world):
    told = world.information_governance
    restrict(world)
    use = opened(world, "director")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.subject, notice.step) == (told, use.public_id, "opened")
    entry = HistoryEntry.objects.order_by("-position").first()
    assert (entry.verb, entry.subject_id, entry.by_id, entry.facts) == (
        "break_glass_opened",
        world.case.public_id,
        world.director.pk,
        {"minutes": 60},
    )


def test_somebody_else_looks_at_every_use_once(world):
    restrict(world)
    use, own = opened(world, "director"), opened(world)
    governor = world.information_governance
    assert glass.unseen(governor) == [use]
    assert glass.unseen(world.qa_manager) == []
    for who in ("director", "qa_manager", "administrator"):
        with pytest.raises(Refused):
            glass.mark_seen(use, by=getattr(world, who))
    with pytest.raises(Refused) as refused:
        glass.mark_seen(own, by=governor)
    assert refused.value.reason == "own_break_glass"

    glass.mark_seen(use, by=governor)

    assert glass.unseen(governor) == []
    with pytest.raises(NotPossible, match="looked at this already"):
        glass.mark_seen(use, by=governor)


def test_its_opening_its_end_and_the_look_at_it_are_in_the_history_of_the_case(world):
    restrict(world)
    governor = world.information_governance
    use = opened(world, "director")
    assert {notice.kind for notice in Notice.objects.all()} == {NoticeKind.BREAK_GLASS}
    glass.end(use, by=world.director)
    glass.mark_seen(use, by=governor)

    entries = HistoryEntry.objects.filter(subject_id=world.case.public_id).order_by("position")
    assert [(entry.verb, entry.by) for entry in entries][-3:] == [
        ("break_glass_opened", world.director),
        ("break_glass_ended", world.director),
        ("break_glass_seen", governor),
    ]
