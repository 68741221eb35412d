"""The command line: `python -m charts export --out DIR`. Exit codes as those of `python -m loaders`."""

import argparse
import re
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from charts import export, link, pack
from charts.sheet import SHAPES
from loaders.book import Book
from loaders.console import Console, out_folder
from wording import LANGUAGES, UNITS, reader


def main(arguments: Sequence[str] | None = None) -> None:
    console = Console("charts")
    parser = argparse.ArgumentParser(prog="python -m charts", description="Charts as files.")
    commands = parser.add_subparsers(dest="command", required=True)
    summary = "every chart, the data and the sources, as the pack of the page holds them, into a folder"
    command = console.command(commands.add_parser("export", help=summary, description=summary))
    command.add_argument("--out", type=out_folder, required=True, metavar="DIR", help="made where it is missing")
    command.add_argument("--sector", action="append", metavar="ID", help="may stand several times; all without it")
    command.add_argument("--shape", choices=tuple(SHAPES), default=next(iter(SHAPES)))
    command.add_argument("--format", choices=tuple(export.SCALE), default="png")
    command.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    command.add_argument("--units", choices=UNITS, help="those of the language where none are given")
    command.add_argument("--site", type=_site, default="", metavar="ADDRESS", help="the dashboard's, for the links")
    args = parser.parse_args(arguments)
    book = console.book(args.folder)
    if unknown := set(args.sector or ()) - {sector.id for sector in book.sectors}:
        sys.exit(console.usage(f"no sector {', '.join(sorted(unknown))} in this plan"))
    try:
        _export(book, args)
    except UnicodeEncodeError:
        sys.exit(console.usage("this system's file names hold no Chinese: set PYTHONUTF8=1, or ask for --lang en"))
    except (export.CannotDraw, OSError) as error:
        sys.exit(console.usage(str(error)))


def _site(text: str) -> str:
    """What a reader of a sheet can type: no half of an address, and nothing behind which a page could not stand."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        fits = False
    if text and (not fits or re.search(r"[?#@\\\s]", text) or not text.isprintable()):
        raise argparse.ArgumentTypeError(f"{text!r} is no address such as https://dashboard.example")
    return text


def _export(book: Book, args: argparse.Namespace) -> None:
    """Raises CannotDraw, and OSError where the folder cannot be written or listed."""
    language, shape, site = reader(args.lang, args.units or ""), SHAPES[args.shape], args.site.rstrip("/")
    choices = {"sector": list(dict.fromkeys(args.sector))} if args.sector else {}
    ids = {target.id for one in book.sectors for _, target in one.targets if not args.sector or one.id in args.sector}
    every = pack.named(pack.charts(book, language, ids), shape, args.format)
    addresses = {name: site and link.shown(link.view(site, chart.head, choices)) for name, chart in every.items()}
    sheets = {name: chart.printed(shape, addresses[name]) for name, chart in every.items()}

    def save(name: str, content: bytes) -> None:
        path = args.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(name, file=sys.stderr)

    export.draw(sheets, args.format, save)
    here = link.overview(site, choices, language) if site else ""
    for name, text in pack.texts(book, language, ids, every, here).items():
        save(name, text.encode())
    # A reader would take them for parts of this list. They stay: nobody can tell whose they are.
    for other in sorted(path.name for path in args.out.iterdir() if re.match(r"\d\d+_.+\.(png|svg)$", path.name)):
        if other not in every:
            print(f"{other} is not of this export", file=sys.stderr)


if __name__ == "__main__":
    main()
