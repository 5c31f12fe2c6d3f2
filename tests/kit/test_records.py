from datetime import date

import pytest
from django.db import IntegrityError, connection, models
from django.test.utils import isolate_apps

from kit.records import PublicRecord, both_or_neither, first_of_month, ordered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visits():
    """A record with each of the constraints, in a table of its own."""
    with isolate_apps("kit"):

        class Visit(PublicRecord):
            month = models.DateField()
            closed_at = models.DateField(null=True)
            closed_by = models.IntegerField(null=True)
            starts_on = models.DateField()
            ends_on = models.DateField(null=True)

            class Meta:
                app_label = "kit"
                constraints = [
                    first_of_month("month", name="visit_month_on_its_first_day"),
                    both_or_neither("closed_at", "closed_by", name="visit_closed_at_and_by"),
                    ordered("starts_on", "ends_on", name="visit_ends_after_its_start"),
                ]

        with connection.schema_editor() as editor:
            editor.create_model(Visit)
        yield Visit.objects
        with connection.schema_editor() as editor:
            editor.delete_model(Visit)


DAY = date(2023, 11, 14)
GOOD = {"month": date(2023, 11, 1), "starts_on": DAY}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"closed_at": DAY, "closed_by": 1},
        {"ends_on": DAY},
        {"ends_on": date(2023, 12, 1)},
    ],
)
def test_what_holds_is_kept_and_has_a_public_id(visits, change):
    one, other = visits.create(**GOOD | change), visits.create(**GOOD | change)
    assert one.public_id != other.public_id
    assert visits.get(public_id=one.public_id) == one


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"month": DAY}, "visit_month_on_its_first_day"),
        ({"closed_at": DAY}, "visit_closed_at_and_by"),
        ({"closed_by": 1}, "visit_closed_at_and_by"),
        ({"ends_on": date(2023, 11, 13)}, "visit_ends_after_its_start"),
    ],
)
def test_the_database_refuses_what_does_not_hold(visits, change, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        visits.create(**GOOD | change)


def test_two_records_cannot_share_a_public_id(visits):
    first = visits.create(**GOOD)
    with pytest.raises(IntegrityError):
        visits.create(**GOOD, public_id=first.public_id)
