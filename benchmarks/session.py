"""A reader of a Streamlit server, who speaks the browser's protocol over a websocket: rerun, and wait for the end."""

import asyncio
import time
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 60  # s


class Reader:
    """A browser tab without a browser. It has the message cache of a tab, so the server sends the same messages."""

    def __init__(self, url: str, page: str) -> None:
        self.url = url
        self.page, _, self.query = page.partition("?")
        self.page_hash = ""
        self.cached: set[str] = set()
        self.exceptions = 0
        self.sliders: dict[str, tuple[str, str]] = {}  # by key: its id, and the fragment that it reruns

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

    async def move(self, key: str, option: str) -> float:
        """Move the slider of this key to one of its options; return the seconds until its rerun has finished."""
        identity, fragment = self.sliders[key]
        message = BackMsg()
        message.rerun_script.fragment_id = fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = identity
        state.string_array_value.data.append(option)
        return await self._finished(message)

    async def rerun(self) -> float:
        """Request a rerun of the page; return the seconds until the script has finished."""
        return await self._finished(BackMsg())

    async def _finished(self, message: BackMsg) -> float:
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
                element = answer.delta.new_element
                if element.WhichOneof("type") == "exception":
                    self.exceptions += 1
                if element.WhichOneof("type") == "slider":
                    self.sliders[element.slider.id.rpartition("-")[2]] = (element.slider.id, answer.delta.fragment_id)
            elif kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return time.perf_counter() - started
