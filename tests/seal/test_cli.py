"""`nightdesk seal` and `nightdesk open`, as typed: what they do, and each refusal in one sentence."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nightdesk.cli import main
from nightdesk.seal.closing import seal
from nightdesk.seal.keyring import close_keyring, wrap_day_key
from nightdesk.seal.signing import pack
from nightdesk.seal.wire import ReportPayload

TEXT = "회령에서 2만 위안을 내라고 했다."


@pytest.fixture
def desk(tmp_path: Path, ours, monkeypatch) -> Path:
    """A folder with the desk's files and a report, and the shell standing in it."""
    (tmp_path / "keys.json").write_bytes(pack(*ours.keyring.key_list("Post", [ours.day.public], ours.today)))
    (tmp_path / "keyring.json").write_bytes(close_keyring(ours.keyring, "북두칠성", b"s" * 16, b"n" * 12, 64))
    (tmp_path / "pass").write_text("북두칠성\n", "utf-8")
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / "2023-12-18.key").write_bytes(wrap_day_key(ours.keyring, ours.day, b"d" * 12))
    (tmp_path / "note.txt").write_text(TEXT + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=stdin)


@pytest.fixture
def seals(desk: Path, ours):
    def call(*words: str, stdin=None) -> Result:
        fixed = ("--identity", ours.identity.public.hex(), "--keys", "keys.json", "--on", "2023-12-18")
        return run("seal", *fixed, "--out", "note.nde", *words, stdin=stdin)

    return call


def opens(*words: str) -> Result:
    return run("open", "--keyring", "keyring.json", "--days", "days", "--passphrase-file", "pass", *words)


def refused(result: Result, says: str, code: int = 1) -> None:
    assert (result.exit_code, says in result.stderr) == (code, True), result.output
    assert "Traceback" not in result.output and len(result.stderr.strip().splitlines()) <= (
        1 if code == 1 else 4
    )


def test_a_report_is_sealed_and_opened_without_any_network(seals, desk: Path) -> None:
    said = ("--source", "crane", "--via", "relay-yanji", "--contact-on", "2023-12-15", "--lang", "ko")
    sealed = seals(*said, "--channel", "voice", "--basis", "eyewitness", "--json", "note.txt")
    assert json.loads(sealed.stdout)["size"] == (desk / "note.nde").stat().st_size == 4096
    assert json.loads(opens("--json", "note.nde").stdout) == {
        "file": "note.nde", "opened": True, "text": TEXT, "lang": "ko", "source": "crane", "via": "relay-yanji",
        "contact_on": "2023-12-15", "channel": "voice", "basis": "eyewitness",
    }  # fmt: skip


def test_standard_input_is_sealed_and_words_are_printed(seals) -> None:
    assert seals("-", stdin=TEXT).exit_code == 0
    shown = opens("note.nde")
    assert shown.exit_code == 0 and TEXT in shown.stdout and "channel: drop" in shown.stdout


def test_the_passphrase_is_asked_for_and_not_echoed(seals) -> None:
    seals("note.txt")
    asked = run("open", "--keyring", "keyring.json", "--days", "days", "note.nde", stdin="북두칠성\n")
    assert asked.exit_code == 0 and "북두칠성" not in asked.output


def test_a_wrong_passphrase_says_to_type_it_again(seals, desk: Path) -> None:
    seals("note.txt")
    (desk / "pass").write_text("other", "utf-8")
    refused(opens("note.nde"), "this passphrase does not open the keyring; type it again")


def test_a_changed_keyring_is_not_called_a_wrong_passphrase(desk: Path) -> None:
    (desk / "keyring.json").write_bytes((desk / "keyring.json").read_bytes()[:-5])
    refused(opens("note.nde"), "key file")


def test_a_day_key_of_another_keyring_is_named(seals, desk: Path, theirs) -> None:
    seals("note.txt")
    (desk / "days" / "x.key").write_bytes(wrap_day_key(theirs.keyring, theirs.day, b"d" * 12))
    refused(opens("note.nde"), "belongs to another keyring")


def test_an_erased_day_key_is_said(seals, desk: Path) -> None:
    seals("note.txt")
    (desk / "days" / "2023-12-18.key").unlink()
    refused(opens("note.nde"), "unknown or was erased")


