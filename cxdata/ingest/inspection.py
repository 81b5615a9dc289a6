"""A first look at files: what they are, their columns and first rows, and what each column most likely means to us."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cxdata.errors import StoryError
from cxdata.ingest.limits import COMMAND_LINE, UPLOAD
from cxdata.ingest.mapping.catalogue import guess_columns, match_mapping, own_columns
from cxdata.ingest.readers.base import SourceTable, cell_of, relation, samples
from cxdata.ingest.readers.detection import detect
from cxdata.ingest.readers.parquet import read_table_file
from cxdata.ingest.request import ImportRequest
from cxdata.ingest.tables import MIN_OWN_COLUMNS
from cxdata.settings import Address, Settings
from cxdata.store import open_engine
from cxdata.store.engine import Connection

FEW = 40  # different words in a column: then each can be given a code of ours


@dataclass(frozen=True)
class FileInspection:
    """One file as it was found; `fault` says why nothing can be made of it."""

    name: str
    kind: str = ""
    read_as: str = ""
    rows: int = 0
    headers: tuple[str, ...] = ()
    first: tuple[tuple[str | None, ...], ...] = ()
    """The first rows, as text."""
    words: Mapping[str, tuple[str, ...]] | None = None
    """The different words of columns that have few of them."""
    is_ours: bool = False
    mapping: str | None = None
    """The shipped mapping that fits."""
    guessed: Mapping[str, str] | None = None
    """For our columns the header that most likely means it."""
    fault: str = ""


def inspect(job: ImportRequest) -> list[FileInspection]:
    """Each file of a job; nothing is brought in. Called in the process that reads untrusted files."""
    found = []
    for file in job.files:
        path = Path(file)
        try:
            found.append(_look(path, job))
        except StoryError as error:
            found.append(FileInspection(path.name, fault="; ".join(fault.problem for fault in error.faults)))
    return found


def inspection_from_plain(told: Mapping[str, Any]) -> FileInspection:
    """The look that was made plain on its way between two processes."""
    return FileInspection(
        **dict(told)
        | {
            "headers": tuple(told["headers"]),
            "first": tuple(tuple(row) for row in told["first"]),
            "words": {name: tuple(words) for name, words in (told["words"] or {}).items()},
        }
    )


def inspections_to_plain(looks: list[FileInspection]) -> list[dict[str, Any]]:
    """As plain values."""
    return [asdict(each) for each in looks]


def _look(path: Path, job: ImportRequest) -> FileInspection:
    limits = UPLOAD if job.upload else COMMAND_LINE
    folder = Path(job.folder)
    file = detect(path, path.name, folder, limits)
    if file.kind in ("story", "jsonl"):
        return FileInspection(file.name, file.kind, file.told)
    raw = read_table_file(file, folder, limits, lambda *_: None)
    engine = open_engine(Settings(database=Address.parse(job.database)))
    with engine.scratch((folder, path)) as connection:
        return FileInspection(
            file.name,
            file.kind,
            file.told,
            raw.rows + raw.ragged_count,
            raw.headers,
            tuple(tuple(row) for row in samples(connection, raw)),
            _words(connection, raw),
            len(own_columns(raw.headers)) >= MIN_OWN_COLUMNS,
            match_mapping(raw.headers),
            guess_columns(raw.headers),
        )


def _words(connection: Connection, raw: SourceTable) -> dict[str, tuple[str, ...]]:
    found = {}
    for place, header in enumerate(raw.headers):
        words = connection.execute(
            f"select distinct trim({cell_of(place)}::varchar) from {relation(raw)} "
            f"where length(trim({cell_of(place)}::varchar)) between 1 and 60 limit {FEW + 1}"
        ).fetchall()
        if 0 < len(words) <= FEW:
            found[header] = tuple(sorted(word for (word,) in words))
    return found
