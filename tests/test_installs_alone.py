"""Each program installs alone from its own lock, starts, and brings nothing of the others along."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow
NOT_ALONG = {
    "drop": ("django", "jinja2", "waitress", "currency_converter", "httpx", "PIL"),
    "courier": ("django", "starlette", "uvicorn", "jinja2", "waitress", "PIL", "argon2", "sqlcipher3"),
    "press": ("django", "starlette", "uvicorn", "waitress", "httpx", "PIL"),
    "reading": (
        "django",
        "starlette",
        "cryptography",
        "jinja2",
        "httpx",
        "PIL",
        "recognizers_text",
        "dateparser",
        "numpy",
    ),
    "corroboration": ("django", "starlette", "cryptography", "jinja2", "httpx", "PIL", "scipy", "datasketch"),
    "desk": ("starlette", "uvicorn", "jinja2"),
}


CLEAN = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "NIGHTDESK_DIR")}


def run(*command: object, **options: Any) -> subprocess.CompletedProcess[str]:
    told: dict[str, Any] = {"capture_output": True, "text": True, "env": CLEAN, **options}
    done = subprocess.run([str(c) for c in command], check=False, **told)
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]} {done.stderr[-2000:]}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    return next(out.glob("nightdesk-*.whl"))


@pytest.fixture(scope="module")
def drop_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("drop-wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT / "packaging" / "drop")
    return next(out.glob("*.whl"))


def installed(folder: Path, lock: str, wheel: Path) -> Path:
    """An environment of its own with the lock's packages and the wheel, and nothing else.

    The pip that puts them there is that of the tests: one more in each environment took longer than most programs.
    """
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        folder / "bin" / "python",
        "install",
        "-q",
        "--no-compile",
    ]
    pip.append("--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / f"{lock}.txt")
    run(*pip, "--no-deps", wheel)
    return folder / "bin"


@pytest.fixture(scope="module")
def reading_alone(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """What reading installs; both tests of it only run programs there."""
    return installed(tmp_path_factory.mktemp("reading") / "env", "reading", wheel)


def absent(bin_: Path, modules: tuple[str, ...]) -> None:
    code = f"import importlib.util as u; print([m for m in {modules!r} if u.find_spec(m)])"
    assert run(bin_ / "python", "-c", code).stdout.strip() == "[]"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(process: subprocess.Popen[bytes], url: str) -> str:
    for _ in range(150):
        assert process.poll() is None, process.communicate()[0].decode()[-2000:]
        try:
            # Nothing of it was compiled yet: on a busy machine the first answer takes many seconds.
            with urllib.request.urlopen(url, timeout=60) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"{url} never answered")


def started(command: list[object], url: str, **options: Any) -> str:
    process = subprocess.Popen(
        [str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
    )
    try:
        return answers(process, url)
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def test_the_drop_installs_and_starts_alone(tmp_path: Path, drop_wheel: Path) -> None:
    bin_ = installed(tmp_path / "env", "drop", drop_wheel)
    absent(bin_, NOT_ALONG["drop"])
    absent(bin_, ("nightdesk.desk", "nightdesk.press", "nightdesk.seal.opening", "nightdesk.seal.keyring"))
    port = free_port()
    command = [
        bin_ / "nightdesk-drop",
        "serve",
        "--dir",
        tmp_path / "d",
        "--identity",
        "00" * 32,
        "--port",
        port,
    ]
    assert "<textarea" in started(command, f"http://127.0.0.1:{port}/")


def test_the_courier_installs_and_does_a_round_alone(tmp_path: Path, wheel: Path) -> None:
    """Without a parcel it says so, having asked nobody; the wheel's other rooms lack what they stand on."""
    bin_ = installed(tmp_path / "env", "courier", wheel)
    absent(bin_, NOT_ALONG["courier"])
    told = ["--parcel", tmp_path / "p", "--hold", tmp_path / "h", "--identity", "00" * 32]
    command = [bin_ / "nightdesk", "courier", *told, "--drop", "http://127.0.0.1:9", "--once"]
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, env=CLEAN, check=False)
    assert done.returncode == 1 and "Have the desk prepare a new parcel." in done.stderr, done.stderr


def test_the_press_installs_and_builds_alone(tmp_path: Path, wheel: Path) -> None:
    bin_ = installed(tmp_path / "env", "press", wheel)
    absent(bin_, NOT_ALONG["press"])
    (tmp_path / "releases").mkdir()
    run(bin_ / "nightdesk", "press", tmp_path / "releases", tmp_path / "site", "--identity", "00" * 32)
    assert (tmp_path / "site" / "index.html").exists()


def test_reading_installs_and_answers_alone(reading_alone: Path) -> None:
    """Of Nightdesk it loads values and itself; from the shell it answers with one package beside it."""
    bin_ = reading_alone
    absent(bin_, NOT_ALONG["reading"])
    code = (
        "import sys; from nightdesk.reading import read; print(read('2만 위안', None, None).spans[0].value['amount']);"
        "print(sorted({'.'.join(m.split('.')[:2]) for m in sys.modules if m.startswith('nightdesk')}))"
    )
    said = run(bin_ / "python", "-c", code).stdout.splitlines()
    assert said == ["20000", "['nightdesk', 'nightdesk.reading', 'nightdesk.values']"]
    assert '"amount": "20000"' in run(bin_ / "nightdesk", "read", "--text", "2만 위안").stdout


def test_corroboration_installs_and_answers_alone(tmp_path: Path, wheel: Path) -> None:
    """Reading and NumPy are all it needs; what it put away it goes on from."""
    bin_ = installed(tmp_path / "env", "corroboration", wheel)
    absent(bin_, NOT_ALONG["corroboration"])
    told = "Two agents demanded 20,000 yuan of a broker in Hoeryong on 12 December."
    for id in ("a", "b"):
        line = f'{{"id": "{id}", "text": "{told}", "lang": "en", "on": "2023-12-15"}}\n'
        command = (bin_ / "nightdesk", "corroborate", "--state", tmp_path / "state")
        assert '"event": "e1"' in run(*command, input=line).stdout


def test_corroborating_without_numpy_says_what_to_install(reading_alone: Path) -> None:
    bin_ = reading_alone
    command = [str(bin_ / "nightdesk"), "corroborate"]
    done = subprocess.run(command, input="", capture_output=True, text=True, env=CLEAN, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr
        == "Error: corroborating needs NumPy, which is not installed; pip install 'nightdesk[corroboration]'\n"
    )
    assert "Say which reports tell of one event" in run(bin_ / "nightdesk", "--help").stdout


def test_the_desk_installs_and_starts_alone(tmp_path: Path, wheel: Path) -> None:
    bin_ = installed(tmp_path / "env", "desk", wheel)
    absent(bin_, NOT_ALONG["desk"])
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("five words that nobody guesses\n")
    told = ["--dir", tmp_path / "d", "--passphrase-file", passphrase]
    environment = {**CLEAN, "NIGHTDESK_COLLECT_EVERY": "0"}
    run(bin_ / "nightdesk", "desk", "init", *told, "--name", "Alone", env=environment)
    port = free_port()
    command = [bin_ / "nightdesk", "desk", "run", *told, "--port", port]
    assert "passphrase" in started(command, f"http://127.0.0.1:{port}/sign-in/", env=environment)
