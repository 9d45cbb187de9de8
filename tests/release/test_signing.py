"""A Release's signature: one identity, one purpose, one day."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.release.codec import to_bytes
from nightdesk.release.model import Release, ReleaseError
from nightdesk.release.signing import PURPOSE, fingerprint, read_identity, verify_release
from nightdesk.seal.keyring import Keyring, new_keyring

DAY = date(2023, 12, 18)


@pytest.fixture
def keyring() -> Keyring:
    return new_keyring(b"i" * 32, b"s" * 32, b"d" * 32, date(2023, 11, 20), date(2024, 2, 10))


def test_a_signed_release_verifies_on_its_day(release: Release, keyring: Keyring) -> None:
    payload = to_bytes(release)
    verify_release(payload, keyring.sign(PURPOSE, payload), keyring.identity_public, DAY)


@pytest.mark.parametrize("on", [date(2023, 11, 19), date(2024, 2, 11)])
def test_it_does_not_verify_on_a_day_its_key_was_not_certified(
    on: date, release: Release, keyring: Keyring
) -> None:
    payload = to_bytes(release)
    with pytest.raises(ReleaseError, match="does not hold"):
        verify_release(payload, keyring.sign(PURPOSE, payload), keyring.identity_public, on)


@pytest.mark.parametrize("purpose", ["pull", "key-list", "releases"])
def test_a_signature_for_another_purpose_does_not_serve(
    purpose: str, release: Release, keyring: Keyring
) -> None:
    payload = to_bytes(release)
    with pytest.raises(ReleaseError, match="does not hold"):
        verify_release(payload, keyring.sign(purpose, payload), keyring.identity_public, DAY)


@pytest.mark.parametrize("signature", [b"", b"{}", b"\xff" * 64, b"null"])
def test_bytes_that_are_no_signature_are_refused(
    signature: bytes, release: Release, keyring: Keyring
) -> None:
    with pytest.raises(ReleaseError, match="does not hold"):
        verify_release(to_bytes(release), signature, keyring.identity_public, DAY)


def test_an_identity_reads_from_its_hex_and_has_a_fingerprint(keyring: Keyring) -> None:
    identity = read_identity(f" {keyring.identity_public.hex()}\n")
    assert identity == keyring.identity_public
    assert len(fingerprint(identity)) == 39
    assert fingerprint(identity) != fingerprint(bytes(32))
