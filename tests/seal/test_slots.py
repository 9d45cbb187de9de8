"""Slots: who opens the desk, what the file tells, and what a leaver keeps."""

from __future__ import annotations

import json
import random
import unicodedata

import pytest

from nightdesk.seal import slotfile, slots
from nightdesk.seal.container import KeyringDamaged, WrongPassphrase
from nightdesk.seal.members import MemberKey, NotForThisKey, unwrap, wrap

CHEAP = 8  # KiB; the product's cost is checked by test_the_desk_spends_64_mib_on_a_guess
SECRET, OTHER = bytes(range(32)), bytes(32)


def entropy(seed: int = 1) -> slots.Entropy:
    drawn = random.Random(seed)
    return drawn.randbytes


@pytest.fixture
def two() -> slots.Slots:
    draw = entropy()
    made = slots.put(slots.new(SECRET, draw, CHEAP), SECRET, "Alice", "grey heron ladder", b"a" * 32, draw)
    return slots.put(made, SECRET, "민아", "회색 왜가리 사다리", b"m" * 32, draw)


def test_each_member_opens_the_same_secret_with_an_own_passphrase(two: slots.Slots) -> None:
    alice = slots.open_slot(two, "Alice", "grey heron ladder")
    mina = slots.open_slot(two, "민아", "회색 왜가리 사다리")
    assert alice.secret == mina.secret == SECRET
    assert (alice.member.seed, mina.member.seed) == (b"a" * 32, b"m" * 32)


@pytest.mark.parametrize(
    ("name", "passphrase"), [("Alice", "grey heron laddeR"), ("Bob", "grey heron ladder"), ("", ""), ("민아", "grey heron ladder")]
)  # fmt: skip
def test_a_wrong_pair_and_a_stranger_are_refused_alike(two: slots.Slots, name: str, passphrase: str) -> None:
    with pytest.raises(WrongPassphrase, match="open no slot"):
        slots.open_slot(two, name, passphrase)


def test_a_hangul_name_and_passphrase_open_composed_and_decomposed(two: slots.Slots) -> None:
    apart = [unicodedata.normalize("NFD", words) for words in ("민아", "회색 왜가리 사다리")]
    assert slots.open_slot(two, *apart).secret == SECRET


def test_the_file_tells_neither_names_nor_how_many_there_are(two: slots.Slots) -> None:
    empty = slots.new(SECRET, entropy(2), CHEAP)
    assert len(slotfile.write(two)) == len(slotfile.write(empty))
    assert "Alice" not in slotfile.write(two).decode() and len(two.slots) == slots.ROW


def test_the_file_grows_by_whole_rows() -> None:
    draw = entropy()
    made = slots.new(SECRET, draw, CHEAP)
    for number in range(slots.ROW + 1):
        made = slots.put(made, SECRET, f"member {number}", "grey heron ladder", draw(32), draw)
    assert len(made.slots) == 2 * slots.ROW
    assert len(slots.holders(made, SECRET)) == slots.ROW + 1
    assert slots.open_slot(made, "member 0", "grey heron ladder").secret == SECRET


def test_the_roll_names_the_holders_for_whoever_has_the_secret(two: slots.Slots) -> None:
    assert [holder.name for holder in slots.holders(two, SECRET)] == ["Alice", "민아"]
    with pytest.raises(KeyringDamaged):
        slots.holders(two, OTHER)


def test_a_changed_passphrase_keeps_the_key_and_shuts_the_old_one_out(two: slots.Slots) -> None:
    changed = slots.put(two, SECRET, "Alice", "an orange kite rises", b"a" * 32, entropy(3))
    assert slots.open_slot(changed, "Alice", "an orange kite rises").member.seed == b"a" * 32
    with pytest.raises(WrongPassphrase):
        slots.open_slot(changed, "Alice", "grey heron ladder")
    assert len(changed.slots) == slots.ROW and slots.open_slot(changed, "민아", "회색 왜가리 사다리")


