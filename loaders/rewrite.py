"""Files replaced as a whole, by one writer at a time: nothing that somebody else wrote is lost, no half is ever seen.

What cannot be kept as it was (an owner, a second name, a right) is a reason not to write. macOS gives Python no
extended attributes and Windows no access lists: there the folder decides what a new file has.
"""

import errno
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 10.0  # seconds; an entry takes well under one
LOCK = ".lock"  # on Windows alone, which locks no folder
TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class NotWritten(Exception):
    """The message says what was not written and why, in a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(f"nothing was written: {why}")


@contextmanager
def alone(paths: Iterable[Path]) -> Iterator[None]:
    """The only writer of these files while it lasts: to be held from the reading to the writing. Raises NotWritten."""
    until = time.monotonic() + PATIENCE
    with ExitStack() as held:
        # Links may lead to several folders. Two writers that took them in different orders would block each other.
        for folder in sorted({os.path.dirname(os.path.realpath(path)) for path in paths}):
            held.enter_context(_locked(folder, until))
        yield


def replace(changes: Mapping[Path, tuple[str, str]]) -> None:
    """Put a new text for the old one, in all of the files or in none. Raises NotWritten.

    A crash between two files leaves the earlier ones new: first comes what is right without the others.
    """
    with ExitStack() as scratch:
        moves = [_move(path, old, new, scratch) for path, (old, new) in changes.items()]
        for path, (old, _) in changes.items():
            # Opened as for writing, since a folder would let a read-only file be replaced.
            with _told(path), path.open("r+b") as file:
                if file.read() != old.encode("utf-8"):
                    raise NotWritten(f"{path.name} has changed since it was read; please call again")
        done: list[_Move] = []
        for move in moves:
            try:
                os.replace(move.new, move.real)
            except OSError as error:
                raise _back(move, done, error) from error
            done.append(move)
        for move in done:
            _sync(move.real.parent)


@dataclass(frozen=True)
class _Move:
    """A file, what will take its place, and the like with the text that it has now."""

    real: Path
    new: Path
    old: Path


def _move(path: Path, old: str, new: str, scratch: ExitStack) -> _Move:
    """Everything that can fail for want of room or rights, before anything is moved."""
    with _told(path):
        real = Path(os.path.realpath(path))  # the link stays, what it points to is written
        return _Move(real, *(_part(real, text, scratch) for text in (new, old)))


def _back(move: _Move, done: list[_Move], why: OSError) -> NotWritten:
    """What was moved before goes back; what to say."""
    for other in reversed(done):
        with suppress(OSError):
            os.replace(other.old, other.real)
            continue
        # The words that come before would not be true.
        return NotWritten(f"to {move.real.name} ({_reason(why)}), but {other.real.name} is new; please put it back")
    return NotWritten(f"{move.real.name} cannot be replaced ({_reason(why)})")


def _part(real: Path, text: str, scratch: ExitStack) -> Path:
    """A file beside another, with its rights and a new text, on the disk and not only on its way; gone at the end."""
    # The name is nobody's, hidden, and none of a data file.
    descriptor, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".part", dir=real.parent)
    scratch.callback(_removed, name)
    with os.fdopen(descriptor, "wb") as file:
        # By its name only where there is no other way: in a folder of somebody else's the name may lead elsewhere.
        _like(real, name if sys.platform == "win32" else descriptor)
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(descriptor)
    return Path(name)


def _like(real: Path, new: int | str) -> None:
    """Give a new file the owner, group, mode and extended attributes of another."""
    status, own = real.stat(), os.stat(new)
    if status.st_nlink > 1:
        raise NotWritten(f"{real.name} has a second name (a hard link), which would keep the old text")
    try:
        if sys.platform != "win32" and (status.st_uid, status.st_gid) != (own.st_uid, own.st_gid):
            os.chown(new, status.st_uid, status.st_gid)
        if sys.platform == "linux":
            wanted, given = _attributes(real), _attributes(new)
            for key in given.keys() - wanted.keys():
                os.removexattr(new, key)
            for key, value in wanted.items() - given.items():
                os.setxattr(new, key, value)
        os.chmod(new, stat.S_IMODE(status.st_mode))
    except OSError as error:
        raise NotWritten(f"the owner and the rights of {real.name} cannot be kept ({_reason(error)})") from error


def _attributes(file: Path | int | str) -> dict[str, bytes]:
    """Access lists are among them. The labels of `security.` the system gives itself."""
    if sys.platform != "linux":
        return {}
    try:
        return {key: os.getxattr(file, key) for key in os.listxattr(file) if not key.startswith("security.")}
    except OSError as error:
        if error.errno == errno.ENOTSUP:  # a file system without any
            return {}
        raise


def _sync(folder: Path) -> None:
    """The new names to the disk. Not every file system can; the files are in their places by now."""
    if sys.platform != "win32":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says, in a sentence about the file that was asked for."""
    try:
        yield
    except OSError as error:
        raise NotWritten(f"{path.name} or its folder cannot be written ({_reason(error)})") from error


def _reason(error: OSError) -> str:
    """Without the path: that of a passing file tells nobody anything."""
    return error.strerror or str(error)


@contextmanager
def _locked(folder: str, until: float) -> Iterator[None]:
    """A lock that ends with its process, however that ends. It leaves no file behind, but on Windows after a crash:
    that file blocks nobody."""
    windows = sys.platform == "win32"
    file = os.path.join(folder, LOCK)
    with ExitStack() as ends:
        with _told(Path(folder)):
            descriptor = os.open(file, os.O_RDWR | os.O_CREAT) if windows else os.open(folder, os.O_RDONLY)
            if windows:
                ends.callback(_removed, file)
            ends.callback(os.close, descriptor)
            while not _taken(descriptor):
                if time.monotonic() >= until:
                    raise NotWritten(f"somebody else is writing to {Path(folder).name}; please call again")
                time.sleep(0.02)
        yield


def _taken(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in TAKEN:
            return False
        raise
    return True


def _removed(file: str) -> None:
    """If it is there. Windows keeps what somebody has open: a lock that another writer has taken meanwhile."""
    with suppress(OSError):
        os.unlink(file)
