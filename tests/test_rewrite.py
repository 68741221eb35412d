"""Writing into a folder that others use too: what is said to be written is there, and nothing of theirs is lost."""

import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from test_add import JUDGED, PONDS, base, indicator, run, snapshot
from test_add import call as asked

from loaders import __main__ as command
from loaders.rewrite import NotWritten, alone, replace

reason = "users and limits as POSIX has them"
pwd, resource = (pytest.importorskip(name, reason=reason) for name in ("pwd", "resource"))
NOBODY = pwd.getpwnam("nobody")
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user, or give a file to one")

# A command that is ready to go and goes when it is told to, so that several go at the same moment. It reads some data
# first: what Python imports only then may lie where the other user can't read.
START = """
import os, pathlib, resource, sys
from loaders.__main__ import main
from loaders.book import load
load(pathlib.Path("tests/base"))
user, group, largest, *words = sys.argv[1:]
if user != "-1":
    os.setgroups([])
    os.setgid(int(group))
    os.setuid(int(user))
if largest != "-1":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), resource.RLIM_INFINITY))
print("ready", flush=True)
sys.stdin.readline()
sys.exit(main(words))
"""


def call(data: Path, *more: str, **changes: object) -> list[str]:
    """Of a judged figure, of which there is nothing to be told: all that is said is about the writing."""
    return asked(data, *more, **JUDGED | changes)


