"""What is vendored: pinned, licensed, listed, and the same that the lock names."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "src" / "nightdesk" / "assets"
LISTED = (ASSETS / "LICENCES.md").read_text("utf-8")
LARGEST = 64 * 1024  # bytes: a page on a slow line loads several


def test_every_vendored_file_is_listed_with_its_licence() -> None:
    patterns = re.findall(r"`([\w./*-]+)`", LISTED)
    own = {"__init__.py", "LICENCES.md"}
    for path in ASSETS.rglob("*"):
        name = path.relative_to(ASSETS).as_posix()
        if path.is_file() and path.name not in own and path.suffix != ".pyc":
            assert any(fnmatch(name, pattern) for pattern in patterns), name


def test_the_listed_versions_are_the_pinned_ones() -> None:
    pinned = json.loads((ROOT / "vendor-assets" / "package.json").read_text())["dependencies"]
    for package, version in pinned.items():
        assert f"| {package} | {version} |" in LISTED


def test_every_face_names_a_file_that_is_there() -> None:
    css = (ASSETS / "fonts" / "fonts.css").read_text("utf-8")
    named = set(re.findall(r"url\(([^)]+)\)", css))
    fonts = ASSETS / "fonts"
    assert named == {path.relative_to(fonts).as_posix() for path in fonts.rglob("*.woff2")}
    assert all((fonts / name).stat().st_size <= LARGEST for name in named)
    assert "http" not in css


@pytest.mark.parametrize("folder", ["vendor-assets", "tests/validators"])
def test_locks_name_no_address(folder: str) -> None:
    lock = (ROOT / folder / "package-lock.json").read_text("utf-8")
    assert "http" not in lock
    assert all("integrity" in entry for name, entry in json.loads(lock)["packages"].items() if name)
