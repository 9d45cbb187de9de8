"""The desk secret is renewed when a slot goes: a leaver's copy opens nothing later, and no cut loses the desk.

Each run is a program of its own over a real encrypted database; the cut is `os._exit` at one step. What a guess
costs is not the subject (tests/seal/test_slots.py holds it): here it costs little, as the file of slots itself says.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests import forked

from nightdesk.demo import rows
from nightdesk.seal import slotfile, slots

WORDS, OWN = "five words that nobody guesses", "a grey heron on a ladder"
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("NIGHTDESK_", "DJANGO_"))}
# The command as it is, but for what a guess at a slot made from now on costs.
NIGHTDESK = [
    "-c",
    "from nightdesk.desk import slots; slots.MEMORY_KIB = 8; from nightdesk.cli import main; main()",
]
BEGIN = """
import os, sys
from pathlib import Path
from nightdesk.desk import serve
folder, step = Path(sys.argv[1]), sys.argv[2]
serve.prepare(folder)
from nightdesk.desk import renewing, slots, unlocking, keyfiles, vault
"""
DROP = (
    BEGIN
    + f"""
keyfiles.unlock(folder, {WORDS!r})
slots.drop("Bob")
"""
)
UNLOCK = (
    BEGIN
    + f"""
def cut(module, name):
    told = getattr(module, name)
    def then(*given):
        if step == "before " + name: os._exit(9)
        answer = told(*given)
        if step == "after " + name: os._exit(9)
        return answer
    setattr(module, name, then)
calls = {{"n": 0}}
def counted(told):
    def then(*given):
        calls["n"] += 1
        told(*given)
        if step == f"slots {{calls['n']}}": os._exit(9)
    return then
slots.renew = counted(slots.renew)
cut(renewing, "_encrypted_anew"); cut(keyfiles, "write"); cut(renewing, "erase")
cut(renewing.backup_keys, "foresee"); cut(renewing.backup_keys, "renew"); cut(renewing.backup_keys, "forget_old")
unlocking.unlock_now("Alice", {OWN!r})
from nightdesk.desk.staff.models import Member
print(*Member.objects.values_list("username", flat=True))
"""
)


def run(script: str, folder: Path, step: str = "") -> subprocess.CompletedProcess[str]:
    return forked.run("-c", script, folder, step, env=CLEAN)


def done(*words: object, given: str = "") -> str:
    told = forked.run(*NIGHTDESK, *words, env=CLEAN, given=given)
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that has just lost Bob, and Bob's copy of its folder from before."""
    base = tmp_path_factory.mktemp("renew")
    (base / "desk-words").write_text(WORDS)
    (base / "own-words").write_text(OWN)
    told = ["--dir", base / "d", "--passphrase-file"]
    done("desk", "init", "--name", "Post", *told, base / "desk-words")
    for name in ("Alice", "Bob"):
        words = [*told, base / "own-words", "--desk-passphrase-file", base / "desk-words"]
        done("desk", "member", name, "--role", "editor", *words)
    pages = done("backup", "shares", *told, base / "desk-words").split("\f")
    for number, page in enumerate(pages[:2]):
        (base / f"share-{number}").write_text(page)
    shutil.copytree(base / "d", base / "copy")
    dropped = run(DROP, base / "d")
    assert dropped.returncode == 0, dropped.stderr
    return base


def secret_of(folder: Path, name: str, passphrase: str) -> bytes:
    return slots.open_slot(
        slotfile.read((folder / "keys" / "slots.json").read_bytes()), name, passphrase
    ).secret


def opens(database: Path, secret: bytes) -> bool:
    connection = rows.keyed(database, slots.database_key(secret))
    try:
        return bool(connection.execute("select count(*) from staff_member").fetchone()[0])
    except rows.dbapi2.DatabaseError:
        return False
    finally:
        connection.close()


STEPS = [
    "",
    "after foresee",
    "slots 1",
    "before _encrypted_anew",
    "after _encrypted_anew",
    "before write",
    "after write",
    "before renew",
    "after renew",
    "slots 2",
    "after forget_old",
    "before erase",
]


@pytest.mark.parametrize("step", STEPS)
def test_cut_at_any_step_the_desk_opens_again_and_the_leavers_copy_does_not_open_it(
    made: Path, tmp_path: Path, step: str
) -> None:
    desk = tmp_path / "d"
    shutil.copytree(made / "d", desk)
    cut = run(UNLOCK, desk, step)
    assert cut.returncode == (9 if step else 0), cut.stderr
    again = run(UNLOCK, desk)
    assert (again.returncode, again.stdout.split()) == (0, ["Alice", "Bob"]), again.stderr
    assert not (desk / "keys" / "renew").exists()
    kept = secret_of(made / "copy", "Bob", OWN)
    assert opens(made / "copy" / "desk.sqlite3", kept)  # what he copied he has
    assert not opens(desk / "desk.sqlite3", kept)
    for name, words in (("Alice", OWN), ("", WORDS)):
        held = secret_of(desk, name, words)
        assert len(held) == slots.SECRET and opens(desk / "desk.sqlite3", held)
    with pytest.raises(slots.WrongPassphrase):
        secret_of(desk, "Bob", OWN)


@pytest.mark.parametrize(
    ("step", "destroyed"),
    [
        ("after foresee", True), ("slots 1", False), ("after _encrypted_anew", True), ("after write", True),
        ("after renew", True), ("after renew", False), ("slots 2", True),
    ],
)  # fmt: skip
def test_cut_at_any_step_the_paper_opens_the_desk_and_the_renewal_goes_on(
    made: Path, tmp_path: Path, step: str, destroyed: bool
) -> None:
    desk = tmp_path / "d"
    shutil.copytree(made / "d", desk)
    assert run(UNLOCK, desk, step).returncode == 9
    if destroyed:
        done("panic", "--dir", desk, "--destroy-keys", given="destroy\n")
    shares = ("--share-file", made / "share-0", "--share-file", made / "share-1")
    done("desk", "reopen", "Alice", "--dir", desk, "--passphrase-file", made / "own-words", *shares)
    unlocked = run(UNLOCK, desk)
    assert (unlocked.returncode, unlocked.stdout.split()) == (0, ["Alice", "Bob"]), unlocked.stderr
    held = secret_of(desk, "Alice", OWN)
    assert len(held) == slots.SECRET and opens(desk / "desk.sqlite3", held)
    assert not opens(desk / "desk.sqlite3", secret_of(made / "copy", "Bob", OWN))
