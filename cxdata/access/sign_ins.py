"""Sign-ins that were ended: their cookies, also copied ones, open nothing any longer."""

from datetime import UTC, datetime, timedelta

from cxdata.access.identity import Identity
from cxdata.access.records import find_records, open_records
from cxdata.store.engine import Engine

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
    if not person.sign_in or find_records(engine) is None:
        return False
    with open_records(engine) as records:
        found = records.execute("select 1 from ended_sign_in where sign_in = ?", (person.sign_in,))
        return found.fetchone() is not None
