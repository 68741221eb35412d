"""Whether the documents that the data names can still be opened: for whoever has a network."""

import ssl
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from string import punctuation
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from loaders.book import Book

# One slow host must not hold up the rest, and no host is asked twice at once.
SECONDS = 15.0
HOSTS_AT_ONCE = 8
AGENT = "Mozilla/5.0 (compatible; link check of a plan's sources)"


@dataclass(frozen=True)
class Answer:
    """What an address answered: its code, or 0 and why there was none."""

    id: str
    url: str
    code: int
    reason: str = ""

    @property
    def good(self) -> bool:
        return 200 <= self.code < 300


def addresses(book: Book) -> dict[str, str]:
    """Every address of the data by what it belongs to; a mirror has none."""
    return {"plan": book.plan.url} | {one.id: one.url for one in book.sources.sources if one.url}


def links(asked: dict[str, str], seconds: float = SECONDS) -> Iterator[Answer]:
    """The answer of each address, in their order; each host is asked one thing at a time."""
    hosts: dict[str, list[str]] = {}
    for url in dict.fromkeys(asked.values()):
        hosts.setdefault(_named(url), []).append(url)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        found = dict(pair for some in pool.map(lambda urls: _host(urls, seconds), hosts.values()) for pair in some)
    yield from (Answer(name, url, *found[url]) for name, url in asked.items())


def _named(url: str) -> str:
    """The host as written; of what is no address the whole, which is told when it is asked for."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return url


def _host(urls: Iterable[str], seconds: float) -> list[tuple[str, tuple[int, str]]]:
    return [(url, _answer(url, seconds)) for url in urls]


def _answer(url: str, seconds: float) -> tuple[int, str]:
    """HEAD costs a server least; many answer only GET rightly, so what HEAD calls bad is asked again."""
    code, reason = _ask(url, "HEAD", seconds)
    return (code, reason) if 200 <= code < 300 else _ask(url, "GET", seconds)


def _opener() -> OpenerDirector:
    """Only http and https, whatever a redirect says: files and ftp are never opened."""
    opener = OpenerDirector()
    for handler in (
        *(ProxyHandler(), HTTPHandler(), HTTPSHandler(context=ssl.create_default_context())),
        *(HTTPRedirectHandler(), HTTPErrorProcessor(), HTTPDefaultErrorHandler()),
    ):
        opener.add_handler(handler)
    return opener


def _ask(url: str, method: str, seconds: float) -> tuple[int, str]:
    """The code of an answer, of which no more than the head is read."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
        plain = quote(parts._replace(netloc=host).geturl(), safe=punctuation)
        request = Request(plain, method=method, headers={"User-Agent": AGENT})  # noqa: S310 - see _opener
        with _opener().open(request, timeout=seconds) as answer:
            # An opener gives None where no handler knows the scheme to which it was sent.
            return (answer.status, "") if answer else (0, "no such scheme")
    except HTTPError as error:
        with error:
            return error.code, str(error.reason)
    except URLError as error:
        return 0, str(error.reason)
    except (OSError, HTTPException, ValueError, AttributeError) as error:
        return 0, f"{type(error).__name__}: {error}"
