"""The commands `export` and `verify`: files, names, output and exit codes."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from cxdata.charts import CHARTS
from cxdata.export.bulk_export import list_tasks, read_choices
from cxdata.export.formats import FORMATS
from cxdata.resources import ROOT
from cxdata.settings import get_settings
from cxdata.store import build_database
from tests.fixtures.command_line import run
from tests.fixtures.databases import open_database

EFFORT = "effort_all_2026-11-21_8-customer-stories"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "stories.duckdb"
    build_database(path)
    return path


@pytest.fixture(autouse=True)
def _own_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDATA_DATABASE", str(path))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_export_writes_a_png_by_default(tmp_path: Path) -> None:
    result = run("export", "effort", "--out", tmp_path)
    assert result.exit_code == 0
    assert result.stdout == f"{tmp_path / EFFORT}_blog@2x.png\n"
    assert result.stderr.endswith("1 written\n")
    assert names(tmp_path) == [f"{EFFORT}_blog@2x.png"]


def test_export_writes_every_format_at_every_preset_and_tables_once(tmp_path: Path) -> None:
    asked = ("--preset", "blog", "--preset", "500x400", "--format", "png", "--format", "csv", "--scale", "1")
    assert run("export", "effort", *asked, "--out", tmp_path).exit_code == 0
    assert names(tmp_path) == [f"{EFFORT}.csv", f"{EFFORT}_500x400@1x.png", f"{EFFORT}_blog@1x.png"]
    with Image.open(tmp_path / f"{EFFORT}_500x400@1x.png") as picture:
        assert picture.size == (500, 400)


def test_choices_select_the_stories_of_a_chart(tmp_path: Path) -> None:
    given = ("--choice", "companies=argos", "--choice", "companies=ao", "--choice", "headline=a=b")
    result = run("export", "effort", "--format", "csv", *given, "--out", tmp_path)
    (name,) = names(tmp_path)
    assert name == "effort_ao-argos_2026-11-21_2-customer-stories.csv"
    with (tmp_path / name).open(encoding="utf-8-sig", newline="") as lines:
        assert {row["company"] for row in csv.DictReader(lines)} == {"AO.com", "Argos"}
    assert result.exit_code == 0


def test_an_equal_file_is_left_unchanged(tmp_path: Path) -> None:
    run("export", "effort", "--format", "json", "--out", tmp_path)
    written = (tmp_path / f"{EFFORT}.json").stat().st_mtime_ns
    result = run("export", "effort", "--format", "json", "--out", tmp_path)
    assert result.exit_code == 0
    assert ": unchanged" in result.stdout
    assert (tmp_path / f"{EFFORT}.json").stat().st_mtime_ns == written


def test_a_different_file_is_kept_until_overwrite_is_given(tmp_path: Path) -> None:
    mine = tmp_path / f"{EFFORT}.json"
    mine.write_text("mine")
    result = run("export", "effort", "--format", "json", "--out", tmp_path)
    assert result.exit_code == 1
    assert "kept. Its content differs from the new file. Use --overwrite to replace it." in result.stdout
    assert mine.read_text() == "mine"
    result = run("export", "effort", "--format", "json", "--out", tmp_path, "--overwrite")
    assert result.exit_code == 0
    assert "replaced. Its content differed." in result.stdout
    assert mine.read_text().startswith("{")
    assert names(tmp_path) == [mine.name]


def test_all_means_every_chart_every_journey_and_the_most_different_pair() -> None:
    due = list_tasks(open_database(get_settings().address.path), [], {}, ["blog"], ["png"])
    assert {task.view.chart for task in due} == set(CHARTS)
    assert [task.view.choices for task in due if task.view.chart == "head_to_head"] == [
        {"job": "return_a_laptop", "left": "AO.com", "right": "Argos"}
    ]
    assert len({task.view.choices["story"] for task in due if task.view.chart == "journey"}) == 8


def test_all_gives_a_choice_to_the_charts_that_accept_it() -> None:
    due = list_tasks(
        open_database(get_settings().address.path), [], read_choices(["halls=shame", "look=dark"]), ["blog"], ["csv"]
    )
    assert {task.view.picture.theme for task in due} == {"dark"}
    # charts of a story, of a pair, and of the coding itself
    assert {task.view.chart for task in due if "halls" not in task.view.choices} == {
        "agreement",
        "difference_by_driver",
        "head_to_head",
        "journey",
        "matched_pairs",
    }


def test_all_reports_charts_without_rows(tmp_path: Path) -> None:
    given = ("--choice", "since=2100-01-01", "--choice", "story=ao-laptop", "--format", "csv")
    result = run("export", "--all", *given, "--out", tmp_path)
    assert result.exit_code == 0
    assert "effort: left out. No story matches these choices" in result.stdout
    assert [name for name in names(tmp_path) if name.startswith("journey_ao-laptop_")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["effrt"], "chart 'effrt' is unknown. Did you mean effort? The dashboard has: agreement, "),
        (
            ["effort", "--format", "gif"],
            "format 'gif' is unknown. The export has: png, svg, pdf, html, json, csv, xlsx, zip",
        ),
        (["effort", "--preset", "blogg"], "preset 'blogg' is unknown. Did you mean blog?"),
        (["effort", "--scale", "4"], "scale '4' is unknown. The studio has: 1, 2, 3"),
        (["effort", "--choice", "colour=red"], "effort: choice 'colour' is unknown. The chart has: weighting, "),
        (["effort", "--choice", "companies"], "--choice 'companies': write NAME=VALUE"),
        (["effort", "--choice", "preset=blog"], "--choice 'preset=blog': write --preset blog instead"),
        (["effort", "--choice", "highlight=Agros"], "highlight 'Agros' is unknown. Did you mean Argos?"),
        (["effort", "--choice", "companies=Nobody"], "effort: companies 'Nobody' is unknown. The database has: "),
        (["effort", "--choice", "since=2100-01-01"], "effort: no story matches these choices"),
        (["journey"], "journey: needs story. The database has: amazon-toothbrush, "),
        (["--all", "--choice", "colour=red"], "choice 'colour' is unknown. The export has: "),
    ],
)
def test_a_wrong_export_exits_with_1_and_lists_the_choices(tmp_path: Path, arguments: list[str], message: str) -> None:
    result = run("export", *arguments, "--out", tmp_path / "new")
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("arguments", [[], ["effort", "--all"]])
def test_export_requires_either_charts_or_all(arguments: list[str]) -> None:
    result = run("export", *arguments)
    assert result.exit_code == 2
    assert "effort_by_driver" in result.stderr


def test_an_unwritable_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run("export", "effort", "--format", "csv", "--out", tmp_path / "file" / "folder")
    assert result.exit_code == 1
    assert f"{EFFORT}.csv: cannot be written: " in result.stderr


def test_the_help_names_every_format() -> None:
    shown = run("export", "--help").stdout
    assert all(form in shown for form in FORMATS)


@pytest.mark.slow
def test_exports_of_one_process_verify_in_another(path: Path, tmp_path: Path) -> None:
    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cxdata", *arguments],
            cwd=ROOT,
            env=os.environ | {"CXDATA_DATABASE": str(path)},
            capture_output=True,
            text=True,
            check=False,
        )

    forms = [argument for form in FORMATS for argument in ("--format", form)]
    exported = call("export", "signs", *forms, "--out", str(tmp_path))
    assert (exported.returncode, len(names(tmp_path))) == (0, len(FORMATS)), exported.stderr
    verified = call("verify", *(str(tmp_path / name) for name in names(tmp_path) if not name.endswith(".csv")))
    assert verified.returncode == 0, verified.stdout
    assert verified.stdout.count(": same: it equals, byte for byte") == len(FORMATS) - 1


def test_verify_judges_each_file_and_exits_with_1_on_a_difference(tmp_path: Path) -> None:
    run("export", "effort", "--format", "svg", "--out", tmp_path)
    right = tmp_path / f"{EFFORT}_blog.svg"
    wrong = tmp_path / "wrong.svg"
    drawn = right.read_text("utf-8")
    assert "29.5" in drawn  # the points of AO.com
    wrong.write_text(drawn.replace("29.5", "5.5"), "utf-8")
    result = run("verify", right, wrong)
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith(f"{right}: same: ")
    assert second.startswith(f"{wrong}: altered: ")
    assert run("verify", right).exit_code == 0
