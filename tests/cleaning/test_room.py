"""The room a program runs in, shown with programs that fail, hang, lie, ask for more or look around."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import samples

from nightdesk.cleaning import CleaningError, clean, room
from nightdesk.cleaning import mat2 as program_of
from nightdesk.cleaning.room import Limits, RoomError, run

Make = Callable[[str], Path]
PDF = samples.pdf()
NOTHING = 'if [ "$1" = --show ]; then echo "  No metadata found in file.pdf."; exit; fi\n'
BARE = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def why(data: bytes, program: Path, limits: Limits = program_of.LIMITS) -> str:
    with pytest.raises(CleaningError) as closed:
        clean(data, program, limits)
    return closed.value.why


def test_a_program_that_does_what_it_should_opens_the_file(fake: Make) -> None:
    """So that the others below fail for their own reason."""
    writes = "\n".join(f"printf '%s\\n' '{line}' >> file.cleaned.pdf" for line in BARE.decode().splitlines())
    assert clean(PDF, fake(NOTHING + writes)).data == BARE


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("exit 1", "failed"),
        ("kill -SEGV $$", "failed"),
        ("echo nonsense", "failed"),
        (NOTHING, "failed"),
        (NOTHING + "cat file.pdf > file.cleaned.pdf", "left"),
        (NOTHING + ": > file.cleaned.pdf", "failed"),
        (NOTHING + "echo hello > file.cleaned.pdf", "left"),
        (NOTHING + "cat file.pdf > file.cleaned.pdf; exit 1", "failed"),
        (NOTHING + "head -c 300M /dev/zero > file.cleaned.pdf", "failed"),
        (NOTHING + "head -c 40M /dev/zero > file.cleaned.pdf", "too much"),
    ],
    ids=["fails", "crashes", "talks", "writes nothing", "copies", "empty", "another", "half", "full", "much"],
)
def test_a_program_that_fails_or_lies_keeps_the_file_closed(fake: Make, lines: str, said: str) -> None:
    assert why(PDF, fake(lines)) == said


def test_what_it_still_finds_afterwards_keeps_the_file_closed(fake: Make) -> None:
    writes = "\n".join(f"printf '%s\\n' '{line}' >> file.cleaned.pdf" for line in BARE.decode().splitlines())
    shows = 'if [ "$1" = --show ]; then echo "[+] Metadata for file.pdf:"; echo "    author: somebody"; exit; fi\n'
    assert why(PDF, fake(shows + writes)) == "left"


def test_a_program_that_hangs_is_ended_with_all_it_started(fake: Make) -> None:
    begun = time.monotonic()
    assert why(PDF, fake(NOTHING + "sleep 4711 & sleep 4711"), Limits(seconds=1)) == "too long"
    assert time.monotonic() - begun < 20
    for _ in range(50):
        if not sleeping():
            break
        time.sleep(0.1)
    assert not sleeping()


def sleeping() -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said = path.read_bytes()
        except OSError:
            continue
        if said == b"sleep\x004711\x00":
            found.append(path.parent.name)
    return found


def test_memory_has_a_limit(fake: Make) -> None:
    program = fake(f"""exec /usr/bin/python3 -c 'print(len(bytearray({2**30})))'""")
    with pytest.raises(RoomError, match="failed"):
        run(program, '"$program"', "x", b"", Limits(memory=512 * 2**20))
    assert run(program, '"$program"', "x", b"", Limits()) == b"%d\n" % 2**30


def test_the_room_has_the_file_and_nothing_of_the_machine(
    fake: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("x")
    monkeypatch.setenv("NIGHTDESK_PLANTED", "secret")
    looks = f"""ls -A /; echo; ls -A; echo; ls -A /proc | grep -c '^[0-9]'; echo; env; echo
cat /proc/net/dev | tail -n +3 | cut -d: -f1; echo; ls {tmp_path}/secret /etc/passwd /home /root 2>/dev/null
touch /usr/planted /planted /dev/planted /etc/planted 2>/dev/null && echo planted
 cat given.txt"""
    said = run(fake(looks), '"$program"', "given.txt", b"the file", Limits()).decode()
    tops, inside, processes, environment, network, rest = said.split("\n\n")
    assert set(tops.split()) <= {"bin", "dev", "etc", "lib", "lib64", "proc", "program", "room", "usr"}
    assert inside == "given.txt" and int(processes) < 8
    assert "NIGHTDESK" not in environment and network.strip() == "lo"
    assert rest == "the file"


def test_no_byte_of_the_file_has_a_name_outside_while_it_is_cleaned(fake: Make, tmp_path: Path) -> None:
    """Nor after it was killed: what lies in the room ends with the room."""
    folders = (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"))
    before = {path for folder in folders for path in folder.iterdir()}
    program = fake(NOTHING + "cat file.pdf > copy; cat file.pdf > /dev/shm/copy; sleep 30")
    assert why(PDF, program, Limits(seconds=1)) == "too long"
    fresh = {path for folder in folders for path in folder.iterdir()} - before
    mine = [path for path in fresh if path.is_file() and samples.CANARY.encode() in path.read_bytes()]
    assert mine == [] and not (Path("/dev/shm") / "copy").exists()


def test_no_handle_is_left_open(fake: Make) -> None:
    before = len([*Path("/proc/self/fd").iterdir()])
    for _ in range(3):
        why(PDF, fake("exit 1"))
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_without_the_program_or_the_room_every_file_stays_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert why(PDF, tmp_path / "none") == "no mat2"
    (tmp_path / "program").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "program").chmod(0o755)
    monkeypatch.setattr(room, "BWRAP", tmp_path / "program")  # one that the machine does not let make a room
    assert why(PDF, tmp_path / "program") == "no room"
    monkeypatch.setattr(room, "BWRAP", tmp_path / "none")
    assert why(PDF, tmp_path / "program") == "no room"
