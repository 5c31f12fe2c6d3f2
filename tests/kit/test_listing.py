"""A list's columns: what a page and a file show of them, and how they sort."""

from kit import listing
from kit.listing import ListColumn, Sorting
from kit.tables import Cell

COLUMNS = [
    ListColumn("name", "Name", lambda row: row["name"], sort="name", identifies=True),
    ListColumn("size", "Size", lambda row: row["size"], draw=lambda row: Cell("big"), sort="size"),
    ListColumn("note", "Note", lambda row: "n", on_page=False),
    ListColumn("link", "Link", lambda row: "l", in_file=False),
]
ROWS = [{"name": "A", "size": 3}]
BY_NAME = Sorting("name")


def test_a_page_and_a_file_have_their_own_columns():
    assert [row.cells for row in listing.body(COLUMNS, ROWS)] == [["A", Cell("big"), "l"]]
    assert listing.sheet(COLUMNS, ROWS) == (["Name", "Size", "Note"], [["A", 3, "n"]])


def test_a_head_asks_for_the_other_way_only_where_the_list_is_sorted_by_it():
    heads = listing.heads(COLUMNS, BY_NAME, query={"unit": "u"})
    assert [(head.href, head.sorted) for head in heads] == [
        ("?unit=u&sort=-name", "ascending"),
        ("?unit=u&sort=size", ""),
        ("", ""),
    ]


def test_an_unknown_column_is_not_sorted_by():
    read = [listing.read_sorting(text, COLUMNS, default=BY_NAME) for text in ("-size", "note", "")]
    assert read == [Sorting("size", descending=True), BY_NAME, BY_NAME]


def test_empty_values_come_last_either_way():
    for sorting in (BY_NAME, Sorting("name", descending=True)):
        first, _ = listing.order(COLUMNS, sorting)
        assert first.nulls_last


def test_nothing_is_an_empty_cell_and_nought_is_too():
    column = ListColumn("size", "Size", lambda row: row["size"])
    assert [column.cell({"size": value}) for value in (None, "", 3)] == ["", "", "3"]


def test_the_key_decides_between_equals_the_same_way_round():
    upwards = listing.order(COLUMNS, Sorting("size"))
    downwards = listing.order(COLUMNS, Sorting("size", descending=True))
    assert (upwards[0].descending, upwards[1]) == (False, "pk")
    assert (downwards[0].descending, downwards[1]) == (True, "-pk")


def test_a_second_click_turns_and_another_column_begins_upwards():
    down = Sorting("name", descending=True)
    assert [BY_NAME.turned("name").text, down.turned("name").text] == ["-name", "name"]
    assert down.turned("size") == Sorting("size")
