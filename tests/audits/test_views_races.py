"""Two windows that save at the same moment: one is kept, the other is told and keeps its text."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from audits.choices import FindingKind
from audits.domain import drafting

pytestmark = pytest.mark.django_db(transaction=True)


def saving(client: Client, address: str, typed: dict[str, str], answers: list[str]) -> None:
    try:
        page = client.post(address, typed)
        answers.append("saved" if page.status_code == 302 else page.content.decode())
    finally:
        connection.close()


def test_of_two_saves_at_once_none_is_lost(world):
    draft = drafting.start(world.audit(), by=world.auditor)
    address = reverse("audit_section", args=[draft.audit.public_id, "A"])
    client = Client()
    client.force_login(world.auditor)
    seen = client.get(address).context["seen"]
    lines = {f"finding-{n}-kind": kind for n, kind in enumerate(FindingKind.values)}
    answers: list[str] = []
    texts = ("Left window.", "Right window.")
    windows = [
        threading.Thread(
            target=saving,
            args=(client, address, lines | {"seen": seen, "what_i_saw": text}, answers),
        )
        for text in texts
    ]
    for window in windows:
        window.start()
    for window in windows:
        window.join()

    warned = next(answer for answer in answers if answer != "saved")
    assert answers.count("saved") == 1
    assert all(text in warned for text in texts)
    kept = draft.evidence.get().what_i_saw
    assert kept in texts
    assert re.search(r"saved in another window", warned)
