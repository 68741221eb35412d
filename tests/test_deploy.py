"""What a machine is set up with: the unit of systemd, the container file, nginx's configuration with TLS."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT

from deploy import nginx

UNIT = ROOT / "deploy" / "dashboard@.service"
CONTAINER = (ROOT / "Containerfile").read_text("utf-8")
ROOMS = ("dashboard.py", "deploy", "loaders", "evidence", "progress", "charts", "wording", "views", "indicators")


PACKAGES = {"nginx": "nginx", "openssl": "openssl", "systemd-analyze": "systemd"}


def called(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Another program's word on it. Without the program the test is skipped, but never in CI."""
    program = shutil.which(name, path="/usr/bin:/usr/sbin:/usr/local/bin:/usr/local/sbin")
    if not program:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no {name}: install {PACKAGES[name]}")
    return subprocess.run([program, *words], capture_output=True, text=True, check=False)


@pytest.fixture
def unit(tmp_path):
    """The unit as an instance, its program and folder being those of any machine."""
    text = UNIT.read_text("utf-8").replace("/srv/dashboard/.venv/bin/python", "/bin/true")
    path = tmp_path / "dashboard@8601.service"
    path.write_text(text.replace("/srv/dashboard", "/"), encoding="utf-8")
    return path


def test_the_unit_is_in_order(unit):
    done = called("systemd-analyze", "verify", "--man=no", str(unit))
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_is_locked_down(unit):
    """systemd's own measure, from 0 (nothing is exposed) to 10; a service without any setting has 9.6."""
    done = called("systemd-analyze", "security", "--offline=true", "--threshold=15", str(unit))
    assert done.returncode == 0, done.stdout + done.stderr
    assert float(re.search(r"exposure level for [^:]*: ([\d.]+)", done.stdout)[1]) <= 1.5


def test_the_container_has_what_a_replica_needs_and_no_rights():
    copied = set(re.findall(r"^COPY (\S+) ", CONTAINER, re.MULTILINE))
    assert copied == {*ROOMS, ".streamlit", "requirements.lock"}
    assert all((ROOT / one).exists() for one in copied)
    assert re.search(r"^USER 65534:65534$", CONTAINER, re.MULTILINE)
    assert "--require-hashes --only-binary :all: -r requirements.lock" in CONTAINER
    # A base by a name that moves under one's feet, or a program that fetches what no hash vouches for.
    assert not re.search(r"^FROM \S+:latest|^FROM [^:\s]+$|^ADD |curl|wget|sudo", CONTAINER, re.MULTILINE)
    assert CONTAINER.index("pip install") < CONTAINER.index("COPY dashboard.py")


def test_unit_and_container_start_the_same_replica():
    assert "streamlit run deploy/replica.py" in UNIT.read_text("utf-8")
    assert '"streamlit", "run", "deploy/replica.py"' in CONTAINER


def test_nothing_of_the_template_is_left_open(tmp_path):
    text = nginx.render(nginx.Site("80", ["10.0.0.1:8501", "10.0.0.2:8501"], tmp_path, tmp_path))
    assert not re.search(r"@\w+@", text)
    assert text.count("max_fails=2") == text.count("max_fails=0") == 2


def test_the_configuration_for_a_service_fits_debians_unit():
    words = [sys.executable, "-m", "deploy", "config", "--replica", "127.0.0.1:8601"]
    text = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^pid (.*);$", text, re.MULTILINE) == ["/run/nginx.pid"]
    assert set(re.findall(r"^ +\w+_temp_path (/[^ ]*)/\w+;$", text, re.MULTILINE)) == {"/run/dashboard-nginx"}
    assert re.findall(r"^user (.*);$", text, re.MULTILINE) == ["www-data"]


def test_with_a_certificate_nginx_takes_the_configuration(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    order = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    made = called("openssl", *order, "-keyout", str(key), "-out", str(certificate))
    assert made.returncode == 0, made.stderr
    site = nginx.Site("127.0.0.1:8443", ["127.0.0.1:8601"], tmp_path, tmp_path, certificate=certificate, key=key)
    path = tmp_path / "nginx.conf"
    path.write_text(nginx.render(site), encoding="utf-8")
    done = called("nginx", "-t", "-e", "stderr", "-c", str(path))
    assert done.returncode == 0, done.stderr
    assert "listen 127.0.0.1:8443 ssl http2;" in path.read_text("utf-8")


def test_ci_installs_each_program_that_these_tests_ask(root):
    installed = set((root / ".ci" / "run").read_text("utf-8").split())
    assert set(PACKAGES.values()) <= installed


def without(name: str, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    called(name)


@pytest.mark.parametrize("name", PACKAGES)
def test_what_is_missing_is_said_and_fails_in_ci(monkeypatch, name):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=f"no {name}: install"):
        without(name, monkeypatch)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=f"no {name}: install"):
        without(name, monkeypatch)
