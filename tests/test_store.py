"""How a running dashboard notices that its data changed."""

import os
import subprocess
import sys
from concurrent.futures import wait
from threading import Event

import pytest
from conftest import ROOT

from loaders.book import NoData
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


@pytest.mark.parametrize("leads", ["schools.yaml", "gone"])
def test_a_link_that_leads_to_no_file_is_a_problem_of_the_data(plan, leads):
    good, file = store.current().book, plan / "schools.yaml"
    file.unlink()
    file.symlink_to(leads)
    now = settled()
    assert now.book is good
    assert [problem.file for problem in now.problems] == ["schools.yaml"]


@pytest.mark.parametrize("empty", [True, False], ids=["empty", "gone"])
def test_while_the_folder_is_away_the_last_good_data_serves(plan, empty):
    """As while another takes its place. That it was away cannot be told from its files, which are as they were."""
    good, aside = store.current().book, plan.with_name("aside")
    plan.rename(aside)
    if empty:
        plan.mkdir()
    now = settled()
    assert (now.book, now.reading) == (good, False)
    assert [(problem.file, problem.code) for problem in now.problems] == [("data", "file-gone")]
    if empty:
        plan.rmdir()
    aside.rename(plan)
    assert settled().problems == () and settled().book.version == good.version


def test_a_folder_that_goes_away_before_it_is_read_is_read_when_it_is_back(plan, monkeypatch):
    good, file, real = store.current().book, plan / "schools.yaml", store.load
    file.write_bytes(file.read_bytes().replace(b"School", b"Skhool", 1))

    def away(place):
        raise NoData(place)

    monkeypatch.setattr(store, "load", away)
    for _ in range(3):
        now = store.current()
        wait([store._reader(str(plan))._next])
        assert now.book is good
    monkeypatch.setattr(store, "load", real)
    store.current()
    assert settled().book.version != good.version


def test_a_folder_that_never_held_data_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAN_DIR", str(tmp_path / "nowhere"))
    for _ in range(2):
        with pytest.raises(NoData):
            store.current()


def test_a_file_that_another_program_has_locked_is_read(plan):
    fcntl = pytest.importorskip("fcntl", reason="locks as POSIX has them")
    with (plan / "schools.yaml").open("r+b") as file:
        for lock in (fcntl.flock, fcntl.lockf):
            lock(file, fcntl.LOCK_EX)
        script = "import sys, pathlib; from loaders.book import load; print(load(pathlib.Path(sys.argv[1])).problems)"
        call = [sys.executable, "-c", script, str(plan)]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "()\n", "")


def test_while_a_file_is_half_written_the_last_good_book_stays(plan):
    """What breaks off behind a whole entry is good data too."""
    first, file = store.current().book, plan / "schools.yaml"
    whole, good, broken = file.read_bytes(), first, 0
    for end in range(0, len(whole), 50):
        file.write_bytes(whole[:end])
        now = settled()
        good, broken = (good, broken + 1) if now.problems else (now.book, broken)
        assert now.book is good
    assert broken > 10
    file.write_bytes(whole)
    assert settled().problems == ()
    assert settled().book.version == first.version


@pytest.mark.parametrize("second", [0, 1, -(10**9), 2**33])
def test_an_edit_is_noticed_whatever_the_clock_said(plan, second):
    """The time of a file is compared with what it was and never with now: a clock that goes back hides no edit."""
    file, version = plan / "schools.yaml", store.current().book.version
    file.write_bytes(file.read_bytes().replace(b"School", b"Skhool", 1))
    os.utime(file, (second, second))
    assert settled().book.version != version


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
