"""The rule of sealing on plain values, with real X-Wing keys: who opens it, who does not, alone or in twos."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from nightdesk.desk.sources import sealing
from nightdesk.desk.sources.sealing import Card, Closed, Holder, Thing
from nightdesk.seal.members import MemberKey, NotForThisKey, unwrap

CRANE = Thing("card", 7)
CARD = Card(name="an invented name", phones="+86 000", danger_words="blue umbrella")
KEYS = {pk: MemberKey.from_seed(bytes([pk]) * 32) for pk in (1, 2, 3, 4)}
PEOPLE = {pk: Holder(pk, key.public) for pk, key in KEYS.items()}


def sealed_to(*pks, two=False, version=1, thing=CRANE):
    people = [PEOPLE[pk] for pk in pks]
    return sealing.seal(thing, version, sealing.said_of(CARD), people, two=two, draw=secrets.token_bytes)


def seed(pk):
    return KEYS[pk].seed


def test_each_holder_opens_it_and_reads_what_was_written():
    for pk in (1, 2):
        opened = sealing.open_alone(CRANE, sealed_to(1, 2), pk, seed(pk))
        assert sealing.card_of(opened.said) == CARD
        assert opened.holders == {1: PEOPLE[1].fingerprint, 2: PEOPLE[2].fingerprint}


def test_nobody_elses_key_opens_it_under_any_name():
    sealed = sealed_to(1, 2)
    for name in (1, 2, 3):
        with pytest.raises(Closed):
            sealing.open_alone(CRANE, sealed, name, seed(3))


@pytest.mark.parametrize("moved_to", [Thing("card", 8), Thing("report", 7)])
def test_a_card_moved_to_another_source_does_not_open_there(moved_to):
    with pytest.raises(Closed):
        sealing.open_alone(moved_to, sealed_to(1), 1, seed(1))


def test_a_wrap_moved_to_another_source_fails_with_that_sources_own_body():
    here, there = sealed_to(1), sealed_to(1, thing=Thing("card", 8))
    with pytest.raises(Closed):
        sealing.open_alone(Thing("card", 8), replace(there, wraps=here.wraps), 1, seed(1))
    with pytest.raises(NotForThisKey):
        unwrap(seed(1), here.wraps[0].sealed, sealing.purpose(Thing("card", 8), 1, "alone", 1))


def test_an_old_wrap_does_not_open_what_is_written_after_it():
    before, after = sealed_to(1, 2), sealed_to(1, version=2)
    old_wrap = replace(after, wraps=before.wraps)
    for version in (1, 2):
        with pytest.raises(Closed):
            sealing.open_alone(CRANE, replace(old_wrap, version=version), 2, seed(2))
    key = unwrap(seed(2), before.wraps[1].sealed, sealing.purpose(CRANE, 1, "alone", 2))
    with pytest.raises(Closed):  # not even with the old key in hand
        sealing._open(CRANE, after, key)


def test_a_body_changed_by_one_bit_does_not_open():
    sealed = sealed_to(1)
    for at in (0, 20, len(sealed.body) - 1):
        changed = bytearray(sealed.body)
        changed[at] ^= 1
        with pytest.raises(Closed):
            sealing.open_alone(CRANE, replace(sealed, body=bytes(changed)), 1, seed(1))


def test_any_two_of_the_holders_open_it_together():
    sealed = sealed_to(1, 2, 3, two=True)
    for asks, agrees in permutations((1, 2, 3), 2):
        handed = sealing.agree(CRANE, sealed, PEOPLE[asks], agrees, seed(agrees), 40)
        opened = sealing.open_agreed(CRANE, sealed, asks, seed(asks), agrees, 40, handed)
        assert sealing.card_of(opened.said) == CARD


def test_where_two_must_agree_one_member_alone_opens_nothing_with_everything_that_is_stored():
    sealed = sealed_to(1, 2, 3, two=True)
    with pytest.raises(Closed):
        sealing.open_alone(CRANE, sealed, 1, seed(1))
    layers = ("alone", "inner", "outer", "agreed")
    for row in sealed.wraps:
        for layer in layers:
            found = _peel(seed(1), row.sealed, sealing.purpose(CRANE, 1, layer, row.member, row.second))
            if found is None:
                continue
            assert (layer, row.second) == ("outer", 1)  # the layer that is hers to take off
            for below in layers:
                assert _peel(seed(1), found, sealing.purpose(CRANE, 1, below, row.member, row.second)) is None
    with pytest.raises(Closed):  # she cannot be her own second
        sealing.agree(CRANE, sealed, PEOPLE[1], 1, seed(1), 40)


def _peel(key, closed, for_what):
    try:
        return unwrap(key, closed, for_what)
    except NotForThisKey:
        return None


def test_who_agrees_learns_nothing_by_agreeing():
    sealed = sealed_to(1, 2, two=True)
    handed = sealing.agree(CRANE, sealed, PEOPLE[1], 2, seed(2), 40)
    with pytest.raises(Closed):
        sealing.open_agreed(CRANE, sealed, 1, seed(2), 2, 40, handed)


def test_an_agreement_serves_one_request_and_one_asker():
    sealed = sealed_to(1, 2, 3, two=True)
    handed = sealing.agree(CRANE, sealed, PEOPLE[1], 2, seed(2), 40)
    for asks, agrees, request in ((1, 2, 41), (3, 2, 40), (1, 3, 40)):
        with pytest.raises(Closed):
            sealing.open_agreed(CRANE, sealed, asks, seed(asks), agrees, request, handed)


def test_an_agreement_opens_nothing_once_the_card_was_written_again():
    sealed, after = sealed_to(1, 2, two=True), sealed_to(1, 2, two=True, version=2)
    handed = sealing.agree(CRANE, sealed, PEOPLE[1], 2, seed(2), 40)
    with pytest.raises(Closed):
        sealing.open_agreed(CRANE, after, 1, seed(1), 2, 40, handed)


def test_two_must_be_two():
    with pytest.raises(ValueError, match="nobody could open it"):
        sealed_to(1, two=True)
    with pytest.raises(ValueError, match="nobody could open it"):
        sealed_to()


def test_a_key_exchanged_in_the_table_of_members_gets_nothing():
    opened = sealing.open_alone(CRANE, sealed_to(1, 2, 3), 1, seed(1))
    now = {1: PEOPLE[1].public, 2: PEOPLE[4].public, 4: PEOPLE[4].public}  # 2's key swapped, 3 gone, 4 new
    assert sealing.remaining(opened, now) == [PEOPLE[1]]


def test_the_length_tells_only_how_many_kibibytes_were_written():
    empty = sealing.seal(CRANE, 1, {}, [PEOPLE[1]], two=False, draw=secrets.token_bytes)
    assert len(empty.body) == len(sealed_to(1).body) == sealing.NONCE + sealing.PAD + 16


def test_what_is_no_card_is_refused():
    for said in ({"salary": "1"}, {"name": 1}):
        with pytest.raises(Closed):
            sealing.card_of(said)


def test_fingerprints_are_five_groups_and_differ():
    found = {fingerprint for one in PEOPLE.values() if (fingerprint := one.fingerprint)}
    assert len(found) == 4
    assert all(len(one.split()) == 5 for one in found)
    assert sealing.fingerprint(b"") == ""


VECTORS = json.loads(
    (Path(__file__).parents[5] / "docs" / "formats" / "vectors" / "sealed.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_vectors_of_the_format_open(case):
    members = {
        int(pk): MemberKey.from_seed(bytes.fromhex(row["seed"])) for pk, row in VECTORS["members"].items()
    }
    wraps = tuple(
        sealing.Wrapped(one["member"], one["second"], bytes.fromhex(one["sealed"])) for one in case["wraps"]
    )
    thing = Thing(case["kind"], case["number"])
    sealed = sealing.Sealed(case["version"], bytes.fromhex(case["body"]), wraps)
    if agreed := case.get("agreed"):
        asks, agrees, request, handed = (agreed[name] for name in ("asks", "agrees", "request", "handed"))
        opened = sealing.open_agreed(
            thing, sealed, asks, members[asks].seed, agrees, request, bytes.fromhex(handed)
        )
    else:
        opened = sealing.open_alone(thing, sealed, 2, members[2].seed)
    assert opened.said == case["said"]
    assert opened.holders == {int(pk): row["fingerprint"] for pk, row in VECTORS["members"].items()}
    assert [sealing.fingerprint(key.public) for key in members.values()] == [*opened.holders.values()]
