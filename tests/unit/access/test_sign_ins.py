"""Sign-ins that were ended stay ended, for every process and at once."""

from pathlib import Path

import pytest

from cxdata.access.identity import Identity, read_identity
from cxdata.access.records import FILE
from cxdata.access.sign_ins import end_sign_in, is_ended
from cxdata.errors import Unavailable
from cxdata.store.duckdb_file import DuckDBFile

ANN = Identity("ann@example.org", True, "first")
AGAIN = Identity("ann@example.org", True, "second")


@pytest.fixture
def engine(tmp_path: Path) -> DuckDBFile:
    return DuckDBFile(tmp_path / "stories.duckdb")


def test_one_sign_in_ends_and_the_next_one_goes_on(engine: DuckDBFile) -> None:
    assert not is_ended(engine, ANN)
    end_sign_in(engine, AGAIN)
    assert (is_ended(engine, ANN), is_ended(engine, AGAIN)) == (False, True)
    for number in range(20):  # however quickly the file changes
        other = Identity("bob@example.org", True, str(number))
        assert not is_ended(engine, other)
        end_sign_in(engine, other)
        assert is_ended(engine, other)


def test_person_whom_a_proxy_names_has_nothing_to_end(engine: DuckDBFile) -> None:
    named = Identity("ann@example.org", True)
    end_sign_in(engine, named)
    assert not is_ended(engine, named)
    assert not engine.companion_folder("access").exists()


def test_file_that_cannot_be_read_lets_nobody_in(engine: DuckDBFile) -> None:
    end_sign_in(engine, AGAIN)
    assert is_ended(engine, AGAIN)
    (engine.companion_folder("access") / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(Unavailable):
        is_ended(engine, AGAIN)


def test_each_sign_in_has_a_hash_of_its_own() -> None:
    user = {"is_logged_in": True, "email": "ann@example.org", "email_verified": True, "sub": "1", "iss": "p", "iat": 1}
    hashes = [read_identity(user | change) for change in ({}, {"iat": 2}, {"sub": "2"}, {"iss": "q"}, {"nonce": "n"})]
    assert len({person.sign_in for person in hashes if person}) == 5
    unknown = read_identity(user | {"iat": None})
    assert unknown
    assert unknown.sign_in == "", "to end it would end every sign-in of the person"
