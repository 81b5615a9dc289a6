"""A source table finds its columns by the letters and digits of their headers."""

from pathlib import Path

import pytest

from cxdata.ingest.readers.base import SourceTable

TABLE = SourceTable("reviews.csv", ("Date received", "Company", "Review_ID"), Path("reviews.parquet"), 1, "UTF-8")


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("date_received",), ("date_received", 0)),
        (("brand", "COMPANY"), ("COMPANY", 1)),
        # the order of the names counts, and not that of the headers
        (("review id", "Company"), ("review id", 2)),
        (("brand", "firm"), None),
        ((), None),
    ],
)
def test_table_finds_the_first_name_that_is_a_header(names: tuple[str, ...], found: tuple[str, int] | None) -> None:
    assert TABLE.find(names) == found


def test_places_of_a_table_are_computed_once() -> None:
    assert TABLE.places == {"datereceived": 0, "company": 1, "reviewid": 2}
    assert TABLE.places is TABLE.places
