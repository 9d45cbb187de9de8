"""The check of locked versions: finds what a file of advisories names, and never says green when it could not ask."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "scripts" / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_locked_version_that_an_advisory_names_is_found(audit: ModuleType) -> None:
    rows = {"Example_Package": [{"id": "X-1", "affected": ["<2", ">=3,<3.1"], "fixed": ["2", "3.1"]}]}
    assert audit.weak({"example-package": {"1.9"}}, rows) == ["example-package 1.9 X-1 (fixed in 2, 3.1)"]
    assert audit.weak({"example-package": {"3.0.5"}}, rows) and not audit.weak(
        {"example-package": {"2.5"}}, rows
    )
    assert not audit.weak({"other": {"1.9"}}, rows)


def test_every_package_of_every_lock_is_read(audit: ModuleType) -> None:
    found = audit.locked()
    assert {"django", "cryptography", "starlette", "jinja2"} <= set(found) and all(found.values())


@pytest.mark.parametrize(
    "said",
    [
        "not json",
        "[]",
        json.dumps({"django": [{"id": "X"}]}),
        json.dumps({"django": [{"id": "X", "affected": ["newest"]}]}),
    ],
)
def test_a_file_that_cannot_be_used_is_not_green(
    audit: ModuleType, tmp_path: Path, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "advisories.json"
    path.write_text(said)
    assert audit.from_file(str(path)) == 2 and audit.from_file(str(tmp_path / "none")) == 2
    assert "NOT CHECKED" in capsys.readouterr().err


def test_the_script_finds_and_says_so_with_its_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "advisories.json"
    for rows, code in (({"django": [{"id": "X-1", "affected": [">0"]}]}, 1), ({"django": []}, 0)):
        path.write_text(json.dumps(rows))
        done = subprocess.run(
            [ROOT / "scripts" / "audit.sh", path],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ},
        )
        assert done.returncode == code, done.stderr
        assert ("X-1" in done.stdout) == (code == 1)


@pytest.mark.parametrize(
    ("report", "code"),
    [
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, 0),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}]}, 1),
        ({"dependencies": [{"name": "a", "skip_reason": "could not be audited"}]}, 2),
        ({"dependencies": []}, 2), ({}, 2), (None, 2),
    ],
)  # fmt: skip
def test_a_report_that_looked_at_nothing_is_not_green(audit: ModuleType, report: object, code: int) -> None:
    assert audit.from_report(json.dumps(report) if report is not None else "") == code


def test_without_anybody_to_ask_the_script_says_so(tmp_path: Path) -> None:
    """pip-audit itself ends with 0 when it could ask about nothing; we do not."""
    pretends = tmp_path / "pip-audit"
    pretends.write_text(
        """#!/bin/sh\necho '{"dependencies": [{"name": "a", "skip_reason": "not found"}]}'\n"""
    )
    pretends.chmod(0o755)
    for auditor in (pretends, tmp_path / "none"):
        said = {**os.environ, "PIP_AUDIT": str(auditor)}
        done = subprocess.run(
            [ROOT / "scripts" / "audit.sh"], capture_output=True, text=True, check=False, env=said
        )
        assert done.returncode == 2 and "NOT CHECKED" in done.stderr
