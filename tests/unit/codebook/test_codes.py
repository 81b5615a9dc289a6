"""The codebook: the shipped tables are consistent, and faults name their place."""

import csv
import shutil
from pathlib import Path

import duckdb
import pytest

from cxdata.codebook.codes import TABLES, Codebook, Driver, read_codebook
from cxdata.errors import CodebookError
from cxdata.resources import SQL

FOLDER = SQL / "codebook"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "codebook"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def fault_in(folder: Path) -> str:
    with pytest.raises(CodebookError) as caught:
        read_codebook(folder)
    return str(caught.value)


def test_every_codebook_table_has_codes(codebook: Codebook) -> None:
    assert set(codebook.tables) == set(TABLES) == {path.stem for path in FOLDER.glob("*.csv")}
    assert all(codebook[table] for table in TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_codebook_table_has_the_columns_of_its_file(table: str, database: duckdb.DuckDBPyConnection) -> None:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    columns = [name for name, *_ in database.cursor().execute(f"describe codebook_{table}").fetchall()]
    assert columns == header


def drivers_of(codebook: Codebook) -> list[Driver]:
    return [driver for driver in codebook["drivers"].values() if isinstance(driver, Driver)]


def test_every_driver_has_points_a_reason_and_a_source(codebook: Codebook) -> None:
    drivers = drivers_of(codebook)
    assert {driver.kind for driver in drivers} == {"do", "feel"}
    for driver in drivers:
        assert driver.reason
        assert driver.source
        assert 0 < driver.hassle_points + driver.usual_minutes * driver.minute_share / 5 <= driver.ceiling_points


def test_drivers_that_take_no_time_are_not_timed(codebook: Codebook) -> None:
    for driver in drivers_of(codebook):
        assert (driver.basis == "not timed") == (driver.high_minutes == 0)


def test_only_felt_effort_has_no_usual_minutes(codebook: Codebook) -> None:
    untimed = {driver.code for driver in drivers_of(codebook) if driver.basis == "not timed"}
    assert untimed == {driver.code for driver in drivers_of(codebook) if driver.kind == "feel"}


def test_no_driver_claims_that_the_literature_ranks_it(codebook: Codebook) -> None:
    cited = [driver for driver in drivers_of(codebook) if "Dixon" in driver.source]
    assert len(cited) >= 6
    for driver in cited:
        assert "ranks none" in driver.source or "our judgement" in driver.source.lower(), driver.code


@pytest.mark.parametrize(
    ("table", "old", "new", "fault"),
    [
        ("stages", "\nchoose,", "\ndiscover,", "stages.csv: line 3: code 'discover' is there twice"),
        ("stages", "\nchoose,Choose,", "\nchoose,,", "stages.csv: line 3: label ''"),
        ("stages", "\nchoose,", "\nTo choose,", "stages.csv: line 3: code 'To choose'"),
        ("stages", ",2,", ",second,", "stages.csv: line 3: position 'second'"),
        ("stages", ",2026-11-21\nchoose", ",lately\nchoose", "stages.csv: line 2: checked_on 'lately'"),
        (
            "drivers",
            ",2,10,5,20,1,12,time,part figure,do,contact,yes,",
            ",two,10,5,20,1,12,time,part figure,do,contact,yes,",
            "drivers.csv: line 2: hassle_points 'two'",
        ),
        (
            "drivers",
            ",2,10,5,20,1,12,time,part figure,do,contact,yes,",
            ",nan,10,5,20,1,12,time,part figure,do,contact,yes,",
            "drivers.csv: line 2: hassle_points 'nan'",
        ),
        (
            "drivers",
            ",2,10,5,20,1,12,time,part figure,do,contact,yes,",
            ",-2,10,5,20,1,12,time,part figure,do,contact,yes,",
            "drivers.csv: line 2: hassle_points '-2'",
        ),
        (
            "drivers",
            ",2,10,5,20,1,12,time,part figure,do,contact,yes,",
            ",2,10,5,20,1,12,time,part figure,do,contact,perhaps,",
            "drivers.csv: line 2: failure_demand 'perhaps'",
        ),
        (
            "drivers",
            ",2,10,5,20,1,12,time,part figure,do,contact,yes,",
            ",2,10,5,20,1,12,time,part figure,both,contact,yes,",
            "drivers.csv: line 2: kind 'both'",
        ),
        (
            "drivers",
            ",2,10,5,20,1,12,time,part figure,",
            ",2,10,5,20,2,12,time,part figure,",
            "drivers.csv: line 2: minute_share '2'",
        ),
        (
            "drivers",
            ",2,10,5,20,1,12,time,part figure,",
            ",2,10,5,20,1,0,time,part figure,",
            "drivers.csv: line 2: ceiling_points '0'",
        ),
        (
            "drivers",
            ",2,10,5,20,1,12,time,part figure,",
            ",2,10,5,20,1,12,day,part figure,",
            "drivers.csv: line 2: ceiling_of 'day'",
        ),
        (
            "drivers",
            ",part figure,do,contact,",
            ",part figure,do,contacts,",
            "repeat_contact: theme 'contacts' is unknown. Did you mean contact?",
        ),
        (
            "weightings",
            ",waiting,3,",
            ",lingering,3,",
            "waiting_first: theme 'lingering' is unknown. The codebook has: contact,",
        ),
        ("costs", ",parcel,split_delivery,", ",parcel,split,", "costs.csv: parcel: driver 'split'"),
        ("costs", ",5.58,6.55,", ",cheap,6.55,", "costs.csv: line 2: low 'cheap'"),
        ("touchpoints", ",phone,yes,", ",phone,maybe,", "touchpoints.csv: line 2: is_contact 'maybe'"),
        ("feelings", "\n5,", "\n6,", "feelings.csv: line 12: code '6'"),
        (
            "drivers",
            ",2,10,5,20,1,12,",
            ",2,10,11,20,1,12,",
            "drivers.csv: line 2: repeat_contact: low_minutes 11, usual_minutes 10 and high_minutes 20 must not fall",
        ),
        (
            "drivers",
            ",2,10,5,20,1,12,",
            ",2,10,5,9,1,12,",
            "drivers.csv: line 2: repeat_contact: low_minutes 5, usual_minutes 10 and high_minutes 9 must not fall",
        ),
        ("jobs", "code,label,", "code,name,", "jobs.csv: line 2: label is missing"),
        ("jobs", ",2026-11-21\n", ",2026-11-21,more\n", "jobs.csv: line 2: cells beyond the header"),
        (
            "stages",
            "\nchoose,Choose,",
            "\nchoose\nlook,Look,",
            "stages.csv: line 3: has 1 of the 7 cells of the header",
        ),
        ("stages", "\nchoose,Choose,", '\nchoose,"Choose"x,', "stages.csv: line 3: ',' expected after '\"'"),
        ("stages", "\nchoose,Choose,", '\nchoose,"Choose,', "stages.csv: line 3: ',' expected after '\"'"),
        ("stages", "\nchoose,Choose,Comp", '\nchoose,Choose,"\nComp"', "stages.csv: line 3: ',' expected after '\"'"),
        ("stages", "\nchoose,Choose,", '\nchoose,"Ch\noose",,', "stages.csv: line 3: description ''"),
    ],
)
def test_fault_names_its_file_and_line(folder: Path, table: str, old: str, new: str, fault: str) -> None:
    change(folder / f"{table}.csv", old, new)
    assert fault in fault_in(folder)


def test_faults_of_all_tables_are_reported_at_once(folder: Path) -> None:
    change(folder / "stages.csv", ",2,", ",second,")
    change(folder / "feelings.csv", "\n5,", "\n6,")
    (folder / "jobs.csv").unlink()
    faults = fault_in(folder).splitlines()
    assert [fault.partition(":")[0] for fault in faults] == ["jobs.csv", "stages.csv", "feelings.csv"]


@pytest.mark.parametrize("content", [b"", b"code,label,description,source,checked_by,checked_on\n", b"\xff\xfe\x00"])
def test_table_without_rows_is_a_fault(folder: Path, content: bytes) -> None:
    (folder / "jobs.csv").write_bytes(content)
    assert fault_in(folder).startswith("jobs.csv: ")


def test_byte_that_is_no_text_is_reported_with_its_line(folder: Path) -> None:
    path = folder / "stages.csv"
    path.write_bytes(path.read_bytes().replace(b"\nchoose,Choose", b"\nchoose,Ch\xffoose"))
    assert fault_in(folder).startswith("stages.csv: line 3: is not UTF-8")


def test_unknown_code_error_lists_the_choices(codebook: Codebook) -> None:
    with pytest.raises(
        ValueError, match=r"^'bye' is unknown\. Did you mean buy\? The codebook has: discover, choose, buy, "
    ):
        codebook.check("stages", "bye")


def test_label_of_an_unknown_code_is_the_code(codebook: Codebook) -> None:
    assert codebook.label("stages", "get_help") == "Get help"
    assert codebook.label("stages", "no_such_stage") == "no_such_stage"
