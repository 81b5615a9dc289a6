"""Marks that nobody sees: they reverse, hide or pad the words of others, and are taken out of every text.

The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji are written with them.
"""

import re

RANGES = (
    *((0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180E, 0x180E)),
    *((0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x2800, 0x2800), (0x3164, 0x3164)),
    *((0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F)),
)
"""First and last code point: fillers and blanks without ink, marks of direction, joiners of words, tags."""

INVISIBLE = "".join(f"{chr(first)}-{chr(last)}" for first, last in RANGES)
"""The marks as the inside of a character class, for the patterns of Python, DuckDB, Arrow and pydantic."""

_PATTERN = re.compile(f"[{INVISIBLE}]")


def remove_invisible(text: str) -> str:
    """Return the text without invisible marks."""
    return text if text.isascii() else _PATTERN.sub("", text)


def remove_invisible_sql(text: str) -> str:
    """Return `remove_invisible` as SQL over a column or parameter."""
    pattern = f"regexp_replace({text}, '[{INVISIBLE}]', '', 'g')"
    return f"case when strlen({text}) = length({text}) then {text} else {pattern} end"
