"""Draws that the planning of the demonstration shares; each uses the `Random` it is given."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


def one(rng: Random, weights: Mapping[Thing, float]) -> Thing:
    """One of the keys, as likely as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def days(rng: Random, least: int, most: int) -> timedelta:
    """A number of days from `least` up to, not including, `most`."""
    return timedelta(days=rng.randrange(least, most))


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def shuffled(rng: Random, things: Sequence[Thing]) -> list[Thing]:
    return rng.sample(list(things), len(things))


def deck(rng: Random, counts: Mapping[Thing, int]) -> list[Thing]:
    """So many of each thing, in random order: shares come out exactly."""
    return shuffled(rng, [thing for thing, count in counts.items() for _ in range(count)])
