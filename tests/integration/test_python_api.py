"""The Python API: answers and charts in a notebook, and the cost of `import cxdata`."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import altair as alt
import pyarrow as pa
import pytest

import cxdata
from cxdata.errors import ChartError, ExportError, NotFound
from cxdata.python_api import VEGA_LITE, OpenLibrary
from cxdata.questions.ask import list_questions
from cxdata.resources import ROOT

EXAMPLES = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / "python.md").read_text("utf-8"), re.M | re.S)


@pytest.fixture
def library(built: Path) -> Iterator[OpenLibrary]:
    with cxdata.open_library(built) as library:
        yield library


def test_examples_of_the_guide_run(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(built))
    monkeypatch.chdir(tmp_path)
    assert len(EXAMPLES) > 3
    exec(compile("\n".join(EXAMPLES), "docs/python.md", "exec"), {})
    assert (tmp_path / "effort.svg").read_text("utf-8").startswith("<svg")
    assert "company" in (tmp_path / "effort.csv").read_text("utf-8-sig")


def test_answer_converts_to_arrow_and_rows(library: OpenLibrary) -> None:
    answer = library.ask("company_scores")
    assert pa.table(answer).equals(answer.to_arrow())
    assert [row["company"] for row in answer] == answer.to_arrow()["company"].to_pylist()
    assert len(answer) == answer.to_arrow().num_rows
    assert answer.columns == tuple(answer.to_arrow().column_names)
    assert repr(answer).startswith("<Answer to company_scores: ")


def test_answer_converts_to_a_data_frame(library: OpenLibrary) -> None:
    pytest.importorskip("pandas")
    frame = library.ask("company_scores").to_pandas()
    assert "AO.com" in set(frame["company"])


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_missing_optional_package_is_named(library: OpenLibrary, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        ImportError, match=rf"^to_{package}\(\) needs the package {package}, .*: pip install {package}$"
    ):
        getattr(library.ask("company_scores"), f"to_{package}")()


def test_answer_html_shows_question_rows_and_caution(library: OpenLibrary) -> None:
    answer = library.ask("story_scores")
    shown = answer._repr_html_()
    assert answer.question.question in shown
    assert shown.count("<tr>") == 1 + min(len(answer), 20)
    assert "<td></td>" in library.ask("touchpoint_feeling")._repr_html_()  # an unknown cell is empty, not 0


def test_chart_gives_notebooks_vega_lite_and_alt_text(library: OpenLibrary) -> None:
    chart = library.chart("effort")
    bundle = chart._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.vegalite.v6+json", "text/plain"}
    assert bundle["text/plain"] == chart.alt_text
    spec = bundle[VEGA_LITE]
    assert " ".join(spec["title"]["text"]) == chart.headline
    alt.Chart.from_dict(spec, validate=False)
    assert chart._repr_mimebundle_(include=["image/png"])["image/png"].startswith(b"\x89PNG")
    assert set(chart._repr_mimebundle_(exclude=["text/plain"])) == {VEGA_LITE}


def test_chart_without_stories_shows_a_message(library: OpenLibrary) -> None:
    chart = library.chart("effort", since="2100-01-01")
    assert chart._repr_mimebundle_() == {"text/plain": "No story matches these choices."}
    assert chart.rows == []


def test_chart_accepts_the_choices_of_an_address(library: OpenLibrary) -> None:
    chart = library.chart("fix_first", most=2, companies=["AO.com"], look="dark", plain=True)
    assert len(chart.rows) == 2
    assert {row["company"] for row in chart.rows} == {"AO.com"}
    assert "title" not in chart.to_dict()


def test_saved_chart_has_the_format_of_its_suffix(library: OpenLibrary, tmp_path: Path) -> None:
    chart = library.chart("effort", preset="400x300")
    assert chart.save(tmp_path / "effort.PNG").read_bytes().startswith(b"\x89PNG")
    assert chart.save(str(tmp_path / "effort.json")).read_text("utf-8").startswith("{")
    with pytest.raises(ExportError, match="format 'gif'"):
        chart.save(tmp_path / "effort.gif")
    with pytest.raises(ExportError, match=r"nowhere.effort\.svg cannot be written: No such file"):
        chart.save(tmp_path / "nowhere" / "effort.svg")


def test_unknown_name_errors_list_the_choices(library: OpenLibrary) -> None:
    with pytest.raises(NotFound, match=r"Did you mean company_scores\?"):
        library.ask("company_score")
    with pytest.raises(ChartError, match=r"Did you mean effort\?"):
        library.chart("efort")
    with pytest.raises(ExportError, match="choice 'colour'"):
        library.chart("effort", colour="red")


def test_questions_and_charts_are_listed_with_a_sentence(library: OpenLibrary) -> None:
    assert library.questions().keys() == list_questions().keys()
    assert library.charts()["effort"].endswith("?")


def test_importing_the_package_is_quick_and_opens_no_library() -> None:
    code = (
        "import time, sys; start = time.process_time(); import cxdata; took = time.process_time() - start;"
        "print(took, sorted({'duckdb', 'altair', 'streamlit', 'pyarrow', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    took, _, loaded = done.stdout.partition(" ")
    assert loaded.strip() == "[]"
    assert float(took) < 0.05


def test_package_lists_its_public_names() -> None:
    assert {"open_library", "Answer", "NotebookChart", "__version__"} <= set(dir(cxdata))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        cxdata.nothing  # noqa: B018
