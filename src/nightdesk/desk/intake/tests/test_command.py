"""`nightdesk desk` in this process: what it says, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading

import httpx
import pytest
from click.testing import CliRunner
from tests import forked

from nightdesk.cli.desk import command
from nightdesk.desk import slots
from nightdesk.desk.custody.actions import record
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.intake import daykeys
from nightdesk.desk.intake.models import DayKey
from nightdesk.desk.staff.models import Member
from nightdesk.seal.keyring import KeyringDamaged, open_identity, open_keyring
from nightdesk.seal.slots import keyring_words

pytestmark = pytest.mark.django_db
WORDS = "five words that nobody guesses"
OWN = "a grey heron on a ladder"


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch):
    """Argon2id with a mebibyte: what is tested is the desk, not its patience."""
    monkeypatch.setattr("nightdesk.seal.keyring.MEMORY_KIB", 1024)


@pytest.fixture
def run(tmp_path):
    """run('check') -> the result of `nightdesk desk check` on this test's desk."""

    def invoke(name, *args, typed=None):
        return CliRunner().invoke(command, [name, "--dir", str(tmp_path), *args], input=typed)

    return invoke


@pytest.fixture
def made(run, tmp_path):
    result = run(
        "init", "--name", "Tumen River Post", "--name-ko", "두만강포스트", typed=f"{WORDS}\n{WORDS}\n"
    )
    assert result.exit_code == 0, result.output
    return result


def test_init_makes_keys_a_newsroom_and_the_first_day_keys(made, tmp_path):
    folder = tmp_path / "keys"
    assert DayKey.objects.count() == 15
    for path in [
        folder / "identity.json",
        folder / "keyring.json",
        folder / "slots.json",
        *folder.glob("days/*.key"),
    ]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    opened = slots.open_slot(slots.DESK, WORDS)
    ring = open_keyring((folder / "keyring.json").read_bytes(), keyring_words(opened.secret))
    assert (ring.certificate.not_after - ring.certificate.not_before).days == 90
    assert open_identity((folder / "identity.json").read_bytes(), WORDS).public == ring.identity_public
    facts = json.loads((tmp_path / "newsroom.json").read_text())
    assert facts["name"] == {"en": "Tumen River Post", "ko": "두만강포스트"}
    assert ring.identity_public.hex() in made.output
    assert "must not stay on this machine" in made.output


def test_the_database_is_its_owners_alone(made, tmp_path):
    assert stat.S_IMODE((tmp_path / "desk.sqlite3").stat().st_mode) == 0o600


def test_init_does_not_touch_a_desk_that_is_there(made, run, tmp_path):
    before = (tmp_path / "keys" / "keyring.json").read_bytes()
    again = run("init", "--name", "Other", typed=f"{WORDS}\n{WORDS}\n")
    assert again.exit_code == 1
    assert "already holds a desk" in again.output
    assert (tmp_path / "keys" / "keyring.json").read_bytes() == before


def test_a_short_passphrase_is_refused(run, tmp_path):
    result = run("init", "--name", "Post", typed="short\nshort\n")
    assert result.exit_code == 1
    assert "12 characters" in result.output
    assert not (tmp_path / "keys" / "keyring.json").exists()


def test_a_member_is_added_and_can_unlock_and_sign_in(made, run, client):
    typed = f"{WORDS}\n{OWN}\n{OWN}\n"
    result = run("member", "Alice", "--role", "editor", "--keyholder", typed=typed)
    assert result.exit_code == 0, result.output
    assert Member.objects.get().keyholder
    assert slots.open_slot("Alice", OWN).member.public == bytes(Member.objects.get().public_key)
    page = client.post("/sign-in/", {"username": "Alice", "passphrase": OWN})
    assert page.status_code == 302
    assert run("member", "Alice", "--role", "editor", typed=typed).exit_code == 1
    subject = f"member:{Member.objects.get().pk}"
    assert CustodyEntry.objects.get(subject=subject).verb == "add member"
    marked = run("member", "Alice", "--keyholder", "--json", typed=f"{WORDS}\n")
    said = json.loads(marked.output.splitlines()[-1])
    assert said == {"name": "Alice", "role": "editor", "byline": "", "keyholder": True}
    assert CustodyEntry.objects.filter(subject=subject, verb="mark keyholder").exists()
    assert run("member", "Zed", "--role", "king", typed=typed).exit_code == 2


