"""One newsroom with fixed keys, for the channel's tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.keyring import Identity, Keyring, new_identity, new_keyring


@dataclass(frozen=True)
class Newsroom:
    """Keys made of counted bytes: never use them for anything but tests."""

    identity: Identity
    keyring: Keyring
    day: DayPrivateKey
    today: date

    @property
    def id(self) -> bytes:
        return self.keyring.newsroom_id


def newsroom(number: int = 1) -> Newsroom:
    today = date(2023, 12, 18)
    identity = new_identity(bytes([number]) * 32)
    keyring = new_keyring(
        identity.seed, bytes([number + 64]) * 32, bytes([number + 128]) * 32, today, date(2024, 3, 1)
    )
    return Newsroom(identity, keyring, DayPrivateKey.from_seed(bytes([number + 192]) * 32, today), today)


@pytest.fixture(scope="session")
def ours() -> Newsroom:
    return newsroom(1)


@pytest.fixture(scope="session")
def theirs() -> Newsroom:
    return newsroom(2)
