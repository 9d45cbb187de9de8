"""borg, or a word that it is missing; in CI that is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

from nightdesk.desk.backup.borg import Repository
from nightdesk.desk.backup.tests import quick


@pytest.fixture(scope="session")
def begun_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Repository], None]:
    return quick.begun_once(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def borg(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    begun_once: Callable[[Repository], None],
) -> str:
    found = shutil.which("borg")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no borg: install Debian's package borgbackup")
        pytest.skip("left out: no borg (Debian: apt-get install borgbackup)")
    monkeypatch.setenv(
        "PATH", str(quick.program(found, tmp_path_factory.mktemp("borg")).parent), prepend=os.pathsep
    )
    monkeypatch.setattr(Repository, "make", begun_once)
    return found
