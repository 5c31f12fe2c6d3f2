from django.db import models

from accounts.models.user import User
from kit.records import PublicRecord


class KeptFile(PublicRecord):
    """A file that is uploaded, looked at, and imported all or nothing.

    The bytes are kept only from the upload until the import, at most until `expires_at`; the
    SHA-256 stays.
    """

    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name
