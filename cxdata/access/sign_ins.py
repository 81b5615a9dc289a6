"""Sign-ins that were ended: their cookies, also copied ones, open nothing any longer."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cxdata.access.identity import Identity
from cxdata.access.records import count_changes, find_records, open_records
from cxdata.store.engine import Engine

ENDED: dict[Path, tuple[bytes, frozenset[str]]] = {}
"""The ended sign-ins of each file as it was after so many changes."""
COOKIE_DAYS = 32  # a day more than the framework of the pages takes a cookie for


def end_sign_in(engine: Engine, person: Identity) -> None:
    """Remember that a sign-in was ended. One that a proxy vouches for is ended there. Raises Unavailable."""
    if not person.sign_in:
        return
    now = datetime.now(UTC)
    with open_records(engine) as records:
        records.execute("insert or ignore into ended_sign_in values (?, ?)", (person.sign_in, now.isoformat()))
        oldest = now - timedelta(days=COOKIE_DAYS)
        records.execute("delete from ended_sign_in where ended_at < ?", (oldest.isoformat(),))


def is_ended(engine: Engine, person: Identity) -> bool:
    """Return whether a sign-in was ended. Raises Unavailable."""
    path = find_records(engine) if person.sign_in else None
    if path is None:
        return False
    changes = count_changes(path)
    known = ENDED.get(path)
    if known is None or known[0] != changes:  # every request asks, and few change the file
        with open_records(engine) as records:
            found = records.execute("select sign_in from ended_sign_in").fetchall()
        ENDED[path] = known = (changes, frozenset(sign_in for (sign_in,) in found))
    return person.sign_in in known[1]
