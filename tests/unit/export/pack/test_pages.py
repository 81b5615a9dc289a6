"""The pages of a pack: each says what the dashboard says, and none has a figure or an empty place of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import duckdb
import pytest

from cxdata.codebook.codes import Codebook
from cxdata.errors import ExportError, QuestionError
from cxdata.export.pack.model import Pack
from cxdata.export.pack.pages import build_pack
from cxdata.export.pack.scope import parse_scope
from cxdata.publish.charts import publish_chart
from cxdata.stories import Library
from tests.fixtures.large_databases import complaints, make_large
from tests.fixtures.stories import make_story, step

PAIR = {"left": "AO.com", "right": "Argos"}
CHOICES = ("left=AO.com&right=Argos", "companies=AO.com", "", "companies=Argos")


@pytest.fixture(scope="module")
def packs(database: duckdb.DuckDBPyConnection) -> Callable[[str], Pack]:
    """The packs of the shipped stories by their query, each built once."""
    return cache(lambda query: build_pack(database, parse_scope(parse_qs(query))))


def make(connection: duckdb.DuckDBPyConnection, **asked: Any) -> Pack:
    return build_pack(connection, parse_scope(asked))


@pytest.fixture(scope="module")
def filed(codebook: Codebook) -> Iterator[duckdb.DuckDBPyConnection]:
    """Complaints that nobody read for effort or feelings."""
    with make_large(replace(complaints(200, 20), kind="complaint"), codebook) as connection:
        yield connection


def names(pack: Pack) -> list[str]:
    return [page.name for page in pack.pages]


def test_pair_says_what_its_charts_say(database: duckdb.DuckDBPyConnection, packs: Callable[[str], Pack]) -> None:
    pack = packs(CHOICES[0])
    assert names(pack) == ["Finding", "Evidence", "Promises", "What to fix", "All jobs", "Stories", "Method and limits"]
    pages = {page.name: page for page in pack.pages}
    asked = {"job": "return_a_laptop", **PAIR}
    own = publish_chart(database, "head_to_head", asked)
    assert pages["Finding"].title == own.headline
    assert [figure.figure for figure in pages["Finding"].figures] == ["27.5", "0"]
    assert "It cannot show how either company usually handles this job." in pages["Finding"].subtitle
    assert pages["All jobs"].title == publish_chart(database, "matched_pairs", PAIR).headline
    told = publish_chart(database, "what_to_fix", {"companies": ["AO.com"], "jobs": ["return_a_laptop"], "most": 6})
    assert pages["What to fix"].title == told.headline, "of the company that took more effort"
    assert [item.head.split(":")[0] for item in pages["Stories"].items] == ["AO.com", "Argos"]
    lines = {item.head for item in pages["Finding"].items}
    assert "Change" not in lines, "that of the whole library is not theirs"


@pytest.mark.parametrize("query", CHOICES)
def test_every_page_has_a_title_its_basis_notes_and_a_way_back(packs: Callable[[str], Pack], query: str) -> None:
    pack = packs(query)
    assert 4 <= len(pack.pages) <= 8
    assert (names(pack)[0], names(pack)[-1]) == ("Finding", "Method and limits")
    for page in pack.pages:
        assert page.title, page.name
        assert page.foot == "Stories chosen by hand, not a random sample", page.name
        assert page.path, page.name
        assert any(note.startswith("Source: customer stories by Maz Iqbal") for note in page.notes), page.name
        assert page.chart or page.items, page.name
        for item in page.items:
            assert item.head or item.text, page.name


def test_a_page_without_a_finding_is_left_out_and_the_first_says_why(packs: Callable[[str], Pack]) -> None:
    pack = packs("")
    assert "Change" not in names(pack)
    change = next(item for item in pack.pages[0].items if item.head == "Change")
    assert change.text == "Too few stories have a date to show a change."


def test_stories_that_nobody_read_are_unknown(filed: duckdb.DuckDBPyConnection) -> None:
    pack = make(filed)
    finding = pack.pages[0]
    assert finding.title == "200 complaints about 20 companies"
    assert finding.subtitle.startswith("Nobody has read them for effort or feelings, so no company is rated.")
    assert [figure.figure for figure in finding.figures] == ["200", "20", "0 of 200", "0 of 200"]
    assert not {"Who", "Why", "What to fix", "Stories"} & {*names(pack)}
    assert "What forms say" in names(pack)
    method = {item.head: item.text for item in pack.pages[-1].items}
    assert method["What was read"].endswith("What nobody has read a story for is unknown, not zero.")


def test_kinds_that_are_mixed_are_said_and_show_no_type_over_time(codebook: Codebook, library: Library) -> None:
    stock = replace(complaints(200, 5), kind="complaint")
    with make_large(stock, codebook, library=library) as connection:
        pack = make(connection, story_kind="all")
        alone = make(connection, story_kind="complaint")
    assert pack.pages[0].subtitle.startswith("Kinds of story are mixed: 8 customer stories and 200 complaints.")
    types = [page.chart.name for each in (pack, alone) for page in each.pages if page.name == "Change" and page.chart]
    assert types == ["type_over_time"], "of complaints alone"


def test_drafts_never_get_in(database_of: Callable[..., duckdb.DuckDBPyConnection]) -> None:
    effort = {"driver": "repeat_contact", "times": 1, "evidence": "A second call.", "locator": "line 2"}
    shown = make_story("shown", step(3, effort), title="A good morning")
    draft = make_story(
        "draft", step(-5, effort), title="An evil evening", status="draft", reviewer=None, reviewed_on=None
    )
    with database_of(shown, draft) as connection:
        told = repr(make(connection, companies=["Acme"]))
    assert "A good morning" in told
    assert "evil" not in told


def test_what_a_pack_cannot_be_about_is_said(database: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QuestionError, match=r"companies 'AO.con' is unknown. Did you mean AO.com\?"):
        make(database, companies=["AO.con"])
    with pytest.raises(ExportError, match=r"right 'Argo' is unknown. Did you mean Argos\?"):
        make(database, left="AO.com", right="Argo")
    with pytest.raises(ExportError, match=r"AO\.com and Amazon do not both have a story of any job"):
        make(database, left="AO.com", right="Amazon")
    with pytest.raises(ExportError, match="no story matches these choices"):
        make(database, since="2030-01-01")
    with pytest.raises(ExportError, match=r"choice 'compani' is unknown. Did you mean companies\?"):
        make(database, compani="AO.com")
    for alone in ({"left": "AO.com"}, {"left": "AO.com", "right": "AO.com"}, {"job": "return_a_laptop"}):
        with pytest.raises(ExportError):
            make(database, **alone)


def test_names_of_files_tell_packs_apart(packs: Callable[[str], Pack]) -> None:
    found = [packs(query).file_name for query in (*CHOICES, "companies=AO.com&since=2015-01-01")]
    assert len(set(found)) == len(found)
    assert found[1] == "board-pack_ao-com_2026-11-21_1-customer-story"
