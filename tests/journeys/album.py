"""The pictures of README and the guides: what a journey looks at, written when that is asked for.

script/test tests/journeys/test_demonstration.py --pictures
"""

import io
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image
from playwright.sync_api import Page

from tests.journeys.looking import DESK

FOLDER = Path(settings.BASE_DIR) / "docs" / "pictures"
WIDTH = 1120
COLOURS = 128


@dataclass(frozen=True)
class Album:
    """Takes pictures only when `is_open`; a journey need not know."""

    is_open: bool

    def take(self, page: Page, name: str, *, height: int) -> None:
        """The upper part of the page, in a palette that keeps the file small."""
        if not self.is_open:
            return
        page.set_viewport_size({"width": WIDTH, "height": height})
        drawn = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
        flat = drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        flat.save(FOLDER / f"{name}.png", optimize=True)
        page.set_viewport_size(DESK)
