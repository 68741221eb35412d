"""What nginx says with every kind of answer, what it closes, and what it lets be kept."""

import gzip
import re

import pytest

from deploy import files
from tests.public.conftest import ask
from views.image import SCRIPT

pytestmark = pytest.mark.serve
HASHED = next(name for name, source in files._files() if source.name.startswith("PlotlyChart"))
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
KINDS = {
    "the page": ("/", 200),
    "a page of another name": ("/sector?id=schools", 200),
    "a chart to be framed": ("/chart?id=pace&embed=true", 200),
    "a file": (f"/{HASHED}", 200),
    "the plotly.js of images": (f"/{SCRIPT}", 200),
    "the icon": ("/favicon.png", 200),
    "health": ("/_stcore/health", 200),
    "what hosts may do": ("/_stcore/host-config", 200),
    "no such file": ("/static/js/none.js", 404),
    "no such download": ("/media/none.csv", 404),
    "what is closed": ("/_stcore/metrics", 404),
    "a folder": ("/static/", 404),
}
CLOSED = (
    *("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore/agent/interact"),
    *("/_stcore/upload_file/a/b", "/_stcore/script-health-check", "/_stcore", "/_stcore/", "/_stcore/none"),
    *("/auth/login", "/auth/logout", "/oauth2callback", "/app/static/none"),
    # The same by other spellings.
    *(
        "//_stcore/metrics",
        "/%5fstcore/metrics",
        "/_stcore/%6detrics",
        "/./_stcore//metrics",
        "/sector/_stcore/metrics",
    ),
    *("/sector/../_stcore/metrics", "/static/../_stcore/metrics", "/_stcore/health/../metrics", "/_stcore/metrics?a=b"),
)


@pytest.mark.parametrize(("path", "status"), KINDS.values(), ids=KINDS)
def test_every_kind_of_answer_has_the_headers(site, path, status):
    answer = ask(site, path)
    assert answer.status == status
    assert EVERYWHERE.items() <= answer.headers.items()
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["server"] == "nginx"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_readers_only_read(site, method):
    answer = ask(site, "/", method=method)
    assert answer.status == 405
    assert EVERYWHERE.items() <= answer.headers.items()


def test_no_foreign_host_stands_in_the_policy(site):
    policy = ask(site, "/").headers["content-security-policy"]
    assert re.fullmatch(r"[a-z-]+( ('[\w+/=-]+'|data:|blob:))+(; [a-z-]+( ('[\w+/=-]+'|data:|blob:))+)*", policy)
    assert "unsafe-eval" not in policy and "'unsafe-inline'" not in policy.partition("style-src")[0]


@pytest.mark.parametrize(
    ("path", "framed"),
    {
        "/chart?id=pace&embed=true": True,
        "/chart?embed=true&id=pace&lang=en": True,
        "/chart?id=pace": False,
        "/chart?id=pace&embed=false": False,
        "/chart?id=pace&notembed=true": False,
        "/chart?id=pace&embed=trueish": False,
        "/chart/?embed=true": False,
        "/chart/x?embed=true": False,
        "/?embed=true": False,
        "/data?embed=true": False,
        "/data?a=/chart?embed=true": False,
        "//chart?embed=true": False,
        "/static/../data?x=/chart?&embed=true": False,
        "/_stcore/health?embed=true": False,
    }.items(),
)
def test_the_chart_alone_may_be_framed_and_nothing_else(site, path, framed):
    headers = ask(site, path).headers
    assert headers["content-security-policy"].endswith("frame-ancestors " + ("*" if framed else "'none'"))
    assert headers.get("x-frame-options") == (None if framed else "DENY")


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_not_for_readers_is_closed(site, path):
    answer = ask(site, path)
    assert answer.status == 404
    assert b"python" not in answer.body and b"openapi" not in answer.body


def test_hosts_that_frame_a_chart_cannot_steer_it(site):
    assert b'"allowedOrigins":[]' in ask(site, "/_stcore/host-config").body


@pytest.mark.parametrize("path", [f"/{HASHED}", f"/{SCRIPT}"])
def test_files_with_a_hash_or_a_release_are_kept_for_a_year_and_come_compressed(site, path):
    plain, packed = ask(site, path), ask(site, path, Accept_Encoding="gzip")
    for answer in (plain, packed):
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"
    assert packed.headers["content-encoding"] == "gzip" and gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3


@pytest.mark.parametrize("path", ["/", "/data", "/_stcore/health", "/static/js/none.js", "/chart?id=pace&embed=true"])
def test_nothing_else_is_kept_unasked(site, path):
    assert ask(site, path).headers["cache-control"] == "no-cache"


def test_what_replicas_answer_is_compressed_too(site):
    packed = ask(site, "/", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"


def test_a_visitor_gets_a_cookie_that_says_nothing_and_keeps_it(site):
    given = ask(site, "/").headers["set-cookie"]
    assert re.fullmatch(r"visitor=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax", given)
    assert "set-cookie" not in ask(site, "/data", Cookie=given.partition(";")[0]).headers
    # Whatever else comes under its name is no way to choose a replica, nor does it stand in an answer.
    assert re.match(r"visitor=[0-9a-f]{32};", ask(site, "/", Cookie="visitor=7").headers["set-cookie"])
    # What may be kept by others between must not carry it.
    assert "set-cookie" not in ask(site, f"/{HASHED}").headers


def test_behind_tls_the_cookie_and_the_site_are_for_tls_only(site):
    headers = ask(site, "/", X_Forwarded_Proto="https").headers
    assert headers["set-cookie"].endswith("; Secure")
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in ask(site, "/").headers
