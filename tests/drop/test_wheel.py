"""The drop's own wheel: what is in it, and that it starts from that alone."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = {"cli", "drop", "seal"}
KEYLESS = {"__init__.py", "board.py", "collected.py", "report.py", "signing.py", "wire.py"}
STARTS = """
import sys
sys.path.insert(0, sys.argv[1])
import nightdesk
nightdesk.__path__[:] = [sys.argv[1] + "/nightdesk"]
import nightdesk.cli.drop, nightdesk.drop.app
from nightdesk.drop.page import Page, load_files
assert load_files() and "<form" in Page(bytes(32)).render("ko", __import__("datetime").date(2023, 12, 18), "")
ours = {name: module.__file__ for name, module in sys.modules.items() if name.split(".")[0] == "nightdesk"}
assert all(path.startswith(sys.argv[1]) for path in ours.values()), ours
for absent in ("nightdesk.seal.opening", "nightdesk.seal.closing", "nightdesk.seal.keyring", "nightdesk.seal.replying", "nightdesk.desk"):
    try:
        __import__(absent)
    except ImportError:
        continue
    raise AssertionError(absent)
print("started")
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    built, unpacked = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("unpacked")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(command, cwd=ROOT / "packaging" / "drop", check=True, capture_output=True)
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(unpacked)
    return unpacked


def test_the_wheel_holds_the_drop_and_nothing_that_seals_or_opens(unpacked: Path) -> None:
    package = unpacked / "nightdesk"
    assert {path.name for path in package.iterdir()} == ROOMS | {"__init__.py"}
    assert {path.name for path in (package / "seal").iterdir()} == KEYLESS
    assert {path.name for path in (package / "cli").iterdir()} == {"__init__.py", "drop.py"}


def test_the_wheel_forgets_no_file_of_the_drop(unpacked: Path) -> None:
    source = ROOT / "src" / "nightdesk" / "drop"
    wanted = {
        str(path.relative_to(source))
        for path in source.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    package = unpacked / "nightdesk" / "drop"
    found = {str(path.relative_to(package)) for path in package.rglob("*") if path.is_file()}
    assert found == wanted | {"LICENSE", "NOTICE"}


def test_the_drop_starts_from_its_wheel_alone(unpacked: Path) -> None:
    run = subprocess.run([sys.executable, "-c", STARTS, str(unpacked)], capture_output=True, text=True)
    assert run.stdout == "started\n", run.stderr
