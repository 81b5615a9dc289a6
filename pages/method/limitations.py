"""The method of coding and double coding, and the limits of the figures."""

from html import escape

from cxdata.publish.coverage import READ_COUNTS, describe_coverage
from cxdata.publish.origin import describe_origin, describe_registers, join_authors
from cxdata.questions.parameters import ALL_KINDS
from cxdata.questions.rows import LibraryRow
from cxdata.text.formatting import format_count, format_period
from pages.method.sections import section_header
from pages.ui.cache import cached, rows
from pages.ui.markup import show_html

CODING = """
<p>A story is one customer’s dealings with one company, as the customer told them. A coder splits it into steps, one
for each moment at a touchpoint. The coder describes each step in new words and notes where it is in the source. A step
has the customer’s feeling, from −5 to +5, and the emotions named. It says who acted, and whether the contact was of
value to the customer or came from a failure.</p>
<p>Effort, promises and signs of care are coded the same way, each with its evidence. If the story does not say, the
cell stays empty. Empty means <i>not stated</i> and never “none”. Minutes are entered only if the story gives them.</p>
<p>A second reader, who did not code the story, then checks every code against the source. The two settle their
differences and write them down. The story’s page shows these notes under “How this story was coded”. A story that
nobody has checked stays a draft and appears nowhere.</p>
<p>Another reader then coded every shipped story again. This reader saw the source, the codebook and short names of the
steps, but not the codes. The table below shows how far the two agree, code by code. An effort type on which they
often differ is marked ‡ everywhere.</p>
"""

READING = """
<p>Each story says what it was read for: feelings, effort, promises and signs of care. A person who codes a story by
hand reads it for everything.</p>
<p>A form asks about some things only. Its answers count for the effort types that it asks about. A blank field or
“N/A” is no answer, so that type stays unknown in that story. An answer “No” is known: the effort did not happen.</p>
<p>Not read means unknown. It never means none. Every figure uses only the stories that were read for its measure, and
says how many there are. A story read for some effort types only has no effort points, because the other types are
unknown. The Effort page counts each effort type in the stories that were read for it.</p>
"""
LIMITS = """
<li><b>We chose the shipped stories by hand.</b> Writers wrote about what moved them, and we coded what they wrote. That
choice shapes every figure here. Margins of error do not cover it.</li>
<li><b>Complaints show one side.</b> Nobody files a complaint about what went well, and the form does not ask for
feelings. So a complaint is in no hall and does not count towards what to fix or what it costs. It counts as one
avoidable contact. The number of complaints is no measure of a company.</li>
<li><b>Each story is one customer’s report.</b> We report it as theirs. We asked no company for its view before coding.
A company’s reply appears beside the story and changes no figure. No story shows what a company usually does.</li>
<li><b>Some dates are inferred</b> from the story, and they say so. Companies change. A story describes its own
time.</li>
<li><b>We coded effort and surveyed nobody.</b> Points are not a customer effort score (CES), and the two cannot be
compared.</li>
<li><b>The points are judgements.</b> Other weights give other totals and may give another order.</li>
<li><b>One coder and one second reader</b> coded the shipped stories. They wrote the codebook from these same
stories.</li>
<li><b>The halls describe stories.</b> A company is in a hall because of its stories here, and for no other reason. It
needs five stories that say how the customer felt. Until then the halls show single stories.</li>
"""
CLAIMED = """
<p>What you can claim: these customers reported these things, and each was coded by the rules above. Every figure can be
traced to its evidence. The figures help to see how effort arises and what customers are grateful for. They help you to
ask better questions of your own company.</p>
"""


def show_coding_and_limits() -> None:
    """Show the two sections, with the counts of the library."""
    show_html(cached(_coding_and_limits))


def _coding_and_limits() -> str:
    library = rows("library", story_kind=ALL_KINDS)[0]
    holds = (
        f"There are {format_count(library['story_count'], 'story')} about"
        f" {format_count(library['company_count'], 'company')}"
        f" ({format_period(library['first_year'], library['last_year'])}), {_describe_library(library)}, with"
        f" {format_count(library['encounter_count'], 'step')},"
        f" {format_count(library['event_count'], 'effort event')} and"
        f" {format_count(library['promise_count'], 'promise')}."
        if library["story_count"]
        else "There is no published story yet."
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
    filed = describe_registers(library)
    if filed and not library["authors"]:
        return filed
    return f"written by {_authors(library)}" + (f" or {filed}" if filed else "")


def _authors(library: LibraryRow) -> str:
    authors = library["authors"] or "nobody named"
    return join_authors(library) if library["author_count"] > 1 else f"one author, {authors}"


def _describe_selection(library: LibraryRow) -> str:
    """Describe the origin of stories that nobody chose by hand; empty if there are none."""
    return f" {describe_origin(library)}" if library["synthetic_count"] or library["complaint_count"] else ""


def _describe_single(library: LibraryRow) -> str:
    if library["story_count"] and library["story_count"] == library["company_count"]:
        return " Every company has exactly one story, so no company can be judged."
    return ""
