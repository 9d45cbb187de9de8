"""Files of texts that are not public, sealed on the disk; and the one room where the press may read them plain.

The key is this process's own: it is written nowhere and ends with the process, so a file found later opens
for nobody and is erased at the next start. Belongs here: bytes to disk and back. Does not belong here: what
is in them (previews.py).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings

from nightdesk.desk.private import erase, write_private

NONCE = 12
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder that is memory, where there is one; ours in it is 0700

_secret = secrets.token_bytes(32)
_seal, _names = ChaCha20Poly1305(_secret), hashlib.sha256(b"names" + _secret).digest()


def put(folder: Path, name: str, data: bytes) -> None:
    """Seals `data` under `name`; the file's own name tells nothing of it."""
    nonce = secrets.token_bytes(NONCE)
    write_private(_path(folder, name), nonce + _seal.encrypt(nonce, data, _where(folder, name)))


def get(folder: Path, name: str) -> bytes | None:
    """What was put there by this process, or None."""
    try:
        found = _path(folder, name).read_bytes()
        return _seal.decrypt(found[:NONCE], found[NONCE:], _where(folder, name))
    except (FileNotFoundError, InvalidTag):
        return None


def _path(folder: Path, name: str) -> Path:
    return folder / hmac.new(_names, name.encode(), "sha256").hexdigest()[:32]


def _where(folder: Path, name: str) -> bytes:
    return f"{folder}\0{name}".encode()


@contextmanager
def plain_room() -> Iterator[Path]:
    """A folder for the press program, gone when it is done: in memory where the machine has such a folder."""
    room = _room()
    room.mkdir(parents=True, exist_ok=True, mode=0o700)
    if room.stat().st_uid != os.getuid():  # somebody else made it first
        room = Path(tempfile.mkdtemp(dir=settings.NIGHTDESK_DIR, prefix=".building-"))
    folder = Path(tempfile.mkdtemp(dir=room))
    try:
        yield folder
    finally:
        erase_tree(folder)
        with suppress(OSError):  # another press is still at work there
            room.rmdir()


def _room() -> Path:
    """Known by the desk's folder, so that what a killed desk left there is found at the next start."""
    mark = hashlib.sha256(str(settings.NIGHTDESK_DIR).encode()).hexdigest()[:16]
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        return MEMORY / f"nightdesk-{os.getuid()}-{mark}"
    return Path(settings.NIGHTDESK_DIR) / ".building"


def erase_left() -> None:
    """What a desk that was killed left behind: plain files of a press that was running."""
    for room in (_room(), *Path(settings.NIGHTDESK_DIR).glob(".building*")):
        if room.is_dir() and room.stat().st_uid == os.getuid():
            erase_tree(room)


def erase_tree(folder: Path) -> None:
    """Overwrites every file below, then removes the folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            erase(path)
    shutil.rmtree(folder, ignore_errors=True)
