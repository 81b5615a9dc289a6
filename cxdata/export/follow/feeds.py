"""Findings as feeds: Atom (RFC 4287) and JSON Feed 1.1.

An entry is a finding, and keeps its id while its sentence changes. It was updated when the stories behind it last
changed, and not when somebody asked.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from cxdata.export.follow.findings import Finding, Followed
from cxdata.export.web.snippets import SITE

ATOM = "http://www.w3.org/2005/Atom"
VERSION = "https://jsonfeed.org/version/1.1"
LANGUAGE = "en-GB"


class Form(NamedTuple):
    """A format of feeds: its media type, and the function that writes it from findings and the dashboard's address."""

    media_type: str
    write: Callable[[Followed, str], bytes]


def write_atom(followed: Followed, base: str) -> bytes:
    """Write findings as Atom; addresses begin with `base`."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": LANGUAGE})
    _add(feed, "id", _id(followed, base))
    _add(feed, "title", _title(followed))
    _add(feed, "updated", _time(followed.changed_at))
    _add(_add(feed, "author"), "name", SITE)
    own = {"rel": "self", "type": "application/atom+xml", "href": _feed_address(followed, base, "atom")}
    ElementTree.SubElement(feed, "link", own)
    page = {"rel": "alternate", "type": "text/html", "href": f"{base}/{followed.path}"}
    ElementTree.SubElement(feed, "link", page)
    if followed.source:
        _add(feed, "rights", followed.source)
    for finding in followed.findings:
        entry = _add(feed, "entry")
        _add(entry, "id", _id(followed, base, finding))
        _add(entry, "title", finding.sentence)
        _add(entry, "published", _time(followed.added_at))
        _add(entry, "updated", _time(followed.changed_at))
        target = {"rel": "alternate", "type": "text/html", "href": f"{base}/{finding.path}"}
        ElementTree.SubElement(entry, "link", target)
        ElementTree.SubElement(entry, "category", {"term": finding.key, "label": finding.question})
        _add(entry, "content", _html(followed, finding)).set("type", "html")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + bytes(ElementTree.tostring(feed, "utf-8"))


def write_json(followed: Followed, base: str) -> bytes:
    """Write findings as a JSON Feed; addresses begin with `base`."""
    feed = {
        "version": VERSION,
        "title": _title(followed),
        "home_page_url": f"{base}/{followed.path}",
        "feed_url": _feed_address(followed, base, "json"),
        "description": followed.origin,
        "language": LANGUAGE,
        "authors": [{"name": SITE}],
        "items": [
            {
                "id": _id(followed, base, finding),
                "url": f"{base}/{finding.path}",
                "title": finding.sentence,
                "content_html": _html(followed, finding),
                "date_published": _time(followed.added_at),
                "date_modified": _time(followed.changed_at),
                "tags": [finding.question],
            }
            for finding in followed.findings
        ],
    }
    return json.dumps({name: value for name, value in feed.items() if value != ""}, ensure_ascii=False).encode()


FORMS: Mapping[str, Form] = {
    "atom": Form("application/atom+xml; charset=utf-8", write_atom),
    "json": Form("application/feed+json; charset=utf-8", write_json),
}


def _title(followed: Followed) -> str:
    return f"{followed.title}: findings"


def _feed_address(followed: Followed, base: str, form: str) -> str:
    return f"{base}/feed.{form}" + (f"?{followed.query}" if followed.query else "")


def _id(followed: Followed, base: str, finding: Finding | None = None) -> str:
    """Return an id that stays: of the dashboard, the scope and what is found, and not of the sentence."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{base}/feed?{followed.query}#{finding.key if finding else str()}')}"


def _html(followed: Followed, finding: Finding) -> str:
    parts = (finding.sentence, f"{finding.basis}. Came last: {followed.news}.", followed.origin, f"{followed.source}.")
    return "".join(f"<p>{escape(part)}</p>" for part in parts)


def _time(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")


def _add(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = text or None
    return child
