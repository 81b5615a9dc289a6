"""Every page over libraries that are not the shipped one: many synthetic stories, complaints alone, and all together.

The complaints are extracts that lie beside the project on some machines; without them those two libraries are skipped.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from cxdata.access.roles import Role
from cxdata.codebook.codes import Codebook
from cxdata.ingest import run_import
from cxdata.ingest.flat_table.synthetic import write_synthetic
from cxdata.resources import ROOT
from cxdata.store import create_schema
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.stories import Library
from pages.__main__ import SECTIONS
from tests.fixtures.browser import BrowserWindow, run_server
from tests.fixtures.databases import bring
from tests.fixtures.stories import make_story, step, work

EXTRACTS = ROOT.parent / "shared" / "data" / "cfpb"
PAGES = [f"/{entry.address}" for entries in SECTIONS.values() for entry in entries if entry.needs <= Role.READER]
STUDIO = "/studio?chart=effort"
OWN = "constructor"  # a name that every object of JavaScript has
JOB = "return_a_laptop"
VIEWS = {
    "synthetic": [*PAGES, STUDIO],
    "complaints": [*PAGES, STUDIO, "/company?company=EQUIFAX, INC."],
    "all": [
        *PAGES,
        *(f"{path}?story_kind=all" for path in ("/", "/fame-and-shame", "/touchpoints", "/effort", "/stories")),
        f"{STUDIO}&companies={OWN}&highlight={OWN}",
        f"/head-to-head?job={JOB}&left={OWN}&right=AO.com",
    ],
}
# values that a program prints where it has no words: of Python, JavaScript and SQL, and unfilled places
SLIPS = re.compile(r"\bNone\b(?! of)|\b(?:nan|NaN|NaT|undefined|NULL)\b|\$[a-z_]+\b|\{\w*\}|Infinity|\[object ")
# for each chart its headline, and what its drawing has of marks: texts with a figure, dots, lines and areas
CHARTS = """[...document.querySelectorAll('[class*="st-key-chart-"]')].map(card => ({
    headline: card.querySelector('h2')?.innerText ?? '',
    drawn: [...card.querySelectorAll('[data-testid=stVegaLiteChart] svg')].map(svg =>
        svg.querySelectorAll(':is(.mark-symbol, .mark-line, .mark-area).role-mark path').length
        + [...svg.querySelectorAll('.mark-text.role-mark text')].filter(text => /\\d/.test(text.textContent)).length
    ),
    charts: card.querySelectorAll('[data-testid=stVegaLiteChart]').length,
}))"""


def build(name: str, built: Path, folder: Path, codebook: Codebook) -> Path:
    """Build a library in a folder; of the complaints, two extracts without and five with other stories."""
    path = folder / "stories.duckdb"
    files = []
    if name in ("complaints", "all"):
        if not EXTRACTS.is_dir():
            pytest.skip("the extracts of the complaint database are not beside the project")
        files += sorted(EXTRACTS.glob("*.csv" if name == "all" else "sravan_2023.csv"))
    if name in ("synthetic", "all"):
        files.append(folder / "synthetic.parquet")
        write_synthetic(files[-1], 2000, 1, "parquet", codebook)
    if name == "complaints":
        with duckdb.connect(str(path)) as connection:
            create_schema(connection, Library(()), codebook)
    else:
        path.write_bytes(built.read_bytes())
    if files:
        report = run_import(DuckDBFile(path), files, by="Reader B", status="published", on_fault="skip", keep=folder)
        assert report.stories > 1900
    if name == "all":
        returned = step(-2, work("repeat_contact"), touchpoint="phone", demand="failure", job=JOB)
        bring(path, *(make_story(f"own-{n}", returned, company=OWN, job=JOB) for n in range(3)))
    return path


@pytest.fixture(scope="module", params=VIEWS)
def library(
    request: pytest.FixtureRequest, built: Path, codebook: Codebook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The name of a library, and the address of a server over it."""
    folder = tmp_path_factory.mktemp(request.param)
    with run_server(build(request.param, built, folder, codebook), folder / "log") as address:
        yield request.param, address


def find_faults(page: Page) -> Iterator[str]:
    """Return what is wrong with an open page: an error, a slip, a chart without a headline, a chart of nothing."""
    if page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count():
        yield "an error"
    text = page.locator("[data-testid=stMain]").inner_text()
    yield from (text[max(0, slip.start() - 40) : slip.end() + 20] for slip in SLIPS.finditer(text))
    if page.locator("h1").count() != 1:
        yield "no title"
    if "highlight=" in page.url and not page.locator("[data-testid=stMain] img").count():
        yield "no picture"
    for card in page.evaluate(CHARTS):
        if len(card["headline"].split()) < 4:
            yield f"a chart without a headline: {card['headline']}"
        if len(card["drawn"]) < card["charts"] or 0 in card["drawn"]:
            yield f"a chart of nothing: {card['headline']}"


def test_every_page_shows_this_library(browser: Browser, library: tuple[str, str]) -> None:
    name, address = library
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        window = BrowserWindow(context, address)
        faults = {path: list(find_faults(window.open(path))) for path in VIEWS[name]}
    assert {path: found for path, found in faults.items() if found} == {}
    assert window.console_errors == []
