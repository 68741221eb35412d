"""The lock: every package that the bounds ask for, with hashes, within the bounds, and what is installed."""

import os
import re
import sys
from importlib import metadata
from itertools import product

import pytest
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.lock", "requirements-test.lock")
BOUNDS = {
    "requirements.lock": ("requirements.txt",),
    "requirements-test.lock": ("requirements.txt", "requirements-export.txt", "requirements-test.txt"),
}
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
PLACES = [
    {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": platform,
        "platform_system": system,
        "os_name": name,
    }
    for python, (platform, system, name) in product(PYTHONS, SYSTEMS)
]
by_the_lock = pytest.mark.skipif(
    "NEWEST" in os.environ or sys.version_info >= (3, 14), reason="these libraries were not installed from the lock"
)
every_lock = pytest.mark.parametrize("name", LOCKS)


def entries(name):
    """Each package of a lock, and how many hashes it has."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [
        (Requirement(line.split("--hash")[0]), len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", line))) for line in lines
    ]


def locked(name, place):
    """The version of each package in one place."""
    return {
        canonicalize_name(one.name): str(one.specifier).removeprefix("==")
        for one, _ in entries(name)
        if not one.marker or one.marker.evaluate(place)
    }


def bounds(name):
    lines = [line for file in BOUNDS[name] for line in (ROOT / file).read_text("utf-8").splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


@every_lock
def test_every_package_has_one_version_and_hashes(name):
    assert len(entries(name)) > len(bounds(name))
    for one, hashes in entries(name):
        assert re.fullmatch(r"==[0-9][^,*]*", str(one.specifier)), one
        assert hashes, one


@every_lock
@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place['sys_platform']}-{place['python_version']}")
def test_the_lock_satisfies_the_bounds_everywhere(name, place):
    versions = locked(name, place)
    for asked in bounds(name):
        assert asked.specifier.contains(versions[canonicalize_name(asked.name)]), asked


@every_lock
def test_no_address_of_a_registry_stands_in_a_lock(name):
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted", text)


def test_the_dashboard_runs_on_what_was_tested():
    for place in PLACES:
        run, test = (locked(name, place) for name in LOCKS)
        assert run.items() <= test.items()


@by_the_lock
def test_what_is_installed_is_what_the_lock_names():
    here = locked("requirements-test.lock", None)
    assert {name: metadata.version(name) for name in here} == here


@by_the_lock
def test_the_lock_holds_whatever_its_packages_ask_for():
    here = locked("requirements-test.lock", None)
    for name in here:
        for asked in map(Requirement, metadata.requires(name) or ()):
            if not asked.marker or asked.marker.evaluate({"extra": ""}):
                assert asked.specifier.contains(here[canonicalize_name(asked.name)]), f"{name} asks for {asked}"
