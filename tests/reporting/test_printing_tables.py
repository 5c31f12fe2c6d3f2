"""Every table of the report, cell by cell, as its sheet has it: the published figures."""

from functools import cache

import pytest

from tests.reporting.figures import golden_figures
from tests.reporting.test_printing import lines_of


@cache
def tables() -> dict[str, dict[str, list[str]]]:
    """The rows of each table by their heads; a share as its counts, "23/117"."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in lines_of(golden_figures()):
        cell = f"{line['n']}/{line['of']}" if line["of"] else line["value"]
        found.setdefault(line["table"], {}).setdefault(line["row"], []).append(cell)
    return found


def cells(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        (
            "Returns by service",
            {
                "Referral and assessment": "147 10 137 61 61/137 24 6 6/24",
                "Disabled children": "47 3 44 9 9/44 8 1 1/8",
                "All services": "730 49 681 229 229/681 117 23 23/117",
            },
        ),
        (
            "Returns by level of manager",
            {
                "Practice supervisor": "118 6 112 47 47/112",
                "Director": "24 1 23 3 3/23",
                "All levels": "730 49 681 229 229/681",
            },
        ),
        (
            "Exemptions by reason",
            {
                "Auditor on sick, maternity or other long leave": "12 12/49",
                "Record locked by court or police": "3 3/49",
                "All reasons": "49 49/49",
            },
        ),
        (
            "Own and standing grades by month",
            {
                "May 2023": "1 24 17 2 0 21 21 2 10 5",
                "Total": "3 81 94 51 1 61 109 58 60 31",
            },
        ),
        (
            "Good or better, and Inadequate, by domain",
            {
                "Where the child lives, health and learning": "95/182 91/182 27/182 28/182",
                "Management oversight and supervision": "41/229 44/229 78/229 74/229",
            },
        ),
        (
            "Standing grades by domain and axis",
            {
                "The record: summary, chronology, key facts": "1 48 112 68 0 1 52 113 63 0",
                "Where the child lives, health and learning": "5 90 60 27 47 6 85 63 28 47",
                "Overall judgement": "1 61 109 58 0 2 66 110 51 0",
            },
        ),
        (
            "Outcome of moderation",
            {
                "Moderated, of returned": "60 229 60/229",
                "Grade supported": "29 60 29/60",
                "Grade downgraded": "31 60 31/60",
                "Grade upgraded": "0 60 0/60",
                "Settled at Outstanding": "0 60 0/60",
                "Settled at Good": "16 60 16/60",
                "Settled at Requires improvement": "34 60 34/60",
                "Settled at Inadequate": "10 60 10/60",
            },
        ),
        (
            "Moderated by reason",
            {
                "Random share": "46 23 23 0 23/46",
                "First two audits of a new auditor": "8 3 5 0 5/8",
                "All moderated": "60 29 31 0 31/60",
            },
        ),
        (
            "Asked and answered",
            {
                "Allocated worker": "221/229 183/221",
                "IRO or conference chair": "51/229 37/51",
            },
        ),
        (
            "Safety by month",
            {
                "Audits returned": "44 42 27 33 33 27 23 229",
                "Safety question answered": "44 42 27 33 33 27 23 229",
                "Concerns raised": "1 0 2 1 0 1 0 5",
            },
        ),
        (
            "Overdue audits by service and month",
            {
                "Safeguarding West": "11 15 15 11 20 18 20 110 2 112",
                "All services": "39 61 60 42 82 74 83 441 11 452",
            },
        ),
        (
            "Re-audits",
            {
                "Held": "19 19/33",
                "Late: past the date and not held": "9 9/33",
                "Ended: case closed, moved or overseen elsewhere": "5 5/33",
                "All due": "33 33/33",
            },
        ),
        (
            "Re-audits to come",
            {"December 2023": "9", "January 2024": "7", "February 2024": "4", "Total": "20"},
        ),
        (
            "Actions by state",
            {
                "Open": "148 148/528",
                "In progress": "61 61/528",
                "Done, not yet verified": "112 112/528",
                "Verified": "168 168/528",
                "Impact shown": "31 31/528",
                "Impact not shown": "8 8/528",
                "All raised": "528 528/528",
            },
        ),
        (
            "Overdue actions by age",
            {
                "1 to 10": "19 19/53",
                "11 to 30": "21 21/53",
                "More than 30": "13 13/53",
                "All overdue": "53 53/53",
            },
        ),
    ],
)
def test_a_table_has_these_cells(title, rows):
    found = tables()[title]
    assert {head: found[head] for head in rows} == {
        head: cells(text) for head, text in rows.items()
    }
    assert [head for head in found if head in rows] == list(rows)


@pytest.mark.parametrize(
    ("title", "shares"),
    [
        ("Returns by service", 4),
        ("Good or better, and Inadequate, by domain", 0),
    ],
)
def test_services_and_domains_stand_from_the_largest_share_down(title, shares):
    found = {head: row[shares] for head, row in tables()[title].items() if "All" not in head}
    rates = [int(n) / int(of) for n, _, of in (text.partition("/") for text in found.values())]
    assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize(
    ("word", "here"),
    [
        ("Planned", "730"),
        ("Exempted", "49"),
        ("Scheduled", "730 \u2212 49 = 681"),
        ("Returned", "229"),
        ("Return rate", "229 \u00f7 681 = 33.6%"),
        ("Overdue", "452 \u2212 11 = 441"),
        ("Auditor's own grade", "3, 81, 94, 51"),
        ("Standing grade", "1, 61, 109, 58"),
        ("Good or better", "(1 + 61) \u00f7 229 = 27.1%"),
        ("Practice, outcome", "229 graded on both"),
        ("Moderated", "60 \u00f7 229 = 26.2%"),
        ("Supported, downgraded, upgraded", "29 + 31 + 0 = 60"),
        ("Blind, sighted", "52 + 8 = 60"),
        ("Safety answered", "229 \u00f7 229 = 100.0%"),
        ("Re-audit due", "19 + 9 + 5 = 33"),
        ("Action done", "319 \u00f7 528 = 60.4%"),
    ],
)
def test_the_method_says_how_each_figure_here_is_made(word, here):
    made = [row[word] for title, row in tables().items() if word in row and title in METHOD]
    assert made == [[here]]


METHOD = ("Returns", "Grades and moderation", "Follow-up")


def test_the_sheet_says_what_it_is():
    about = {head: row[0] for head, row in tables()["About this report"].items()}
    assert about | {"History head": ""} == {
        "Authority": "Aireborough Children's Services",
        "Report number": "MR-2023-11/1",
        "Status": "Draft",
        "Marking": "OFFICIAL-SENSITIVE",
        "First month": "2023-05",
        "Last month": "2023-11",
        "As at": "2023-12-06T06:00:00+00:00",
        "History head": "",
    }