def test_whoever_holds_the_passphrase_of_the_desk_vouches_at_the_machine(made, run):
    alice = Member.objects.create_member("Alice", OWN, role="editor")
    noor = Member.objects.create_member("Noor", OWN, role="editor", brought_in_by=alice, must_change=True)
    early = run("member", "Noor", "--vouch", typed=f"{WORDS}\n")
    assert early.exit_code == 1 and "Vouch after the first sign-in" in early.output
    Member.objects.filter(pk=noor.pk).update(must_change=False)
    assert run("member", "Noor", "--vouch", typed=f"{OWN}\n").exit_code == 1
    assert run("member", "Noor", "--vouch", "--role", "editor", typed=f"{WORDS}\n").exit_code == 2
    assert run("member", "Nobody", "--vouch", typed=f"{WORDS}\n").exit_code == 2
    assert Member.objects.get(pk=noor.pk).brought_in_by == alice
    done = run("member", "Noor", "--vouch", typed=f"{WORDS}\n")
    assert done.exit_code == 0 and "Noor counts as a person of his or her own." in done.output
    assert Member.objects.get(pk=noor.pk).brought_in_by is None
    entry = CustodyEntry.objects.get(subject=f"member:{noor.pk}")
    assert entry.verb == "vouch" and entry.member is None
    assert run("member", "Noor", "--vouch", typed=f"{WORDS}\n").exit_code == 1


def test_nobody_is_added_without_the_passphrase_of_the_desk(made, run):
    result = run("member", "Mallory", "--role", "editor", typed=f"{OWN}\n{OWN}\n{OWN}\n")
    assert result.exit_code == 1 and "does not open this desk" in result.output
    assert not Member.objects.exists()


@pytest.fixture
def really(tmp_path):
    """really('run', typed=…): `nightdesk desk run` in a process of its own, and what it said."""

    def call(*args, typed=f"{WORDS}\n"):
        (tmp_path / "typed").write_text(typed)
        told = ("--dir", tmp_path, "--port", "0", "--passphrase-file", tmp_path / "typed")
        return forked.run("-m", "nightdesk", "desk", *args, *told, env=_surroundings(), timeout=60)

    return call


def _surroundings():
    return {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_", "DJANGO_"))}


def test_a_wrong_passphrase_is_one_plain_sentence(made, really):
    result = really("run", typed="not the passphrase\n")
    assert result.returncode == 1
    assert "That passphrase does not open this desk. Nothing was changed; try again." in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["keyring.json", "slots.json"])
def test_a_damaged_file_of_keys_is_one_plain_sentence(made, really, tmp_path, name):
    path = tmp_path / "keys" / name
    path.write_bytes(path.read_bytes()[:-20])
    result = really("run")
    assert result.returncode == 1
    assert "cannot be used" in result.stderr and name in result.stderr


def test_a_desk_without_its_slots_says_what_opens_it_again(made, really, tmp_path):
    (tmp_path / "keys" / "slots.json").unlink()
    result = really("run")
    assert result.returncode == 1
    assert "paper shares" in result.stderr


def test_a_folder_without_a_desk_says_how_to_make_one(run):
    for name in ("check", "publish-keys"):
        result = run(name, typed=f"{WORDS}\n")
        assert result.exit_code == 1
        assert "nightdesk desk init" in result.output


