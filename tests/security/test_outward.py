"""Where the desk reaches outward, and what its source may not do. Read from the source, so that a new file is seen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from nightdesk.desk.errors import DeskError

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "nightdesk"
DESK = SOURCE / "desk"
# Who may open a connection or a socket, and why.
REACH = {
    "desk/intake/drop.py": "asks the drop of the settings",
    "desk/intake/collecting.py": "names the errors of asking",
    "desk/keeper.py": "listens", "desk/listening.py": "listens", "desk/serve.py": "is given the socket",
}  # fmt: skip
NETWORK = {
    "httpx",
    "requests",
    "urllib.request",
    "http.client",
    "socket",
    "smtplib",
    "ftplib",
    "asyncio.streams",
    "aiohttp",
    "websockets",
}
NEVER = {"eval", "exec", "compile", "__import__"}
UNSAFE = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "yaml",
    "xml.etree.ElementTree",
    "xml.sax",
    "xml.dom",
    "telnetlib",
}


# What the package itself laid beside its compiled modules: whoever can write there can write the modules.
TRUSTED = {"reading/kept.py": {"marshal"}}


def files(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        if "tests" not in path.parts and path.name != "conftest.py":
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def test_the_desk_opens_connections_from_one_file_and_to_one_address_of_its_settings() -> None:
    reaching = {path for path, tree in files(DESK) if imported(tree) & NETWORK}
    assert reaching == set(REACH)
    drop = (DESK / "intake" / "drop.py").read_text("utf-8")
    assert re.findall(r"base_url=(\S+?),", drop) == ["settings.NIGHTDESK_DROP_URL"]


def test_an_answer_of_the_drop_cannot_send_the_desk_elsewhere(settings: Any, monkeypatch: Any) -> None:
    from nightdesk.desk.intake import drop

    settings.NIGHTDESK_DROP_URL = "http://127.0.0.1:9"
    monkeypatch.setenv("HTTP_PROXY", "http://evil.example:1")
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": "http://169.254.169.254/latest/"})

    with drop.client() as line:
        assert not line.follow_redirects and not line._mounts  # no proxy from the surroundings
    told = httpx.Client(
        base_url=settings.NIGHTDESK_DROP_URL, transport=httpx.MockTransport(answer), trust_env=False
    )
    monkeypatch.setattr(drop, "client", lambda: told)
    with pytest.raises(DeskError):
        drop._parsed(drop.send("POST", "/pull", b"x")[1])
    assert asked == ["http://127.0.0.1:9/pull"]


def test_nothing_is_unpickled_evaluated_or_run_through_a_shell() -> None:
    for path, tree in files(SOURCE):
        assert not imported(tree) & UNSAFE - TRUSTED.get(path, set()), path
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", "")
                assert name not in NEVER, f"{path}:{node.lineno}"
                assert getattr(node.func, "attr", "") not in ("system", "popen", "getoutput"), (
                    f"{path}:{node.lineno}"
                )
                shell = [word for word in node.keywords if word.arg == "shell"]
                assert not shell, f"{path}:{node.lineno}"


def test_chance_comes_from_the_system_alone() -> None:
    """The desk and the seal take no number from `random`; the invented newsroom may."""
    rooms = [SOURCE / each for each in ("desk", "seal", "drop", "release", "press")]
    assert [path for room in rooms for path, tree in files(room) if "random" in imported(tree)] == []


def test_no_secret_stands_in_the_source() -> None:
    """No key, and no passphrase but those of invented people in the demo."""
    for path, tree in files(SOURCE):
        if path.startswith("demo/"):
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                names = " ".join(getattr(target, "id", "") for target in node.targets)
                suspicious = re.search(r"SECRET|PASSWORD|PASSPHRASE|TOKEN|API_?KEY", names)
                assert not suspicious or not re.fullmatch(r"[\w+/=-]{16,}", node.value.value), (
                    f"{path}:{node.lineno}"
                )
    assert [path.name for path in SOURCE.rglob("*.pem")] == []
