"""The desk secret, sealed once for each member's passphrase, in a file that tells nobody how many there are.

One random secret stands behind the database and the keyring. Each slot holds a member's own key under
his or her passphrase (Argon2id), and the secret wrapped to that key: so the secret can be renewed for
those who stay without asking anybody's passphrase. The file is padded with slots nobody can open; who
has one stands in a roll sealed under the secret. Byte for byte in docs/formats/slots.md. Belongs here:
the file's contents. Does not belong here: its bytes (slotfile.py), the disk and randomness (the desk).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from nightdesk.seal.container import ITERATIONS, LANES, KeyringDamaged, WrongPassphrase, stretch
from nightdesk.seal.members import MemberKey, NotForThisKey, unwrap, wrap
from nightdesk.seal.signing import canonical

MEMORY_KIB = 65536  # Argon2id: 64 MiB and three passes
SECRET = 32  # bytes
ROW = 16  # the file holds a multiple of this many slots
LINE = 4096  # bytes of the roll for each slot, used or not
PURPOSE = b"nightdesk desk secret v1"
Entropy = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Slot:
    """A member's private seed under a passphrase, and the desk secret wrapped to that member's key."""

    ident: bytes
    nonce: bytes
    seed: bytes
    secret: bytes


@dataclass(frozen=True, slots=True)
class Slots:
    """The whole file: a salt, the cost of a guess, slots in the order of their idents, and the sealed roll."""

    salt: bytes
    memory_kib: int
    slots: tuple[Slot, ...]
    roll: bytes


@dataclass(frozen=True, slots=True)
class Holder:
    """A line of the roll: whose slot it is, and the key the secret is wrapped to."""

    name: str
    ident: bytes
    public: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What a name and a passphrase open."""

    secret: bytes = field(repr=False)
    member: MemberKey = field(repr=False)


def new(secret: bytes, entropy: Entropy, memory_kib: int = MEMORY_KIB) -> Slots:
    """A file in which nobody has a slot yet; `secret` is 32 random bytes, `entropy(n)` gives n of them."""
    return _whole(Slots(entropy(16), memory_kib, (), b""), secret, [], [], entropy)


def put(slots: Slots, secret: bytes, name: str, passphrase: str, seed: bytes, entropy: Entropy) -> Slots:
    """A slot for `name`, in place of an older one of that name. `seed`: the member's key, 32 random bytes."""
    name, member = normal(name), MemberKey.from_seed(seed)
    ident, key = _derive(slots, name, passphrase)
    nonce = entropy(12)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, seed, _bound(slots, ident))
    made = Slot(ident, nonce, sealed, wrap(member.public, secret, PURPOSE))
    others = [holder for holder in holders(slots, secret) if holder.name != name]
    # The same name under the same words has the same ident: the older slot must not be found in its place.
    known = replace(slots, slots=(*(slot for slot in slots.slots if slot.ident != ident), made))
    people = [*others, Holder(name, ident, member.public)]
    return _whole(known, secret, people, _fillers(slots, secret), entropy)


def open_slot(slots: Slots, name: str, passphrase: str) -> Opened:
    """What the name's slot holds. Raises WrongPassphrase for a wrong pair, a stranger's name included.

    Costs one Argon2id whether the name is known or not. KeyringDamaged: the slot was changed.
    """
    ident, key = _derive(slots, normal(name), passphrase)
    found = next((slot for slot in slots.slots if slot.ident == ident), None)
    if found is None:
        raise WrongPassphrase("that name and passphrase open no slot")
    try:
        seed = ChaCha20Poly1305(key).decrypt(found.nonce, found.seed, _bound(slots, ident))
        return Opened(unwrap(seed, found.secret, PURPOSE), MemberKey.from_seed(seed))
    except (InvalidTag, NotForThisKey):
        raise KeyringDamaged("this slot was changed since it was written") from None


def drop(slots: Slots, secret: bytes, name: str, entropy: Entropy) -> Slots:
    """The file without that name's slot; one that nobody opens takes its place."""
    people = [holder for holder in holders(slots, secret) if holder.name != normal(name)]
    return _whole(slots, secret, people, _fillers(slots, secret), entropy)


