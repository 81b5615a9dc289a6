"""The keys with which this installation signs the words of writers: every process beside the database has them."""

import secrets

from cxdata.access.records import find_records, now, open_records
from cxdata.store.engine import Engine

KEY_BYTES = 32
SELECT = "select key from signing_key order by made_at, key"


def get_signing_key(engine: Engine) -> bytes:
    """Return the key to sign with, made on first use. Raises Unavailable where nothing can be written."""
    with open_records(engine) as records:
        records.execute(
            "insert into signing_key (key, made_at) select ?, ? where not exists (select 1 from signing_key)",
            (secrets.token_hex(KEY_BYTES), now()),
        )
        return bytes.fromhex(records.execute(SELECT).fetchone()[0])


def list_signing_keys(engine: Engine) -> list[bytes]:
    """List the keys whose signatures hold: that of this installation, and those that a restored backup brought."""
    if find_records(engine) is None:
        return []
    with open_records(engine) as records:
        return [bytes.fromhex(key) for (key,) in records.execute(SELECT)]
