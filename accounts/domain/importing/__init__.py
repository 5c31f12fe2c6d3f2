"""Staff and units from a spreadsheet (CSV or XLSX), all or nothing.

`rows` reads the file and knows no records; `staff` looks at what a file would do and does it, by
the same verbs as the pages; `uploads` keeps a file between its upload and its import.
"""

from accounts.domain.importing.staff import Made, import_staff, preview

__all__ = ["Made", "import_staff", "preview"]
