"""The expansion of a day's seed."""

import hashlib
from datetime import date

import pytest

from nightdesk.seal.daykeys import DayPrivateKey


def test_a_seed_expands_as_the_x_wing_draft_says() -> None:
    """draft-connolly-cfrg-xwing-kem, appendix C, first vector: the start of its public key."""
    seed = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
    key = DayPrivateKey.from_seed(seed, date(2023, 12, 18))
    assert key.public.public[:32].hex() == "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5"
    assert len(key.public.public) == 1216
    assert key.key_id == hashlib.sha256(key.public.public).digest()[:8]


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DayPrivateKey.from_seed(b"short", date(2023, 12, 18))


def test_the_seed_is_not_in_what_a_key_prints() -> None:
    key = DayPrivateKey.from_seed(b"\x5a" * 32, date(2023, 12, 18))
    assert "ZZZZ" not in repr(key) and "5a5a" not in repr(key)
