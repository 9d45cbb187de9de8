"""Framing: sizes, header, padding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.seal.wire import (
    SIZES,
    WireError,
    capacity,
    key_id,
    pad,
    parse_header,
    size_for,
    unpad,
    write_header,
)

NEWSROOM, KEY = b"n" * 16, b"k" * 8


def test_the_two_sizes_hold_so_many_bytes_of_report() -> None:
    assert [capacity(size) for size in SIZES] == [2924, 64364]


@pytest.mark.parametrize(("length", "size"), [(0, 4096), (2924, 4096), (2925, 65536), (64364, 65536)])
def test_the_smallest_size_that_fits_is_taken(length: int, size: int) -> None:
    assert size_for(length) == size


def test_what_fits_no_size_says_how_much_fits() -> None:
    with pytest.raises(WireError, match="64,364") as refused:
        size_for(64365)
    assert refused.value.reason == "length"


@pytest.mark.parametrize("size", SIZES)
def test_a_header_reads_back(size: int) -> None:
    header = parse_header(write_header(NEWSROOM, KEY).ljust(size, b"x"))
    assert (header.newsroom, header.key_id, header.size) == (NEWSROOM, KEY, size)


@pytest.mark.parametrize("size", [0, 31, 4095, 4097, 65535, 65537, 10_000_000])
def test_another_size_is_refused(size: int) -> None:
    with pytest.raises(WireError) as refused:
        parse_header(write_header(NEWSROOM, KEY).ljust(size, b"x")[:size])
    assert refused.value.reason == "size"


def test_another_beginning_and_another_version_are_told_apart() -> None:
    good = write_header(NEWSROOM, KEY).ljust(4096, b"x")
    for bad, reason in ((b"P" + good[1:], "magic"), (good[:7] + b"\2" + good[8:], "version")):
        with pytest.raises(WireError) as refused:
            parse_header(bad)
        assert refused.value.reason == reason


@given(st.binary(max_size=3000), st.sampled_from(SIZES))
def test_padding_comes_off_again_and_always_fills_the_size(body: bytes, size: int) -> None:
    if len(body) > capacity(size):
        with pytest.raises(WireError):
            pad(body, size)
        return
    plaintext = pad(body, size)
    assert len(plaintext) == capacity(size) + 4
    assert unpad(plaintext) == body


def test_something_in_the_padding_is_refused() -> None:
    plaintext = pad(b"report", 4096)
    with pytest.raises(WireError) as refused:
        unpad(plaintext[:-1] + b"\1")
    assert refused.value.reason == "padding"


def test_a_length_that_lies_is_refused() -> None:
    with pytest.raises(WireError) as refused:
        unpad((5000).to_bytes(4, "big") + bytes(2924))
    assert refused.value.reason == "length"


def test_a_key_is_named_by_its_hash() -> None:
    assert key_id(b"").hex() == "e3b0c44298fc1c14"