def at_once(*calls: list[str], user: int = -1, group: int = -1, largest: int = -1) -> list[tuple[int, str]]:
    """Exit code and standard error of commands that run side by side, each in a process of its own."""
    own = [sys.executable, "-c", START, str(user), str(group), str(largest)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = [subprocess.Popen([*own, *words], cwd=ROOT, text=True, encoding="utf-8", **pipes) for words in calls]
    for one in running:
        assert one.stdout.readline() == "ready\n"
    for one in running:
        one.stdin.write("\n")
        one.stdin.flush()
    return [(one.returncode, said) for one, (_, said) in [(one, one.communicate(timeout=60)) for one in running]]


def periods(data: Path) -> list[str]:
    return [figure.period for figure in indicator(data, "pond-area").observations]


def refused(done: tuple[int, str], *words: str) -> None:
    """The call is wrong, in one sentence that holds these words."""
    code, said = done
    assert code == 2
    assert said.startswith("python -m loaders: nothing was written: ") and said.count("\n") == 1, said
    assert [word for word in words if word not in said] == [], said


def test_four_figures_at_once_are_all_written_or_refused_in_words(folder):
    data = folder()
    earlier, years = periods(data), ["2027", "2028", "2029", "2030"]
    done = at_once(*(call(data, "--write", period=year) for year in years))
    written = [year for year, (code, said) in zip(years, done, strict=True) if (code, said) == (0, "written\n")]
    for each in done:
        if each != (0, "written\n"):
            refused(each, "call again")
    assert written
    assert sorted(periods(data)) == sorted(earlier + written)
    assert set(snapshot(data)) == {path.name for path in (ROOT / "tests" / "base").glob("*.yaml")}


def test_four_times_the_same_figure_at_once_is_one_figure(folder):
    data = folder()
    earlier = periods(data)
    done = at_once(*[call(data, "--write")] * 4)
    assert [code for code, _ in done] == [0, 0, 0, 0]
    assert sorted(said == "written\n" for _, said in done) == [False, False, False, True]
    assert sorted(periods(data)) == sorted([*earlier, "2030"])


@pytest.fixture
def two_folders(folder) -> tuple[Path, Path]:
    """A folder, and one whose files are links to the files of the first."""
    data = folder()
    other = data.with_name("other")
    other.mkdir()
    for path in data.iterdir():
        (other / path.name).symlink_to(path)
    return data, other


def test_two_folders_that_lead_to_one_file_have_one_writer_at_a_time(two_folders):
    data, other = two_folders
    done = at_once(
        *(call(where, "--write", period=year) for where, year in zip(two_folders, (2029, 2030), strict=True))
    )
    assert done == [(0, "written\n")] * 2
    assert {"2029", "2030"} <= set(periods(data))
    assert all(path.is_symlink() for path in other.iterdir())


def test_a_link_stays_and_what_it_points_to_is_written(folder, tmp_path):
    data, kept = folder(), tmp_path / "kept.txt"
    (data / PONDS).rename(kept)
    (data / "step").symlink_to(kept)
    (data / PONDS).symlink_to("step")
    assert run(*call(data, "--write")).stderr == "written\n"
    assert (os.readlink(data / PONDS), os.readlink(data / "step")) == ("step", str(kept))
    assert not kept.is_symlink()
    assert "2030" in periods(data)
    assert kept.read_text("utf-8") != base(PONDS)


def test_a_folder_may_be_a_link(folder, tmp_path):
    data = folder()
    (tmp_path / "link").symlink_to(data)
    assert run(*call(tmp_path / "link", "--write")).stderr == "written\n"
    assert "2030" in periods(data)


@pytest.mark.parametrize("name", ["fish-ponds.part", f".{PONDS}.part", "fish-ponds.yaml.part", ".lock"])
def test_a_file_of_somebody_else_beside_stays(folder, name):
    data = folder()
    (data / name).write_text("mine")
    files = snapshot(data)
    assert run(*call(data, "--write")).stderr == "written\n"
    assert snapshot(data) == files | {PONDS: (data / PONDS).read_bytes()}
    assert "2030" in periods(data)


def test_what_an_editor_saves_meanwhile_is_not_overwritten(folder, monkeypatch):
    """Saved between the entry that is shown and the file that is written."""
    data = folder()
    saved = base(PONDS) + "# a word of mine\n"
    monkeypatch.setattr(type(command.CONSOLE), "write", lambda *_: (data / PONDS).write_text(saved, "utf-8"))
    done = run(*call(data, "--write"))
    refused((done.returncode, done.stderr), PONDS, "has changed since it was read")
    assert (data / PONDS).read_text("utf-8") == saved


@pytest.mark.parametrize("name", [PONDS, "schools.yaml"])
@pytest.mark.parametrize(
    "content", ["# a word of mine\n", "", "- no: plan\n", None], ids=["word", "none", "odd", "gone"]
)
def test_what_an_editor_saves_while_the_data_is_read_is_not_taken_for_a_layout(folder, monkeypatch, name, content):
    data = folder()
    load = type(command.CONSOLE).load

    def meanwhile(console, where):
        loaded = load(console, where)
        if content is None:
            (data / name).unlink()
        else:
            (data / name).write_text(content, "utf-8")
        return loaded

    monkeypatch.setattr(type(command.CONSOLE), "load", meanwhile)
    done = run(*call(data, "--write"))
    assert done.returncode == 2
    assert done.stderr == "python -m loaders: the data has changed while it was read; please call again\n"
    assert (data / name).read_text("utf-8") == content if content is not None else not (data / name).exists()


def test_a_second_writer_waits_a_while_and_is_refused_in_words(folder, monkeypatch):
    data = folder()
    files = snapshot(data)
    monkeypatch.setattr("loaders.rewrite.PATIENCE", 0.1)
    with alone([data / PONDS]):
        done = run(*call(data, "--write"))
        assert run(*call(data)).returncode == 0, "who only looks needs no lock"
    refused((done.returncode, done.stderr), "somebody else is writing")
    assert snapshot(data) == files
    assert run(*call(data, "--write")).stderr == "written\n"


def test_a_writer_that_was_killed_blocks_nobody(folder, monkeypatch):
    data = folder()
    monkeypatch.setattr("loaders.rewrite.PATIENCE", 0.1)
    code = "import sys; from pathlib import Path; from loaders.rewrite import alone\n"
    code += "with alone([Path(sys.argv[1])]): print('held', flush=True); sys.stdin.read()"
    words = [sys.executable, "-c", code, str(data / PONDS)]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        assert run(*call(data, "--write")).returncode == 2
        holder.kill()
    assert run(*call(data, "--write")).stderr == "written\n"


def test_a_second_name_of_the_file_is_a_reason_not_to_write(folder, tmp_path):
    data = folder()
    os.link(data / PONDS, tmp_path / "second")
    files = snapshot(data)
    done = run(*call(data, "--write"))
    refused((done.returncode, done.stderr), PONDS, "hard link")
    assert snapshot(data) == files
    assert os.path.samefile(data / PONDS, tmp_path / "second")


def test_extended_attributes_stay(folder):
    data = folder()
    try:
        os.setxattr(data / PONDS, "user.reviewed", b"yes")
    except (OSError, AttributeError):
        pytest.skip("the temporary folder's file system keeps no extended attributes")
    assert run(*call(data, "--write")).stderr == "written\n"
    assert os.getxattr(data / PONDS, "user.reviewed") == b"yes"


def test_a_folder_that_gives_new_files_rights_gives_none_here(folder):
    """A default access list, which lets one more user write whatever is made in the folder."""
    data, anyone = folder(), 0xFFFFFFFF
    rights = [(0x01, 7, anyone), (0x02, 7, NOBODY.pw_uid), (0x04, 5, anyone), (0x10, 7, anyone), (0x20, 5, anyone)]
    access = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *right) for right in rights)
    try:
        os.setxattr(data, "system.posix_acl_default", access)
    except (OSError, AttributeError):
        pytest.skip("the temporary folder's file system keeps no access lists")
    (data / "new").touch()
    assert os.listxattr(data / "new") == ["system.posix_acl_access"]
    assert run(*call(data, "--write")).stderr == "written\n"
    assert os.listxattr(data / PONDS) == []


