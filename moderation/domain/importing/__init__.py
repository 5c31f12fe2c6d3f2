"""A council's own past audits, from a spreadsheet (CSV or XLSX) into the records.

    preview(content, by=..., best=...)         what importing would do; writes nothing
    import_audits(content, file_name=..., by=...)   does it, all or nothing

Reading (`workbooks`, `reading`, `columns`, `cells`, `grades`, `row`, `rows`) knows no records.
Planning (`places`, `tool`, `people`, `recorded`, `comparing`, `plan`) reads them, and writing
(`needs`, `batch`, `marks`, `accesses`, `writing`) alone writes. It is one act of the QA manager,
not the acts of the past done again: history has one entry a file, with its SHA-256 and counts.
"""

from kit.spreadsheets.problems import CannotRead, HasProblems, Problem
from moderation.domain.importing.plan import Plan
from moderation.domain.importing.writing import import_audits, preview

__all__ = ["CannotRead", "HasProblems", "Plan", "Problem", "import_audits", "preview"]
