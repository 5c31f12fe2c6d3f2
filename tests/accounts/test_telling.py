"""History in sentences: one template a verb, nothing of a case, shown to who sees the record."""

import ast
import re

import pytest
from django.conf import settings
from django.db import transaction

from accounts.domain import history, telling
from accounts.domain.people import system_user
from accounts.models import HistoryEntry
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.actions import done
from tests.factories.moderation import assigned, commit, in_force, regrade
from tests.pages import opened, text_of
from tests.test_architecture import APPS, python_files

FOLDER = settings.BASE_DIR / "templates" / "history"
VARIABLE = re.compile(r"{{ *(\w+)|{% if (\w+)")
ALWAYS = {"by", "by_name", "subject"}
TELLS_TOO_MUCH = {"grade", "own", "moderated", "old", "new", "because", "reason", "settlement"}
"""Facts that no sentence uses: grades, why an audit was chosen, why somebody was excused."""


def recorded() -> dict[str, tuple[str, set[str]]]:
    """Each verb in the code with the app that records it and the facts it gives."""
    found = {}
    for path in python_files():
        app = path.relative_to(settings.BASE_DIR).parts[0]
        for node in ast.walk(ast.parse(path.read_text())) if app in APPS else ():
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "history.record":
                facts = {keyword.arg for keyword in node.keywords if keyword.arg}
                found[ast.literal_eval(node.args[0])] = (app, facts - {"subject", "by", "at"})
    return found


VERBS = recorded()


def write(verb, subject, by=None, **facts) -> HistoryEntry:
    with transaction.atomic():
        return history.record(verb, subject=subject, by=by or system_user(), **facts)


def sentences(*subjects, reader) -> list[str]:
    return [each.sentence for each in telling.told_of(*subjects, reader=reader)]


def test_every_verb_has_its_sentence_and_every_sentence_its_verb():
    written = {(path.parent.name, path.stem) for path in FOLDER.glob("*/*.txt")}
    assert {(app, verb) for verb, (app, _) in VERBS.items()} == written


@pytest.mark.parametrize("verb", VERBS)
def test_a_sentence_uses_what_is_recorded_and_tells_no_grade(verb):
    app, facts = VERBS[verb]
    text = (FOLDER / app / f"{verb}.txt").read_text()
    used = {one or other for one, other in VARIABLE.findall(text)}
    assert used <= facts | ALWAYS
    assert not used & TELLS_TOO_MUCH
    assert text.strip().endswith(".")


def test_entries_are_told_with_names_and_days_the_newest_first(world):
    audit = world.audit()
    write("extension_asked", audit, by=world.auditor, reason="sickness", new_due_on="2026-03-03")
    told = sentences(audit, reader=world.qa_officer)
    assert told[0] == "Amira Auditor asked for time until 3 March 2026."
    assert told[1].startswith("You gave the audit to Amira Auditor, due ")


def test_roles_and_units_have_their_names(world):
    person = UserFactory(name="Nadia O'Hara")
    write("role_granted", person, role="qa_officer", unit=world.team.public_id)
    assert sentences(person, reader=person) == [
        f"{system_user().name} gave Nadia O'Hara the role QA officer at Assessment Team 1."
    ]


def test_a_verb_of_long_ago_is_told_by_its_name(db):
    unit = UnitFactory()
    write("unit_painted", unit)
    assert sentences(unit, reader=UserFactory())[0] == f"{system_user().name}: unit painted."


def test_many_are_told_with_as_many_statements_as_one(world, django_assert_num_queries):
    unit, reader = world.team, world.auditor
    for _ in range(5):
        write("unit_joined", reader, unit=unit.public_id, kind="member")
        with django_assert_num_queries(3):
            telling.told_of(reader, reader=reader)


def test_records_show_what_was_done_to_them(world):
    audit = world.returned_audit()
    page = text_of(opened(world.team_manager, "audit_returned", audit.public_id))
    assert "Amira Auditor returned version 1 of the audit." in page
    finished = done(world)
    page = text_of(opened(world.team_manager, "action", finished.public_id))
    assert "said that the action is done." in page


def test_a_blind_moderator_learns_nothing_of_the_audit_from_history(world):
    returned = in_force(world.returned_audit())
    held = assigned(world, returned, moderator=world.second_qa_officer)
    page = text_of(opened(world.second_qa_officer, "moderation", held.public_id))
    assert "What was done here" in page
    assert "Amira Auditor" not in page
    assert "returned version" not in page

    commit(regrade(held, {"A": (3, 3), "Z": (3, 3)}))
    page = text_of(opened(world.second_qa_officer, "moderation_comparison", held.public_id))
    assert "Amira Auditor returned version 1 of the audit." in page
