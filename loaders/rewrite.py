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
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 10.0  # seconds; an entry takes well under one
TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class NotWritten(Exception):
    """Why nothing was written."""


@contextmanager
def alone(paths: Iterable[Path]) -> Iterator[None]:
    """The only writer of these files while it lasts: to be held from the reading to the writing. Raises NotWritten."""
    until = time.monotonic() + PATIENCE
    with ExitStack() as held:
        # Links may lead to several folders. Two writers that took them in different orders would block each other.
        for folder in sorted({os.path.dirname(os.path.realpath(path)) for path in paths}):
            with _told(f"{folder} cannot be locked"):
                descriptor = _opened(folder, held)
                while not _taken(descriptor):
                    if time.monotonic() >= until:
                        raise NotWritten(f"somebody else is writing to {folder}; please call again")
                    time.sleep(0.02)
        yield


def replace(changes: Mapping[Path, tuple[str, str]]) -> None:
    """Put a new text for the old one, in all of the files or in none. Raises NotWritten.

    A crash between two files leaves the earlier ones new: first comes what is right without the others.
    """
    stuck = "one of several files is new all the same and could not be put back"
    with ExitStack() as scratch, _told(stuck), ExitStack() as undo:
        moves = []
        for path, texts in changes.items():
            with _told(f"{path.name} or its folder cannot be written"):
                real = Path(os.path.realpath(path, strict=True))  # the link stays, what it points to is written
                moves.append((real, *(_part(real, text, scratch) for text in texts)))
        for path, (old, _) in changes.items():
            # Opened as for writing, since a folder would let a read-only file be replaced.
            with _told(f"{path.name} cannot be written"), path.open("r+b") as file:
                if file.read() != old.encode("utf-8"):
                    raise NotWritten(f"{path.name} has changed since it was read; please call again")
        for real, back, part in moves:
            with _told(f"{real.name} cannot be replaced"):
                os.replace(part, real)
            undo.callback(os.replace, back, real)
        undo.pop_all()
        for real, _, _ in moves:
            _sync(real.parent)


def _part(real: Path, text: str, scratch: ExitStack) -> Path:
    """A file beside another, with its rights and a new text, on the disk and not only on its way; gone at the end."""
    # The name is nobody's, hidden, and none of a data file.
    descriptor, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".part", dir=real.parent)
    scratch.callback(_removed, name)
    with os.fdopen(descriptor, "wb") as file:
        with _told(f"the owner and the rights of {real.name} cannot be kept"):
            # By its name only where there is no other way: in somebody else's folder the name may lead elsewhere.
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
    if sys.platform != "win32" and (status.st_uid, status.st_gid) != (own.st_uid, own.st_gid):
        os.chown(new, status.st_uid, status.st_gid)
    if sys.platform == "linux":
        wanted, given = _attributes(real), _attributes(new)
        for key in given.keys() - wanted.keys():
            os.removexattr(new, key)
        for key, value in wanted.items() - given.items():
            os.setxattr(new, key, value)
    os.chmod(new, stat.S_IMODE(status.st_mode))


if sys.platform == "linux":

    def _attributes(file: Path | int | str) -> dict[str, bytes]:
        """Access lists are among them. The labels of `security.` the system gives itself."""
        try:
            return {key: os.getxattr(file, key) for key in os.listxattr(file) if not key.startswith("security.")}
        except OSError as error:
            if error.errno == errno.ENOTSUP:  # a file system without any
                return {}
            raise


def _sync(folder: Path) -> None:
    """The new names to the disk. Not every system can; the files are in their places by now."""
    if sys.platform != "win32":
        with suppress(OSError), ExitStack() as ends:
            os.fsync(_opened(str(folder), ends))


@contextmanager
def _told(sentence: str) -> Iterator[None]:
    """With the system's reason, but not its path: that of a passing file tells nobody anything."""
    try:
        yield
    except OSError as error:
        raise NotWritten(f"{sentence} ({error.strerror})") from error


def _opened(folder: str, ends: ExitStack) -> int:
    """The folder itself, whose lock ends with the process and leaves no file. Windows opens no folder, but a file,
    which after a crash may stay and blocks nobody."""
    if sys.platform == "win32":
        folder = os.path.join(folder, ".lock")
        ends.callback(_removed, folder)
    descriptor = os.open(folder, os.O_RDWR | os.O_CREAT if sys.platform == "win32" else os.O_RDONLY)
    ends.callback(os.close, descriptor)
    return descriptor


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
