import pytest

from accounts.exceptions import Refused
from audits.domain import overriding
from audits.domain.queries import annotate_overridden
from audits.models import Audit
from cases.choices import IndependenceBreach
from kit.exceptions import NotPossible


def ask(world, breach=IndependenceBreach.MANAGER, **values):
    given = {
        "case": world.case,
        "auditor": world.service_manager,
        "reason": "Nobody else knows deaf children's services.",
        "by": world.qa_manager,
    }
    return overriding.ask_override(world.round, breach=breach, **given | values)


def give_leave(world, breach):
    return overriding.confirm_override(ask(world, breach), by=world.director)


def test_leave_by_two_people_lets_the_audit_be_allocated(world):
    give_leave(world, IndependenceBreach.MANAGER)

    world.audit(auditor=world.service_manager)

    assert annotate_overridden(Audit.objects.all()).get().is_overridden


def test_leave_asked_for_alone_lets_nothing_be_allocated(world):
    ask(world)

    with pytest.raises(Refused, match="can't audit this case"):
        world.audit(auditor=world.service_manager)


def test_leave_is_for_one_kind_of_breach(world):
    give_leave(world, IndependenceBreach.DECISION)

    with pytest.raises(Refused, match="manages the case's team"):
        world.audit(auditor=world.service_manager)


def test_nobody_confirms_what_they_asked(world):
    with pytest.raises(Refused, match="two people"):
        overriding.confirm_override(ask(world), by=world.qa_manager)


def test_nobody_gives_leave_to_themselves(world):
    with pytest.raises(Refused, match="yourself"):
        ask(world, auditor=world.qa_manager)

    with pytest.raises(Refused, match="yourself"):
        overriding.confirm_override(ask(world, auditor=world.director), by=world.director)


def test_a_qa_officer_cannot_ask(world):
    with pytest.raises(Refused, match="QA manager and a director"):
        ask(world, by=world.qa_officer)


def test_leave_has_a_reason(world):
    with pytest.raises(NotPossible, match="Say why"):
        ask(world, reason="")


def test_leave_is_asked_and_confirmed_once(world):
    asked = ask(world)
    with pytest.raises(NotPossible, match="asked for already"):
        ask(world)
    overriding.confirm_override(asked, by=world.director)

    with pytest.raises(NotPossible, match="confirmed already"):
        overriding.confirm_override(asked, by=world.director)
