"""`python -m deploy serve|config|files`: the dashboard as the public sees it, or what a machine needs for it."""

import argparse
import os
import sys
from pathlib import Path

from deploy import files, nginx, serve


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy", description=__doc__)
    ways = parser.add_subparsers(dest="way", required=True)
    run = ways.add_parser("serve", help="nginx before some replicas, until Ctrl-C; HUP renews the replicas")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8501)
    run.add_argument("--replicas", type=int, default=0, help="how many (0: as many as processors)")
    config = ways.add_parser("config", help="print nginx.conf for replicas that run already")
    config.add_argument("--listen", default="80", help="address and port, or a port")
    config.add_argument("--replica", action="append", required=True, help="address and port of one; repeat it")
    config.add_argument("--files", type=Path, default=serve.FILES, help="the folder that `files` has filled")
    config.add_argument("--work", type=Path, default=Path("/run/dashboard-nginx"), help="where nginx may write")
    config.add_argument("--pid", type=Path, default=Path("/run/nginx.pid"), help="where its unit looks for its number")
    config.add_argument("--user", default="www-data")
    config.add_argument("--name", default="_", help="the site's own host name")
    config.add_argument("--log", default="off", help="a file for one line a request, without readers and searches")
    config.add_argument("--certificate", type=Path)
    config.add_argument("--key", type=Path)
    fill = ways.add_parser("files", help="fill a folder with what nginx or a content network serves")
    fill.add_argument("folder", type=Path, nargs="?", default=serve.FILES)
    return parser


def main() -> int:
    asked = _parser().parse_args()
    try:
        if asked.way == "serve":
            serve.main(serve.Order(asked.host, asked.port, asked.replicas or os.cpu_count() or 1))
        elif asked.way == "files":
            print(f"{files.prepare(asked.folder)} files in {asked.folder}")
        else:
            folders = (asked.files.resolve(), asked.work)
            site = (asked.user, asked.name, asked.log, asked.certificate, asked.key, asked.pid)
            print(nginx.render(nginx.Site(asked.listen, asked.replica, *folders, *site)), end="")
    except serve.Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
