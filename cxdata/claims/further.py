"""How many more stories may tell two companies apart, where those there are do not."""

from cxdata.claims.grammar import shown
from cxdata.statistics.power import MIN_KNOWN, estimate_more
from cxdata.statistics.summaries import Summary
from cxdata.text.formatting import format_count, format_number

MOST = 100  # times the stories there are: a range that ends beyond is said without its end


def say_further(name: str, one: Summary, other_name: str, other: Summary) -> str:
    """Say what it may take to tell two means apart, as part of a sentence; '' of equal means, or where it cannot say.

    It is a range, for the difference itself is uncertain, and no promise: the next stories may differ.
    """
    if shown(one.mean) == shown(other.mean):
        return ""
    if min(one.count, other.count) < MIN_KNOWN:
        return f"too few stories to compare {name} with {other_name}"
    more = estimate_more(one, other)
    if more is None:
        return ""
    low = _rounded(more.low)
    if more.high is None or more.high > MOST * min(one.count, other.count):
        number = f"at least {format_number(low)} more stories"
    elif low < (high := _rounded(more.high)):
        number = f"about {format_number(low)} to {format_number(high)} more stories"
    else:
        number = f"about {format_count(low, 'more story', 'more stories')}"
    return f"{number} of each may tell {name} from {other_name}"


def _rounded(stories: int) -> int:
    """Round up to two figures, which is more than such an estimate bears."""
    step: int = 10 ** max(len(str(stories)) - 2, 0)
    return -(-stories // step) * step
