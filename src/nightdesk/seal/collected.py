"""What the drop hands over when the desk pulls: Envelopes with their hash and day of arrival.

Byte for byte in docs/formats/pull.md. Belongs here: that answer, written and parsed. Does not
belong here: asking for it (keyring.py signs, signing.py verifies), opening it, HTTP.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date


class CollectedError(ValueError):
    """An answer to a pull that cannot be read: not the drop's, cut short or changed."""


@dataclass(frozen=True, slots=True)
class Collected:
    """One arrival: the SHA-256 of its bytes, the day it came, the bytes, which nobody has judged yet."""

    hash: bytes
    day: date
    data: bytes = field(repr=False)


def write_collected(found: Iterable[Collected], more: bool) -> bytes:
    """The drop's answer. `more`: something is left for another pull."""
    listed = [
        {"hash": each.hash.hex(), "day": each.day.isoformat(), "data": base64.b64encode(each.data).decode()}
        for each in found
    ]
    return json.dumps({"version": 1, "more": more, "envelopes": listed}, separators=(",", ":")).encode()


def parse_collected(answer: bytes) -> tuple[tuple[Collected, ...], bool]:
    """The arrivals in the drop's answer, and whether more are left. Raises CollectedError."""
    try:
        raw = json.loads(answer)
        found = tuple(_one(each) for each in raw["envelopes"])
        more = raw["more"] is True
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CollectedError(f"the drop's answer cannot be read ({error})") from None
    if raw["version"] != 1:
        raise CollectedError("the drop's answer is of a version that this program does not know")
    return found, more


def _one(raw: dict[str, str]) -> Collected:
    data = base64.b64decode(raw["data"], validate=True)
    hash_ = hashlib.sha256(data).digest()
    if hash_.hex() != raw["hash"]:
        raise ValueError("an envelope does not match its hash")
    return Collected(hash_, date.fromisoformat(raw["day"]), data)
