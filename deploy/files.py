"""The files that nginx, or a content network, serves without a replica: each beside its compressed twin.

Of some hundred requests of a first visit all but a handful ask for these, and Python would compress them anew each
time. They are taken from the installed wheels. Names hold a hash of what is inside, so that one folder serves several
releases: a page that was opened before an update still finds what it asks for after it.
"""

import gzip
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

# What is worth compressing; fonts and pictures are so already.
_TEXTS = {".js", ".css", ".svg", ".json"}
_SMALLEST = 1000
# The address of the image control's plotly.js (`views/image.py`), and where it lies in the wheel.
_PLOTLY = ("component/views.image.plotly/plotly.min.js", "package_data/plotly.min.js")


def wheel(package: str) -> Path:
    """The folder of an installed package, which is not imported for it: Streamlit takes most of a second."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed")
    return Path(found.origin).parent


def page() -> str:
    """The page that Streamlit answers every address with."""
    return (wheel("streamlit") / "static" / "index.html").read_text("utf-8")


def prepare(folder: Path) -> int:
    """Put the files there that are not there yet; how many there are now of this release."""
    every = list(_files())
    for name, source in every:
        _put(source, folder / name)
    return len(every)


def _files() -> Iterator[tuple[str, Path]]:
    """Each file by the path of its address."""
    own = wheel("streamlit") / "static"
    for path in sorted((own / "static").rglob("*")):
        if path.is_file():
            yield path.relative_to(own).as_posix(), path
    for name in ("favicon.png", "manifest.json"):
        yield name, own / name
    yield _PLOTLY[0], wheel("plotly") / _PLOTLY[1]


def _put(source: Path, place: Path) -> None:
    """A copy with the time of its source, by which the next call knows it; whole, or not there."""
    status = source.stat()
    if place.exists() and (place.stat().st_size, place.stat().st_mtime) == (status.st_size, status.st_mtime):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in _TEXTS and status.st_size >= _SMALLEST:
        twin = place.with_name(f"{place.name}.gz")
        # Without a time inside, the same file is the same everywhere, as a content network's check wants it.
        _write(twin, gzip.compress(source.read_bytes(), 9, mtime=0))
    fresh = place.with_name(f"{place.name}.new")
    shutil.copyfile(source, fresh)
    shutil.copystat(source, fresh)
    fresh.replace(place)


def _write(place: Path, content: bytes) -> None:
    fresh = place.with_name(f"{place.name}.new")
    fresh.write_bytes(content)
    fresh.replace(place)
