"""From lets-plot's SVG to ours: only shapes and words, the same bytes for the same drawing.

What lets-plot adds (random ids, style sheets, clip paths, a background) is left behind, and each
placeholder gets its text. Nothing in the result refers to anything, inside the file or outside.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from kit.plain_text import printable

_SVG = "http://www.w3.org/2000/svg"
_FAMILY = "Inter, Arial, 'Liberation Sans', sans-serif"
_HALO = {"stroke": "#ffffff", "stroke-width": "4", "stroke-linejoin": "round"}
_KEPT = {
    "line": ("x1", "y1", "x2", "y2", "stroke", "stroke-width", "stroke-dasharray"),
    "path": ("d", "fill", "stroke", "stroke-width"),
    "rect": ("x", "y", "width", "height", "fill", "stroke", "stroke-width"),
    "circle": ("cx", "cy", "r", "fill", "stroke", "stroke-width"),
}
_NUMBER = re.compile(r"-?\d+\.\d+(?:[eE]-?\d+)?")
_COLOUR = re.compile(r"rgb\((\d+),(\d+),(\d+)\)")


@dataclass(frozen=True, slots=True)
class Word:
    """A text of a drawing, kept apart from lets-plot until the end."""

    text: str
    weight: int = 400
    halo: bool = False


def engraved(svg: str, words: Sequence[Word], title: str) -> str:
    """The finished SVG of a plot whose labels are "w0", "w1" and so on, for `words` in order.

    Raises ValueError when lets-plot drew its own error instead of the plot.
    """
    drawn = ElementTree.fromstring(svg)
    if "width" not in drawn.attrib:
        raise ValueError(f"The chart could not be drawn: {' '.join(drawn.itertext()).strip()}")
    size = {name: _tidy(drawn.attrib[name]) for name in ("width", "height")}
    root = Element("svg", {"xmlns": _SVG, **size})
    root.set("viewBox", f"0 0 {size['width']} {size['height']}")
    root.set("role", "img")
    root.set("font-family", _FAMILY)
    SubElement(root, "title").text = printable(title)
    for layer in drawn.iter(f"{{{_SVG}}}g"):
        if "buffered-rendering" in layer.attrib:
            root.extend(_shapes(layer))
            root.extend(_texts(layer, words))
    return ElementTree.tostring(root, encoding="unicode")


def _shapes(layer: Element) -> Iterator[Element]:
    for shape in layer.iter():
        kind = shape.tag.removeprefix(f"{{{_SVG}}}")
        kept = {
            name: _tidy(shape.attrib[name]) for name in _KEPT.get(kind, ()) if name in shape.attrib
        }
        if kept.get("stroke-width") == "0":
            del kept["stroke"], kept["stroke-width"]
        if kept:
            yield Element(kind, kept)


def _texts(layer: Element, words: Sequence[Word]) -> list[Element]:
    """The layer's texts, with every halo beneath every text."""
    halos, texts = [], []
    for group in layer.iter(f"{{{_SVG}}}g"):
        drawn = group.find(f"{{{_SVG}}}text")
        if drawn is None:
            continue
        word = words[int("".join(drawn.itertext()).strip().removeprefix("w"))]
        attributes = _place(group) | _type(drawn, word)
        if word.halo:
            halos.append(_text(attributes | _HALO, word))
        texts.append(_text(attributes, word))
    return halos + texts


def _text(attributes: dict[str, str], word: Word) -> Element:
    element = Element("text", attributes)
    element.text = printable(word.text)
    return element


def _place(group: Element) -> dict[str, str]:
    x, y = _NUMBER.findall(group.attrib["transform"])
    return {"x": _tidy(x), "y": _tidy(y)}


def _type(drawn: Element, word: Word) -> dict[str, str]:
    size = re.search(r"font-size:([\d.]+)px", drawn.attrib["style"])
    kept = {"fill": _tidy(drawn.attrib["fill"]), "font-size": _tidy(size[1]) if size else "11"}
    if word.weight != 400:
        kept["font-weight"] = str(word.weight)
    if "text-anchor" in drawn.attrib:
        kept["text-anchor"] = drawn.attrib["text-anchor"]
    return kept


def _tidy(value: str) -> str:
    """Numbers to a hundredth of a pixel, colours in hex."""
    value = _COLOUR.sub(
        lambda rgb: "#" + "".join(f"{int(part):02x}" for part in rgb.groups()), value
    )
    return _NUMBER.sub(lambda number: f"{round(float(number[0]), 2):g}", value).strip()
