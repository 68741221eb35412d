"""What one replica runs: the dashboard, behind a gate that lets through what a reader's page says and nothing else.

Streamlit's WebSocket takes more than clicks: any visitor may ask it to empty the caches of all. And nginx counts
visits, but cannot look into one.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from time import monotonic
from typing import Any

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.middleware import Middleware
from streamlit.proto.BackMsg_pb2 import BackMsg

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

# Runs, and the end of one; that the page is still there; a download that is made when it is asked for.
_READING = {"rerun_script", "stop_script", "app_heartbeat", "backend_operation_request"}
_OPERATIONS = {"deferred_file", "dataframe_chunk"}
# What a hand on a page never reaches in the long run, and how much may come at once: what comes faster waits.
_A_SECOND, _AT_ONCE = 10.0, 60.0


def reads(raw: bytes) -> bool:
    """Whether a reader's page says such a thing. What is no message at all Streamlit itself ends the visit for."""
    try:
        said = BackMsg.FromString(raw)
    except DecodeError:
        return True
    kind = said.WhichOneof("type")
    if kind == "backend_operation_request":
        return said.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    return kind in _READING


class Pace:
    """So many at once, then so many a second."""

    def __init__(self) -> None:
        self.left, self.last = _AT_ONCE, monotonic()

    def wait(self) -> float:
        """Take one; how many seconds too early it comes."""
        now = monotonic()
        self.left = min(_AT_ONCE, self.left + (now - self.last) * _A_SECOND) - 1
        self.last = now
        return max(0.0, -self.left / _A_SECOND)


class Gate:
    """Around Streamlit: sees each message of a visit before it does."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        pace = Pace()

        async def heard() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                await asyncio.sleep(pace.wait())
                if reads(message.get("bytes") or b""):
                    return message

        await self.app(scope, heard if scope["type"] == "websocket" else receive, send)


app = st.App(Path(__file__).resolve().parent.parent / "dashboard.py", middleware=[Middleware(Gate)])
