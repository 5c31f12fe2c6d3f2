"""The authority's settings are changed by those the matrix names."""

import pytest

from accounts.domain import settings
from accounts.models import AuthoritySettings
from tests.matrix import COLUMNS, cell, refusal_of


@pytest.mark.parametrize("column", COLUMNS)
def test_who_may_change_settings_is_what_the_matrix_says(world, column):
    may = cell("settings.change", column) != "none"
    said = {"name": "Aireborough", "invitation_days": 3, "partner_authority": ""}
    by = getattr(world, column)

    reason = refusal_of(lambda: settings.change(**said, by=by))

    assert reason == ("" if may else "no_settings")
    assert AuthoritySettings.objects.exists() is may