def test_a_new_key_under_the_same_words_takes_the_old_ones_place_and_outlives_a_renewal(
    two: slots.Slots,
) -> None:
    """As after coming back with the passphrase one had: the older slot has the same ident."""
    again = slots.put(two, SECRET, "Alice", "grey heron ladder", b"z" * 32, entropy(3))
    assert slots.open_slot(again, "Alice", "grey heron ladder").member.seed == b"z" * 32
    renewed = slots.renew(again, SECRET, OTHER, entropy(4))
    opened = slots.open_slot(renewed, "Alice", "grey heron ladder")
    assert (opened.secret, opened.member.seed) == (OTHER, b"z" * 32)
    assert len({slot.ident for slot in again.slots}) == len(again.slots) == slots.ROW


def test_a_dropped_member_opens_nothing_and_the_file_keeps_its_length(two: slots.Slots) -> None:
    left = slots.drop(two, SECRET, "Alice", entropy(3))
    with pytest.raises(WrongPassphrase):
        slots.open_slot(left, "Alice", "grey heron ladder")
    assert len(slotfile.write(left)) == len(slotfile.write(two))
    assert slots.open_slot(left, "민아", "회색 왜가리 사다리").secret == SECRET


def test_a_renewed_secret_reaches_those_who_stay_without_their_passphrases(two: slots.Slots) -> None:
    left = slots.drop(two, SECRET, "Alice", entropy(3))
    renewed = slots.renew(left, SECRET, OTHER, entropy(4))
    assert slots.open_slot(renewed, "민아", "회색 왜가리 사다리").secret == OTHER
    assert slots.open_slot(two, "Alice", "grey heron ladder").secret == SECRET  # his copy: the old secret


def test_a_slot_moved_or_made_cheaper_does_not_open(two: slots.Slots) -> None:
    cheaper = slots.Slots(two.salt, CHEAP + 1, two.slots, two.roll)
    with pytest.raises(WrongPassphrase):
        slots.open_slot(cheaper, "Alice", "grey heron ladder")


def test_the_file_reads_back(two: slots.Slots) -> None:
    assert slotfile.read(slotfile.write(two)) == two


def test_a_file_cut_short_or_altered_by_one_byte_is_refused(two: slots.Slots) -> None:
    whole = slotfile.write(two)
    for at in random.Random(5).sample(range(len(whole)), 60):
        altered = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(KeyringDamaged):
            slotfile.read(altered)
        with pytest.raises(KeyringDamaged):
            slotfile.read(whole[:at])


@pytest.mark.parametrize(
    "change",
    [{"memory_kib": 0}, {"memory_kib": "8"}, {"slots": []}, {"slots": [1] * 16}, {"kind": "x"}, {"roll": 7}],
)
def test_garbage_with_a_right_checksum_is_refused_in_words(
    two: slots.Slots, change: dict[str, object]
) -> None:
    raw = json.loads(slotfile.write(two)) | change
    del raw["sha256"]
    from nightdesk.seal.container import checksum

    with pytest.raises(KeyringDamaged):
        slotfile.read(json.dumps({**raw, "sha256": checksum(raw)}).encode())


def test_the_desk_spends_64_mib_on_a_guess() -> None:
    assert slots.MEMORY_KIB >= 64 * 1024


def test_what_is_wrapped_opens_for_its_key_and_purpose_alone() -> None:
    alice, bob = MemberKey.from_seed(b"a" * 32), MemberKey.from_seed(b"b" * 32)
    sealed = wrap(alice.public, b"a card's key", b"card 7")
    assert unwrap(alice.seed, sealed, b"card 7") == b"a card's key"
    for seed, purpose in ((bob.seed, b"card 7"), (alice.seed, b"card 8")):
        with pytest.raises(NotForThisKey):
            unwrap(seed, sealed, purpose)
    with pytest.raises(NotForThisKey):
        unwrap(alice.seed, sealed[:-1], b"card 7")


def test_no_secret_shows_itself_when_printed(two: slots.Slots) -> None:
    opened = slots.open_slot(two, "Alice", "grey heron ladder")
    assert (
        SECRET.hex() not in repr(opened)
        and repr(SECRET) not in repr(opened)
        and repr(b"a" * 32) not in repr(opened)
    )
