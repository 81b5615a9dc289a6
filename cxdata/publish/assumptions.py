"""The reader's opinions in words: what a chart was weighed and priced by, where that is not as in the codebook."""

from collections.abc import Mapping, Sequence

from cxdata.codebook.codes import Codebook, Cost, load_codebook
from cxdata.text.formatting import format_number, format_pounds, join_list, join_parts, localise_digits

Choices = Mapping[str, object]


def describe_assumptions(choices: Choices) -> str:
    """'weighted waiting first, Worry × 2 · phone call £4.00 to 6.00 · 1 to 3% of orders'; '' where all is ours."""
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
    told = [choices.get(f"frequency_{end}") for end in ("low", "high")]
    if told == [None, None]:
        return ""
    # how many at least, where only how many at most is said, is none
    low, high = (
        format_number(other if end is None else float(str(end))) for end, other in zip(told, (0, 100), strict=True)
    )
    return f"{low}% of orders" if low == high else f"{low} to {high}% of orders"


def _entries(choices: Choices, name: str) -> list[str]:
    entries = choices.get(name) or ()
    return (
        sorted(map(str, entries)) if isinstance(entries, Sequence) and not isinstance(entries, str) else [str(entries)]
    )
