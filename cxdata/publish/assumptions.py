"""A reader's weights, prices and frequencies in words, where they differ from the codebook."""

from collections.abc import Mapping, Sequence

from cxdata.codebook.codes import Codebook, Cost, load_codebook
from cxdata.text.formatting import format_number, format_pounds, join_list, join_parts, localise_digits

Choices = Mapping[str, object]


def describe_assumptions(choices: Choices) -> str:
    """Write 'weighted waiting first, Worry × 2 · phone call £4.00 to 6.00 · 1 to 3% of orders'; '' for our own."""
    book = load_codebook()
    return join_parts([_weights(book, choices), _costs(book, choices), _frequency(choices)])


def _weights(book: Codebook, choices: Choices) -> str:
    said = []
    weighting = str(choices.get("weighting") or "ours")
    if weighting != "ours":
        said.append(book.label("weightings", weighting).lower())
    own = [entry.partition(":") for entry in _entries(choices, "weights")]
    named = [f"{book.label('drivers', driver)} × {localise_digits(f'{float(factor):g}')}" for driver, _, factor in own]
    if named:
        said.append(join_list(named, len(named)))
    return f"weighted {', '.join(said)}" if said else ""


def _costs(book: Codebook, choices: Choices) -> str:
    named = []
    for entry in _entries(choices, "costs"):
        item, low, high = entry.split(":")
        known = book["costs"].get(item)
        if not (isinstance(known, Cost) and (known.low, known.high) == (float(low), float(high))):
            named.append(f"{book.label('costs', item).lower()} {format_pounds(float(low), float(high))}")
    return join_list(named, len(named))


def _frequency(choices: Choices) -> str:
    ends = [choices.get(f"frequency_{end}") for end in ("low", "high")]
    if ends == [None, None]:
        return ""
    # a missing lower end is 0%, a missing upper end 100%
    low, high = (
        format_number(other if end is None else float(str(end))) for end, other in zip(ends, (0, 100), strict=True)
    )
    return f"{low}% of orders" if low == high else f"{low} to {high}% of orders"


def _entries(choices: Choices, name: str) -> list[str]:
    entries = choices.get(name) or ()
    return (
        sorted(map(str, entries)) if isinstance(entries, Sequence) and not isinstance(entries, str) else [str(entries)]
    )
