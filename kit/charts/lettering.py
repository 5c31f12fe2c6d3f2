"""How wide a text will be, so that no two texts of a chart can meet.

Widths are Inter's advances in hundredths of the size, because no font need be read for a layout.
"""

from typing import Final

PRINT: Final = 642
WIDE: Final = 560
NARROW: Final = 328

_ADVANCES: Final = {
    character: advance
    for advance, characters in (
        (22, "'"),
        (24, "ijl"),
        (26, "I"),
        (28, " !,.:;"),
        (33, "|"),
        (36, "()/[\\]ft{}"),
        (37, "r"),
        (40, '"'),
        (45, "_"),
        (46, "-1"),
        (47, "^"),
        (50, "*`"),
        (51, "?"),
        (52, "s"),
        (54, "Jkxz"),
        (56, "Lacvy"),
        (57, "7"),
        (58, "eu"),
        (59, "Fhn"),
        (60, "Eo"),
        (61, "25gpq"),
        (62, "0689Zbd"),
        (63, "#P"),
        (64, "$&34RSTX"),
        (65, "BK"),
        (66, "+<=>Y~"),
        (68, "AV"),
        (72, "D"),
        (73, "C"),
        (74, "GHU"),
        (75, "N"),
        (76, "OQ"),
        (81, "%w"),
        (87, "m"),
        (89, "M"),
        (94, "@"),
        (95, "W"),
    )
    for character in characters
}
_OTHER_LATIN: Final = 70
_OTHER: Final = 105
_BOLD: Final = 1.08
_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"


def label_size(width: int) -> int:
    """The size of a chart's labels in px: 15 and 13 at the two widths of the web, 11 in print."""
    return {WIDE: 15, NARROW: 13}.get(width, 11)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in px, never less than it will be."""
    advances = (_advance(character) for character in text)
    return sum(advances) * size * (_BOLD if bold else 1) / 100


def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """One or two lines no wider than `width`; what does not fit ends in an ellipsis."""
    if text_width(text, size) <= width:
        return (text,)
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        first = " ".join(words[:count])
        if text_width(first, size) <= width:
            return first, shortened(" ".join(words[count:]), width, size)
    return (shortened(text, width, size),)


def shortened(text: str, width: float, size: float) -> str:
    """One line no wider than `width`; what does not fit ends in an ellipsis."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + _ELLIPSIS, size) > width:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS


def _advance(character: str) -> int:
    if character in _ADVANCES:
        return _ADVANCES[character]
    return _OTHER_LATIN if ord(character) < 0x2100 else _OTHER
