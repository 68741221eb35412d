"""A visitor without a browser: Streamlit's WebSocket with its own messages, for many at once.

It opens a page, chooses a filter by its address and reads what comes, as the browser does, and draws nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

Answer = TypeVar("Answer")
# A busy machine is no fault: wait long for what must come.
PATIENCE = 120.0


@dataclass(frozen=True)
class Run:
    """What one run of the page brought: how long it took, how much it sent, its HTML, the downloads that it offers,
    whether it went well."""

    seconds: float
    size: int
    html: str
    files: tuple[str, ...]
    well: bool


class Visitor:
    """One open page."""

    def __init__(self, socket: ClientConnection, site: str, page: str) -> None:
        self.socket, self.site, self.page, self.session = socket, site, page, ""

    async def run(self, query: str = "") -> Run:
        """Ask for the page with this address, as a click on a filter or the Back button does; wait for all of it."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_name = query, self.page
        state.context_info.url = f"{self.site}/{self.page}?{query}"
        state.context_info.locale = "zh-CN"
        begin = perf_counter()
        await self.socket.send(asked.SerializeToString())
        size, html, files, well = 0, [], [], True
        async for said in self._heard():
            size += said.ByteSize()
            element = said.delta.new_element
            html.append(element.html.body)
            files += [element.download_button.deferred_file_id] if element.HasField("download_button") else []
            well &= not element.HasField("exception")
            if said.HasField("new_session"):
                self.session = said.new_session.initialize.session_id
            if said.WhichOneof("type") == "script_finished":
                well &= said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                break
        return Run(perf_counter() - begin, size, "".join(html), tuple(files), well)

    async def download(self, file: str) -> str:
        """Have a file made that a run offers; the path of its address."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = "1"
        asked.backend_operation_request.session_id = self.session
        asked.backend_operation_request.deferred_file.file_id = file
        await self.socket.send(asked.SerializeToString())
        async for said in self._heard():
            if said.HasField("backend_operation_response"):
                return said.backend_operation_response.deferred_file.url
        raise AssertionError("no answer")

    async def _heard(self) -> AsyncIterator[ForwardMsg]:
        """What the other side says, until nobody listens any more."""
        async with asyncio.timeout(PATIENCE):
            while True:
                yield ForwardMsg.FromString(await self.socket.recv())  # type: ignore[arg-type]

    async def leave(self) -> None:
        await self.socket.close()

    async def gone(self) -> None:
        """Wait until the other side is away."""
        async with asyncio.timeout(PATIENCE):
            await self.socket.wait_closed()


async def arrive(site: str, page: str = "", *, source: str = "127.0.0.1", **headers: str) -> Visitor:
    """Connect as the browser does, from an address of this machine; `Origin` and `Cookie` may be said."""
    headers = {"Origin": site, **headers}
    address = f"ws://{urlsplit(site).netloc}/_stcore/stream"
    socket = await connect(
        address,
        additional_headers=headers,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        # A busy machine is no lost one.
        ping_interval=None,
        open_timeout=PATIENCE,
        local_addr=(source, 0),
        proxy=None,
    )
    return Visitor(socket, site, page)


def together(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Run it to its end, in a thread of its own: Playwright keeps a loop in the first."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
