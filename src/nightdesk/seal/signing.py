"""Checking what the newsroom signed: key lists, pull requests, and the courier's collecting requests.

The offline identity certifies a signing key for at most 90 days; that key signs a payload for one
named purpose. Belongs here: verifying. Does not belong here: any private key (keyring.py), and the
clock: the day is an argument. The drop imports this module.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from nightdesk.seal.wire import PublicDayKey, key_id

LONGEST_CERTIFICATE = timedelta(days=90)
PUBLIC_KEY = 1216
MOST_FORGOTTEN = 4096  # hashes in one pull request
MOST_PULLED = 256
MOST_COLLECTS = 1440  # requests a courier may be given for one day: one a minute
HEX = re.compile(r"(?:[0-9a-f]{2})+\Z")


class SignatureError(ValueError):
    """A signed document that must not be believed; the message says why, for the log of its owner."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The identity's word for a signing key, first and last day included."""

    signing_key: bytes
    not_before: date
    not_after: date
    identity_signature: bytes


@dataclass(frozen=True, slots=True)
class KeyList:
    """The day keys a newsroom publishes, under its name, as verified."""

    newsroom: bytes
    name: str
    issued_on: date
    days: Mapping[date, PublicDayKey]


@dataclass(frozen=True, slots=True)
class Pull:
    """A verified request for at most `limit` envelopes that also confirms the collected ones."""

    counter: int
    limit: int
    forget: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class CollectRequest:
    """A verified request signed in advance: at most `limit` envelopes, on `day` alone, nothing forgotten."""

    day: date
    number: int
    limit: int


def newsroom_id(identity: bytes) -> bytes:
    """The 16-byte name of a newsroom: from its 32-byte Ed25519 identity."""
    return hashlib.sha256(b"nightdesk newsroom v1\n" + identity).digest()[:16]


