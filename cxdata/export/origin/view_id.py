"""The id of a view: a short code that holds the chart, its choices, size and look, so that anybody can open it again.

The id is the compressed view itself. No server stores it, and every replica can open it. Of a writer's words it holds
a short hash, so that a picture with other words has another id.
"""

import base64
import zlib
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import parse_qs, urlencode

from cxdata.errors import ExportError
from cxdata.export.origin.own_words import OWN, hash_words
from cxdata.export.view import STYLES, View, format_query

# Never change or reorder these words: ids in old pictures depend on them. New words need a new PACKING letter.
WORDS = (
    "companies=&sectors=&jobs=&touchpoints=&halls=shame&halls=fame&since=20&until=20&company=&most=&driver=&story=&job="
    "return_a_laptop&job=buy_a_laptop&left=AO.com&right=Argos&highlight=&look=dark&look=light&data=&"
    "head_to_head?journey?effort?effort_by_driver?effort_sources?effort_and_experience?fix_first?promise_gap?signs?"
    "touchpoint_feeling?touchpoint_effort?touchpoint_halls?fame_and_shame?"
)
KINDS = "story_kind=all&story_kind=synthetic&story_kind=survey&story_kind=complaint&story_kind=customer_story&"
PICTURES = "preset=wide&preset=slide&preset=story&preset=portrait&preset=square&language=de&plain=1&words="
PACKINGS = {"a": WORDS, "b": WORDS + KINDS, "c": WORDS + KINDS + PICTURES}
FIGURES_ONLY, WHOLE = "b", "c"
WRITTEN = "words"
"""The name that the hash of a writer's words has in an id."""


def _query(choices: Mapping[str, object]) -> str:
    return urlencode(sorted((key, value) for key, value in choices.items() if value), doseq=True)


def identify_view(view: View) -> str:
    """Return the id of a view; its scale, its ground and its signature change no mark, and are no part of it."""
    return encode_view_id(view.chart, _named_by(view))


def _named_by(view: View) -> dict[str, object]:
    asked: dict[str, object] = dict(format_query(view))
    for name in (*OWN, "scale", "transparent", "signature"):
        asked.pop(name, None)
    words = hash_words(view.picture)
    return asked | ({WRITTEN: words} if words else {})


def encode_view_id(chart: str, choices: Mapping[str, object]) -> str:
    """Encode a chart with its choices, and with those of its picture, as letters and digits in groups of four."""
    view = f"{chart}?{_query(choices)}"
    # an id without a choice of size or look stays what it was before ids had them
    packing = WHOLE if choices.keys() & {*STYLES, WRITTEN} else FIGURES_ONLY
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=PACKINGS[packing].encode())
    packed = squeeze.compress(view.encode()) + squeeze.flush()
    check = zlib.crc32(view.encode()).to_bytes(4, "big")[:1]
    text = packing + base64.b32encode(check + packed).decode().rstrip("=").lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def is_id_of(code: str, view: View) -> bool:
    """Tell whether an id is of this view, in any packing; older ones hold its chart and choices alone."""
    named = _named_by(view) if code[:1] == WHOLE else view.choices
    with suppress(ExportError):
        return decode_view_id(code) == (view.chart, parse_qs(_query(named)))
    return False


def decode_view_id(code: str) -> tuple[str, dict[str, list[str]]]:
    """Decode the chart and choices of an id, those of its picture too. Raises ExportError if it is not valid."""
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
