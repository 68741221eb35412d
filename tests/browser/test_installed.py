"""An installation that nobody may write into, run by a user of its own: pages, images and packs are all there."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.conftest import ROOT, serving

# Another user, who may read what root's Python consists of wherever it lies, and write nothing.
CAPABILITY = "-all,+dac_read_search"
OTHER = ("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", f"--inh-caps={CAPABILITY}")
OTHER += (f"--ambient-caps={CAPABILITY}",)
TRY = "import os, sys; sys.exit(not os.listdir(sys.argv[1]) or os.access(sys.argv[1], os.W_OK))"


@pytest.fixture(scope="module")
def read_only(tmp_path_factory) -> Iterator[str]:
    if os.getuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root, with setpriv, can run the dashboard as another user")
    place = tmp_path_factory.mktemp("installed") / "clone"
    left = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "test*", "docs")
    shutil.copytree(ROOT, place, ignore=left)
    for path in (place, *place.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    if subprocess.run([*OTHER, sys.executable, "-c", TRY, place], check=False, timeout=60).returncode:
        pytest.skip("this machine lets root give no capability to another user")
    with serving(installed=place, through=OTHER) as address:
        yield address
    for path in (place, *place.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)


def test_images_and_packs_are_made(visit, read_only, tmp_path):
    found = visit("data?sector=water&kind=level", at=read_only)
    assert found.page.get_by_role("table").first.locator("tbody tr").count() == 2
    picture: Path = tmp_path / "picture.png"
    found.download("png", chart=1).save_as(picture)
    assert Image.open(picture).size == (2400, 1350)
    packed: Path = tmp_path / "pack.zip"
    found.download("svg").save_as(packed)
    assert zipfile.ZipFile(packed).testzip() is None
    assert found.complaints == [] and found.foreign() == []
