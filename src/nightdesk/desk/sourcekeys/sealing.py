"""Words to sealed bytes and back: ChaCha20-Poly1305 under a source's key, bound to the place they stand in.

    01 | name of the key, 16 bytes | nonce, 12 bytes | ciphertext and tag

Associated data are the table, the column and the row's random token, so that bytes moved to another row,
column or table do not open. Opened keys are kept for this process and dropped when it lets go of its keys.
Belongs here: cryptography and the keys held. Does not belong here: Django's fields (fields.py). Nothing
here depends on the database: sealed words are bytes anywhere.
"""

from __future__ import annotations

import secrets
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError
from nightdesk.desk.sourcekeys.models import NAME, SourceKey

VERSION = b"\x01"
NONCE = 12
HEAD = len(VERSION) + NAME + NONCE
CONTEXT = b"nightdesk words 1"

_opened: dict[bytes, ChaCha20Poly1305] = {}
_of_source: dict[int, bytes] = {}  # only what is committed: a key rolled back would seal for nobody


class Unopened(DeskError):
    """Sealed words that do not open: their key is gone, or they were changed or moved. Never passed over."""


def place(table: str, column: str, token: str) -> bytes:
    """The associated data of one value."""
    return b"\0".join([CONTEXT, table.encode(), column.encode(), token.encode()])


def seal(words: str, source: int, where: bytes) -> bytes:
    """The words under the source's key."""
    name = key_of(source)
    nonce = secrets.token_bytes(NONCE)
    return VERSION + name + nonce + _opened[name].encrypt(nonce, words.encode(), where)


def unseal(sealed: bytes, where: bytes) -> str:
    """The words. Unopened when the key is not there, or the bytes are not what was sealed for this place."""
    name = sealed[1 : 1 + NAME]
    key = _opened.get(name) or _fetched(name)
    if key is None or sealed[:1] != VERSION:
        raise Unopened(
            _("The key of these words is gone: they cannot be opened."),
            _("What was purged stays closed. If nothing was purged, run `nightdesk desk check`."),
        )
    try:
        return key.decrypt(sealed[1 + NAME : HEAD], sealed[HEAD:], where).decode()
    except InvalidTag:
        raise Unopened(
            _("Sealed words were changed, or stand where they do not belong."),
            _("Take the desk offline, run `nightdesk desk check` and compare a backup."),
        ) from None


def is_under(sealed: bytes, source: int) -> bool:
    """Whether the bytes lie under that source's key."""
    return sealed[1 : 1 + NAME] == key_of(source)


def key_of(source: int) -> bytes:
    """The name of a source's key, made when it has none; the key is held from then on."""
    name = _of_source.get(source)
    if name is None or name not in _opened:
        row, _made = SourceKey.objects.get_or_create(source_id=source)
        name = _hold(bytes(row.name), bytes(row.secret))
        kept = name
        transaction.on_commit(lambda: _of_source.__setitem__(source, kept))
    return name


def _hold(name: bytes, secret: bytes) -> bytes:
    _opened[name] = ChaCha20Poly1305(secret)
    return name


def _fetched(name: bytes) -> ChaCha20Poly1305 | None:
    """The key of that name. On a miss every key is read at once: a list of fifty reports is one query."""
    for other, secret in SourceKey.objects.values_list("name", "secret"):
        if bytes(other) not in _opened:
            _hold(bytes(other), bytes(secret))
    return _opened.get(name)


def let_go() -> None:
    """Drops every key this process holds; they are read again when something is opened."""
    _opened.clear()
    _of_source.clear()


def forget(source: int, name: bytes) -> None:
    """Drops one source's key: its row is being destroyed."""
    with suppress(KeyError):
        del _opened[name]
    _of_source.pop(source, None)