def test_a_port_that_is_taken_is_one_plain_sentence(made, run):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("run", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "Choose another with --port." in result.output


def test_check_finds_nothing_wrong_with_a_new_desk(made, run, tmp_path):
    result = run("check", "--json", "--passphrase-file", str(_secret(tmp_path)))
    assert result.exit_code == 0, result.output
    assert json.loads(result.output) == {"chains": 0, "keys": 15, "found": 0, "faults": []}


def test_check_names_a_changed_log_and_a_missing_key(made, run, tmp_path):
    row = Member.objects.create_member("Alice", WORDS, role="editor")
    record(row, "read", row)
    CustodyEntry.objects.update(verb="confirm")
    gone = DayKey.objects.first()
    daykeys.path_of(gone.day).unlink()
    result = run("check", typed=f"{WORDS}\n")
    assert result.exit_code == 1
    assert f"The custody log of member:{row.pk} was changed." in result.output
    assert f"The key of {gone.day} is missing" in result.output


def test_the_key_list_is_published_by_command(made, run, monkeypatch, settings):
    from nightdesk.desk.intake import drop

    sent = []

    def answer(request):
        sent.append((request.method, request.url.path))
        return httpx.Response(200)

    monkeypatch.setattr(
        drop, "client", lambda: httpx.Client(base_url="http://drop", transport=httpx.MockTransport(answer))
    )
    result = run("publish-keys", typed=f"{WORDS}\n")
    assert result.exit_code == 0, result.output
    assert "15 days" in result.output
    assert sent == [("PUT", "/keys")]


def test_publishing_without_a_drop_says_so(made, run):
    result = run("publish-keys", typed=f"{WORDS}\n")
    assert result.exit_code == 1
    assert "no drop" in result.output


def test_the_same_passphrase_opens_nothing_that_was_changed(made, tmp_path):
    path = tmp_path / "keys" / "slots.json"
    raw = json.loads(path.read_text())
    raw["memory_kib"] += 1
    path.write_text(json.dumps(raw))
    with pytest.raises(KeyringDamaged):
        slots.open_slot(slots.DESK, WORDS)


def test_the_collecting_thread_ends_when_it_is_told_to(monkeypatch):
    from nightdesk.desk.intake import collecting

    rounds, stop = [], threading.Event()

    def one_round(published_on):
        rounds.append(published_on)
        if len(rounds) == 2:
            stop.set()
        return "today"

    monkeypatch.setattr(collecting, "one_round", one_round)
    monkeypatch.setattr(collecting.connection, "close", lambda: None)
    collecting.keep_collecting(stop, 0)
    assert rounds == [None, "today"]


def test_a_round_that_fails_is_tried_again(monkeypatch):
    from nightdesk.desk.intake import collecting
    from nightdesk.desk.intake.drop import DropTrouble

    rounds, stop = [], threading.Event()

    def one_round(published_on):
        rounds.append(published_on)
        if len(rounds) == 2:
            stop.set()
        raise DropTrouble("nobody there")

    monkeypatch.setattr(collecting, "one_round", one_round)
    monkeypatch.setattr(collecting.connection, "close", lambda: None)
    collecting.keep_collecting(stop, 0)
    assert len(rounds) == 2


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_real_desk_is_made_run_and_ended_cleanly(tmp_path, ending):
    desk, secret = tmp_path / "desk", tmp_path / "secret"
    secret.write_text(f"{WORDS}\n")

    def call(*args):
        words = [
            sys.executable,
            "-W",
            "error",
            "-m",
            "nightdesk",
            "desk",
            *args,
            "--dir",
            desk,
            "--passphrase-file",
            secret,
        ]
        return words, _surroundings()

    alice = ["member", "Alice", "--role", "editor", "--desk-passphrase-file", secret]
    for args in (["init", "--name", "Post"], alice):
        words, env = call(*args)
        subprocess.run(words, env=env, check=True, capture_output=True)
    words, env = call("run", "--port", "0")
    with subprocess.Popen(
        words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        address = running.stdout.readline().split(" at ")[1].split()[0]
        page = httpx.get(address, follow_redirects=True, trust_env=False)
        running.send_signal(ending)
        out, err = running.communicate(timeout=20)
    assert page.status_code == 200 and "Sign in" in page.text
    assert (running.returncode, err) == (0, "")
    assert ending == signal.SIGTERM or "The desk is locked" in out


def test_a_folder_made_by_hand_is_its_owners_alone_afterwards(run, tmp_path):
    tmp_path.chmod(0o777)
    before = os.umask(0)
    try:
        assert run("init", "--name", "Post", typed=f"{WORDS}\n{WORDS}\n").exit_code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert not {name: oct(mode) for name, mode in modes.items() if mode & 0o077}


def test_a_desk_others_may_write_into_is_not_run(made, run, tmp_path):
    tmp_path.chmod(0o770)
    refused = run("run", "--port", "0", typed=f"{WORDS}\n")
    assert refused.exit_code == 1 and "chmod 700" in refused.output


def test_running_no_desk_asks_for_no_passphrase(run):
    refused = run("run", "--port", "0", typed="")
    assert (
        refused.exit_code == 1 and "There is no desk" in refused.output and "Passphrase" not in refused.output
    )


def test_a_passphrase_file_that_is_no_text_is_one_plain_sentence(made, run, tmp_path):
    file = tmp_path / "pass"
    file.write_bytes(b"\xff\xfe\x00")
    refused = run("check", "--passphrase-file", str(file))
    assert refused.exit_code == 1 and "cannot be read as UTF-8" in refused.output


def test_a_program_reads_the_identity_of_a_new_desk(run, tmp_path):
    result = run("init", "--name", "Post", "--json", "--passphrase-file", str(_secret(tmp_path)))
    said = json.loads(result.output)
    assert said["identity"] == json.loads((tmp_path / "newsroom.json").read_text())["identity"]


def _secret(folder):
    file = folder / "secret"
    file.write_text(f"{WORDS}\n")
    return file
