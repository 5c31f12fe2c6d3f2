"""Text that any file can hold."""

import re

# Outside XML 1.0's characters: control codes, halves of surrogate pairs, two non-characters.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text without what neither XML nor a PDF can hold.

    One such character in a name would make a chart unreadable, or a report's text unsearchable.
    """
    return _UNPRINTABLE.sub("", text)
