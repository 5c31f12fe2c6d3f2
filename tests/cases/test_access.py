import uuid

from cases.choices import AccessCapacity
from cases.domain import access
from cases.models import Case, CaseAccess


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
