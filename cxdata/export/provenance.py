"""The id of a view: a short code that holds the chart and its choices, so that anybody can open it again.

The id is the compressed view itself. No server stores it, and every replica can open it.
"""

import base64
import zlib
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import parse_qs, urlencode

from cxdata.errors import ExportError

# Never change or reorder these words: ids in old pictures depend on them. New words need a new PACKING letter.
WORDS = (
    "companies=&sectors=&jobs=&touchpoints=&halls=shame&halls=fame&since=20&until=20&company=&most=&driver=&story=&job="
    "return_a_laptop&job=buy_a_laptop&left=AO.com&right=Argos&highlight=&look=dark&look=light&data=&"
    "head_to_head?journey?effort?effort_by_driver?effort_sources?effort_and_experience?fix_first?promise_gap?signs?"
    "touchpoint_feeling?touchpoint_effort?touchpoint_halls?fame_and_shame?"
)
KINDS = "story_kind=all&story_kind=synthetic&story_kind=survey&story_kind=complaint&story_kind=customer_story&"
PACKINGS = {"a": WORDS, "b": WORDS + KINDS}
PACKING = "b"


def _query(choices: Mapping[str, object]) -> str:
    return urlencode(sorted((key, value) for key, value in choices.items() if value), doseq=True)


def encode_view_id(chart: str, choices: Mapping[str, object]) -> str:
    """Encode a view as lower-case letters and digits in groups of four."""
    view = f"{chart}?{_query(choices)}"
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=PACKINGS[PACKING].encode())
    packed = squeeze.compress(view.encode()) + squeeze.flush()
    check = zlib.crc32(view.encode()).to_bytes(4, "big")[:1]
    text = PACKING + base64.b32encode(check + packed).decode().rstrip("=").lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def is_view_id(code: str, chart: str, choices: Mapping[str, object]) -> bool:
    """Tell whether an id is of this chart with these choices, in any packing."""
    with suppress(ExportError):
        return decode_view_id(code) == (chart, parse_qs(_query(choices)))
    return False


def decode_view_id(code: str) -> tuple[str, dict[str, list[str]]]:
    """Decode the chart and choices of an id. Raises ExportError if it is not valid."""
    text = "".join(mark for mark in code.lower() if mark.isalnum())
    try:
        if text[:1] not in PACKINGS or len(text) > 400:
            raise ValueError
        packed = base64.b32decode(text[1:].upper() + "=" * (-len(text[1:]) % 8))
        view = zlib.decompressobj(-15, zdict=PACKINGS[text[0]].encode()).decompress(packed[1:], 4000)
        if zlib.crc32(view).to_bytes(4, "big")[:1] != packed[:1]:
            raise ValueError
        chart, _, query = view.decode().partition("?")
    except (ValueError, zlib.error):
        raise ExportError(
            f"{code!r} is not the id of a chart. You find the id at the foot of every exported picture."
        ) from None
    return chart, parse_qs(query)
