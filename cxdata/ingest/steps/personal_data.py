"""Personal data in the staged texts: counted, and replaced where the importer or the mapping asks for it."""

from collections import Counter
from dataclasses import replace

import pyarrow as pa

from cxdata.ingest.staging import Staged, materialise_staging
from cxdata.ingest.steps.normalisation import short_sql
from cxdata.store.engine import Connection
from cxdata.text.personal_data import CANDIDATE, REGIONS, find_personal_data, redact

TEXTS = {
    "story": ("title", "summary", "notes"),
    "account": ("words",),
    "encounter": ("summary", "short", "locator"),
    "effort_event": ("evidence", "locator"),
    "promise": ("claim", "standard", "evidence", "locator"),
    "sign": ("evidence",),
    "source": ("title", "author", "publication"),
}
"""The staged columns that hold words of or about a customer."""


def find_personal_texts(connection: Connection, staged: Staged) -> Staged:
    """Count the personal data in the texts of stories, and replace it if that is asked for.

    It runs before the steps that read texts, so that fingerprints and places are those of the text that is kept.
    """
    staged.progress(f"looking for personal data in {staged.name}", 0, 0)
    is_redacted = staged.request.redact or bool(staged.mapping and staged.mapping.redact)
    regions = _regions(connection)
    counts: Counter[str] = Counter()
    for table, columns in TEXTS.items():
        for column in columns:
            texts = _redact_column(connection, table, column, regions, counts)
            if is_redacted and texts.num_rows:
                _replace_texts(connection, table, column, texts)
    return replace(staged, personal_data=dict(counts), is_redacted=is_redacted)


def _regions(connection: Connection) -> tuple[str, ...]:
    """Return the countries of the companies, whose customers write national phone numbers; else REGIONS."""
    named = connection.execute(
        "select country from staged_company where country is not null group by country order by count(*) desc, country "
        "limit 3"
    ).fetchall()
    return tuple(country for (country,) in named) or REGIONS


def _redact_column(
    connection: Connection, table: str, column: str, regions: tuple[str, ...], counts: Counter[str]
) -> pa.Table:
    """Count the personal data in a column, and return its texts that hold any, each with its replacement."""
    found = connection.execute(
        f"select {column}, count(*) from staged_{table} where regexp_matches({column}, $candidate) group by {column}",
        {"candidate": CANDIDATE},
    )
    texts: dict[str, str] = {}
    while rows := found.fetchmany(1000):
        for text, times in rows:
            if pieces := find_personal_data(text, regions):
                texts[text] = redact(text, pieces)
                for piece in pieces:
                    counts[piece.kind] += times
    return pa.table({"text": pa.array(texts.keys(), pa.string()), "redacted": pa.array(texts.values(), pa.string())})


def _replace_texts(connection: Connection, table: str, column: str, texts: pa.Table) -> None:
    materialise_staging(connection)
    connection.register("personal_text", texts)
    if (table, column) == ("encounter", "summary"):  # a short form may have cut the data, so that it is not found
        connection.execute(
            f"update staged_encounter set short = {short_sql('personal_text.redacted')} from personal_text "
            f"where summary = personal_text.text and short = {short_sql('personal_text.text')}"
        )
    connection.execute(
        f"update staged_{table} set {column} = personal_text.redacted from personal_text "
        f"where staged_{table}.{column} = personal_text.text"
    )
    connection.unregister("personal_text")
