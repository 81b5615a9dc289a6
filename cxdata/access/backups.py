"""Backups of the records of access: written beside the backup of a database, and added to what is there.

A restored database must not take the log back, end no sign-in that was ended, and open no view that was closed. So a
restore adds what is missing here, and deletes nothing but views that either side has closed.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from cxdata.access.records import FILE, FOLDER, PATIENCE, find_records, make_file, open_records
from cxdata.errors import DatabaseError, Unavailable
from cxdata.store.engine import Engine
from cxdata.store.file_swap import describe_failure, install_file

# two events of one second, person and action are told apart by their order, which every copy keeps
ADD_EVENTS = """
with numbered_there as (
    select *, row_number() over (partition by at, who, action order by event) as number
    from kept.event
),
numbered_here as (
    select *, row_number() over (partition by at, who, action order by event) as number
    from main.event
)
insert into event (at, who, action, subject, detail, outcome)
select at, who, action, subject, detail, outcome
from numbered_there
where (at, who, action, number) not in (select at, who, action, number from numbered_here)
order by event
"""
# backups of earlier versions have no keys
ADD_KEYS = "insert or ignore into signing_key (key, made_at) select key, made_at from kept.signing_key"
ADD_OTHERS = (
    "insert or ignore into ended_sign_in select sign_in, ended_at from kept.ended_sign_in",
    "insert or ignore into closed_view select token from kept.closed_view",
    "insert or ignore into public_view (token, chart, query, published_by, published_at) "
    "select token, chart, query, published_by, published_at from kept.public_view",
    "delete from public_view where token in (select token from closed_view)",
)


def copy_records(engine: Engine, backup: Engine) -> Path | None:
    """Write the records of a database beside its backup, whole or not at all; return the file, None without records.

    Other processes may write to them meanwhile. Raises Unavailable.
    """
    source = find_records(engine)
    if source is None:
        return None
    place = backup.companion_folder(FOLDER) / FILE
    try:
        place.parent.mkdir(exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".backing-up-") as folder:
            draft = Path(folder) / FILE
            make_file(draft)
            with (
                closing(sqlite3.connect(source, timeout=PATIENCE)) as records,
                closing(sqlite3.connect(draft)) as copy,
            ):
                records.backup(copy)
            install_file(draft, place)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable(f"{place}: the audit log is in no backup: {describe_failure(error, place)}") from error
    return place


def check_records(backup: Engine) -> None:
    """Read the records beside a backup whole. Raises DatabaseError if they are damaged or not ours."""
    if (place := find_records(backup)) is None:
        return
    try:
        with closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)) as records:
            found = records.execute("pragma integrity_check(1)").fetchone()
            tables = {name for (name,) in records.execute("select name from sqlite_master where type = 'table'")}
    except sqlite3.Error as error:
        raise DatabaseError(f"{place} cannot be restored. Nothing was changed. {error}") from error
    if found != ("ok",) or not {"event", "ended_sign_in", "public_view", "closed_view"} <= tables:
        raise DatabaseError(
            f"{place} cannot be restored. Nothing was changed. It is damaged, or no log of this program"
        )


def add_records(engine: Engine, backup: Engine) -> int:
    """Add what the records beside a backup have and those of the database lack; return the number of events added.

    Raises Unavailable.
    """
    if (place := find_records(backup)) is None:
        return 0
    with open_records(engine) as records:
        records.execute("attach ? as kept", (str(place),))
        records.execute(ADD_EVENTS)
        (added,) = records.execute("select changes()").fetchone()
        for statement in ADD_OTHERS:
            records.execute(statement)
        if records.execute("select 1 from kept.sqlite_master where name = 'signing_key'").fetchone():
            records.execute(ADD_KEYS)
        return int(added)
