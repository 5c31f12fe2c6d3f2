"""A call that is taken out is not heard, and every other stays as it is."""

import ast
import builtins

import pytest

from accounts.choices import Role
from accounts.exceptions import Refused
from accounts.permissions import reach
from cases.models import Case
from tests.scope_calls import KEPT, PASSING, Calls, all_sites, marked

SOURCE = """
def page(user, held):
    check_view(user, held)
    seen = Case.objects.visible_to(user)
    units = Case.objects.filter(reach(user, Role.QA_MANAGER, field="team"))
    return seen, units, can_view(user, held)
"""


def check_view(user, held):
    raise Refused("not_yours", "Ask somebody else.")


def can_view(user, held):
    return False


@pytest.fixture
def calls(monkeypatch):
    made = Calls()
    monkeypatch.setattr(builtins, PASSING, made.passing, raising=False)
    return made


def page(user):
    """What opens the page of SOURCE, and its calls."""
    tree, sites = marked(SOURCE, "cases/views.py")
    names = {**globals(), "Case": Case, "Role": Role, "reach": reach}
    exec(compile(tree, "cases/views.py", "exec"), names)
    return lambda: names["page"](user, None), sites


def test_a_check_refuses_until_it_is_taken_out(world, calls):
    opened, sites = page(world.administrator)
    with pytest.raises(Refused):
        opened()
    assert calls.refused == {sites[0].name}
    calls.without = sites[0].name
    seen, units, may = opened()
    assert [list(seen), list(units), may] == [[], [], False]


@pytest.mark.parametrize(("taken_out", "opens"), [(1, 0), (2, 1)])
def test_a_scope_narrows_nothing_once_it_is_taken_out(world, calls, monkeypatch, taken_out, opens):
    monkeypatch.setitem(globals(), "check_view", lambda user, held: None)
    opened, sites = page(world.administrator)
    case = world.case
    assert [list(found) for found in opened()[:2]] == [[], []]
    calls.without = sites[taken_out].name
    assert list(opened()[opens]) == [case]


def test_the_yes_or_no_of_a_check_becomes_yes(world, calls, monkeypatch):
    monkeypatch.setitem(globals(), "check_view", lambda user, held: None)
    opened, sites = page(world.administrator)
    assert opened()[2] is False
    calls.without = sites[3].name
    assert opened()[2] is True


def test_each_call_of_the_program_has_a_name_of_its_own():
    sites = all_sites()
    assert len({site.name for site in sites}) == len(sites) > 400
    assert {site.kind for site in sites} == {"check", "can", "condition", "scope"}
    assert {site.name for site in sites} >= KEPT.keys()


def test_what_is_no_permission_is_left_alone():
    tree, sites = marked("checked = check_row(row)\nsave(checked)", "cases/domain/rows.py")
    assert sites == []
    assert ast.unparse(tree) == "checked = check_row(row)\nsave(checked)"
