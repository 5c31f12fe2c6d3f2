"""Every form, sent with every field of every model beside its own: nothing else changes."""

from collections import Counter
from copy import deepcopy

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from tests.addresses import ADDRESSES, address_of, undone
from tests.filling import SENTENCE, Filled, Forms, poison
from tests.rows import changes, last_keys, rows
from tests.samples import SAMPLES

PEOPLE = [
    "auditor",
    "qa_officer",
    "qa_manager",
    "director",
    "administrator",
    "team_manager",
    "service_manager",
    "head_of_service",
    "second_qa_officer",
    "information_governance",
    "practitioner",
    None,
]
THIS_MONTH = f"{timezone.localdate():%Y-%m}"
ELSEWHERE = {
    "action_note": {"text": SENTENCE},
    "action_start": {},
    "audit_import_best": {"best": "4"},
    "audit_register_export": {"format": "csv", "reason": "planning"},
    "audit_register_search": {"text": "AB1"},
    "audit_return": {},
    "audit_start": {"is_independent": "on"},
    "case_register_export": {"format": "csv", "reason": "planning"},
    "case_register_search": {"text": "AB1"},
    "moderation_hand_over": {},
    "moderation_refuse": {},
    "moderation_take_next": {},
    "person_correct": {"name": "Amira", "post": "Manager", "email": "a@aireborough.example"},
    "report_build": {"last_month": THIS_MONTH, "first_month": THIS_MONTH},
    "safety_concern_acknowledge": {},
    "safety_concern_settle": {"what_was_done": SENTENCE},
}
"""Forms on the page of another address, or of what is there already: all that theirs have."""


BESIDE = {
    "audit_register_export": "returned:in",
    "case_register_export": "returned:in",
    "moderation_take_next": "to_take:in",
    "report_build": "returned:in",
}
"""What has to be there for a form that names no record."""

LEFT_EMPTY = {"moderation_propose": {"grade"}}
"""What may not be given together with the first of the choices before it."""

WRITES_NOTHING = {
    *("account_login", "account_logout", "audit_register_search", "case_register_search"),
    *("case_views_search", "audit_imports", "action_impact", "moderation_commit"),
    *("account_reauthenticate", "account_change_password", "session_left", "drop_kept_work"),
    *("mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"),
    *("mfa_deactivate_totp", "mfa_remove_webauthn"),
    *("break_glass", "case_name", "case_strike", "restricted_cases", "reviewers"),
    *("person_work", "role_ask", "role_request", "staff_imports"),
}
"""They change a session only, take a file, ask first who one is, name a record by what is typed, or
come after a step that their sample has not taken."""


def filled(form, client, address):
    if form.name in ELSEWHERE:
        listed = ELSEWHERE[form.name]
        return Filled(set(listed), {name: [value] for name, value in listed.items()})
    page = client.get(address)
    if page.status_code != 200:
        return Filled()
    found = Forms(page.content.decode(), address).filled
    for name in LEFT_EMPTY.get(form.name, ()):
        found.data[name] = [""]
    return found


def done(client, address, data, before):
    """The status, and what changed; all of it is undone."""
    with undone():
        status = client.post(address, data).status_code
        return status, changes(before, rows())


def outcome(world, form, name):
    """What the form does as it is, and poisoned, when this person sends it."""
    made = deepcopy(world)
    made.asking = getattr(made, name) if name else None
    address = address_of(made, form)
    client = Client()
    if made.asking:
        client.force_login(made.asking)
    sent, before = filled(form, client, address), rows()
    app = resolve(address).func.__module__.partition(".")[0]
    more = poison(sent.names, app=app, last=last_keys(before))
    assert len(more) > 200
    return done(client, address, sent.data, before), done(client, address, more | sent.data, before)


def wrote(changed):
    return any(not line.startswith("CaseView") for line in changed)


def difference(poisoned, clean):
    """What happened to one of the two alone."""
    mine, others = [str(clean[0]), *clean[1]], [str(poisoned[0]), *poisoned[1]]
    return sorted((Counter(mine) - Counter(others)) + (Counter(others) - Counter(mine)))


@pytest.mark.parametrize("form", [a for a in ADDRESSES if a.method == "POST"], ids=str)
def test_what_a_form_does_not_list_changes_nothing(world, form):
    assert world.round
    if beside := BESIDE.get(form.name):
        SAMPLES[beside](world)
    for name in PEOPLE:
        with undone():
            clean, poisoned = outcome(world, form, name)
        assert difference(poisoned, clean) == [], name
        if wrote(clean[1]):
            break
    assert wrote(clean[1]) or form.name in WRITES_NOTHING, (
        "Nobody's form wrote anything, so that nothing was tried: say in ELSEWHERE, BESIDE or "
        "LEFT_EMPTY what it needs."
    )
