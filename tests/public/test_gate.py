"""What a visit may say to a replica."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from deploy import replica


def said(**fields) -> bytes:
    return BackMsg(**fields).SerializeToString()


def operation(name: str) -> bytes:
    asked = BackMsg()
    getattr(asked.backend_operation_request, name).SetInParent()
    return asked.SerializeToString()


def run() -> bytes:
    asked = BackMsg()
    asked.rerun_script.query_string = "q=a"
    return asked.SerializeToString()


@pytest.mark.parametrize("raw", [run(), said(app_heartbeat=True), said(stop_script=True), operation("deferred_file")])
def test_what_a_page_says_goes_through(raw):
    assert replica.reads(raw)


@pytest.mark.parametrize(
    "raw",
    [
        *(said(clear_cache=True), said(set_run_on_save=True), said(load_git_info=True), b""),
        *(said(debug_shutdown_runtime=True), said(debug_disconnect_websocket=True)),
        *(operation("install_skills"), operation("dismiss_skills_nudge")),
    ],
)
def test_everything_else_is_dropped(raw):
    assert not replica.reads(raw)


def test_what_is_no_message_is_left_to_streamlit_which_ends_the_visit():
    assert replica.reads(b"\xff\xff")


def test_what_comes_faster_than_a_hand_waits(monkeypatch):
    now = 0.0
    monkeypatch.setattr(replica, "monotonic", lambda: now)
    pace = replica.Pace()
    assert {pace.wait() for _ in range(60)} == {0.0}
    assert [round(pace.wait(), 6) for _ in range(3)] == [0.1, 0.2, 0.3]
    now = 1.0
    assert pace.wait() == 0.0
    now = 1000.0
    assert {pace.wait() for _ in range(60)} == {0.0} and pace.wait() > 0
