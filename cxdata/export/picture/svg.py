"""A picture as an SVG file: with title and description, embedded fonts, and ids that are unique on a page."""

import re
from collections import defaultdict
from collections.abc import Mapping
from html import escape, unescape

from cxdata.export.picture.fonts import Face, find_face, font_face_css

ARIA = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')
TEXT = re.compile(r"<text\b([^>]*)>(.*?)</text>", flags=re.DOTALL)


def finish_svg(drawn: str, about: Mapping[str, str], packed: str, prefix: str) -> str:
    """Add title, description, fonts and metadata to a picture.

    `about` has title and description; `packed` is the metadata as one text; `prefix` begins every id.
    """
    body = _own_ids(ARIA.sub("", drawn), prefix)
    opening, rest = body.split(">", 1)
    title, description = (escape(about[name], quote=False) for name in ("title", "description"))
    fonts = font_face_css(_used(rest))
    return (
        f'{opening} role="img" aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{title}</title><desc id="{prefix}-desc">{description}</desc>'
        f'<metadata id="{prefix}-metadata">{escape(packed, quote=False)}</metadata>'
        + (f"<style>{fonts}</style>" if fonts else "")
        + rest
    )


def _own_ids(svg: str, prefix: str) -> str:
    """Renumber ids from 1 with a prefix, since Vega's numbers go on from picture to picture."""
    names: dict[str, str] = {}
    for found in re.findall(r'\bid="([^"]+)"', svg):
        names.setdefault(found, f"{prefix}-{len(names) + 1}")

    def renamed(match: re.Match[str]) -> str:
        return match[1] + names.get(match[2], match[2]) + match[3]

    svg = re.sub(r'(\bid=")([^"]+)(")', renamed, svg)
    svg = re.sub(r"(url\(['\"]?#)([^)'\"]+)(['\"]?\))", renamed, svg)
    return re.sub(r'(href="#)([^"]+)(")', renamed, svg)


def _used(svg: str) -> dict[Face, set[str]]:
    """Collect the characters that each of our faces shows."""
    used: dict[Face, set[str]] = defaultdict(set)
    for attributes, inner in TEXT.findall(svg):
        said = dict(re.findall(r'([a-z-]+)="([^"]*)"', attributes))
        face = find_face(unescape(said.get("font-family", "")), said.get("font-weight", "normal"))
        if face:
            used[face] |= set(unescape(re.sub(r"<[^>]*>", "", inner)))
    return used
