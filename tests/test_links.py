"""The check of source links, against a server of the test's own: no other is ever asked."""

import csv
import io
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import BASE

from loaders.book import load
from loaders.links import addresses, links


class Site(BaseHTTPRequestHandler):
    """Answers by the path: /200, /404, /head-405 (only GET is good), /to-404, /to-file, /loop, /silent."""

    asked: list[str]
    until: threading.Event

    def do_HEAD(self):
        type(self).asked.append(f"{self.command} {self.path}")
        path = self.path.strip("/")
        if path == "silent":
            type(self).until.wait(10)
        places = {"to-404": "/404", "to-200": "/200", "to-file": "file:///etc/hostname", "loop": "/loop"}
        if path == "head-405":
            code = 405 if self.command == "HEAD" else 200
        else:
            code = 302 if path in places else int(path) if path.isdigit() else 200
        self.send_response(code)
        if path in places:
            self.send_header("Location", places[path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *words):
        pass


@pytest.fixture
def site(monkeypatch):
    """The address of a server that runs for a test, whatever proxy the machine has."""
    monkeypatch.setenv("no_proxy", "*")
    Site.asked, Site.until = [], threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Site.until.set()
    server.shutdown()
    thread.join()
    server.server_close()


def answer(url, seconds=5.0):
    (one,) = links({"a": url}, seconds)
    return one


@pytest.mark.parametrize(
    ("path", "code", "asked"),
    [
        ("200", 200, ["HEAD /200"]),
        ("204", 204, ["HEAD /204"]),
        ("404", 404, ["HEAD /404", "GET /404"]),
        ("500", 500, ["HEAD /500", "GET /500"]),
        ("head-405", 200, ["HEAD /head-405", "GET /head-405"]),
        ("to-200", 200, ["HEAD /to-200", "HEAD /200"]),
    ],
)
def test_an_address_is_asked_for_its_head_and_only_where_that_fails_for_itself(site, path, code, asked):
    found = answer(f"{site}/{path}")
    assert (found.code, found.good) == (code, code < 300)
    # A redirect of HEAD is followed with GET by older Pythons.
    assert [one.split()[1] for one in Site.asked] == [one.split()[1] for one in asked]
    assert Site.asked[0] == asked[0]


def test_what_a_redirect_leads_to_is_what_counts(site):
    assert answer(f"{site}/to-404").code == 404


@pytest.mark.parametrize("path", ["to-file", "loop"])
def test_a_redirect_to_a_file_or_to_itself_is_bad_and_ends(site, path):
    found = answer(f"{site}/{path}")
    assert not found.good and found.reason
    assert len(Site.asked) < 50


def test_a_server_that_says_nothing_is_not_waited_for(site):
    found = answer(f"{site}/silent", 0.2)
    assert (found.code, found.good) == (0, False)
    assert "timed out" in found.reason


def test_no_server_at_all_is_an_answer_with_a_reason(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))  # taken, and nobody listens
        found = answer(f"http://127.0.0.1:{probe.getsockname()[1]}/")
    assert found.code == 0 and found.reason


def test_an_address_with_chinese_letters_is_asked_for(site):
    assert answer(f"{site}/统计/年鉴?年=2031").good
    assert Site.asked == ["HEAD /%E7%BB%9F%E8%AE%A1/%E5%B9%B4%E9%89%B4?%E5%B9%B4=2031"]


@pytest.mark.parametrize("url", ["http://[", "http://a b/", "http://host:port/"])
def test_an_address_that_is_none_is_told(url, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    try:
        found = answer(url)
    except ValueError:
        pytest.fail("an address of the data raises")
    assert found.code == 0 and found.reason


def test_answers_come_in_the_order_of_the_data_and_an_address_is_asked_once(site):
    asked = {"b": f"{site}/200", "a": f"{site}/404", "c": f"{site}/200"}
    assert [(one.id, one.code) for one in links(asked)] == [("b", 200), ("a", 404), ("c", 200)]
    assert Site.asked.count("HEAD /200") == 1


def test_the_plan_and_every_source_with_an_address_are_asked():
    book = load(BASE).book
    linked = {source.id for source in book.sources.sources if source.url}
    assert set(addresses(book)) == {"plan", *linked}
    assert linked and len(linked) < len(book.sources.sources)


def test_the_command_prints_a_code_for_each_source_and_names_the_dead(site, run_cli, folder):
    edits = {
        "plan.yaml": ("https://heron-bay.example/plans/7.html", f"{site}/200"),
        "sources.yaml": ("https://heron-bay.example/yearbook/2031", f"{site}/404"),
    }
    data = folder(edits=edits)
    done = run_cli("links", data, no_proxy="*")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["id"], row["code"]) for row in rows] == [("plan", "200"), ("county-yearbook-2031", "404")]
    assert done.returncode == 1
    assert done.stderr.startswith(f"county-yearbook-2031 404 {site}/404")


def test_where_all_is_well_the_command_says_nothing_more(site, run_cli, folder):
    edits = {
        "plan.yaml": ("https://heron-bay.example/plans/7.html", f"{site}/200"),
        "sources.yaml": ("https://heron-bay.example/yearbook/2031", f"{site}/head-405"),
    }
    done = run_cli("links", folder(edits=edits), no_proxy="*")
    assert (done.returncode, done.stderr) == (0, "")
