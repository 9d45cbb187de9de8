"""slots.json, byte for byte as docs/formats/slots.md has it.

Belongs here: Slots to bytes and back, refusing whatever is not whole. Does not belong here: what a
slot opens (slots.py).
"""

from __future__ import annotations

from typing import Any

from nightdesk.seal.container import (
    ITERATIONS,
    LANES,
    MOST_MEMORY_KIB,
    KeyringDamaged,
    checksum,
    read_object,
    unhex,
)
from nightdesk.seal.signing import canonical
from nightdesk.seal.slots import ROW, Slot, Slots

FIELDS = {"version", "kind", "kdf", "memory_kib", "iterations", "lanes", "salt", "slots", "roll", "sha256"}
OTHER = "this is not a file of slots, or of another version"


def write(slots: Slots) -> bytes:
    """The file's bytes."""
    listed = [
        {"id": s.ident.hex(), "nonce": s.nonce.hex(), "seed": s.seed.hex(), "secret": s.secret.hex()}
        for s in slots.slots
    ]
    whole = {**_params(slots), "slots": listed, "roll": slots.roll.hex()}
    return canonical({**whole, "sha256": checksum(whole)})


def read(data: bytes) -> Slots:
    """The bytes read back. Raises KeyringDamaged: cut short, changed, or something else."""
    raw = read_object(data, FIELDS)
    if raw["sha256"] != checksum({name: raw[name] for name in FIELDS - {"sha256"}}):
        raise KeyringDamaged("this file of slots was changed or cut short: take a copy of it from elsewhere")
    listed, memory = raw["slots"], raw["memory_kib"]
    if not isinstance(memory, int) or not 1 <= memory <= MOST_MEMORY_KIB:
        raise KeyringDamaged("memory_kib of this file of slots is out of bounds")
    if not isinstance(listed, list) or not listed or len(listed) % ROW:
        raise KeyringDamaged(OTHER)
    slots = Slots(unhex(raw["salt"], 16), memory, tuple(map(_slot, listed)), unhex(raw["roll"]))
    if {name: raw[name] for name in _params(slots)} != _params(slots):
        raise KeyringDamaged(OTHER)
    return slots


def _slot(raw: Any) -> Slot:
    if not isinstance(raw, dict) or set(raw) != {"id", "nonce", "seed", "secret"}:
        raise KeyringDamaged(OTHER)
    return Slot(unhex(raw["id"], 16), unhex(raw["nonce"], 12), unhex(raw["seed"], 48), unhex(raw["secret"]))


def _params(slots: Slots) -> dict[str, object]:
    return {
        "version": 1, "kind": "slots", "kdf": "argon2id", "memory_kib": slots.memory_kib,
        "iterations": ITERATIONS, "lanes": LANES, "salt": slots.salt.hex(),
    }  # fmt: skip
