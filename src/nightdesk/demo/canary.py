"""Looking for words that must not be somewhere: in every encoding they could hide in.

Used by the tests on the drop's store, on all logs and on every byte of the built site.
"""

from __future__ import annotations

import base64
import gzip
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, quote_plus

SHORTEST = 5  # base64 of fewer bytes has too little left once the ragged ends are cut


def _base64_middles(data: bytes) -> Iterator[bytes]:
    """The characters of base64 that `data` always gives, at each of the three alignments."""
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + data)
        first = (shift * 8 + 5) // 6
        last = (shift + len(data)) * 8 // 6
        yield encoded[first:last]


def forms(word: str) -> set[bytes]:
    """`word` as bytes in every encoding looked for."""
    found: set[bytes] = set()
    for spelled in {word, unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)}:
        raw = spelled.encode()
        found |= {raw, spelled.encode("utf-16-le"), spelled.encode("utf-16-be")}
        found |= {quote(spelled, safe="").encode(), quote_plus(spelled).encode()}
        found |= {spelled.encode("ascii", "xmlcharrefreplace"), spelled.encode("unicode-escape")}
        if len(raw) >= SHORTEST:
            for middle in _base64_middles(raw):
                found |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    return {each.lower() for each in found if each}


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes as they are, and whatever gzip, zlib or zip would make of them."""
    yield data
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if data[:1] == b"\x78":
        try:
            yield zlib.decompress(data)
        except zlib.error:
            return  # it only looked like zlib


def files(*roots: Path) -> Iterator[Path]:
    """Every file below the roots, hidden ones included."""
    for root in roots:
        yield from (path for path in sorted(root.rglob("*")) if path.is_file())


def hits(words: Iterable[str], paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """Which word was found in which file, its name included."""
    needles = [(word, forms(word)) for word in words]
    found: list[tuple[str, Path]] = []
    for path in paths:
        for data in (str(path.name).encode(), *_unpacked(path.read_bytes())):
            low = data.lower()
            found += [(word, path) for word, looks in needles if any(look in low for look in looks)]
    return found
