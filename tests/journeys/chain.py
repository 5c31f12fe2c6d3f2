"""The steps from an audit that is given out to the month's figures, each by keyboard alone.

A step begins where its person signs in and ends on the page that says it is done. `look` is what
is asked of the key pages: tests.journeys.looking says what can be asked with and without a script.
"""

import io
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from accounts.models import User
from tests.journeys.walking import (
    choose,
    come_as,
    download,
    follow,
    go_to,
    open_up,
    pick,
    press,
    tick,
    write,
)

Look = Callable[[Page], None]
Rows = dict[str, str]

SECTIONS = ("Section A", "Section B", "Section F")
SAW = "Case note of 3 September."
WHY = "The plan was not followed from June on."
CHILD_NOW = (
    "In three sentences: what is it like to be this child now, and what has our work changed?"
)
GOOD, REQUIRES_IMPROVEMENT = 1, 2
"""How far down the list of grades."""


def grade_both(page: Page, grade: int) -> None:
    choose(page, "Quality of practice", grade)
    choose(page, "Outcome for the child", grade)


def heading(page: Page, text: str) -> Locator:
    return page.get_by_role("heading", name=text)


# The work


def return_the_audit(page: Page, auditor: User, reference: str, look: Look) -> None:
    """From the auditor's list, through every section, to returned; Good throughout."""
    come_as(page, auditor)
    look(page)
    follow(page, reference)
    tick(page, "I haven't worked with")
    press(page, "Start the audit")
    for name in SECTIONS:
        heading(page, name).wait_for()
        write(page, "What I saw", SAW)
        write(page, "What difference it made for the child", "She is calm.")
        grade_both(page, GOOD)
        press(page, "Save and continue")
    heading(page, "People spoken to").wait_for()
    choose(page, "Allocated worker", 0)
    press(page, "Save and continue")
    heading(page, "Is the child safe now?").wait_for()
    choose(page, "Having read the record", 0)
    write(page, "How do you know?", "Seen on 3 September.")
    press(page, "Save and continue")
    heading(page, "Overall judgement").wait_for()
    grade_both(page, GOOD)
    write(page, CHILD_NOW, "I sleep well.")
    press(page, "Save and continue")
    heading(page, "Check your answers").wait_for()
    look(page)
    press(page, "Return the audit")
    heading(page, "Your audit is returned").wait_for()


def lower_it_blind(page: Page, officer: User, look: Look) -> None:
    """Take it, grade each section one step lower, commit, compare, and propose the lower grade."""
    come_as(page, officer)
    go_to(page, "Moderation")
    press(page, "Take the next audit")
    heading(page, "Re-grade the record").wait_for()
    press(page, "Begin: A")
    for name in (*SECTIONS, "Section Z"):
        heading(page, name).wait_for()
        write(page, "What you saw", SAW)
        grade_both(page, REQUIRES_IMPROVEMENT)
        press(page, "Save and continue")
    heading(page, "Commit your grades").wait_for()
    look(page)
    choose(page, "Did you see anything in the record", 1)
    press(page, "Commit my grades")
    heading(page, "across the Good line").wait_for()
    look(page)
    press(page, "Propose how it settles")
    choose(page, "Which grade should stand?", 0)
    write(page, "Why?", WHY)
    press(page, "Propose this grade")
    page.get_by_text("Proposed. A second person settles it.").wait_for()


def settle_it(page: Page, second: User, reference: str, look: Look) -> None:
    """The second person finds the proposal, reads it and settles it."""
    come_as(page, second)
    go_to(page, "Moderation")
    follow(page, "What waits to be settled")
    follow(page, reference)
    press(page, "Settle or refuse the proposal")
    heading(page, "Settle the proposal").wait_for()
    look(page)
    press(page, "Settle it: Requires improvement stands")
    page.get_by_text("It is settled:").wait_for()


def read_what_came_back(page: Page, auditor: User, look: Look) -> None:
    """The auditor finds on their own page what became of it, and opens why."""
    come_as(page, auditor)
    page.get_by_text("Moderated: downgraded, from Good to Requires improvement.").wait_for()
    follow(page, "KL, 11 years")
    heading(page, "Downgraded: Requires improvement stands").wait_for()
    page.get_by_text(WHY).wait_for()
    look(page)


# The figures


def row(page: Page, table: str, name: str) -> str:
    """What a row of a table says in its figures, without what is there for listeners only."""
    found = page.get_by_role("table", name=table, exact=False).first
    cells = found.locator("tr").filter(has=page.get_by_role("rowheader", name=name, exact=True))
    figures = cells.first.locator("td").evaluate_all(
        """cells => cells.map(cell => {
            const seen = cell.cloneNode(true);
            seen.querySelectorAll(".govuk-visually-hidden").forEach(part => part.remove());
            return seen.textContent.trim();
        })"""
    )
    return " ".join(figures)


def head_of_service_sees(page: Page, head: User, look: Look) -> Rows:
    """The service's figures, and how many audits the register counts as returned."""
    come_as(page, head)
    follow(page, "The figures of my service")
    heading(page, "What needs doing first").wait_for()
    look(page)
    seen = {
        "returned": row(page, "Returned audits by month", "Total"),
        "standing": row(page, "Standing grades by month", "Total"),
        "lowered": row(page, "Auditors' own grades beside the grades that stand", "Total"),
    }
    go_to(page, "Audits")
    open_up(page, "Choose or look for audits")
    pick(page, "State", "Returned")
    press(page, "Show these audits")
    page.get_by_role("list", name="What is chosen").wait_for()
    look(page)
    return seen | {"register": page.locator(".app-lede strong").inner_text()}


def next_edition(page: Page, manager: User, look: Look) -> tuple[Rows, dict[str, bytes]]:
    """The month's report, asked for with the button: rows of its page, and its files by kind."""
    come_as(page, manager)
    go_to(page, "Reports")
    press(page, "Build the report")
    heading(page, "The report is ready").wait_for()
    files = {
        "csv": download(page, "Download the figures (CSV)"),
        "pdf": download(page, "Download the PDF"),
    }
    follow(page, "See the figures as a page")
    heading(page, "Audit returns").wait_for()
    look(page)
    rows = {
        "edition": page.get_by_text("later returns and changes").inner_text().split(",")[0],
        "returned": row(page, "Planned, exempted, scheduled and returned audits", "Total"),
        "standing": row(page, "Grades after moderation, by month", "Total"),
        "lowered": row(page, "Auditors' own grades beside the grades that stand", "Total"),
        "moderated": row(page, "Outcome of moderation", "Moderated, of returned"),
        "downgraded": row(page, "Outcome of moderation", "Grade downgraded"),
    }
    return rows, files


def words(document: bytes) -> str:
    """Every word of a PDF in reading order."""
    pages = PdfReader(io.BytesIO(document)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
