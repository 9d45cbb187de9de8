"""The primitives we stand on, against Project Wycheproof's vectors, when they lie beside the checkout."""

import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from nightdesk.seal import signing

FOLDER = Path(__file__).parents[3] / "shared" / "vectors"


def vectors(name: str) -> list[tuple[dict, dict]]:
    """Every (group, test) of one file."""
    path = FOLDER / f"{name}_test.json"
    if not path.exists():
        pytest.skip(f"left out: {path.name}, no Wycheproof vectors in ../shared/vectors")
    groups = json.loads(path.read_text("utf-8"))["testGroups"]
    return [(group, test) for group in groups for test in group["tests"]]


def unhex(value: str) -> bytes:
    return bytes.fromhex(value)


def test_ed25519_believes_what_the_vectors_believe() -> None:
    for group, test in vectors("ed25519"):
        held = signing._genuine(unhex(group["publicKey"]["pk"]), unhex(test["sig"]), unhex(test["msg"]))
        assert held == (test["result"] == "valid"), test


def test_ml_kem_expands_and_decapsulates_as_the_vectors_do() -> None:
    for _, test in vectors("mlkem_768_keygen_seed"):
        key = MLKEM768PrivateKey.from_seed_bytes(unhex(test["seed"]))
        assert key.public_key().public_bytes_raw().hex() == test["ek"]
    valid = [test for group, test in vectors("mlkem_768") if "c" in test and test["result"] == "valid"]
    assert valid
    for test in valid:
        key = MLKEM768PrivateKey.from_seed_bytes(unhex(test["seed"]))
        assert key.decapsulate(unhex(test["c"])).hex() == test["K"], test["tcId"]


def test_x25519_agrees_or_refuses_as_the_vectors_do() -> None:
    for _, test in vectors("x25519"):
        key = X25519PrivateKey.from_private_bytes(unhex(test["private"]))
        try:
            shared = key.exchange(X25519PublicKey.from_public_bytes(unhex(test["public"]))).hex()
        except (
            ValueError
        ):  # an all-zero secret: the vectors call those acceptable, X-Wing's curve never sees one
            assert test["result"] != "valid" and set(test["shared"]) == {"0"}, test
            continue
        assert shared == test["shared"], test


def test_chacha20_poly1305_opens_what_the_vectors_open() -> None:
    for group, test in vectors("chacha20_poly1305"):
        if group["ivSize"] != 96:
            continue
        box, sealed = ChaCha20Poly1305(unhex(test["key"])), unhex(test["ct"]) + unhex(test["tag"])
        try:
            opened = box.decrypt(unhex(test["iv"]), sealed, unhex(test["aad"])).hex()
        except InvalidTag:
            assert test["result"] == "invalid", test
            continue
        assert (test["result"], opened) == ("valid", test["msg"]), test
