"""People, units and roles for tests."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.choices import SENSITIVE, MembershipKind, Role, UnitKind
from accounts.domain import settings
from accounts.domain.people import system_user
from accounts.domain.units import add_unit
from accounts.models import AuthoritySettings, Membership, RoleGrant, Unit, User

LONG_AGO = datetime.date(2020, 1, 1)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@aireborough.example")
    post = "Social worker"
    password = "!"  # nobody signs in with this


class UnitFactory(DjangoModelFactory):
    """A unit below `parent`; the path is the verb's."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Unit {n}")
    kind = UnitKind.TEAM
    parent = None

    @classmethod
    def _create(cls, model_class, **values):
        return add_unit(**values, by=system_user())


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    kind = MembershipKind.MEMBER
    from_on = LONG_AGO


def name_partner(world, partner: str = "Wharfedale") -> AuthoritySettings:
    """The authority names another whose reviewers may be the second person (domain rule 22)."""
    return settings.change(
        name="Aireborough", invitation_days=7, partner_authority=partner, by=world.administrator
    )


def second_person() -> User:
    """Whoever confirms what the system granted."""
    found = User.objects.filter(email="confirming@aireborough.example").first()
    return found or UserFactory(
        name="Connie Confirming", email="confirming@aireborough.example", is_active=False
    )


class RoleGrantFactory(DjangoModelFactory):
    """A grant that counts: confirmed, as sensitive ones must be."""

    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.TEAM_MANAGER
    from_on = LONG_AGO
    granted_at = factory.LazyFunction(timezone.now)
    granted_by = factory.LazyFunction(system_user)
    confirmed_at = factory.LazyAttribute(lambda o: o.granted_at if o.role in SENSITIVE else None)
    confirmed_by = factory.LazyAttribute(lambda o: second_person() if o.confirmed_at else None)
