import pytest

from accounts.domain import people
from accounts.models import User


def test_there_is_one_system_user_and_it_cannot_sign_in(db):
    first, second = people.system_user(), people.system_user()

    assert first == second
    assert (first.is_active, first.has_usable_password()) == (False, False)
    assert not User.objects.people().exists()


def test_a_person_with_a_password_can_sign_in(world):
    added = people.add_person(
        email="Moira@Aireborough.example",
        name="Moira Penn",
        post="QA manager",
        by=world.administrator,
        password="a long enough phrase",
    )

    assert added.email == "moira@aireborough.example"
    assert added.check_password("a long enough phrase")


def test_a_person_without_a_password_is_only_named(world):
    added = people.add_person(
        email="lee@aireborough.example", name="Lee", post="", by=world.administrator
    )

    assert not added.has_usable_password()


def test_a_command_names_a_person_or_nobody(world):
    assert people.named(world.auditor.email.upper()) == world.auditor
    assert people.named(None).is_system


@pytest.mark.parametrize("is_system", [True, False])
def test_a_leaver_and_the_system_cannot_be_named(world, is_system):
    world.auditor.is_active = False
    world.auditor.save()
    user = people.system_user() if is_system else world.auditor

    with pytest.raises(User.DoesNotExist):
        people.named(user.email)
