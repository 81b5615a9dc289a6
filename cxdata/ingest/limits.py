"""How much an untrusted file may be: what it unpacks to, how wide and how long its lines are, what reading may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bytes, cells and seconds; what goes beyond is refused, with the number that it went beyond."""

    unpacked: int = 20_000_000_000  # bytes of the file without its packing
    growth: int = 200  # times its size that a packed file may unpack to; tables pack to a tenth or so
    growth_from: int = 100_000_000  # bytes from which that is looked at
    columns: int = 1000
    line: int = 8_000_000  # bytes of one row
    rows: int = 50_000_000
    story: int = 1_000_000  # bytes of one nested story
    faults: int = 100_000  # faults that are kept; the others are counted
    memory: int = 8_000_000_000  # bytes that the process that reads may reserve; it uses about half
    seconds: int = 3600


UPLOAD = Limits(unpacked=2_000_000_000, rows=5_000_000, memory=5_000_000_000, seconds=600)
COMMAND_LINE = Limits()