def renew(slots: Slots, old: bytes, secret: bytes, entropy: Entropy) -> Slots:
    """The same holders with another secret, wrapped to their keys; the old one opens nothing of it."""
    people = holders(slots, old)
    keys = {holder.ident: holder.public for holder in people}
    rewrapped = tuple(
        replace(slot, secret=wrap(keys[slot.ident], secret, PURPOSE)) if slot.ident in keys else slot
        for slot in slots.slots
    )
    return _whole(replace(slots, slots=rewrapped), secret, people, _fillers(slots, old), entropy)


def holders(slots: Slots, secret: bytes) -> tuple[Holder, ...]:
    """Whose slots there are, for whoever has the secret. KeyringDamaged: another secret, or a changed file."""
    if not slots.roll:
        return ()
    try:
        box = ChaCha20Poly1305(_roll_key(secret))
        listed = json.loads(box.decrypt(slots.roll[:12], slots.roll[12:], slots.salt))
    except (InvalidTag, ValueError):
        raise KeyringDamaged("the roll of this file of slots does not open: it was changed") from None
    return tuple(Holder(name, bytes.fromhex(ident), bytes.fromhex(key)) for name, ident, key in listed)


def _fillers(slots: Slots, secret: bytes) -> list[Slot]:
    """The slots that are nobody's."""
    taken = {holder.ident for holder in holders(slots, secret)}
    return [slot for slot in slots.slots if slot.ident not in taken]


def _whole(
    slots: Slots, secret: bytes, people: Iterable[Holder], fillers: list[Slot], entropy: Entropy
) -> Slots:
    """These people's slots among fillers in whole rows, and the roll sealed anew. It never gets shorter."""
    lines = [[holder.name, holder.ident.hex(), holder.public.hex()] for holder in people]
    wanted = {holder[1] for holder in lines}
    kept = [slot for slot in slots.slots if slot.ident.hex() in wanted]
    total = max(-(-len(kept) // ROW), len(slots.slots) // ROW, 1) * ROW
    fillers = fillers[: total - len(kept)]
    fillers += [_filler(entropy) for _ in range(total - len(kept) - len(fillers))]
    plain = json.dumps(lines, ensure_ascii=False).encode().ljust(LINE * total)
    nonce = entropy(12)
    roll = nonce + ChaCha20Poly1305(_roll_key(secret)).encrypt(nonce, plain, slots.salt)
    ordered = sorted([*kept, *fillers], key=lambda slot: slot.ident)
    return Slots(slots.salt, slots.memory_kib, tuple(ordered), roll)


def _filler(entropy: Entropy) -> Slot:
    """A slot that looks like any other, made for a key that is thrown away."""
    thrown = MemberKey.from_seed(entropy(32))
    return Slot(entropy(16), entropy(12), entropy(48), wrap(thrown.public, entropy(32), PURPOSE))


def database_key(secret: bytes) -> bytes:
    """The 32-byte key of the desk's database."""
    return HKDFExpand(SHA256(), 32, b"nightdesk database v1").derive(secret)


def keyring_words(secret: bytes) -> str:
    """What the keyring's file is closed under in the place of a passphrase: 64 hex digits."""
    return HKDFExpand(SHA256(), 32, b"nightdesk keyring v1").derive(secret).hex()


def normal(name: str) -> str:
    """A Hangul name is the same composed and decomposed."""
    return unicodedata.normalize("NFC", name.strip())


def _derive(slots: Slots, name: str, passphrase: str) -> tuple[bytes, bytes]:
    """Ident and key of the slot. The name salts the guess, so that one guess cannot try every member."""
    salt = hashlib.sha256(slots.salt + name.encode()).digest()[:16]
    root = stretch(passphrase, salt, slots.memory_kib, ITERATIONS, LANES)
    ident = HKDFExpand(SHA256(), 16, b"nightdesk slot ident v1").derive(root)
    return ident, HKDFExpand(SHA256(), 32, b"nightdesk slot key v1").derive(root)


def _roll_key(secret: bytes) -> bytes:
    return HKDFExpand(SHA256(), 32, b"nightdesk slot roll v1").derive(secret)


def _bound(slots: Slots, ident: bytes) -> bytes:
    """What a slot is bound to: a cheaper guess or another place does not open it."""
    return canonical({"memory_kib": slots.memory_kib, "salt": slots.salt.hex(), "id": ident.hex()})
