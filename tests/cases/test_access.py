import datetime
import uuid

from django.utils import timezone

from cases.choices import AccessCapacity
from cases.domain import access
from cases.models import Case, CaseAccess

HOUR = datetime.timedelta(hours=1)


def give(world, because_of: uuid.UUID) -> CaseAccess:
    capacity = AccessCapacity.AUDITOR
    return access.grant(world.auditor, case=world.case, capacity=capacity, because_of=because_of)


def test_business_is_given_once_for_each_record(world):
    audit, action = uuid.uuid4(), uuid.uuid4()

    assert give(world, audit) == give(world, audit)
    assert give(world, action) != give(world, audit)


def test_business_ends_when_the_last_record_that_gave_it_does(world):
    audit, action = uuid.uuid4(), uuid.uuid4()
    give(world, audit)
    give(world, action)

    assert access.withdraw(audit) == 1
    assert world.case in Case.objects.visible_to(world.auditor)

    access.withdraw(action)
    assert world.case not in Case.objects.visible_to(world.auditor)


def test_business_ends_once_and_keeps_the_moment(world):
    audit, first = uuid.uuid4(), timezone.now() - HOUR
    given = give(world, audit)
    CaseAccess.objects.update(from_at=first)
    access.withdraw(audit, now=first + HOUR / 2)

    assert access.withdraw(audit) == 0
    given.refresh_from_db()
    assert given.until_at == first + HOUR / 2


def test_blindness_ends_for_the_record_it_came_with_alone(world):
    audit, other = uuid.uuid4(), uuid.uuid4()
    blind = {"case": world.case, "capacity": AccessCapacity.MODERATOR, "is_blind": True}
    for because_of in (audit, other):
        access.grant(world.qa_officer, because_of=because_of, **blind)

    access.end_blindness(audit)

    kept = CaseAccess.objects.filter(is_blind=True, user=world.qa_officer)
    assert [row.because_of for row in kept] == [other]


def test_business_is_handed_on_by_one_person_of_a_record(world):
    audit, moment = uuid.uuid4(), timezone.now() + HOUR
    given = give(world, audit)
    of_another = access.grant(
        world.team_manager, case=world.case, capacity=AccessCapacity.OWNER, because_of=audit
    )

    access.hand_on(audit, leaver=world.auditor, to=world.second_auditor, now=moment)

    taken = CaseAccess.objects.get(user=world.second_auditor)
    assert (taken.case, taken.capacity, taken.from_at) == (world.case, given.capacity, moment)
    given.refresh_from_db()
    of_another.refresh_from_db()
    assert (given.until_at, of_another.until_at) == (moment, None)
    assert not CaseAccess.objects.filter(because_of=audit, capacity="owner").exclude(
        user=world.team_manager
    )
