"""The writer's own words in a picture: which they are, and how the picture marks them.

The count, unit, period and source of a picture stand in lines that no choice replaces.
"""

import hashlib
import json
from base64 import b32encode
from collections.abc import Iterable

from cxdata.export.picture.options import PictureOptions
from cxdata.publish.charts import PublishedChart
from cxdata.text.formatting import join_list

SENTENCES = {"headline": "headline", "subtitle": "subtitle", "notes": "note", "alt": "alternative text"}
"""What a writer may say in place of the chart, or add, by the field of `PictureOptions`."""
SEEN = ("headline", "subtitle", "notes")
OWN = (*SENTENCES, "byline")
HASH_BYTES = 5


def credit_words(picture: PictureOptions, fields: Iterable[str] = SEEN) -> str:
    """Say which words are the writer's, as in 'Headline by the writer, signed “J. Doe”'; '' if none is."""
    said = join_list([SENTENCES[name] for name in fields if getattr(picture, name) is not None])
    if said:
        said = f"{said[0].upper()}{said[1:]} by the writer"
        return f"{said}, signed “{picture.byline}”" if picture.byline else said
    return f"Writer: {picture.byline}" if picture.byline else ""


def list_feet(published: PublishedChart, picture: PictureOptions) -> list[str]:
    """List the lines below a picture: the writer's note and credit, then what no choice replaces."""
    note = f"Writer’s note: {picture.notes}" if picture.notes else ""
    return [line for line in (note, credit_words(picture), *_fixed(published, picture)) if line]


def cite_source(published: PublishedChart, picture: PictureOptions) -> str:
    """Return credit and source as one line, for a caption or a citation."""
    return " · ".join(part for part in (credit_words(picture), *_fixed(published, picture)) if part)


def _fixed(published: PublishedChart, picture: PictureOptions) -> tuple[str, str]:
    # the chart's subtitle has the count, unit and period, so a replaced one moves to the foot
    return published.subtitle if picture.subtitle is not None else "", published.source_line


def hash_words(picture: PictureOptions) -> str:
    """Return a short code of the writer's words, '' without any, so that other words give another id."""
    own = list_words(picture)
    digest = hashlib.sha256(json.dumps(own, sort_keys=True).encode()).digest()
    return b32encode(digest[:HASH_BYTES]).decode().lower() if own else ""


def list_words(picture: PictureOptions) -> dict[str, str]:
    """Return the writer's words, by the field of `PictureOptions`."""
    return {name: getattr(picture, name) for name in OWN if getattr(picture, name) is not None}
