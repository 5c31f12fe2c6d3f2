from django.db import models

from kit.records import PublicRecord
from reporting.choices import FileKind
from reporting.models.report import Report

LARGEST_FILE = 10 * 1024 * 1024


class ReportFile(PublicRecord):
    """The bytes of an edition's PDF or CSV with their SHA-256; at most 10 MB.

    `is_released`: as its recipients have it, printed with who approved it; else as the draft.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=3, choices=FileKind.choices)
    is_released = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind", "is_released"], name="report_file_once"
            ),
            models.CheckConstraint(
                condition=models.Q(size__lte=LARGEST_FILE), name="report_file_size"
            ),
        ]

    def __str__(self) -> str:
        return self.name
