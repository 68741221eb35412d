"""The configuration of nginx: the template with what is known only on the machine."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from deploy import files

HERE = Path(__file__).parent
# What comes from the machine stands between two @: nginx's own variables begin with $, its blocks with {.
_PLACE = re.compile(r"@([a-z]+)@")
# For each of two processors or more; a reader takes up to seven, and a replica's side as many again at worst.
_CONNECTIONS = 16384
# How long a replica that refused twice gets nobody, in seconds.
REST = 3
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Site:
    """One nginx: what it listens on, the replicas behind it, its folders; with a certificate it speaks TLS."""

    listen: str
    replicas: Sequence[str]
    folder: Path
    work: Path
    user: str = ""
    name: str = "_"
    log: str = "off"
    certificate: Path | None = None
    key: Path | None = None
    # Where a service manager looks for nginx's number; else in its own folder.
    pid: Path | None = None
    # How many files nginx may open if it may not ask for more by itself, as where it runs without rights.
    most: int = 0


def render(site: Site) -> str:
    """The text of nginx.conf."""
    known = {
        "listen": site.listen + (" ssl http2" if site.certificate else ""),
        "tls": _tls(site),
        "replicas": "\n".join(f"        server {one} max_fails=2 fail_timeout={REST}s;" for one in site.replicas),
        "spare": "\n".join(f"        server {one} max_fails=0;" for one in site.replicas),
        "folder": _quoted(site.folder),
        "pages": _quoted(HERE / "pages"),
        "work": str(site.work),
        "pid": str(site.pid or site.work / "nginx.pid"),
        "limit": "" if site.most else f"worker_rlimit_nofile {4 * _CONNECTIONS};",
        "connections": str(min(_CONNECTIONS, site.most // 2 if site.most else _CONNECTIONS)),
        "user": f"user {site.user};" if site.user else "",
        "name": site.name,
        "log": site.log if site.log == "off" else f"{site.log} watch",
        "inline": " ".join(f"'sha256-{_hash(text)}'" for text in _INLINE.findall(files.page())),
    }
    return _PLACE.sub(lambda place: known[place[1]], (HERE / "nginx.conf").read_text("utf-8"))


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _quoted(path: Path) -> str:
    return f'"{path}"'


def _tls(site: Site) -> str:
    if not site.certificate:
        return ""
    return f'ssl_certificate "{site.certificate}";\n        ssl_certificate_key "{site.key}";'
