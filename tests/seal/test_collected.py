"""What the drop hands over, read back."""

import hashlib
from datetime import date

import pytest

from nightdesk.seal.wire import Collected, CollectedError, parse_collected, write_collected

ONE = Collected(hashlib.sha256(b"one").digest(), date(2023, 12, 18), b"one")


@pytest.mark.parametrize("more", [True, False])
def test_arrivals_read_back_with_their_hash_and_day(more: bool) -> None:
    assert parse_collected(write_collected([ONE], more)) == ((ONE,), more)


@pytest.mark.parametrize("answer", [
    b"", b"refused\n", b"[]", b"{}", b'{"version":2,"more":false,"envelopes":[]}', b"[" * 100_000,
    write_collected([ONE], False).replace(b"b25l", b"dHdv"), write_collected([ONE], False)[:-3],
])  # fmt: skip
def test_an_answer_that_is_cut_or_changed_is_refused(answer: bytes) -> None:
    with pytest.raises(CollectedError):
        parse_collected(answer)
