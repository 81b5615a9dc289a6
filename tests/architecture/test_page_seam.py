"""The seam of pages: a page is one folder with a page.py and one line in the navigation."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdata.resources import ROOT
from cxdata.store import build_database
from pages.__main__ import SECTIONS
from tests.fixtures.pages import AppTest, open_page, page_folders, page_text

ENTRIES = [entry for entries in SECTIONS.values() for entry in entries]
PUBLISHED_ADDRESSES = {
    "",
    "add",
    "company",
    "effort",
    "fame-and-shame",
    "head-to-head",
    "method",
    "playbook",
    "stories",
    "studio",
    "touchpoints",
}
LONGEST_PAGE = 100  # lines: a page.py is a table of contents


@pytest.fixture(scope="module", autouse=True)
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the pages read the shipped stories."""
    file = tmp_path_factory.mktemp("seam") / "stories.duckdb"
    build_database(file)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(file))
        yield


def test_every_folder_with_a_page_is_in_the_navigation() -> None:
    assert sorted(entry.folder for entry in ENTRIES) == page_folders()


def test_published_addresses_stay() -> None:
    """Links in blog posts use them."""
    assert {entry.address for entry in ENTRIES} >= PUBLISHED_ADDRESSES


@pytest.mark.parametrize("folder", page_folders())
def test_page_file_is_a_short_table_of_contents(folder: str) -> None:
    text = (ROOT / "pages" / folder / "page.py").read_text("utf-8")
    assert len(text.splitlines()) < LONGEST_PAGE
    assert "cache" not in text.replace("pages.ui.cache", ""), "it runs at every rerun, and would begin a new cache"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.folder)
def test_page_opens_under_its_title(entry) -> None:
    app = open_page(entry.folder)
    assert not app.exception
    assert "<h1" in page_text(app)


def test_main_script_defines_no_class() -> None:
    """It runs at every rerun, and a new class is garbage that Streamlit then collects."""
    script = ast.parse((ROOT / "pages" / "__main__.py").read_text("utf-8"))
    assert [node.name for node in ast.walk(script) if isinstance(node, ast.ClassDef)] == []


def bound_widgets() -> Iterator[tuple[str, dict[str | None, ast.expr]]]:
    """Yield the place and the keyword arguments of every widget that is bound to the URL."""
    for path in sorted((ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                keywords = {keyword.arg: keyword.value for keyword in node.keywords}
                if "bind" in keywords:
                    yield f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)}", keywords


def drops_its_default(place: str, keywords: dict[str | None, ast.expr]) -> bool:
    """Return whether a widget has a default, which Streamlit removes from the URL also where the reader chose it."""
    given = [keywords[name] for name in ("index", "default", "value") if name in keywords]
    if not given:
        return place.endswith(("selectbox", "radio", "number_input", "slider"))  # these begin with their first value
    return not ast.unparse(given[0]).startswith(("None", "default_unless_chosen("))


def test_url_keeps_every_choice_of_a_bound_widget() -> None:
    assert len(list(bound_widgets())) > 5
    assert [place for place, keywords in bound_widgets() if drops_its_default(place, keywords)] == []


def test_new_page_needs_one_folder_and_one_line(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    shutil.copytree(ROOT / "pages", pages, ignore=shutil.ignore_patterns("__pycache__"))
    (pages / "invented_page").mkdir()
    (pages / "invented_page" / "page.py").write_text(
        "from pages.ui.page_header import show_page_header\n\nshow_page_header('Invented', 'An invented page.')\n"
    )
    main = pages / "__main__.py"
    line = '    "Data": (\n'
    text = main.read_text("utf-8")
    assert text.count(line) == 1
    main.write_text(text.replace(line, line + '        PageEntry("invented_page", "Invented", "store"),\n'), "utf-8")
    app = AppTest.from_file(str(main), default_timeout=60).run().switch_page("invented_page/page.py").run()
    assert not app.exception
    assert "An invented page." in page_text(app)
