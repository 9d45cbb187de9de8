"""borg, or a word that it is missing; in CI that is a failure."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture
def borg() -> str:
    found = shutil.which("borg")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no borg: install Debian's package borgbackup")
        pytest.skip("left out: no borg (Debian: apt-get install borgbackup)")
    return found
