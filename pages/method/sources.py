"""Whose pieces these are, and how to cite what is made of them."""

from html import escape
from typing import Any

import streamlit as st

from cxdata import __version__
from cxdata.text.formatting import authors_in_words, count, sentence
from pages.method.definitions import section
from pages.ui.cache import built, rows, version
from pages.ui.escaping import link_to

MOST = 200  # sources on the page; the table `source` has them all


def show_sources() -> None:
    """Every source with its author."""
    st.html(built(_sources))


def show_citation() -> None:
    """A line to cite, and the versions that go into it."""
    st.html(built(_citation))


def _sources() -> str:
    found = rows("sources")
    items = "".join(_source(row) for row in found[:MOST]) or '<li class="cx-silent">There are none yet.</li>'
    more = (
        f"<p>and {count(len(found) - MOST, 'further source')} in the table <code>source</code>.</p>"
        if len(found) > MOST
        else ""
    )
    return (
        f'<div class="cx-method">{section("sources")}<p>Facts are carried over from these pieces, sentences are not: '
        f"every summary and every line of evidence is in the project’s own words.</p><ul>{items}</ul>{more}</div>"
    )


def _source(row: dict[str, Any]) -> str:
    holds = [
        count(row["story_count"], "story") if row["story_count"] else "",
        count(row["lesson_count"], "lesson") if row["lesson_count"] else "",
    ]
    told = sentence([escape(row["kind"]), escape(row["publication"] or ""), escape(row["published"] or ""), *holds])
    cited = f"{escape(row['author'])}, “{link_to(row['url'], row['title'])}”"
    return f'<li>{cited}<br><span class="cx-source">{told}</span></li>'


def _citation() -> str:
    data = version()
    authors = authors_in_words(rows("library")[0])
    told = f" Accounts by {escape(authors)}, coded by the project." if authors else ""
    return (
        f'<div class="cx-method">{section("cite")}<p>Name the author of the account first, then this collection:</p>'
        f'<p class="cx-formula">Hall of fame, hall of shame: customer stories as records.{told} '
        f"Data {data}, code {__version__}.</p>"
        f"<p>The data version, <b>{data}</b>, changes with any record, code or definition and stands under every "
        f"chart and "
        f"in the name of every file. The code version is <b>{__version__}</b>.</p></div>"
    )
