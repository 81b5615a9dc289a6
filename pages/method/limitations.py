"""The method of coding and double coding, and the limits of the figures."""

from html import escape

import streamlit as st

from cxdata.publish.coverage import READ_COUNTS, describe_coverage
from cxdata.publish.origin import describe_origin, join_authors
from cxdata.questions.rows import LibraryRow
from cxdata.text.formatting import format_count, format_period
from pages.method.definitions import section_header
from pages.ui.cache import cached, rows

CODING = """
<p>A story is one customer’s account of dealings with one company. A coder breaks it into encounters, one for each
moment at a touchpoint, in the order told, and writes each down in the project’s own words with a locator that leads
back to the source. An encounter holds the feeling that the account shows, from −5 to +5 by the anchors in the
codebook; the emotions it names; who made the move; and whether the demand was of value to the customer or came of a
failure.</p>
<p>Effort events, promises and signs are coded the same way, each with its evidence. What the account does not say
is left open: an open cell means <i>not told</i> and is never read as none, and minutes are entered only where they
are told.</p>
<p>A second reader, who did not code the story, then checks every code against the source. Differences are settled
between the two and written into the story’s notes, which its page shows under “How this story was coded”. A story
that nobody has read a second time stays a draft and appears nowhere.</p>
<p>Every shipped story was then coded once more by a reader who saw neither the codes nor the notes, only the account,
the codebook and the short names of the encounters. How far the two codings agree, code by code, stands on the Effort
page under “How sure”; a code on which they agree too little carries the mark ‡ wherever it is used.</p>
"""

READING = """
<p>A story says what it was read for: feelings, effort, promises and signs of care. Somebody who codes a story by
hand reads it whole.</p>
<p>A form asks about some things only. Its answers count for the effort types that it asks about. A blank field and
“N/A” answer nothing, so that type stays unknown in that story. An answer “No” is known: the effort did not happen.</p>
<p>Not read means unknown. It never means none. Every figure uses only the stories that were read for its measure, and
says how many there are. A story read for some effort types has no effort points, because the other types are unknown.
The Effort page counts each effort type in the stories that were read for it.</p>
"""
LIMITS = """
<li><b>The shipped stories were picked by hand.</b> Writers tell what moved them, and we coded what they wrote. That
selection tilts every figure here, and no interval measures it.</li>
<li><b>Complaints are one-sided.</b> Nobody files one of what went well, and a form asks for no feeling: a complaint
stands in no hall, counts as one avoidable contact where it was sent, and says neither what to fix nor what it costs.
How many there are does not say how a company behaves.</li>
<li><b>Each is one side’s account.</b> What a customer reports is reported as theirs; no company was asked for its
view before its story was coded. What one has said since stands beside the story and changes no figure. Nothing here
says what a company usually does.</li>
<li><b>Some dates are inferred</b> from the account and say so. Companies change; a story tells of its own
time.</li>
<li><b>Effort is coded, not surveyed.</b> Points are not a customer effort score (CES) and cannot be set beside
one.</li>
<li><b>The points are judgements.</b> Other weights give other totals and may give another order.</li>
<li><b>One coder and one second reader</b> coded what ships, with a codebook that was settled on these same
accounts.</li>
<li><b>The halls describe stories.</b> A company is in a hall through its stories here, and through nothing else. It
takes five of them that say how the customer felt. Until then the halls show single stories.</li>
"""
CLAIMED = """
<p>What can be claimed: that these customers told these things, that each was coded by the rules above, and that
every figure can be traced event by event to its evidence. The figures are good for seeing how effort arises and
what gratitude grows from, and for asking better questions of one’s own company.</p>
"""


def show_coding_and_limits() -> None:
    """Show the two sections, with the counts of the library."""
    st.html(cached(_coding_and_limits))


def _coding_and_limits() -> str:
    library = rows("library")[0]
    holds = (
        f"The library holds {format_count(library['story_count'], 'story')} of"
        f" {format_count(library['company_count'], 'company')}"
        f" ({format_period(library['first_year'], library['last_year'])}), {_describe_library(library)}, with"
        f" {format_count(library['encounter_count'], 'encounter')},"
        f" {format_count(library['event_count'], 'effort event')} and"
        f" {format_count(library['promise_count'], 'promise')}."
        if library["story_count"]
        else "The library holds no published story yet."
    )
    return (
        f'<div class="cx-method">{section_header("coding")}{CODING}{section_header("reading")}{READING}'
        f"{_describe_coverage(library)}{section_header('limits')}"
        f"<p>{escape(holds)}{_describe_single(library)}{escape(_describe_selection(library))}</p>"
        f"<ul>{LIMITS}</ul>{CLAIMED}</div>"
    )


def _describe_coverage(library: LibraryRow) -> str:
    """Return the coverage of the library as a paragraph in HTML; empty if every story was read for everything."""
    words = describe_coverage(library, *READ_COUNTS)
    return f"<p>{escape(words)}</p>" if words else ""


def _describe_library(library: LibraryRow) -> str:
    filed = f"filed with {library['registers']}" if library["registers"] else ""
    if filed and not library["authors"]:
        return filed
    return f"told by {_authors(library)}" + (f" or {filed}" if filed else "")


def _authors(library: LibraryRow) -> str:
    authors = library["authors"] or "nobody named"
    return join_authors(library) if library["author_count"] > 1 else f"one author, {authors}"


def _describe_selection(library: LibraryRow) -> str:
    """Describe the origin of stories that nobody chose by hand; empty if there are none."""
    return f" {describe_origin(library)}" if library["synthetic_count"] or library["complaint_count"] else ""


def _describe_single(library: LibraryRow) -> str:
    if library["story_count"] and library["story_count"] == library["company_count"]:
        return " Every company has exactly one, so no company can be told from its one story."
    return ""
