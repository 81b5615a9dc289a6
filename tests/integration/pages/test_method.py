"""The Method page and the Playbook agree with the SQL and the records."""

import re

import duckdb
import pytest

from cxdata.codebook.codes import TABLES, load_codebook
from cxdata.questions.ask import ask
from cxdata.questions.definitions import definitions
from cxdata.resources import SQL
from pages.method.codebook_tables import ABOUT, HEADERS, _table
from pages.method.definitions import FORMULAS


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize(
    ("formula", "defined_in"),
    [
        ("effort_score", "effort_score"),
        ("hall", "hall"),
        ("experience", "peak_end"),
        ("effort_points", "minutes_per_point"),
    ],
)
def test_formula_has_the_numbers_of_its_sql_definition(formula: str, defined_in: str) -> None:
    sql = re.sub(r"--[^\n]*|codebook_\w+", "", definitions()[defined_in].sql)
    assert numbers(FORMULAS[formula]) == numbers(sql)


def test_definitions_cover_every_view_and_macro_with_reasons() -> None:
    made = re.findall(
        r"create or replace (?:view|macro) (\w+)", "".join(p.read_text() for p in SQL.glob("views/*.sql"))
    )
    assert sorted(definitions()) == sorted(made)
    assert definitions()["weighed_effort"].said["Points"].startswith("hassle points(driver) x times + minutes / 5")
    assert definitions()["effort_score"].said[""].startswith("Effort score: 0 (none) to 100")
    assert definitions()["story_experience"].said["Caution"] == "NULL where the account states no feeling."
    assert all(definition.sql.endswith(";") for definition in definitions().values())


def test_method_page_describes_every_codebook_table() -> None:
    assert set(ABOUT) == {path.stem for path in (SQL / "codebook").glob("*.csv")}


def test_codebook_tables_have_plain_headings_and_no_code_but_their_own() -> None:
    assert {field for table in TABLES.values() for field in table.model_fields} - HEADERS.keys() == {"position"}
    tables = {name: _table(name, codes) for name, codes in load_codebook().tables.items()}
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", "".join(tables.values()))
    assert len(cells) > 1000
    assert [cell for cell in cells if re.fullmatch(r"None|[a-z]+(?:_[a-z]+)+", cell)] == []
    assert ">5.58<" in tables["costs"]


def test_lessons_of_the_six_signs_come_first(database: duckdb.DuckDBPyConnection) -> None:
    lessons = ask(database, "lessons").to_pylist()
    signs = database.execute("select code from codebook_signs order by position").fetchall()
    assert [row["sign"] for row in lessons[:6]] == [code for (code,) in signs]
    assert {row["sign"] for row in lessons[6:]} == {None}


def test_signs_by_company_counts_every_story_once(database: duckdb.DuckDBPyConnection) -> None:
    rows = ask(database, "signs_by_company").to_pylist()
    assert len(rows) == 6 * rows[0]["company_count"]
    for row in rows:
        assert row["shown_count"] + row["not_shown_count"] + row["not_told_count"] == row["story_count"]
    halls = [row["hall"] for row in rows]
    assert halls == sorted(halls, key=["fame", "mixed", "shame", None].index)
    assert {row["company"] for row in ask(database, "signs_by_company", {"most": 2}).to_pylist()} == {"Amazon", "Apple"}
