"""Cases restricted before reasons were kept get a restriction that says so."""

import uuid

from django.db import migrations

REASON = "Restricted before reasons were kept."


def write(apps, schema_editor):
    Case = apps.get_model("cases", "Case")
    Restriction = apps.get_model("cases", "Restriction")
    Restriction.objects.bulk_create(
        Restriction(
            public_id=uuid.uuid4(),
            case=case,
            reason=REASON,
            restricted_at=case.restricted_at,
            restricted_by_id=case.restricted_by_id,
        )
        for case in Case.objects.filter(restricted_at__isnull=False)
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_restricted_and_opened")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