def canonical(value: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: the only bytes a signed document may have."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def certificate_bytes(signing_key: bytes, not_before: date, not_after: date) -> bytes:
    """What the identity signs."""
    lines = (signing_key.hex(), not_before.isoformat(), not_after.isoformat())
    return b"nightdesk certificate v1\n" + "\n".join(lines).encode() + b"\n"


def signed_bytes(purpose: str, payload: bytes) -> bytes:
    """What the signing key signs: the purpose first, so that no signature serves for another."""
    if not re.fullmatch(r"[a-z][a-z-]{1,30}", purpose):
        raise ValueError("a purpose is a short lower-case word")
    return f"nightdesk {purpose} v1\n".encode() + payload


def verify(payload: bytes, signature: bytes, identity: bytes, purpose: str, on: date) -> None:
    """SignatureError unless `payload` was signed for `purpose` by a key that `identity` certifies on `on`."""
    certificate, signed = read_signature(signature)
    _check_certificate(certificate, identity, on)
    if not _genuine(certificate.signing_key, signed, signed_bytes(purpose, payload)):
        raise SignatureError(f"this {purpose} is not signed by the newsroom, or was changed")


def read_signature(data: bytes) -> tuple[Certificate, bytes]:
    """The certificate and the 64 signature bytes of a detached signature, not verified yet."""
    raw = _object(data, {"certificate", "signature"})
    inner = raw["certificate"]
    if not isinstance(inner, dict) or set(inner) != {
        "identity_signature", "not_after", "not_before", "signing_key",
    }:  # fmt: skip
        raise SignatureError("the signature carries no certificate")
    certificate = Certificate(
        signing_key=_hex(inner["signing_key"], 32),
        not_before=_day(inner["not_before"]),
        not_after=_day(inner["not_after"]),
        identity_signature=_hex(inner["identity_signature"], 64),
    )
    return certificate, _hex(raw["signature"], 64)


def write_signature(certificate: Certificate, signed: bytes) -> bytes:
    """The detached signature as canonical JSON."""
    inner = {
        "identity_signature": certificate.identity_signature.hex(),
        "not_after": certificate.not_after.isoformat(),
        "not_before": certificate.not_before.isoformat(),
        "signing_key": certificate.signing_key.hex(),
    }
    return canonical({"certificate": inner, "signature": signed.hex()})


def verify_key_list(payload: bytes, signature: bytes, identity: bytes, on: date) -> KeyList:
    """The key list in `payload`; SignatureError when it is not this newsroom's or not well formed."""
    verify(payload, signature, identity, "key-list", on)
    raw = _document(payload, {"version", "newsroom", "name", "issued_on", "days"}, identity)
    if not isinstance(raw["name"], str) or not raw["name"].strip() or not isinstance(raw["days"], list):
        raise SignatureError("the key list has no name or no days")
    days = [_day_key(entry) for entry in raw["days"]]
    if len({day.day for day in days}) != len(days):
        raise SignatureError("the key list has two keys for one day")
    listed = {day.day: day for day in days}
    return KeyList(newsroom_id(identity), raw["name"], _day(raw["issued_on"]), listed)


def verify_pull(payload: bytes, signature: bytes, identity: bytes, on: date) -> Pull:
    """The pull request in `payload`. Whether its counter is new only the drop can tell."""
    verify(payload, signature, identity, "pull", on)
    raw = _document(payload, {"version", "newsroom", "counter", "limit", "forget"}, identity)
    forget = raw["forget"]
    if not isinstance(forget, list) or len(forget) > MOST_FORGOTTEN:
        raise SignatureError("the pull request confirms too much at once")
    return Pull(
        counter=_number(raw["counter"], 1, 2**53),
        limit=_number(raw["limit"], 0, MOST_PULLED),
        forget=tuple(_hex(each, 32) for each in forget),
    )


def verify_collect(payload: bytes, signature: bytes, identity: bytes, on: date) -> CollectRequest:
    """The request of a courier in `payload`, good on day `on`. Whether its number is new only the drop can tell."""
    verify(payload, signature, identity, "collect", on)
    raw = _document(payload, {"version", "newsroom", "day", "number", "limit"}, identity)
    asked = CollectRequest(
        day=_day(raw["day"]),
        number=_number(raw["number"], 1, MOST_COLLECTS),
        limit=_number(raw["limit"], 1, MOST_PULLED),
    )
    if asked.day != on:
        raise SignatureError(f"this request is good on {asked.day}, not on {on}")
    return asked


def pack(payload: bytes, signature: bytes) -> bytes:
    """A payload and its detached signature as one document, each as an exact string."""
    return canonical({"payload": payload.decode(), "signature": signature.decode()})


def unpack(data: bytes) -> tuple[bytes, bytes]:
    """The payload and signature of a packed document; SignatureError when it is none."""
    raw = _object(data, {"payload", "signature"})
    try:
        return raw["payload"].encode(), raw["signature"].encode()
    except (AttributeError, UnicodeEncodeError):
        raise SignatureError("this is not a signed document") from None


def _check_certificate(certificate: Certificate, identity: bytes, on: date) -> None:
    first, last = certificate.not_before, certificate.not_after
    words = certificate_bytes(certificate.signing_key, first, last)
    if not _genuine(identity, certificate.identity_signature, words):
        raise SignatureError("the signing key is not certified by this newsroom's identity")
    if not timedelta(0) <= last - first <= LONGEST_CERTIFICATE:
        raise SignatureError("the certificate of the signing key lasts longer than 90 days")
    if not first <= on <= last:
        raise SignatureError(f"the signing key is certified from {first} to {last}, not on {on}")


def _genuine(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _document(payload: bytes, fields: set[str], identity: bytes) -> dict[str, Any]:
    raw = _object(payload, fields)
    if raw["version"] != 1 or raw["version"] is True:
        raise SignatureError("this document is of a version that this program does not know")
    if raw["newsroom"] != newsroom_id(identity).hex():
        raise SignatureError("this document is for another newsroom")
    return raw


def _object(data: bytes, fields: set[str]) -> dict[str, Any]:
    """`data` as an object of exactly `fields`, in canonical bytes and no others."""
    try:
        raw = json.loads(data)
        same = canonical(raw) == data
    except (ValueError, RecursionError):
        raise SignatureError("this is not a signed document") from None
    if not isinstance(raw, dict) or set(raw) != fields or not same:
        raise SignatureError("this is not a signed document, or not in its canonical form")
    return raw


def _day_key(raw: object) -> PublicDayKey:
    if not isinstance(raw, dict) or set(raw) != {"day", "key_id", "public"}:
        raise SignatureError("a day of the key list is not well formed")
    try:
        public = base64.b64decode(raw["public"], validate=True)
    except (ValueError, TypeError):
        raise SignatureError("a day key is not base64") from None
    if len(public) != PUBLIC_KEY or _hex(raw["key_id"], 8) != key_id(public):
        raise SignatureError("a day key does not match its name")
    return PublicDayKey(_day(raw["day"]), key_id(public), public)


def _hex(value: object, size: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * size or not HEX.match(value):
        raise SignatureError(f"a field is not {size} bytes of lower-case hex")
    return bytes.fromhex(value)


def _day(value: object) -> date:
    try:
        day = date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise SignatureError("a date is not written as 2023-12-15") from None
    if day.isoformat() != value:
        raise SignatureError("a date is not written as 2023-12-15")
    return day


def _number(value: object, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise SignatureError(f"a number is not between {low} and {high}")
    return value