def test_a_truncated_envelope_does_not_hide_the_others(seals, desk: Path) -> None:
    seals("note.txt")
    (desk / "cut.nde").write_bytes((desk / "note.nde").read_bytes()[:4000])
    both = opens("cut.nde", "note.nde")
    refused(both, "cut.nde: refused, wrong size")
    assert TEXT in both.stdout
    line = json.loads(opens("--json", "cut.nde").stdout)
    assert (line["opened"], line["reason"]) == (False, "wrong size")


def test_an_envelope_of_another_newsroom_is_named_as_such(desk: Path, theirs) -> None:
    (desk / "foreign.nde").write_bytes(seal(ReportPayload(TEXT), theirs.day.public, theirs.id))
    refused(opens("foreign.nde"), "sealed for another newsroom")


def test_a_ten_megabyte_file_is_no_envelope(desk: Path) -> None:
    (desk / "big.nde").write_bytes(bytes(10_000_000))
    refused(opens("big.nde"), "wrong size")


def test_a_missing_envelope_and_a_missing_folder_are_said(desk: Path) -> None:
    refused(opens("nowhere.nde"), "nowhere.nde cannot be read")
    refused(
        run("open", "--keyring", "keyring.json", "--days", "none", "--passphrase-file", "pass", "a"),
        "not a folder",
    )


def test_invalid_utf8_is_refused_with_its_place(seals, desk: Path) -> None:
    (desk / "note.txt").write_bytes(b"abc\xff")
    refused(seals("note.txt"), "not valid UTF-8 at byte 3")


def test_an_empty_report_is_refused(seals) -> None:
    refused(seals("-", stdin=" \n"), "the report is empty")


def test_a_contact_in_the_future_is_refused(seals) -> None:
    refused(seals("--contact-on", "2024-01-05", "note.txt"), "lies in the future")


def test_too_long_a_report_says_how_much_fits(seals) -> None:
    refused(seals("-", stdin="가" * 30_000), "an Envelope holds 64,364 bytes")


def test_a_day_without_a_key_is_refused(desk: Path, ours) -> None:
    words = ("seal", "--identity", ours.identity.public.hex(), "--keys", "keys.json", "--out", "a")
    refused(run(*words, "--on", "2023-12-19", "note.txt"), "no key for 2023-12-19")


def test_a_key_list_of_another_newsroom_seals_nothing(desk: Path, theirs) -> None:
    words = ("seal", "--identity", theirs.identity.public.hex(), "--keys", "keys.json", "--out", "a")
    refused(run(*words, "--on", "2023-12-18", "note.txt"), "cannot be believed")
    assert not (desk / "a").exists()


@pytest.mark.parametrize("words", [
    ("--identity", "00", "--keys", "keys.json", "--out", "a", "note.txt"),
    ("--identity", "00" * 32, "--keys", "keys.json", "note.txt"),
    ("--identity", "00" * 32, "--out", "a", "note.txt"),
    ("--identity", "00" * 32, "--keys", "keys.json", "--out", "a", "--channel", "post", "note.txt"),
])  # fmt: skip
def test_a_wrong_call_exits_with_two(desk: Path, words: tuple[str, ...]) -> None:
    assert run("seal", *words).exit_code == 2


def test_a_drop_that_is_away_is_one_sentence(desk: Path, ours) -> None:
    words = ("seal", "--identity", ours.identity.public.hex(), "--keys", "keys.json", "--on", "2023-12-18")
    refused(run(*words, "--to", "http://127.0.0.1:9", "note.txt"), "could not be reached")
    refused(run("seal", "--identity", "00" * 32, "--to", "http://127.0.0.1:9", "note.txt"), "cannot be read")


def test_a_build_without_the_kem_is_said_before_anything(seals, monkeypatch) -> None:
    monkeypatch.setattr("nightdesk.cli.seal.supported", lambda: False)
    refused(seals("note.txt"), "cannot do ML-KEM-768")


@pytest.mark.parametrize("command", ["seal", "open", "drop"])
def test_help_shows_examples(command: str) -> None:
    assert "Examples:" in run(command, "--help").stdout
