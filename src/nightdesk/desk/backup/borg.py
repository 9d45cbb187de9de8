"""One sealed repository of borg: encrypted, deduplicated, incremental. borg runs as a program of its own.

The repository's passphrase comes from the backup key through a pipe that only borg inherits: it is on no
command line and in no environment. Belongs here: calling borg, and what its answers mean. Does not belong
here: what is in an archive (dump.py), which archives to keep (making.py).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from nightdesk.desk.keyfiles import NotReady

HALF = "half-"  # an archive that is being written; what still bears the name was cut short
# Pieces of 32 to 512 KiB: a change of one row costs a tenth of what borg's own default costs (measured).
PIECES = "15,19,17,4095"
COMPRESSION = "zstd,3"
WAIT = "60"  # seconds for another backup of the same desk to finish
MISSING = (
    "The program `borg` is not on this machine: install it (Debian and Ubuntu: apt-get install borgbackup; "
    "macOS: brew install borgbackup) and run this again."
)


class Trouble(NotReady):
    """borg did not do as asked; the message says what that means."""


@dataclass(frozen=True)
class Repository:
    """A folder of borg's. `state` is borg's own small memory of it on this machine; it holds no words."""

    path: Path
    words: str = field(repr=False)
    state: Path

    @property
    def exists(self) -> bool:
        return (self.path / "config").is_file()

    def make(self) -> None:
        """An empty repository, sealed from its first byte."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._run("init", "--encryption", "repokey-blake2", str(self.path))

    def write(self, name: str, chunks: Iterable[bytes]) -> dict[str, int]:
        """An archive of the chunks, whole under its name or not there at all. Returns its sizes.

        borg takes the end of its input for the end of the archive, also when whoever wrote was killed:
        so the archive has another name until everything was written.
        """
        half = f"{HALF}{name}"
        arguments = [
            "create", "--json", "--files-cache", "disabled", "--chunker-params", PIECES,
            "--compression", COMPRESSION, "--checkpoint-interval", "0", f"{self.path}::{half}", "-",
        ]  # fmt: skip
        with self._started(arguments, stdin=subprocess.PIPE) as process:
            assert process.stdin is not None and process.stdout is not None and process.stderr is not None
            try:
                for chunk in chunks:
                    process.stdin.write(chunk)
                process.stdin.close()
            except BrokenPipeError:
                pass  # borg has stopped, and says why below
            except BaseException:
                process.kill()
                raise
            said, why = process.stdout.read(), process.stderr.read()
        _understood(process.returncode, why)
        self._run("rename", f"{self.path}::{half}", name)
        stats = json.loads(said)["archive"]["stats"]
        return {"bytes": stats["original_size"], "added": stats["deduplicated_size"]}

    @contextmanager
    def read(self, name: str) -> Iterator[IO[bytes]]:
        """The archive as a pipe. Raises Trouble at its end when borg found it damaged."""
        with self._started(["extract", "--stdout", f"{self.path}::{name}"]) as process:
            assert process.stdout is not None and process.stderr is not None
            try:
                yield process.stdout
            except BaseException:
                process.kill()
                raise
            if process.stdout.read(1):
                process.kill()
                raise Trouble("The backup holds more than its manifest says. Nothing was restored.")
            why = process.stderr.read()
        _understood(process.returncode, why)

    def names(self) -> list[str]:
        """The whole archives, oldest first."""
        return [name for name in self.every_name() if not name.startswith(HALF)]

    def halves(self) -> list[str]:
        """What a run that was killed left behind."""
        return [name for name in self.every_name() if name.startswith(HALF)]

    def every_name(self) -> list[str]:
        """Whole archives and halves, by name."""
        listed: dict[str, Any] = json.loads(self._run("list", "--json", str(self.path)))
        return sorted(str(each["name"]) for each in listed["archives"])

    def remove(self, names: Iterable[str]) -> None:
        """Takes archives out, and their bytes out of the folder at once: nothing waits for a threshold."""
        gone = list(names)
        if not gone:
            return
        self._run("delete", str(self.path), *gone)
        self._run("compact", "--threshold", "0", str(self.path))

    def check(self, *, every_byte: bool = False) -> None:
        """Reads every segment and its checksum; with `every_byte` also opens every piece. Raises Trouble."""
        self._run("check", "--verify-data" if every_byte else "--repository-only", str(self.path))

    def _run(self, *arguments: str) -> bytes:
        with self._started(list(arguments)) as process:
            said, why = process.communicate()
        _understood(process.returncode, why)
        return said

    @contextmanager
    def _started(
        self, arguments: list[str], stdin: int | None = subprocess.DEVNULL
    ) -> Iterator[subprocess.Popen[bytes]]:
        """borg with its words in a pipe. What it says is short and stays in the pipe until it ends."""
        program = shutil.which("borg")
        if program is None:
            raise NotReady(MISSING)
        reads, writes = os.pipe()
        os.write(writes, self.words.encode())
        os.close(writes)
        self.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
                [program, "--lock-wait", WAIT, *arguments],
                stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env=self._environment(reads), pass_fds=[reads],
            )  # fmt: skip
        finally:
            os.close(reads)
        with process:
            yield process

    def _environment(self, words: int) -> dict[str, str]:
        """What borg may know: no variable of ours, and nothing a person would be asked."""
        return {
            "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8",
            "HOME": str(self.state), "BORG_BASE_DIR": str(self.state), "BORG_PASSPHRASE_FD": str(words),
            "BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes", "BORG_DISPLAY_PASSPHRASE": "no",
            "BORG_DELETE_I_KNOW_WHAT_I_AM_DOING": "no", "BORG_CHECK_I_KNOW_WHAT_I_AM_DOING": "no",
        }  # fmt: skip


def _understood(code: int | None, why: bytes) -> None:
    """borg's answer as a sentence. Only 0 is good: a warning means that something is not as it was left."""
    if code == 0:
        return
    said = why.decode(errors="replace")
    for sign, sentence in SIGNS.items():
        if sign in said:
            raise Trouble(sentence)
    raise Trouble(
        f"The backup is damaged or was changed, or cannot be read: {_first(said)}. Nothing was restored or "
        "written over. Take another copy of it."
    )


SIGNS = {
    "passphrase supplied": (
        "This backup does not open: it belongs to another backup key, or its key was changed or cut short. "
        "Take shares with the fingerprint the folder is named by, or another copy of the backup."
    ),
    "Failed to create/acquire the lock": "Another backup of this desk is running. Wait for it, then run this again.",
    "No space left": "The place of the backup is full. Make room or choose another with --to; earlier backups are whole.",
    "Permission denied": "The place of the backup cannot be written. Choose another with --to, or change its owner.",
    "Read-only file system": "The place of the backup is read-only. Copy it to a disk of this machine first.",
}


def _first(said: str) -> str:
    """The telling line of what borg said, without this machine's paths behind it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "ntegrity" in line or "orrupt" in line or "rror" in line]
    return (telling or lines or ["borg ended without a word"])[0][:200]
