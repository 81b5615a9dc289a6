"""Ids of requests: what counts as one, and that each thread and task has its own."""

import threading
from contextvars import copy_context

import pytest

from cxdata.observability.request_id import current_id, is_valid_id, new_id, use_id


@pytest.mark.parametrize("text", [b"0123456789abcdef", b"3f2504e0-4f89-11d3-9a0c-0305e82c3301", b"a.b_c-d1", b"x" * 64])
def test_plain_ids_are_valid(text: bytes) -> None:
    assert is_valid_id(text)


@pytest.mark.parametrize(
    "text",
    [b"", b"short", b"x" * 65, b"x" * 100_000, b"abcdefgh\n", b"abcd efgh", b"-abcdefgh", b'abcdefgh","level":"x',
     b"abcdefgh\r\nSet-Cookie: a=b", "ïdentität".encode(), "ïdentität".encode("latin-1"), b"\x1b[31mabcdefgh"],
)  # fmt: skip
def test_anything_else_is_not(text: bytes) -> None:
    assert not is_valid_id(text)


def test_new_ids_differ_and_are_valid() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(is_valid_id(each.encode()) for each in ids)


def test_threads_have_an_id_only_with_a_copied_context() -> None:
    seen: list[str] = []
    with use_id("request-1"):
        run = copy_context().run
        for call in ((lambda: seen.append(current_id())), (lambda: run(lambda: seen.append(current_id())))):
            thread = threading.Thread(target=call)
            thread.start()
            thread.join()
    assert seen == ["", "request-1"]
    assert current_id() == ""
