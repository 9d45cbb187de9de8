"""A Release as canonical JSON and back: one Release has one byte form.

The types in model.py are the allow-list: the writer copies the fields they declare and looks at
nothing else an object carries; the reader refuses a field they do not declare. Format:
docs/formats/release.md.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, NoReturn

from nightdesk.release.check import check
from nightdesk.release.fields import read, write
from nightdesk.release.model import Release, ReleaseError

FORMAT = "nightdesk-release"
FORMAT_VERSION = 1
MAX_BYTES = 4 * 1024 * 1024  # a story is kilobytes; more is a mistake or an attack


def to_bytes(release: Release) -> bytes:
    """The canonical bytes that are signed: sorted keys, NFC, UTF-8, no insignificant space.

    Raises ReleaseError, naming the field, when the Release would not read back.
    """
    payload = _dump(release)
    check(_parse(payload))
    return payload


def from_bytes(data: bytes) -> Release:
    """The Release that `data` says. ReleaseError names the first field that is not as specified."""
    release = _parse(data)
    check(release)
    if _dump(release) != data:
        raise ReleaseError("the document says a Release, but not in its canonical bytes")
    return release


def digest(release: Release) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return sha256(to_bytes(release)).hexdigest()


def _dump(release: Release) -> bytes:
    document = {FORMAT: FORMAT_VERSION, **write(Release, release, "")}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _parse(data: bytes) -> Release:
    document = _json(data)
    if not isinstance(document, dict) or FORMAT not in document:
        raise ReleaseError(f"not a Release: the field {FORMAT!r} is missing")
    version = document.pop(FORMAT)
    if version != FORMAT_VERSION or isinstance(version, bool):
        raise ReleaseError(f"{FORMAT}: version {version!r} is unknown; this program reads {FORMAT_VERSION}")
    release = read(Release, document, "")
    assert isinstance(release, Release)
    return release


def _json(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise ReleaseError(f"a Release is at most {MAX_BYTES} bytes; this is {len(data)}")
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except UnicodeDecodeError as error:
        raise ReleaseError("not a Release: the bytes are not UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ReleaseError("not a Release: the bytes are not JSON") from error
    except ReleaseError:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise ReleaseError("not a Release: a number is too long") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a name said twice is refused, because two readers could choose differently."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ReleaseError(f"{name}: the field is given twice")
        found[name] = value
    return found


def _no_float(number: str) -> NoReturn:
    raise ReleaseError(f"{number}: sums and rates are decimal strings, never floating-point numbers")
