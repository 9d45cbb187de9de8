"""Sealing and opening: what comes back, and what is refused with which words."""

from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.seal import closing, wire
from nightdesk.seal.closing import SealingError, seal, seal_bytes, supported
from nightdesk.seal.daykeys import DayPrivateKey
from nightdesk.seal.opening import Refused, open_envelope
from nightdesk.seal.wire import PublicDayKey, ReportPayload

TEXT = "며칠 전 보위원 두 명이 회령에서 송금 일을 하는 브로커를 찾아가 2만 위안을 내라고 했다."


@pytest.fixture(scope="module")
def envelope(ours) -> bytes:
    return seal(ReportPayload(TEXT, "ko", "millet"), ours.day.public, ours.id)


def refusal(data: bytes, ours, keys=None, newsroom: bytes | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        open_envelope(data, {ours.day.key_id: ours.day} if keys is None else keys, newsroom or ours.id)
    return refused.value


def test_this_machine_can_seal_and_says_so() -> None:
    assert supported()


@pytest.mark.parametrize("size", [1, 2800, 2900, 20_000, 64_200])
def test_a_report_opens_as_it_was_sealed_and_the_size_is_one_of_two(ours, size: int) -> None:
    payload = ReportPayload(
        "k" * size, "en", "millet", "relay-yanji", date(2023, 12, 15), "relay", "second-hand"
    )
    envelope = seal(payload, ours.day.public, ours.id)
    assert len(envelope) in wire.SIZES
    assert asdict(open_envelope(envelope, {ours.day.key_id: ours.day}, ours.id)) == asdict(payload)


def test_sealing_twice_gives_nothing_to_compare(ours) -> None:
    first, second = (seal(ReportPayload(TEXT), ours.day.public, ours.id) for _ in range(2))
    assert first[:32] == second[:32]
    assert first[32:64] != second[32:64]


@given(at=st.integers(0, 4095), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(envelope: bytes, ours, at: int, bit: int) -> None:
    damaged = bytearray(envelope)
    damaged[at] ^= 1 << bit
    expected = (
        "not an envelope" if at < 8 else "another newsroom" if at < 24 else "no key" if at < 32 else "damaged"
    )
    assert refusal(bytes(damaged), ours).reason == expected


def test_the_header_is_bound_to_what_it_stands_over(envelope: bytes, ours, theirs) -> None:
    readdressed = envelope[:8] + theirs.id + envelope[24:]
    assert refusal(readdressed, ours, newsroom=theirs.id).reason == "damaged"


@pytest.mark.parametrize("length", [0, 100, 4095, 4097, 70_000])
def test_a_truncated_or_oversized_envelope_is_of_the_wrong_size(envelope: bytes, ours, length: int) -> None:
    refused = refusal(envelope.ljust(length, b"x")[:length], ours)
    assert refused.reason == "wrong size"
    assert f"{length:,}" in str(refused)


def test_another_newsrooms_envelope_is_named_as_such(ours, theirs) -> None:
    foreign = seal(ReportPayload(TEXT), theirs.day.public, theirs.id)
    assert refusal(foreign, ours).reason == "another newsroom"


def test_an_erased_day_key_is_said(envelope: bytes, ours) -> None:
    refused = refusal(envelope, ours, keys={})
    assert refused.reason == "no key"
    assert "erased" in str(refused)


def test_another_key_under_the_same_name_does_not_open(envelope: bytes, ours) -> None:
    other = DayPrivateKey.from_seed(b"o" * 32, ours.today)
    assert refusal(envelope, ours, keys={ours.day.key_id: other}).reason == "damaged"


@pytest.mark.parametrize("body", [b"\xff", b"{}", b'{"version":1,"text":"","channel":"drop"}'])
def test_what_opens_and_is_no_report_is_refused_as_that(ours, body: bytes) -> None:
    sealed = seal_bytes(wire.pad(body, 4096), ours.day.public, ours.id)
    assert refusal(sealed, ours).reason == "not a report"


def test_a_filled_padding_is_refused(ours) -> None:
    sealed = seal_bytes(wire.pad(b"", 4096)[:-1] + b"!", ours.day.public, ours.id)
    assert refusal(sealed, ours).reason == "not a report"


def test_too_long_a_report_says_how_much_fits(ours) -> None:
    with pytest.raises(SealingError, match=r"too long: an Envelope holds 64,364 bytes"):
        seal(ReportPayload("가" * 22_000), ours.day.public, ours.id)


def test_a_contact_in_the_future_is_refused_before_sealing(ours) -> None:
    with pytest.raises(SealingError, match="2024-01-05 lies in the future"):
        seal(ReportPayload(TEXT, contact_on=date(2024, 1, 5)), ours.day.public, ours.id)


def test_a_contact_tomorrow_is_let_through_for_time_zones(ours) -> None:
    assert seal(ReportPayload(TEXT, contact_on=date(2023, 12, 19)), ours.day.public, ours.id)


def test_a_key_that_is_none_is_refused(ours) -> None:
    with pytest.raises(SealingError, match="not a day key"):
        seal(ReportPayload(TEXT), PublicDayKey(ours.today, b"k" * 8, b"short"), ours.id)


def test_a_build_without_the_kem_is_noticed(monkeypatch) -> None:
    class Without:
        @staticmethod
        def from_seed_bytes(seed: bytes) -> None:
            raise closing.UnsupportedAlgorithm("no ML-KEM")

    monkeypatch.setattr(closing, "MLKEM768PrivateKey", Without)
    assert not supported()
