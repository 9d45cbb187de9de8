"""How a teller knows, from what a person wrote into the field in their own words."""

from __future__ import annotations

import pytest

from nightdesk.corroboration.basis import Basis, basis_of
from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.facts import Facts

ENTERED = {
    Basis.DIRECT: [
        "took part (paid)", "eyewitness, farm hand", "resident who heard it", "neighbour of one convicted", "onlooker",
        "a passenger", "직접 목격", "현장에 있었음", "说话人亲眼看见", "本人",
    ],
    Basis.TOLD: [
        "told by a border guard", "wife of an injured worker", "relative of the dead man (nephew)", "colleague",
        "told by a resident of the block", "told by an eyewitness", "목격자에게서 들음", "친척", "听当事人说", "家属", "the victim's wife", "본인의 아내", "当事人的妻子",
    ],
    Basis.SECOND_HAND: ["second-hand", "resident, second-hand", "relay of an eyewitness", "heard in the queue", "전언", "二手",
        "not an eyewitness", "official who did not see it", "a resident, but wasn't there", "직접 본 것은 아님", "직접 보지 못함", "목격자 아님", "没亲眼看见", "3rd hand"],
    Basis.RUMOUR: ["rumour", "resident passing on gossip", "소문", "传闻"],
    Basis.UNKNOWN: ["", "unknown", None],
}  # fmt: skip


def told(basis: str | None, via: str | None = None, hearsay: bool = False) -> Told:
    return Told("a", "en", None, "teller", Facts(kind="act", hearsay=hearsay), via, basis)


@pytest.mark.parametrize(
    ("entered", "rung"), [(words, rung) for rung, rows in ENTERED.items() for words in rows]
)
def test_what_a_person_wrote_is_understood_in_three_languages(entered, rung):
    assert basis_of(told(entered)) is rung


def test_a_word_counts_from_its_start_alone():
    assert basis_of(told("speaking for himself")) is Basis.UNKNOWN  # "kin" stands in "speaking"


@pytest.mark.parametrize("entered", ["from the phone", "전화로", "电话里", "in a letter"])
def test_words_that_no_table_knows_are_not_the_best_rung(entered):
    assert basis_of(told(entered)) is Basis.UNKNOWN
    assert basis_of(told(entered, via="relay")) is Basis.SECOND_HAND


def test_words_of_hearsay_do_not_undo_what_was_entered():
    assert basis_of(told("eyewitness", via="relay", hearsay=True)) is Basis.DIRECT


def test_nothing_usable_entered_is_second_hand_through_a_relay():
    assert basis_of(told("unknown", via="relay")) is Basis.SECOND_HAND
