"""How a running dashboard notices that its data changed."""

import os
from concurrent.futures import wait
from threading import Event

import pytest

from views import store


def settled() -> store.Current:
    """What is shown once nothing newer is being read."""
    while (now := store.current()).reading:
        wait([store._reader(str(store.folder()))._next])
    return now


@pytest.fixture
def plan(folder, monkeypatch):
    data = folder()
    monkeypatch.setenv("PLAN_DIR", str(data))
    assert store.current().problems == ()
    return data


def test_an_edit_that_keeps_size_and_time_is_noticed(plan):
    file = plan / "schools.yaml"
    before, version = file.stat(), store.current().book.version
    file.write_bytes(file.read_bytes().replace(b"School", b"Skhool", 1))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_mtime_ns, file.stat().st_size) == (before.st_mtime_ns, before.st_size)
    assert settled().book.version != version


def test_a_file_that_goes_away_while_it_is_looked_at_is_a_problem_of_the_data(plan, monkeypatch):
    good, listed = store.current().book, store.data_files(plan)
    (plan / "schools.yaml").unlink()
    monkeypatch.setattr(store, "data_files", lambda _: listed)
    now = settled()
    assert now.book is good
    assert [problem.code for problem in now.problems] == ["unknown-sector"]


def test_a_hidden_file_changes_nothing(plan):
    good = store.current().book
    (plan / "._plan.yaml").write_bytes(b"\0\5\26\7\260")
    assert store.current().book is good


def test_while_a_change_is_read_the_last_good_data_serves(plan, monkeypatch):
    good, go, real = store.current().book, Event(), store.load
    monkeypatch.setattr(store, "load", lambda place: (go.wait(30), real(place))[1])
    file = plan / "schools.yaml"
    file.write_bytes(file.read_bytes().replace(b"School", b"Skhool", 1))
    now = store.current()
    assert (now.book, now.reading) == (good, True)
    go.set()
    now = settled()
    assert now.book is not good and not now.reading and now.problems == ()
