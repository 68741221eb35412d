"""The session that the README shows is run, and must print what the README prints."""

import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

SESSION = re.search(r"```console\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


def steps():
    """Each command of the session with the lines that follow it."""
    found = []
    for line in SESSION[1].splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


@pytest.mark.skipif(os.name == "nt", reason="the README's session is for a POSIX shell")
def test_the_session_of_the_readme_prints_what_the_readme_says(tmp_path):
    place = tmp_path / "work"
    place.mkdir()
    # A link would find the packages of the Python that it leads to in the end, not those of this environment.
    (place / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (place / "python").chmod(0o755)
    (place / "tests").symlink_to(ROOT / "tests")
    # A python of this environment first in the path, whatever the machine calls its own.
    environment = {**os.environ, "PATH": f"{place}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    assert steps()
    for command, printed in steps():
        done = subprocess.run(
            ["sh", "-c", command],
            check=False,
            cwd=place,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        assert done.stdout.splitlines() == printed, command
