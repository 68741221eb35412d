"""The README is short and leads to what is there; the session of docs/upkeep.md prints what stands there."""

import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SESSION = re.search(r"```console\n(.*?)```", (ROOT / "docs" / "upkeep.md").read_text("utf-8"), re.DOTALL)


def steps():
    """Each command of the session with the lines that follow it."""
    found = []
    for line in SESSION[1].splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


@pytest.mark.skipif(os.name == "nt", reason="the session is for a POSIX shell")
def test_the_session_of_a_years_upkeep_prints_what_is_said(tmp_path):
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


def test_a_newcomer_crosses_few_lines():
    assert len(README.splitlines()) <= 120
    assert README.count("![") == 1
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 22
    assert len(re.findall(r"^\d\. ", README, re.MULTILINE)) == 5


def prose(page):
    """A page without its blocks of code, whose signs mean something else."""
    return re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)


def anchors(page):
    """The headings of a page as addresses name them."""
    heads = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_a_file_and_a_heading_that_are_there(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if "://" not in link:
            name, _, anchor = link.partition("#")
            place = page.parent / name if name else page
            assert place.is_file(), link
            assert not anchor or anchor in anchors(place), link


def test_every_page_of_the_documentation_is_named_in_the_readme():
    assert [page.name for page in PAGES[1:] if f"{page.name})" not in README] == []


def test_every_room_and_every_library_has_its_line():
    for room in re.findall(r"\w+", re.search(r"`(dashboard → [^`]+)`", README)[1]):
        assert re.search(rf"^\| `{room}[./]", README, re.MULTILINE), room
    files = [
        (ROOT / name).read_text("utf-8")
        for name in ("requirements.txt", "requirements-export.txt", "requirements-test.txt")
    ]
    needed = re.findall(r"^([a-z][\w-]*)>", "\n".join(files), re.MULTILINE)
    assert len(needed) > 10
    assert [name for name in needed if name not in README.partition("## What it is built on")[2]] == []


def test_every_command_is_told():
    from loaders.__main__ import _parser

    commands = next(action.choices for action in _parser()._actions if isinstance(action.choices, dict))
    told = "".join((ROOT / "docs" / f"{page}.md").read_text("utf-8") for page in ("data", "publishing"))
    every = [("loaders", name) for name in commands]
    for room in ("progress", "views", "charts"):
        own = re.findall(r'add_parser\("(\w+)"', (ROOT / room / "__main__.py").read_text("utf-8"))
        assert own
        every += [(room, name) for name in own]
    assert [f"{room} {name}" for room, name in every if f"python -m {room} {name} " not in told] == []
