"""A page's keys and the number of all rows, by as few statements as there can be."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from kit.paging import page_of_keys


@pytest.fixture
def rows(db):
    Group.objects.bulk_create(Group(name=f"Group {number}") for number in range(5))
    return Group.objects.order_by("name")


def keys(rows) -> list[int]:
    return [row.pk for row in rows]


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("1", 1), ("2", 2), ("3", 3), ("one", 1)])
def test_a_page_and_the_number_of_all_take_one_statement(
    rows, asked, number, django_assert_num_queries
):
    with django_assert_num_queries(1):
        page = page_of_keys(rows, asked, size=2).page
        assert (page.number, page.paginator.count, page.paginator.num_pages) == (number, 5, 3)
    assert list(page.object_list) == keys(rows)[2 * number - 2 : 2 * number]


@pytest.mark.parametrize("asked", ["0", "4", "-1", "999999", "9" * 40, "²"])
def test_another_number_is_answered_by_a_page_there_is(rows, asked):
    page = page_of_keys(rows, asked, size=2).page
    number = 1 if asked == "²" else 3
    assert (page.number, list(page.object_list)) == (number, keys(rows)[2 * number - 2 :][:2])


@pytest.mark.parametrize("asked", ["", "2"])
def test_a_list_without_rows_has_one_empty_page(rows, asked):
    page = page_of_keys(rows.filter(name="None"), asked, size=2).page
    assert (page.number, page.paginator.count, list(page.object_list)) == (1, 0, [])


@pytest.mark.parametrize("others", [0, 3])
def test_other_rows_are_counted_by_the_same_statement(rows, others, django_assert_num_queries):
    User.objects.bulk_create(User(email=f"{n}@example.test", name="N") for n in range(others))
    people = User.objects.people().order_by("name").values_list("name")
    with django_assert_num_queries(1):
        found = page_of_keys(rows, "", size=2, beside=people)
        assert (found.beside, found.page.paginator.count) == (others, 5)


def test_a_page_without_rows_of_its_own_leaves_the_others_uncounted(rows):
    none = rows.filter(name="None")
    assert page_of_keys(none, "", size=2, beside=rows).beside is None
    assert page_of_keys(rows, "", size=2).beside is None
