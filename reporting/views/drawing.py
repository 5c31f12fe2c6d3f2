"""Charts of pages that change: drawn once for equal figures, and served by their content."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.core.cache import cache

from accounts.models import User
from kit.charts import NARROW, WIDE, Chart
from reporting.printing.parts import Figure

KEPT_SECONDS = 60 * 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure's two pictures: for a page and for a phone."""

    wide: Chart
    narrow: Chart


def drawn(figure: Figure) -> Drawn:
    """From the cache, where a figure of the same content was drawn before."""
    how = getattr(figure.draw, "func", figure.draw).__qualname__
    what = getattr(figure.draw, "args", ())
    key = sha256(repr((how, figure.title, what)).encode()).hexdigest()
    found: Drawn | None = cache.get(f"drawn:{key}")
    if found is None:
        found = Drawn(figure.draw(WIDE), figure.draw(NARROW))
        cache.set(f"drawn:{key}", found, KEPT_SECONDS)
    return found


def show_to(user: User, figures: Iterable[Drawn], *, of: UUID) -> None:
    """Remember that these pictures stood on this person's page of a unit."""
    charts = [chart for each in figures for chart in (each.wide, each.narrow)]
    cache.set_many({_shown(user, chart.sha256, of): chart.svg for chart in charts}, KEPT_SECONDS)


def shown_to(user: User, digest: str, *, of: UUID) -> str | None:
    """The picture by the hash of its content, if it stood on this person's page of the unit.

    Whether they may see the unit's figures still is the caller's to check.
    """
    svg: str | None = cache.get(_shown(user, digest, of))
    return svg


def _shown(user: User, digest: str, unit: UUID) -> str:
    return f"shown:{user.public_id}:{unit}:{digest}"
