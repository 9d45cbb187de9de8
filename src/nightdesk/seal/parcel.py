"""The parcel: what the desk signs in advance so that a courier without a key can go on.

A folder of files and one signed manifest that names each with its hash and its hours; byte for byte
in docs/formats/courier.md. Belongs here: the manifest, written and verified. Does not belong here:
files (the desk writes, nightdesk.courier reads), any private key, the clock.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from nightdesk.seal.signing import SignatureError, canonical, newsroom_id, verify

PURPOSE = "parcel"
MANIFEST = "parcel.json"
KINDS = ("keys", "collect", "board", "release")
LONGEST = timedelta(days=14)  # a stolen parcel fetches ciphertext for no longer than this
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+\Z")
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the parcel. `at`: from when it may be used; `until`: it is worth nothing from then on.

    `name` is what it is called where it goes: a release's file name for the press, else empty.
    `batch` ties the files of one release together; the courier brings all of a batch or none.
    """

    kind: str
    file: str
    sha256: str
    at: datetime
    until: datetime
    name: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The manifest as verified."""

    identity: bytes
    made_at: datetime
    last_day: date
    items: tuple[Item, ...]


def write_parcel(parcel: Parcel) -> bytes:
    """The payload to sign for purpose `parcel`."""
    return canonical({
        "version": 1, "newsroom": newsroom_id(parcel.identity).hex(), "identity": parcel.identity.hex(),
        "made_at": parcel.made_at.strftime(_MOMENT), "last_day": parcel.last_day.isoformat(),
        "items": [_written(item) for item in parcel.items],
    })  # fmt: skip


def verify_parcel(payload: bytes, signature: bytes, identity: bytes, on: date) -> Parcel:
    """The manifest in `payload`; SignatureError when it is not this newsroom's, run out, or not well formed."""
    verify(payload, signature, identity, PURPOSE, on)
    raw = json.loads(payload)
    fields = {"version", "newsroom", "identity", "made_at", "last_day", "items"}
    if not isinstance(raw, dict) or set(raw) != fields or canonical(raw) != payload:
        raise SignatureError("this is not the list of a parcel")
    if raw["version"] != 1 or raw["identity"] != identity.hex() or not isinstance(raw["items"], list):
        raise SignatureError("the parcel is of a version that this program does not know")
    try:
        made, last = _moment(raw["made_at"]), date.fromisoformat(raw["last_day"])
        items = tuple(_read(each) for each in raw["items"])
    except (KeyError, TypeError, ValueError) as error:
        raise SignatureError(f"the parcel's list is not well formed ({error})") from None
    if last - made.date() > LONGEST:
        raise SignatureError(f"the parcel was made for more than {LONGEST.days} days")
    if on > last:
        raise SignatureError(f"the parcel was good until {last}, and today is {on}")
    return Parcel(identity, made, last, items)


def _written(item: Item) -> dict[str, str]:
    return {
        "kind": item.kind, "file": item.file, "sha256": item.sha256, "at": item.at.strftime(_MOMENT),
        "until": item.until.strftime(_MOMENT), "name": item.name, "batch": item.batch,
    }  # fmt: skip


def _read(raw: dict[str, str]) -> Item:
    if set(raw) != {"kind", "file", "sha256", "at", "until", "name", "batch"}:
        raise ValueError("an entry has other fields")
    if raw["kind"] not in KINDS:
        raise ValueError(f"nobody here knows what {raw['kind']!r} is")
    names = [raw["file"], *([raw["name"]] if raw["kind"] == "release" else [])]
    if not all(_FILE.match(name) for name in names) or not _HASH.match(raw["sha256"]):
        raise ValueError("a file's name or hash cannot be one")
    return Item(
        raw["kind"], raw["file"], raw["sha256"], _moment(raw["at"]), _moment(raw["until"]), raw["name"],
        raw["batch"],
    )  # fmt: skip


def _moment(written: str) -> datetime:
    return datetime.strptime(written, _MOMENT).replace(tzinfo=UTC)
