"""Signed documents: what is believed, on which day, for which purpose."""

import base64
import json
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.seal.signing import (
    SignatureError,
    canonical,
    certificate_bytes,
    pack,
    unpack,
    verify,
    verify_key_list,
    verify_pull,
)


def refused(call, *arguments) -> str:
    with pytest.raises(SignatureError) as error:
        call(*arguments)
    return str(error.value)


def test_a_signature_holds_for_its_payload_purpose_identity_and_days(ours, theirs) -> None:
    signature = ours.keyring.sign("release", b"payload")
    verify(b"payload", signature, ours.identity.public, "release", ours.today)
    assert "changed" in refused(verify, b"other", signature, ours.identity.public, "release", ours.today)
    assert "changed" in refused(verify, b"payload", signature, ours.identity.public, "pull", ours.today)
    assert "identity" in refused(verify, b"payload", signature, theirs.identity.public, "release", ours.today)


@pytest.mark.parametrize(("on", "held"), [
    (date(2023, 12, 17), False), (date(2023, 12, 18), True), (date(2024, 3, 1), True), (date(2024, 3, 2), False),
])  # fmt: skip
def test_a_certificate_holds_on_its_days_alone(ours, on: date, held: bool) -> None:
    signature = ours.keyring.sign("pull", b"x")
    if held:
        verify(b"x", signature, ours.identity.public, "pull", on)
    else:
        assert "not on" in refused(verify, b"x", signature, ours.identity.public, "pull", on)


def test_a_certificate_of_more_than_90_days_is_refused_though_the_identity_signed_it(ours) -> None:
    first, last = ours.today, ours.today + timedelta(days=91)
    raw = json.loads(ours.keyring.sign("pull", b"x"))
    words = certificate_bytes(bytes.fromhex(raw["certificate"]["signing_key"]), first, last)
    signed = Ed25519PrivateKey.from_private_bytes(ours.identity.seed).sign(words)
    raw["certificate"] |= {"not_after": last.isoformat(), "identity_signature": signed.hex()}
    assert "90 days" in refused(verify, b"x", canonical(raw), ours.identity.public, "pull", ours.today)


@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_any_other_byte_in_a_signature_is_refused(ours, at: int, byte: int) -> None:
    signature = bytearray(ours.keyring.sign("pull", b"x"))
    at %= len(signature)
    if signature[at] == byte:
        return
    signature[at] = byte
    refused(verify, b"x", bytes(signature), ours.identity.public, "pull", ours.today)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b'{"certificate":1,"signature":""}']
)
def test_what_is_no_signature_is_refused(ours, data: bytes) -> None:
    refused(verify, b"x", data, ours.identity.public, "pull", ours.today)


def test_a_purpose_is_a_plain_word(ours) -> None:
    with pytest.raises(ValueError, match="lower-case"):
        ours.keyring.sign("two\nlines", b"x")


def test_a_key_list_reads_back(ours) -> None:
    payload, signature = ours.keyring.key_list("두만강포스트", [ours.day.public], ours.today)
    listed = verify_key_list(payload, signature, ours.identity.public, ours.today)
    assert (listed.newsroom, listed.name, listed.issued_on) == (ours.id, "두만강포스트", ours.today)
    assert listed.days == {ours.today: ours.day.public}


def signed_list(ours, **changed) -> tuple[bytes, bytes]:
    payload, _ = ours.keyring.key_list("Tumen River Post", [ours.day.public], ours.today)
    other = canonical(json.loads(payload) | changed)
    return other, ours.keyring.sign("key-list", other)


@pytest.mark.parametrize(("changed", "says"), [
    ({"version": 2}, "version"), ({"newsroom": "00" * 16}, "another newsroom"), ({"name": " "}, "no name"),
    ({"days": {}}, "no days"), ({"issued_on": "yesterday"}, "date"), ({"more": 1}, "canonical form"),
    ({"days": [{"day": "2023-12-18"}]}, "not well formed"),
    ({"days": [{"day": "2023-12-18", "key_id": "00" * 8, "public": base64.b64encode(bytes(1216)).decode()}]}, "its name"),
    ({"days": [{"day": "2023-12-18", "key_id": "00" * 8, "public": "?"}]}, "base64"),
])  # fmt: skip
def test_a_key_list_that_is_not_well_formed_is_refused_though_signed(ours, changed, says: str) -> None:
    assert says in refused(verify_key_list, *signed_list(ours, **changed), ours.identity.public, ours.today)


def test_two_keys_for_one_day_are_refused(ours, theirs) -> None:
    payload, signature = ours.keyring.key_list("x", [ours.day.public, theirs.day.public], ours.today)
    assert "one day" in refused(verify_key_list, payload, signature, ours.identity.public, ours.today)


def test_a_pull_reads_back(ours) -> None:
    payload, signature = ours.keyring.sign_pull(7, 100, [b"h" * 32])
    pull = verify_pull(payload, signature, ours.identity.public, ours.today)
    assert (pull.counter, pull.limit, pull.forget) == (7, 100, (b"h" * 32,))


@pytest.mark.parametrize(
    ("counter", "limit", "forget"), [(0, 1, []), (1, 257, []), (1, 1, [b"short"]), (1, -1, [])]
)
def test_a_pull_out_of_bounds_is_refused_though_signed(
    ours, counter: int, limit: int, forget: list[bytes]
) -> None:
    refused(verify_pull, *ours.keyring.sign_pull(counter, limit, forget), ours.identity.public, ours.today)


def test_a_signed_document_travels_as_one(ours) -> None:
    pair = ours.keyring.sign_pull(1, 1)
    assert unpack(pack(*pair)) == pair
    for bad in (b"", b"{}", b'{"payload":1,"signature":2}', pack(*pair)[:-1], pack(*pair) + b" "):
        refused(unpack, bad)
