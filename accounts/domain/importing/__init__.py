"""Staff and units from a spreadsheet (CSV or XLSX), all or nothing.

`rows` reads the file and knows no records; `staff` looks at what a file would do and does it, by
the same verbs as the pages; `uploads` carries it out for a file that was looked at first, and
`keeping` keeps any such file, of staff or of audits, between its upload and its import.
"""

from accounts.domain.importing.staff import Made, import_staff, preview

__all__ = ["Made", "import_staff", "preview"]
