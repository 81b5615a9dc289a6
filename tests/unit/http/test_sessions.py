"""A session ends when its person loses the role, and connects again where a proxy must be asked again."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from cxdata.http.gate.sessions import GOING_AWAY, POLICY_VIOLATION, Session
from pages.ui.visitor.sign_in import ends_run
from tests.fixtures.chart_server import run

SECONDS = 0.3
LONG = 60.0  # s, longer than any test
RERUN = {"type": "websocket.receive", "bytes": b"rerun"}
END = {"type": "websocket.send", "bytes": b"end"}


@dataclass
class Browser:
    """The other side: what it has been sent, and what it sends, each after a pause in seconds."""

    sends: list[tuple[float, dict[str, Any]]]
    got: list[dict[str, Any]] = field(default_factory=list)

    async def receive(self) -> dict[str, Any]:
        pause, message = self.sends.pop(0) if self.sends else (LONG, RERUN)
        await asyncio.sleep(pause)
        return message

    async def send(self, message: Any) -> None:
        self.got.append(message)

    def session(
        self, is_permitted: Callable[[], bool] = lambda: True, is_asked_again: bool = True, patience: float = LONG
    ) -> Session:
        return Session(
            self.receive,
            self.send,
            is_permitted,
            b"farewell",
            lambda message: message == b"end",
            is_asked_again,
            SECONDS,
            patience,
        )


def test_person_who_loses_the_role_is_sent_away_at_the_next_message() -> None:
    browser = Browser([(0, RERUN), (0, RERUN)])
    answers = iter([True, False])

    async def play() -> list[Any]:
        session = browser.session(lambda: next(answers), is_asked_again=False)
        taken = [await session.receive(), await session.receive()]
        await session.send({"type": "websocket.send", "bytes": b"of a page that still runs"})
        return taken

    assert run(play()) == [RERUN, {"type": "websocket.disconnect", "code": POLICY_VIOLATION}]
    assert browser.got == [
        {"type": "websocket.send", "bytes": b"farewell"},
        {"type": "websocket.close", "code": POLICY_VIOLATION},
    ]


@pytest.mark.parametrize(
    ("ends_after", "patience", "least"),
    [(0.0, LONG, SECONDS), (2 * SECONDS, LONG, 2 * SECONDS), (None, 0.5, SECONDS + 0.5)],
    ids=["no page runs", "until the page has run", "a page runs for ever"],
)
def test_session_of_a_proxy_ends_within_its_time(ends_after: float | None, patience: float, least: float) -> None:
    browser = Browser([(0, RERUN)])

    async def play() -> tuple[Any, float]:
        session = browser.session(patience=patience)
        started = time.monotonic()
        assert await session.receive() == RERUN
        if ends_after is not None:
            asyncio.get_running_loop().create_task(_send_later(session, ends_after))
        taken = await session.receive()
        return taken, time.monotonic() - started

    taken, lasted = run(play())
    assert taken == {"type": "websocket.disconnect", "code": GOING_AWAY}
    assert browser.got[-1] == {"type": "websocket.close", "code": GOING_AWAY}
    assert least - 0.01 <= lasted < LONG / 2


async def _send_later(session: Session, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await session.send(END)


def test_message_before_the_end_is_taken_and_other_sessions_have_none() -> None:
    async def play() -> None:
        early = Browser([(0.1, RERUN)])
        assert await early.session().receive() == RERUN
        late = Browser([(3 * SECONDS, RERUN)])
        assert await late.session(is_asked_again=False).receive() == RERUN
        assert late.got == []

    run(play())


def test_end_of_a_run_is_told_from_other_messages() -> None:
    def write(**fields: Any) -> bytes:
        return ForwardMsg(**fields).SerializeToString()

    assert ends_run(write(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    assert ends_run(write(script_finished=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY))
    assert not ends_run(write(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN))
    assert not ends_run(write(page_config_changed={"title": "x" * 1000}))
    assert not ends_run(b"")
