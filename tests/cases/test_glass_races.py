"""Two at once: one case open, one notice, one mail; one restriction."""

import pytest
from django.core import mail

from accounts.domain import notices
from accounts.models import Notice
from cases.domain import glass, restricting
from cases.models import BreakGlass, Restriction
from kit.exceptions import NotPossible
from tests.races import at_once
from tests.samples_cases import WHY

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_case_is_opened_once_by_two_sessions_of_one_person(world):
    user, reference = world.information_governance, world.case.reference

    ends = at_once([lambda: glass.open_glass(reference=reference, reason=WHY, by=user)] * 2)

    assert sorted(type(end).__name__ for end in ends) == ["BreakGlass", "NotPossible"]
    assert (BreakGlass.objects.count(), Notice.objects.count()) == (1, 1)


def test_one_mail_leaves_when_two_sweepers_come_at_once(world):
    glass.open_glass(reference=world.case.reference, reason=WHY, by=world.information_governance)

    sent = at_once([notices.send_waiting] * 4)

    assert sorted(sent) == [0, 0, 0, 1]
    assert len(mail.outbox) == 1
    assert Notice.objects.filter(handed_over_at__isnull=False).count() == 1


def test_a_case_is_restricted_once(world):
    managers = (world.qa_manager, world.information_governance)
    case = world.case

    ends = at_once([lambda by=by: restricting.restrict(case, reason=WHY, by=by) for by in managers])

    assert sum(isinstance(end, NotPossible) for end in ends) == 1
    assert Restriction.objects.count() == 1
