"""The import boundary, held by a probe of what each program really loads, and shown to be able to fail."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

PROBE = Path(__file__).parents[1] / "scripts" / "probe.py"


@pytest.fixture(scope="module")
def probe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("probe", PROBE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "program",
    [
        "nightdesk.drop.app",
        "nightdesk.courier.rounds",
        "nightdesk.press.build",
        "nightdesk.desk.wsgi",
        "nightdesk.cli",
    ],
)
def test_a_program_loads_only_its_own_rooms(probe: ModuleType, program: str) -> None:
    assert probe.trespassers(program) == []


def test_the_probe_notices_a_trespasser(probe: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(probe.FORBIDDEN, "nightdesk.drop.app", ("starlette",))
    assert "starlette" in probe.trespassers("nightdesk.drop.app")


def test_the_probe_notices_a_room_nobody_forbade(probe: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        probe.ALLOWED, "nightdesk.drop.app", ("nightdesk", "nightdesk.drop", "nightdesk.seal")
    )
    assert "nightdesk.seal.wire" in probe.trespassers("nightdesk.drop.app")
