"""Limits of untrusted files: unpacked size, width, length of lines, and the memory and time of reading."""

from dataclasses import dataclass

# words of Python, DuckDB, Arrow, C++ and the system for a lack of memory
NO_MEMORY = (
    "MemoryError",
    "Out of Memory",
    "bad_alloc",
    "malloc",
    "bad allocation",
    "annot allocate",
    "start new thread",
)


@dataclass(frozen=True)
class Limits:
    """Bytes, cells and seconds; a file beyond one of them is refused with the number of that limit."""

    unpacked: int = 20_000_000_000  # bytes of the file without its packing
    growth: int = 200  # factor by which a packed file may grow; tables pack to about a tenth
    growth_from: int = 100_000_000  # bytes below which growth is not checked
    columns: int = 1000
    line: int = 8_000_000  # bytes of one row
    rows: int = 50_000_000
    story: int = 1_000_000  # bytes of one nested story
    faults: int = 100_000  # faults that are kept; the others are counted
    memory: int = 8_000_000_000  # bytes that the process that reads may reserve; it uses about half
    seconds: int = 3600


UPLOAD = Limits(unpacked=2_000_000_000, rows=5_000_000, memory=5_000_000_000, seconds=600)
COMMAND_LINE = Limits()


def lacks_memory(text: str) -> bool:
    """Return whether the text of an error is about a lack of memory."""
    return any(words in text for words in NO_MEMORY)