@AS_ROOT
def test_owner_and_group_stay(folder):
    data = folder()
    os.chown(data / PONDS, NOBODY.pw_uid, NOBODY.pw_gid)
    (data / PONDS).chmod(0o464)
    assert run(*call(data, "--write")).stderr == "written\n"
    status = (data / PONDS).stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o7777) == (NOBODY.pw_uid, NOBODY.pw_gid, 0o464)


@pytest.fixture
def others(folder) -> Iterator[Path]:
    """A folder that another user can reach: those of pytest nobody else may enter."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        data = folder().rename(Path(place) / "data")
        yield data


def allow(data: Path, folder: int, file: int, owner: int) -> None:
    """Modes of the folder and its files, and who has them."""
    for path in (data, *data.iterdir()):
        os.chown(path, owner, NOBODY.pw_gid)
        path.chmod(folder if path == data else file)


FORBIDDEN = {
    "a read-only folder": (0o555, 0o666, NOBODY.pw_uid, "folder cannot be written"),
    "a read-only file": (0o777, 0o444, NOBODY.pw_uid, "cannot be written"),
    "a file of somebody else, who would lose it": (0o777, 0o666, 0, "owner"),
}


@AS_ROOT
@pytest.mark.parametrize(("mode", "file", "owner", "word"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_another_user_writes_nothing_where_that_cannot_be(others, mode, file, owner, word):
    allow(others, mode, file, owner)
    files = snapshot(others)
    nobody = {"user": NOBODY.pw_uid, "group": NOBODY.pw_gid}
    (done,) = at_once(call(others, "--write"), **nobody)
    refused(done, PONDS, word)
    assert snapshot(others) == files
    (shown,) = at_once(call(others), **nobody)
    assert shown == (0, "not written: call again with --write\n")


@AS_ROOT
def test_another_user_writes_what_is_theirs(others):
    allow(others, 0o755, 0o644, NOBODY.pw_uid)
    assert at_once(call(others, "--write"), user=NOBODY.pw_uid, group=NOBODY.pw_gid) == [(0, "written\n")]
    assert "2030" in periods(others)


def test_a_full_disk_is_told(folder):
    """Where the edited data is tried out: no file may grow beyond a few bytes."""
    data = folder()
    files = snapshot(data)
    ((code, said),) = at_once(call(data, "--write"), largest=50)
    assert (code, said.count("\n"), "File too large" in said) == (2, 1, True), said
    assert snapshot(data) == files


# In a mount and user namespace of its own, so that it takes no rights and ends with the process: a disk that holds the
# data and so many blocks more, on which a command is run and after which nothing may have changed.
TIGHT = """
mount -t tmpfs -o size=$1 none "$2" && cp "$3"/* "$2" || exit 77
shift 3; "$@"; code=$?
diff -r "$DATA" "$DISK" >&2 && exit $code
"""
BLOCK = 4096


@pytest.mark.parametrize("blocks", [0, 1])
def test_a_disk_without_room_for_the_new_file_is_told(folder, tmp_path, blocks):
    """Where the files lie, for the first or the second that is written; the folder for trying out has room."""
    data, disk = folder(), tmp_path / "disk"
    disk.mkdir()
    size = BLOCK * (blocks + sum(-(-path.stat().st_size // BLOCK) for path in data.iterdir()))
    words = [*("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", TIGHT, "sh"), str(size), disk, data]
    words += [sys.executable, "-m", "loaders", *call(disk, "--write")]
    places = {"DATA": str(data), "DISK": str(disk)}
    try:
        done = subprocess.run(
            words, cwd=ROOT, env=os.environ | places, capture_output=True, text=True, timeout=60, check=False
        )
    except FileNotFoundError:
        pytest.skip("there is no unshare here")
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip("this system gives no disk of one's own")
    refused((done.returncode, done.stderr), "No space left")


@pytest.fixture
def pair(tmp_path) -> tuple[Path, Path]:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    return one, two


def test_two_files_are_replaced_together(pair):
    one, two = pair
    replace({one: ("1", "eins\r\n"), two: ("2", "\ufeffzwei")})
    assert (one.read_bytes(), two.read_bytes()) == (b"eins\r\n", "\ufeffzwei".encode())
    assert sorted(one.parent.iterdir()) == [one, two]


def test_a_file_that_breaks_off_half_way_replaces_nothing(pair):
    """The limit on the size of a file stands for a full disk: a part of the text is written, the rest is not."""
    one, two = pair
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5, before[1]))
    try:
        with pytest.raises(NotWritten, match=r"^two .*File too large"):
            replace({one: ("1", "eins"), two: ("2", "zwei und mehr")})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (one.read_text(), two.read_text()) == ("1", "2")
    assert sorted(one.parent.iterdir()) == [one, two]


CHANGED = {
    "the first changed": ("x", "2"),
    "the second changed": ("1", "x"),
    "the second has other line ends": ("1", "2\r\n"),
    "the second is gone": ("1", None),
}


@pytest.mark.parametrize("found", CHANGED.values(), ids=CHANGED)
def test_where_one_of_two_files_has_changed_neither_is_replaced(pair, found):
    for path, text in zip(pair, found, strict=True):
        path.write_bytes(text.encode()) if text is not None else path.unlink()
    files = snapshot(pair[0].parent)
    with pytest.raises(NotWritten, match=r"^(one|two) .*(has changed|cannot be written)"):
        replace({pair[0]: ("1", "eins"), pair[1]: ("2", "zwei")})
    assert snapshot(pair[0].parent) == files


def test_where_the_second_file_cannot_be_replaced_the_first_goes_back(pair, monkeypatch):
    one, two = pair
    move, moved = os.replace, []

    def some(source, target):
        moved.append(Path(target).name)
        if Path(target) == two:
            raise PermissionError(1, "Operation not permitted")
        move(source, target)

    monkeypatch.setattr("loaders.rewrite.os.replace", some)
    with pytest.raises(NotWritten, match=r"^two cannot be replaced \(Operation not permitted\)$"):
        replace({one: ("1", "eins"), two: ("2", "zwei")})
    assert moved == ["one", "two", "one"]
    assert (one.read_text(), two.read_text()) == ("1", "2")
    assert sorted(one.parent.iterdir()) == [one, two]


def test_a_first_file_that_cannot_go_back_is_told(pair, monkeypatch):
    one, two = pair
    move = os.replace

    def some(source, target):
        if one.read_text() != "1":
            raise PermissionError(1, "Operation not permitted")
        move(source, target)

    monkeypatch.setattr("loaders.rewrite.os.replace", some)
    with pytest.raises(NotWritten, match=r"one of several files is new .* \(Operation not permitted\)$"):
        replace({one: ("1", "eins"), two: ("2", "zwei")})
    assert (one.read_text(), two.read_text()) == ("eins", "2")


def test_the_text_is_on_the_disk_before_it_has_its_name(pair, monkeypatch):
    one, _ = pair
    synced, move = [], os.replace
    sync = os.fsync

    def note(descriptor):
        synced.append(os.fstat(descriptor).st_ino)
        sync(descriptor)

    def late(source, target):
        assert Path(source).stat().st_ino in synced and Path(source).read_text() == "eins"
        move(source, target)
        synced.clear()

    monkeypatch.setattr("loaders.rewrite.os.fsync", note)
    monkeypatch.setattr("loaders.rewrite.os.replace", late)
    replace({one: ("1", "eins")})
    assert synced == [one.parent.stat().st_ino], "and then the name itself"
