"""One reader of a Streamlit server, speaking the browser's protocol over a websocket: rerun, and wait for the end."""

import asyncio
import time
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 60  # s


class Reader:
    """A browser tab without a browser: keeps the message cache that a tab keeps, so the server sends what it would."""

    def __init__(self, url: str, page: str) -> None:
        self.url = url
        self.page, _, self.query = page.partition("?")
        self.page_hash = ""
        self.cached: set[str] = set()
        self.exceptions = 0

    async def connect(self) -> None:
        """Open the websocket."""
        address = urlsplit(self.url).netloc
        self.socket = await websockets.connect(
            f"ws://{address}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=f"http://{address}",
            max_size=None,
            ping_interval=None,
        )

    async def rerun(self) -> float:
        """Ask for a rerun of the page; the seconds until the script has finished."""
        message = BackMsg()
        asked = message.rerun_script
        if self.page_hash:
            asked.page_script_hash = self.page_hash
        else:
            asked.page_name = self.page
        asked.query_string = self.query
        asked.cached_message_hashes.extend(self.cached)
        asked.context_info.timezone = "UTC"
        asked.context_info.locale = "en-GB"
        asked.context_info.url = self.url
        asked.context_info.color_scheme = "light"
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await asyncio.wait_for(self.socket.recv(), PATIENCE))
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.page_hash = answer.new_session.page_script_hash or self.page_hash
            elif kind == "navigation":
                self.page_hash = answer.navigation.page_script_hash or self.page_hash
            elif kind == "delta":
                if answer.metadata.cacheable:
                    self.cached.add(answer.hash)
                if answer.delta.new_element.WhichOneof("type") == "exception":
                    self.exceptions += 1
            elif kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return time.perf_counter() - started
