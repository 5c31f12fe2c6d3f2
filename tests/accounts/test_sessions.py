from django.test import Client, override_settings
from django.urls import reverse

from accounts.domain import sessions
from accounts.models import User
from tests.pages import client_of


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("start")).status_code == 200


def test_all_sessions_of_one_person_end_at_the_next_request(world):
    desk, phone = client_of(world.auditor), client_of(world.auditor)
    colleague = client_of(world.second_auditor)
    assert is_signed_in(desk)
    assert is_signed_in(phone)

    sessions.end_all(world.auditor)

    assert not is_signed_in(desk)
    assert not is_signed_in(phone)
    assert is_signed_in(colleague)


def test_who_signs_in_again_stays(world):
    sessions.end_all(world.auditor)

    assert is_signed_in(client_of(world.auditor))


def test_ending_twice_from_an_old_copy_counts_twice(world):
    old_copy = User.objects.get(pk=world.auditor.pk)
    sessions.end_all(world.auditor)

    sessions.end_all(old_copy)

    assert old_copy.session_epoch == 2


def test_an_ended_session_does_not_live_on_by_an_older_secret(world, settings):
    client = client_of(world.auditor)
    rotated = {"SECRET_KEY": "another" * 10, "SECRET_KEY_FALLBACKS": [settings.SECRET_KEY]}
    with override_settings(**rotated):
        assert is_signed_in(client)

        sessions.end_all(world.auditor)

        assert not is_signed_in(client)
