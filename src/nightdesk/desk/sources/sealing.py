"""What only some members may open: a card, or the words of a report marked eyes only. Pure.

A random key closes the body; that key is wrapped once to every holder, or, where two people must agree,
twice to every ordered pair of them. Every change makes a new key: nothing that was handed out before opens
what is written after. Byte for byte in docs/formats/sealed.md. Belongs here: plain values in, plain values
out; entropy is an argument. Does not belong here: rows (keeping.py), who is entitled (cards.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from itertools import permutations
from struct import pack
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from nightdesk.seal.members import NotForThisKey, unwrap, wrap

Draw = Callable[[int], bytes]  # so many random bytes
Layer = Literal["alone", "inner", "outer", "agreed"]
KEY, NONCE = 32, 12
PAD = 1024  # a body is filled up to a multiple of this: its length tells less of what was written


class Closed(ValueError):
    """It does not open: for another key, moved from elsewhere, or changed."""


@dataclass(frozen=True, slots=True)
class Card:
    """Who a source is. Every field may be empty."""

    name: str = ""
    phones: str = ""
    family: str = ""
    places: str = ""
    reach: str = ""
    danger_words: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is sealed: the card of a source or the words of a report, by number."""

    kind: Literal["card", "report"]
    pk: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A member who may open it, with the public key it is wrapped to."""

    pk: int
    public: bytes

    @property
    def fingerprint(self) -> str:
        """The key in twenty letters, to be compared aloud."""
        return fingerprint(self.public)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The key for one member alone, or (`second` not 0) for `member` once `second` agrees."""

    member: int
    second: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """A body and everything that leads to its key."""

    version: int
    body: bytes
    wraps: tuple[Wrapped, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What was inside, and to whom it was sealed: member -> fingerprint, as the last writer had it."""

    said: dict[str, Any]
    holders: dict[int, str]


def fingerprint(public: bytes) -> str:
    """A member's public key in five groups of four letters; '' when there is none."""
    digest = hashlib.sha256(b"nightdesk member " + public).hexdigest()[:20] if public else ""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def seal(
    thing: Thing, version: int, said: Mapping[str, Any], holders: Iterable[Holder], *, two: bool, draw: Draw
) -> Sealed:
    """`said` under a new key, wrapped to every holder; to every ordered pair of them when `two` must agree."""
    people = sorted(holders, key=lambda one: one.pk)
    if len(people) < (2 if two else 1):
        raise ValueError("nobody could open it")
    key, nonce = draw(KEY), draw(NONCE)
    within = {"holders": {str(one.pk): one.fingerprint for one in people}, "said": dict(said)}
    body = json.dumps(within, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    filled = body + b" " * (-len(body) % PAD)
    sealed = nonce + ChaCha20Poly1305(key).encrypt(nonce, filled, _name(thing, version))
    if two:
        wraps = tuple(_pair(thing, version, asks, agrees, key) for asks, agrees in permutations(people, 2))
    else:
        wraps = tuple(
            Wrapped(one.pk, 0, wrap(one.public, key, purpose(thing, version, "alone", one.pk)))
            for one in people
        )
    return Sealed(version, sealed, wraps)


def open_alone(thing: Thing, sealed: Sealed, member: int, seed: bytes) -> Opened:
    """What is inside, with one member's key. Raises Closed; always where two must agree."""
    given = _wrap_for(sealed, member, 0)
    return _open(thing, sealed, _unwrap(seed, given, purpose(thing, sealed.version, "alone", member)))


def agree(thing: Thing, sealed: Sealed, asks: Holder, agrees: int, seed: bytes, request: int) -> bytes:
    """The second member takes his layer off and closes what is below for this one request of `asks`.

    What is below is still closed to him: agreeing shows the agreeing member nothing.
    """
    outer = _wrap_for(sealed, asks.pk, agrees)
    inner = _unwrap(seed, outer, purpose(thing, sealed.version, "outer", asks.pk, agrees))
    return wrap(asks.public, inner, purpose(thing, sealed.version, "agreed", asks.pk, agrees, request))


def open_agreed(
    thing: Thing, sealed: Sealed, asks: int, seed: bytes, agrees: int, request: int, handed: bytes
) -> Opened:
    """What is inside, with the asking member's key and what the other handed over for this request."""
    inner = _unwrap(seed, handed, purpose(thing, sealed.version, "agreed", asks, agrees, request))
    return _open(thing, sealed, _unwrap(seed, inner, purpose(thing, sealed.version, "inner", asks, agrees)))


def remaining(opened: Opened, now: Mapping[int, bytes]) -> list[Holder]:
    """Those of the last writer's holders who still hold: of `now` (member -> public key), the key unchanged.

    A key that was exchanged in a table is not what a person gave the card to: it gets nothing.
    """
    kept = (Holder(pk, now[pk]) for pk in opened.holders if now.get(pk))
    return [one for one in kept if one.fingerprint == opened.holders[one.pk]]


def card_of(said: Mapping[str, Any]) -> Card:
    """The fields of a card as text; what is not among them is refused."""
    known = {each.name for each in fields(Card)}
    if not set(said) <= known or not all(isinstance(value, str) for value in said.values()):
        raise Closed("this is not a card")
    return Card(**said)


def said_of(card: Card) -> dict[str, str]:
    """The fields that hold something."""
    return {name: value for name, value in asdict(card).items() if value}


def purpose(thing: Thing, version: int, layer: Layer, *who: int) -> bytes:
    """What one wrapped key is for, so that it opens nowhere else: thing, version, layer, people, request."""
    return _name(thing, version) + b" " + layer.encode() + b"\x00" + pack(f">{len(who)}Q", *who)


def _name(thing: Thing, version: int) -> bytes:
    return f"nightdesk {thing.kind} v1".encode() + b"\x00" + pack(">QQ", thing.pk, version)


def _pair(thing: Thing, version: int, asks: Holder, agrees: Holder, key: bytes) -> Wrapped:
    inner = wrap(asks.public, key, purpose(thing, version, "inner", asks.pk, agrees.pk))
    outer = wrap(agrees.public, inner, purpose(thing, version, "outer", asks.pk, agrees.pk))
    return Wrapped(asks.pk, agrees.pk, outer)


def _wrap_for(sealed: Sealed, member: int, second: int) -> bytes:
    for one in sealed.wraps:
        if (one.member, one.second) == (member, second):
            return one.sealed
    raise Closed("nothing is wrapped to this member")


def _unwrap(seed: bytes, sealed: bytes, for_what: bytes) -> bytes:
    try:
        return unwrap(seed, sealed, for_what)
    except NotForThisKey as error:
        raise Closed(str(error)) from None


def _open(thing: Thing, sealed: Sealed, key: bytes) -> Opened:
    nonce, closed = sealed.body[:NONCE], sealed.body[NONCE:]
    try:
        plain = ChaCha20Poly1305(key).decrypt(nonce, closed, _name(thing, sealed.version))
        within = json.loads(plain)
        return Opened(within["said"], {int(pk): said for pk, said in within["holders"].items()})
    except (InvalidTag, ValueError, KeyError, TypeError, AttributeError):
        raise Closed("it was changed, moved or closed with another key") from None
