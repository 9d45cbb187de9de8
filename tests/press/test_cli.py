"""`nightdesk press` and `nightdesk export` as typed in a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nightdesk.cli import main
from nightdesk.release.codec import to_bytes
from nightdesk.seal.keyring import Keyring

Shelve = Callable[..., Path]


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_press_builds_a_site_and_says_whom_it_trusted(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    result = run("press", shelve(*sample.all), tmp_path / "site")
    assert result.exit_code == 0
    assert "Trusting the identity beside the Releases: " in result.stderr
    assert "2 stories, 1 withdrawn" in result.stdout
    assert (tmp_path / "site" / "en" / "index.html").is_file()


def test_press_prints_one_json_line(shelve: Shelve, sample: Any, keyring: Keyring, tmp_path: Path) -> None:
    identity = ("--identity", keyring.identity_public.hex(), "--base-url", "https://tumen.example")
    result = run("press", shelve(*sample.all), tmp_path / "site", "--json", *identity)
    assert result.stderr == ""
    assert json.loads(result.stdout) == {
        "site": str(tmp_path / "site"), "stories": 2, "withdrawn": 1, "pages": 15, "acts": 2, "waiting": 0,
    }  # fmt: skip


def test_press_refuses_a_wrong_identity_in_one_sentence(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    result = run("press", shelve(sample.rice), tmp_path / "site", "--identity", "00" * 32)
    assert result.exit_code == 1
    assert "r1ce.v1.json: the signature does not hold" in result.stderr
    assert "Nothing was built." in result.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        ((), 2, "RELEASES SITE"),
        (("one",), 2, "RELEASES and SITE"),
        (("a", "b", "c"), 2, "RELEASES and SITE"),
        (("--preview", "doc.json", "a", "b"), 1, "doc.json"),
        (("--serve", "nowhere"), 1, "no site that was built here"),
        (("nowhere", "site"), 1, "--identity"),
        (("nowhere", "site", "--identity", "00" * 32), 1, "not a folder of Releases"),
    ],
)
def test_press_says_what_to_do_when_the_call_is_wrong(
    args: tuple[str, ...], code: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("press", *args)
    assert (result.exit_code, list(tmp_path.iterdir())) == (code, [])
    assert says in result.stderr


def test_press_previews_one_unsigned_release(sample: Any, photos: Path, tmp_path: Path) -> None:
    for photo in photos.iterdir():
        (tmp_path / photo.name).write_bytes(photo.read_bytes())
    (tmp_path / "doc.json").write_bytes(to_bytes(sample.shakedown))
    result = run("press", "--preview", tmp_path / "doc.json", tmp_path / "out", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["stories"] == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_press_serves_a_built_site_until_interrupted(site: Path, number: int) -> None:
    """Also where the shell that begins it has it ignore Ctrl-C, as one that runs it in the background does."""
    args = [sys.executable, "-c", "from nightdesk.cli import main; main()", "press", str(site), "--serve"]
    with subprocess.Popen(
        ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *args, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith("http://127.0.0.1:")
        os.kill(run.pid, number)
        try:
            _, errors = run.communicate(timeout=10)
        finally:
            run.kill()  # a test that fails leaves nobody waiting
    assert (run.returncode, errors) == (0, "")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_export_writes_what_the_site_offers(
    form: str, shelve: Shelve, sample: Any, site: Path, tmp_path: Path
) -> None:
    releases = shelve(*sample.all)
    result = run("export", releases, "--format", form, "--out", tmp_path / "acts")
    assert result.exit_code == 0 and "2 acts" in result.stderr
    assert (tmp_path / "acts").read_bytes() == (site / "data" / f"acts.{form}").read_bytes()
    assert (
        run("export", releases, "--format", form, "--out", "-").stdout_bytes
        == (tmp_path / "acts").read_bytes()
    )


def test_export_writes_a_data_package(shelve: Shelve, sample: Any, site: Path, tmp_path: Path) -> None:
    result = run("export", shelve(*sample.all), "--format", "datapackage", "--out", tmp_path / "acts")
    assert result.exit_code == 0
    for name in ("acts.csv", "datapackage.json"):
        assert (tmp_path / "acts" / name).read_bytes() == (site / "data" / name).read_bytes()


def test_export_refuses_what_is_not_signed(shelve: Shelve, sample: Any, tmp_path: Path) -> None:
    folder = shelve(sample.shakedown)
    (folder / "kq3v9x.v1.sig").write_bytes(b"{}")
    result = run("export", folder, "--out", tmp_path / "acts.csv")
    assert result.exit_code == 1 and "Nothing was exported." in result.stderr
    assert not (tmp_path / "acts.csv").exists()


@pytest.mark.parametrize("command", ["press", "export"])
def test_help_has_examples(command: str) -> None:
    assert "Examples:" in run(command, "--help").stdout
