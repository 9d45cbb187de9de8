"""Key files: what opens them, and what is said when they do not open."""

import json
from dataclasses import replace
from datetime import date

import pytest

from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.keyring import (
    KeyringDamaged,
    WrongPassphrase,
    certify,
    close_identity,
    close_keyring,
    new_keyring,
    open_identity,
    open_keyring,
    unwrap_day_key,
    wrap_day_key,
)
from nightdesk.seal.signing import canonical, verify

SALT, NONCE, SMALL = b"s" * 16, b"n" * 12, 64


@pytest.fixture(scope="module")
def closed(ours) -> bytes:
    return close_keyring(ours.keyring, "북두칠성 dipper", SALT, NONCE, SMALL)


def test_a_keyring_opens_with_its_passphrase(ours, closed: bytes) -> None:
    assert open_keyring(closed, "북두칠성 dipper") == ours.keyring


def test_a_decomposed_passphrase_is_the_same_passphrase(closed: bytes) -> None:
    import unicodedata

    assert open_keyring(closed, unicodedata.normalize("NFD", "북두칠성 dipper"))


def test_a_wrong_passphrase_is_told_from_a_damaged_file(closed: bytes) -> None:
    with pytest.raises(WrongPassphrase, match="does not open"):
        open_keyring(closed, "북두칠성")
    for damaged in (closed[:-1], closed.replace(b'"lanes":1', b'"lanes":2'), b"", b"[]", b"[" * 100_000):
        with pytest.raises(KeyringDamaged):
            open_keyring(damaged, "북두칠성 dipper")


def test_its_parameters_are_authenticated_even_when_the_checksum_is_made_again(closed: bytes) -> None:
    import hashlib

    raw = json.loads(closed)
    del raw["sha256"]
    raw["iterations"] = 1
    raw["sha256"] = hashlib.sha256(canonical(raw)).hexdigest()
    with pytest.raises(WrongPassphrase):
        open_keyring(canonical(raw), "북두칠성 dipper")


def test_a_file_that_asks_for_all_memory_is_refused(closed: bytes) -> None:
    import hashlib

    raw = json.loads(closed)
    del raw["sha256"]
    raw["memory_kib"] = 1 << 40
    raw["sha256"] = hashlib.sha256(canonical(raw)).hexdigest()
    with pytest.raises(KeyringDamaged, match="memory_kib"):
        open_keyring(canonical(raw), "북두칠성 dipper")


def test_the_identity_is_a_file_of_its_own(ours, closed: bytes) -> None:
    file = close_identity(ours.identity, "drawer", SALT, NONCE, SMALL)
    assert open_identity(file, "drawer") == ours.identity
    for call, data, words in ((open_keyring, file, "drawer"), (open_identity, closed, "북두칠성 dipper")):
        with pytest.raises(KeyringDamaged, match="kind"):
            call(data, words)


def test_no_secret_lies_in_the_open(ours, closed: bytes) -> None:
    for secret in (ours.keyring.signing_seed, ours.keyring.desk_key):
        assert secret.hex().encode() not in closed
        assert repr(secret) not in repr(ours.keyring)
    assert repr(ours.identity.seed) not in repr(ours.identity)


def test_a_certificate_of_more_than_90_days_is_not_made(ours) -> None:
    with pytest.raises(ValueError, match="90 days"):
        certify(ours.identity.seed, b"k" * 32, date(2023, 12, 18), date(2024, 3, 18))
    with pytest.raises(ValueError, match="90 days"):
        certify(ours.identity.seed, b"k" * 32, date(2023, 12, 18), date(2023, 12, 17))


def test_a_second_signing_key_continues_the_first(ours) -> None:
    later = new_keyring(
        ours.identity.seed, b"2" * 32, ours.keyring.desk_key, date(2024, 3, 1), date(2024, 5, 1)
    )
    verify(b"x", later.sign("release", b"x"), ours.identity.public, "release", date(2024, 4, 1))
    assert later.newsroom_id == ours.id


def test_a_day_key_comes_back_from_its_file(ours) -> None:
    file = wrap_day_key(ours.keyring, ours.day, NONCE)
    assert unwrap_day_key(ours.keyring, file) == ours.day
    assert ours.day.seed.hex().encode() not in file


def test_a_day_keys_file_is_of_one_keyring_and_one_day(ours, theirs) -> None:
    file = wrap_day_key(ours.keyring, ours.day, NONCE)
    moved = file.replace(b"2023-12-18", b"2023-12-19")
    for keyring, data in ((theirs.keyring, file), (ours.keyring, moved), (ours.keyring, file[:-1])):
        with pytest.raises(KeyringDamaged):
            unwrap_day_key(keyring, data)


def test_the_signing_key_can_change_and_day_keys_still_open(ours) -> None:
    file = wrap_day_key(ours.keyring, ours.day, NONCE)
    renewed = replace(ours.keyring, signing_seed=b"r" * 32)
    assert isinstance(unwrap_day_key(renewed, file), DayPrivateKey)
