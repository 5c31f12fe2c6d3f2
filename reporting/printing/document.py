"""The whole report as one HTML page with its style sheet, for the PDF."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.printing import edition
from reporting.printing.charts import APOSTROPHE
from reporting.printing.edition import Edition
from reporting.printing.paging import paged
from reporting.printing.parts import Box, Section
from reporting.printing.sections import monthly_sections

# In print it is curved; what the templates escape is never part of a tag.
_ESCAPED_APOSTROPHE = "&#x27;"
_SHEETS = ("print-tokens.css", "print.css")


def monthly_html(report: Edition) -> tuple[str, str]:
    """HTML and CSS of the officer's variant; the same for the same edition."""
    figures = MonthlyFigures.from_document(report.figures)
    narrative = Narrative.from_document(report.narrative)
    sections = [paged(section) for section in monthly_sections(figures, narrative)]
    context = {
        "cover": _cover(report, figures),
        "narrative": narrative,
        "sections": [*sections[:-1], _with_record(sections[-1], report)],
    }
    html = render_to_string("reporting/pdf/report.html", context)
    return html.replace(_ESCAPED_APOSTROPHE, APOSTROPHE), style_sheet()


def style_sheet() -> str:
    """The tokens and the rules of print, read from disk."""
    folder = Path(settings.BASE_DIR) / "static"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in _SHEETS)


def _cover(report: Edition, figures: MonthlyFigures) -> dict[str, Any]:
    return {
        "title": edition.title(report),
        "authority": report.authority_name,
        "period": edition.period_line(report),
        "status": edition.status(report),
        "as_at": edition.as_at(report),
        "about": [
            ("Period", edition.days(report)),
            ("Figures as at", edition.as_at(report)),
            ("Covers", figures.scope),
            ("Counts", "Monthly case-file audits"),
            ("Status", edition.status(report)),
            ("Report number", report.number),
            ("Edition", str(report.run.edition)),
        ],
        "chain_position": report.chain_position,
        "chain_head": edition.in_fours(report.chain_head),
    }


def _with_record(section: Section, report: Edition) -> Section:
    """The last section ends with what this edition can be checked by."""
    status, head = edition.status_within(report), edition.in_fours(report.chain_head)
    record = Box(
        "Record of this edition",
        (
            f"Report {report.number}, edition {report.run.edition}, {status}. Figures frozen as at "
            f"{edition.as_at(report)}; later returns and changes do not alter this edition.",
            f"Head of the history, entry {report.chain_position}: {head}",
        ),
    )
    parts = (*section.parts, record)
    return Section(
        section.code, section.heading, section.finding, section.detail, parts, section.number
    )
