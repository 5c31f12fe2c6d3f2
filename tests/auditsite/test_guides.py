"""What README and docs/ name is there: each page, each picture, each heading."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
DOCUMENTS = sorted([BASE / "README.md", BASE / "CHANGELOG.md", *(BASE / "docs").rglob("*.md")])
GUIDES = ("auditor", "qa-officer", "head-of-service", "committee")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MOST_BYTES = 150_000


def links(document: Path) -> Iterator[tuple[str, str]]:
    """Path and heading of each link that stays in the repository."""
    for link in LINK.findall(document.read_text()):
        if not link.startswith(("http:", "https:", "mailto:")):
            path, _, heading = link.partition("#")
            yield path, heading


def headings(document: Path) -> set[str]:
    """As a link spells them: small letters, hyphens, no signs."""
    found = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-") for text in found}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(BASE)))
def test_what_a_page_links_to_is_there(document):
    for path, heading in links(document):
        named = (document.parent / path).resolve() if path else document
        assert named.exists(), path
        assert not heading or heading in headings(named), f"{path}#{heading}"


def test_each_picture_is_shown_somewhere_and_small():
    shown = {
        (document.parent / path).resolve() for document in DOCUMENTS for path, _ in links(document)
    }
    for picture in (BASE / "docs" / "pictures").iterdir():
        assert picture in shown, picture.name
        assert picture.stat().st_size < MOST_BYTES, picture.name


@pytest.mark.parametrize("guide", GUIDES)
def test_each_guide_leads_to_the_others(guide):
    named = {path for path, _ in links(BASE / "docs" / f"guide-{guide}.md")}
    assert {f"guide-{other}.md" for other in GUIDES if other != guide} <= named
    assert f"docs/guide-{guide}.md" in {path for path, _ in links(BASE / "README.md")}
