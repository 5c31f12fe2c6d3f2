"""Every address of docs/urls.csv, opened with its first sample, whoever asks."""

import csv
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from tests.samples import SAMPLES
from tests.world import World


def rows(method: str) -> list[dict[str, str]]:
    """The rows of docs/urls.csv for GET or for POST."""
    with (settings.BASE_DIR / "docs" / "urls.csv").open(newline="") as file:
        return [row for row in csv.DictReader(file) if row["method"] == method]


def address_of(world: World, row: dict[str, str]) -> str:
    """The row's address, of a record that is made for it."""
    sample = row["in_scope_sample"]
    arguments: dict[str, Any] = SAMPLES[sample](world) if sample else {}
    return reverse(row["url_name"], kwargs=arguments)


def each_address(world: World, method: str) -> Iterator[str]:
    return (address_of(world, row) for row in rows(method))
