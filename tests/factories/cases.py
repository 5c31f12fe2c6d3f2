"""Children's cases, workers and who has business with them."""

import datetime
import uuid

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cases.choices import AccessCapacity, PlanKind
from cases.models import Case, CaseAccess, CaseInvolvement, SiblingGroup, Worker, WorkerAllocation
from tests.factories.accounts import LONG_AGO, UnitFactory, UserFactory


class SiblingGroupFactory(DjangoModelFactory):
    class Meta:
        model = SiblingGroup


class CaseFactory(DjangoModelFactory):
    class Meta:
        model = Case

    reference = factory.Sequence(lambda n: f"AB{n:06}")
    initials = "KL"
    born_on = datetime.date(2015, 5, 4)
    plan_kind = PlanKind.PROTECTION
    team = factory.SubFactory(UnitFactory)
    opened_on = LONG_AGO


class WorkerFactory(DjangoModelFactory):
    class Meta:
        model = Worker

    staff_reference = factory.Sequence(lambda n: f"S{n:05}")
    name = factory.Sequence(lambda n: f"Worker {n}")
    unit = factory.SubFactory(UnitFactory)


class WorkerAllocationFactory(DjangoModelFactory):
    class Meta:
        model = WorkerAllocation

    case = factory.SubFactory(CaseFactory)
    worker = factory.SubFactory(WorkerFactory)
    team = factory.SelfAttribute("case.team")
    from_on = LONG_AGO


class CaseInvolvementFactory(DjangoModelFactory):
    class Meta:
        model = CaseInvolvement

    case = factory.SubFactory(CaseFactory)
    user = factory.SubFactory(UserFactory)


class CaseAccessFactory(DjangoModelFactory):
    class Meta:
        model = CaseAccess

    user = factory.SubFactory(UserFactory)
    case = factory.SubFactory(CaseFactory)
    capacity = AccessCapacity.NAMED
    because_of = factory.LazyFunction(uuid.uuid4)
    from_at = factory.LazyFunction(timezone.now)
