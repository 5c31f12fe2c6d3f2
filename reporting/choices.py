"""Words for reports and the jobs that issue them (architecture: jobs as rows)."""

from django.db import models


class ReportKind(models.TextChoices):
    MONTHLY = "monthly", "Monthly report"


class RunStage(models.TextChoices):
    """How far a job has come, as the person waiting sees it."""

    WAITING = "waiting", "Waiting for the worker"
    COUNTING = "counting", "Counting the records"
    DRAWING = "drawing", "Drawing charts and tables"
    PRINTING = "printing", "Making the PDF"
    PUBLISHED = "published", "Ready"
    FAILED = "failed", "Failed"


class ReportStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    CSV = "csv", "Figures (CSV)"


class RequestSource(models.TextChoices):
    PERSON = "person", "Asked for by a person"
    COMMAND = "command", "Asked for by a command"
    SCHEDULE = "schedule", "The schedule"
