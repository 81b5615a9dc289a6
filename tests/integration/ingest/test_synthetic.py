"""Synthetic stories: valid, marked as synthetic, and determined by their seed."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from cxdata.cli.root import main
from cxdata.codebook.codes import Codebook
from cxdata.errors import Unavailable
from cxdata.ingest.flat_table.columns import ENCOUNTER_COLUMNS, FLAT_COLUMNS, STORY_COLUMNS
from cxdata.ingest.flat_table.synthetic import nested_stories, write_synthetic
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask_rows
from cxdata.stories import Story

Make = Callable[..., duckdb.DuckDBPyConnection]
STORIES, SEED = 200, 7


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory, codebook: Codebook) -> Path:
    path = tmp_path_factory.mktemp("synthetic") / "flat.parquet"
    write_synthetic(path, STORIES, SEED, "parquet", codebook)
    return path


@pytest.fixture(scope="module")
def rows(flat: Path) -> list[dict[str, Any]]:
    return list(pq.read_table(flat).to_pylist())


@pytest.fixture(scope="module")
def stories(rows: list[dict[str, Any]], codebook: Codebook) -> list[Story]:
    found = []
    for told in nested_stories(rows):
        told.pop("account")
        found.append(Story.model_validate(told, context={"codebook": codebook}))
    return found


def test_synthetic_stories_pass_validation(stories: list[Story]) -> None:
    assert len(stories) == len({story.story for story in stories}) == STORIES
    assert [story.title for story in stories] == [f"Synthetic story {n}" for n in range(1, STORIES + 1)]


def test_synthetic_stories_are_marked_as_synthetic(stories: list[Story]) -> None:
    for story in stories:
        assert story.summary.startswith("Synthetic: ")
        assert story.company.name.startswith("Synthetic Company ")
        assert (story.source.title, story.source.author) == (
            "Synthetic stories, seed 7",
            "Nobody: made by a program",
        )
        assert (story.source.kind, story.coder, story.reviewer) == ("synthetic", "synthesize", "nobody (synthetic)")


def test_flat_table_has_the_declared_columns_and_types(flat: Path) -> None:
    schema = pq.read_schema(flat)
    assert tuple(schema.names) == FLAT_COLUMNS
    types = {name: str(schema.field(name).type) for name in FLAT_COLUMNS}
    others = {name: kind for name, kind in types.items() if kind != "string"}
    assert others == {
        "ces": "int16",
        "coded_on": "date32[day]",
        "reviewed_on": "date32[day]",
        "step": "int16",
        "feeling": "int16",
        "times": "int16",
        "minutes": "double",
    }


def test_story_and_encounter_values_are_on_their_first_row(rows: list[dict[str, Any]]) -> None:
    seen: set[Any] = set()
    last = ("", 0)
    for row in rows:
        story, step = row["story"], row["step"]
        assert story == last[0] or story not in seen, "rows of a story stand together"
        assert story != last[0] or step - last[1] in (0, 1), "steps ascend"
        if story in seen:
            assert {row[name] for name in STORY_COLUMNS if name != "story"} == {None}
        if (story, step) in seen:
            assert {row[name] for name in ENCOUNTER_COLUMNS if name != "step"} == {None}
        seen |= {story, (story, step)}
        last = (story, step)


def test_synthetic_set_has_the_designed_size_and_mix(tmp_path: Path, codebook: Codebook) -> None:
    write_synthetic(tmp_path / "many.parquet", 5000, 1, "parquet", codebook)
    with duckdb.connect() as connection:
        connection.read_parquet(str(tmp_path / "many.parquet")).create_view("flat")
        ((stories, companies, sectors, encounters, most, events, timed),) = connection.execute(
            "select count(title), count(distinct company), count(distinct sector), count(touchpoint), max(step), "
            "count(driver), count(minutes) from flat"
        ).fetchall()
        ((silent,),) = connection.execute(
            "select count(*) from (select story from flat group by story having count(feeling) = 0)"
        ).fetchall()
        dates = Counter(connection.execute("select length(happened_on) from flat where title is not null").fetchall())
        ((mild, harsh),) = connection.execute(
            "with told as (select any_value(company) as company, count(driver) as work from flat group by story),"
            "mean as (select company, avg(work) as work from told group by company having count(*) >= 10) "
            "select quantile_cont(work, 0.1), quantile_cont(work, 0.9) from mean"
        ).fetchall()
    assert (stories, companies, sectors) == (5000, 200, 8)
    assert 4.5 < encounters / stories < 5.8
    assert most == 12
    assert 5.3 < events / stories < 6.7
    assert 0.03 < silent / stories < 0.07
    assert 0.3 < timed / events < 0.37
    assert set(dates) == {(10,), (7,), (4,), (None,)}
    assert harsh > 1.5 * mild, "companies differ"


def test_synthetic_texts_have_realistic_lengths(rows: list[dict[str, Any]]) -> None:
    words = {
        name: [len(row[name].split()) for row in rows if row[name]]
        for name in ("summary", "account", "encounter_summary", "evidence")
    }
    assert 60 <= min(words["account"]) <= max(words["account"]) <= 150
    for name in ("summary", "encounter_summary", "evidence"):
        assert 20 <= min(words[name]) <= max(words[name]) <= 60


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_seed_determines_the_bytes(form: str, tmp_path: Path, codebook: Codebook) -> None:
    for name, seed in (("one", 3), ("again", 3), ("other", 4)):
        write_synthetic(tmp_path / name, 50, seed, form, codebook)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "again").read_bytes()
    assert (tmp_path / "one").read_bytes() != (tmp_path / "other").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "one", "other"]


def test_csv_and_jsonl_equal_the_parquet_table(tmp_path: Path, rows: list[dict[str, Any]], codebook: Codebook) -> None:
    write_synthetic(tmp_path / "flat.csv", STORIES, SEED, "csv", codebook)
    write_synthetic(tmp_path / "nested.jsonl", STORIES, SEED, "jsonl", codebook)
    with (tmp_path / "flat.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [list(row.values()) for row in written] == [
        ["" if value is None else str(value) for value in row.values()] for row in rows
    ]
    lines = (tmp_path / "nested.jsonl").read_text("utf-8").splitlines()
    plain = json.loads(json.dumps(list(nested_stories(rows)), default=date.isoformat))
    assert [json.loads(line) for line in lines] == plain
    assert "account" in plain[0]


def test_two_seeds_agree_on_sector_and_country_of_a_company(
    tmp_path: Path, rows: list[dict[str, Any]], codebook: Codebook
) -> None:
    write_synthetic(tmp_path / "other.parquet", STORIES, SEED + 1, "parquet", codebook)
    other = pq.read_table(tmp_path / "other.parquet").to_pylist()
    told = {(row["company"], row["sector"], row["country"]) for row in [*rows, *other] if row["company"]}
    assert len(told) == len({company for company, _, _ in told}) == 10  # 200 stories / 20


def test_synthesize_command_overwrites_only_on_request(tmp_path: Path) -> None:
    out = tmp_path / "few.csv"
    asked = ["synthesize", "--stories", "5", "--seed", "2", "--format", "csv", "--out", str(out)]
    first = CliRunner().invoke(main, asked, catch_exceptions=False)
    assert first.exit_code == 0
    assert first.stdout.startswith(f"{out}: 5 synthetic stories in ")
    before = out.read_bytes()
    again = CliRunner().invoke(main, asked, catch_exceptions=False)
    assert (again.exit_code, again.stderr) == (1, f"{out} is there already. Name another file, or use --overwrite\n")
    assert CliRunner().invoke(main, [*asked, "--replace"], catch_exceptions=False).exit_code == 0
    assert out.read_bytes() == before


def test_unwritable_file_is_reported(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(Unavailable, match="cannot be written"):
        write_synthetic(tmp_path / "nowhere" / "flat.parquet", 5, 1, "parquet", codebook)


def test_charts_say_how_many_stories_are_synthetic(database_of: Make, stories: list[Story], library: Any) -> None:
    few = stories[:30]
    everything = publish_chart(database_of(*few), "effort")
    words = "all synthetic: made by a program, of no real company"
    assert words in everything.source_line
    assert words in everything.alt_text.lower()
    some = publish_chart(database_of(*few, *library.stories), "effort", {"story_kind": "all"})
    assert "30 of them synthetic" in some.source_line
    assert "30 of them synthetic" in some.alt_text
    real = publish_chart(database_of(*library.stories), "effort")
    assert "ynthetic" not in real.source_line + real.alt_text


def test_library_counts_synthetic_stories_within_the_filters(
    database_of: Make, stories: list[Story], library: Any
) -> None:
    database = database_of(*stories[:30], *library.stories)
    assert ask_rows(database, "library")[0]["synthetic_count"] == 30
    assert ask_rows(database, "library", {"companies": ["AO.com"]})[0]["synthetic_count"] == 0
