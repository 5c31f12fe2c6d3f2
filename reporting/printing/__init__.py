"""The monthly report as it is printed: HTML for the PDF, CSV, and the sections both come from.

Pure: everything comes from the frozen edition. No clock, no database.
"""

from reporting.printing.document import monthly_html
from reporting.printing.sections import monthly_sections
from reporting.printing.sheet import monthly_csv

__all__ = ["monthly_csv", "monthly_html", "monthly_sections"]
