import pytest

from accounts.choices import Role
from accounts.domain import telling
from accounts.exceptions import Refused
from audits.choices import RoundKind
from audits.domain import overriding
from cases.choices import IndependenceBreach
from cases.domain import restricting
from kit.exceptions import NotPossible
from tests.factories.accounts import name_partner


def ask(world, breach=IndependenceBreach.MANAGER, *, in_round=None, **values):
    given = {
        "case": world.case,
        "auditor": world.service_manager,
        "reason": "Nobody else knows deaf children's services.",
        "by": world.qa_manager,
    }
    return overriding.ask_override(in_round or world.round, breach=breach, **given | values)


def give_leave(world, breach):
    return overriding.confirm_override(ask(world, breach), by=world.director)


def test_leave_by_two_people_lets_the_audit_be_allocated(world):
    give_leave(world, IndependenceBreach.MANAGER)

    assert world.audit(auditor=world.service_manager).auditor == world.service_manager


def test_leave_asked_for_alone_lets_nothing_be_allocated(world):
    ask(world)

    with pytest.raises(Refused, match="can't audit this case"):
        world.audit(auditor=world.service_manager)


def test_leave_is_for_one_kind_of_breach(world):
    give_leave(world, IndependenceBreach.DECISION)

    with pytest.raises(Refused, match="manages the case's team"):
        world.audit(auditor=world.service_manager)


def test_leave_is_for_one_round_one_case_and_one_auditor(world):
    others = [
        ask(world, in_round=world.open_round(kind=RoundKind.THEMED)),
        ask(world, case=world.new_case()),
        ask(world, auditor=world.team_manager),
    ]
    for asked in others:
        overriding.confirm_override(asked, by=world.director)

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


def test_a_qa_officer_neither_asks_nor_confirms(world):
    with pytest.raises(Refused, match="QA manager and a director"):
        ask(world, by=world.qa_officer)
    with pytest.raises(Refused, match="QA manager and a director"):
        overriding.confirm_override(ask(world), by=world.qa_officer)


def test_leave_has_a_reason(world):
    with pytest.raises(NotPossible, match="Say why"):
        ask(world, reason=" ")


def test_leave_is_asked_and_confirmed_once(world):
    asked = ask(world)
    with pytest.raises(NotPossible, match="asked for already"):
        ask(world)
    overriding.confirm_override(asked, by=world.director)

    with pytest.raises(NotPossible, match="confirmed already"):
        overriding.confirm_override(asked, by=world.director)


# Small authorities: a partner authority's reviewer as the second person (domain rule 22)


def confirm_as_reviewer(world, asked):
    return overriding.confirm_override(asked, by=world.external_reviewer)


def test_a_partners_reviewer_confirms_in_a_round_they_are_assigned_to(world):
    asked = ask(world)
    name_partner(world)
    world.reviews(in_round=world.open_round(kind=RoundKind.THEMED))
    world.reviews(world.person("Erik Reviewer", Role.EXTERNAL_REVIEWER, world.authority))
    with pytest.raises(Refused, match="QA manager and a director"):
        confirm_as_reviewer(world, asked)

    world.reviews()
    confirmed = confirm_as_reviewer(world, asked)

    assert (confirmed.confirmed_by, confirmed.confirmed_for) == (
        world.external_reviewer,
        "Wharfedale",
    )
    told = telling.told_of(confirmed, reader=world.qa_manager)[0].sentence
    assert told.endswith("independent of the case, as a reviewer of the partner authority.")
    assert world.audit(auditor=world.service_manager)


def test_without_a_partner_and_for_a_restricted_case_no_reviewer_confirms(world):
    asked = ask(world)
    world.reviews()
    with pytest.raises(Refused, match="QA manager and a director"):
        confirm_as_reviewer(world, asked)

    name_partner(world)
    restricting.restrict(world.case, reason="Named in the press.", by=world.qa_manager)
    with pytest.raises(Refused, match="QA manager and a director"):
        confirm_as_reviewer(world, asked)


def test_a_partners_reviewer_asks_for_nothing(world):
    name_partner(world)
    world.reviews()
    with pytest.raises(Refused, match="QA manager and a director"):
        ask(world, by=world.external_reviewer)


def test_the_director_confirms_for_nobody_else(world):
    name_partner(world)
    assert give_leave(world, IndependenceBreach.MANAGER).confirmed_for == ""
