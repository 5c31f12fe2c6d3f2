"""One audit of a batch while it is being written, and saving many rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model

from audits.models import Audit, AuditReturn, Exemption
from moderation.domain.importing.plan import Entry
from moderation.domain.importing.row import AuditRow
from moderation.models import ImportedAudit, Moderation

Record = TypeVar("Record", bound=Model)

CREATED_AT_ONCE = 1_000
CHANGED_AT_ONCE = 100


@dataclass
class Written:
    """An entry with its records, as far as they have been made."""

    entry: Entry
    audit: Audit
    link: ImportedAudit
    audit_return: AuditReturn | None = None
    exemption: Exemption | None = None
    moderation: Moderation | None = None

    @property
    def row(self) -> AuditRow:
        return self.entry.row

    @property
    def is_new(self) -> bool:
        return self.entry.known is None

    def corrects(self, *columns: str) -> bool:
        """Whether one of these columns is corrected; never for a new audit."""
        return any(correction.column in columns for correction in self.entry.corrections)


def save_all(model: type[Record], records: Sequence[Record], fields: Sequence[str]) -> None:
    """Create the records without a key; of the others write `fields`."""
    new = [record for record in records if record.pk is None]
    old = [record for record in records if record.pk is not None]
    model._default_manager.bulk_create(new, batch_size=CREATED_AT_ONCE)
    model._default_manager.bulk_update(old, fields, batch_size=CHANGED_AT_ONCE)
