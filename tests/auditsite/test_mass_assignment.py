"""Every form, sent with every field of every model beside its own: nothing else changes."""

from collections import Counter
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from actions.domain import verification
from actions.models import Action
from cases.domain import restricting
from moderation.models import Moderation
from tests.addresses import ADDRESSES, address_of, undone
from tests.factories.import_files import ROW, csv_file
from tests.factories.moderation import regrade
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
    "case_name": {},
    "case_strike": {},
    "case_register_export": {"format": "csv", "reason": "planning"},
    "case_register_search": {"text": "AB1"},
    "people_search": {"text": "Person"},
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


def named_beside(world):
    """Somebody whom the restricted case names already."""
    person = world.second_auditor
    restricting.name_person(world.case, person=person, by=world.qa_manager)
    return {"person": person.public_id}


def verified(world):
    verification.verify(Action.objects.get(), text=SENTENCE, by=world.team_manager)
    return {}


def graded(world):
    regrade(Moderation.objects.get())
    return {"gave_grade_away": "no"}


def open_work(world):
    """An audit of somebody who leaves, and who takes it on."""
    audit = world.audit(auditor=world.second_auditor)
    chosen = {"audits-chosen": audit.public_id, "audits-to": world.auditor.public_id}
    return {"kind": "audits"} | chosen


class Chosen(SimpleUploadedFile):
    """A file that is read from its beginning each time it is sent."""

    def read(self, *size):
        self.seek(0)
        return super().read(*size)


READY = {
    "action_impact": verified,
    "audit_imports": lambda world: {"file": Chosen("audits.csv", csv_file(ROW))},
    "break_glass": lambda world: {"reference": world.case.reference},
    "case_name": lambda world: {"person": world.second_auditor.public_id},
    "case_strike": named_beside,
    "moderation_commit": graded,
    "person_work": open_work,
    "reviewers": lambda world: {"reviewer": world.external_reviewer.public_id},
    "role_ask": lambda world: {"email": world.second_auditor.email},
    "staff_imports": lambda world: {"file": Chosen("staff.csv", b"unit\nProtection > North\n")},
}
"""The steps before it that the sample has not taken, and what names a record."""

LEFT_EMPTY = {"moderation_propose": {"grade"}}
"""What may not be given together with the first of the choices before it."""

WRITES_NOTHING = {
    *("account_login", "account_logout", "audit_register_search", "case_register_search"),
    *("case_views_search", "people_search", "restricted_cases"),
    *("account_reauthenticate", "account_change_password", "session_left", "drop_kept_work"),
    *("mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"),
    *("mfa_deactivate_totp", "mfa_remove_webauthn"),
}
"""They change a session only, ask first who one is, or look for a record."""


def filled(form, client, address, ready):
    """What is sent; `ready` is typed over what stands in the form."""
    found = Filled()
    if form.name in ELSEWHERE:
        ready = ELSEWHERE[form.name] | ready
    elif (page := client.get(address)).status_code == 200:
        found = Forms(page.content.decode(), address).filled
    else:
        return found
    left_empty = dict.fromkeys(LEFT_EMPTY.get(form.name, ()), "")
    for name, value in (ready | left_empty).items():
        found.names.add(name)
        found.data[name] = [value]
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
    ready = READY[form.name](made) if form.name in READY else {}
    sent, before = filled(form, client, address, ready), rows()
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
        "Nobody's form wrote anything, so that nothing was tried: say in ELSEWHERE, BESIDE, "
        "READY or LEFT_EMPTY what it needs."
    )
