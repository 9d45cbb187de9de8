"""How a teller knows, from what a person wrote into the field in their own words."""

from __future__ import annotations

import pytest

from nightdesk.corroboration.basis import Basis, basis_of
from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.facts import Facts
from nightdesk.corroboration.lexicon import table

ENTERED = {
    Basis.DIRECT: [
        "took part (paid)", "eyewitness, farm hand", "resident who heard it", "neighbour of one convicted", "onlooker",
        "a passenger", "직접 목격", "현장에 있었음", "说话人亲眼看见", "本人", "own eyes", "in the queue", "heard shots", "owner of the cart",
        "from his balcony", "beekeeper", "hewer at the pit", "washerwoman", "one who was there", "줄 서 있다가 봄", "총소리 들음", "판매원", "착암공",
        "벌금 낸 사람", "man at the pump", "was on the roof", "evacuee", "returned with her", "自己", "当班护士", "报务员", "被罚的人", "同村",
    ],
    Basis.TOLD: [
        "told by a border guard", "wife of an injured worker", "relative of the dead man (nephew)", "colleague",
        "told by a resident of the block", "told by an eyewitness", "목격자에게서 들음", "친척", "听当事人说", "家属", "the victim's wife", "본인의 아내", "当事人的妻子",
        "from a guard", "from the porter", "injured worker's wife", "lodger of the widow", "간부한테 들음", "운전수에게 들음", "피해자 가족", "동창한테 들음",
        "was told by his clerk", "听护士说", "受害者家属", "她婆婆",
    ],
    Basis.SECOND_HAND: ["second-hand", "resident, second-hand", "relay of an eyewitness", "heard in the queue", "전언", "二手",
        "not an eyewitness", "official who did not see it", "a resident, but wasn't there", "직접 본 것은 아님", "직접 보지 못함", "목격자 아님", "没亲眼看见", "3rd hand",
        "2nd hand", "via a trader", "say-so of a driver", "역에서 들음", "건너 들음", "听人说"],
    Basis.RUMOUR: ["rumour", "resident passing on gossip", "소문", "传闻", "market talk", "word on the street", "장마당 소문", "坊间都说"],
    Basis.UNKNOWN: ["", "unknown", None, "unclear", "the wife would not say", "병원", "newspaper", "near-unknown", "모름", "不清楚"],
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


def test_no_word_is_on_two_rungs():
    rows = [
        word for name in ("rumour", "second_hand", "told", "heard", "direct") for words in table("basis")[name].values()
        for word in words
    ]  # fmt: skip
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(("entered", "rung"), [
    ("eyewitness, name not given", Basis.DIRECT), ("목격자 (이름 밝히지 않음)", Basis.DIRECT), ("亲眼看见，姓名不详", Basis.DIRECT),
    ("source unknown", Basis.RUMOUR), ("출처 불명", Basis.RUMOUR), ("来源不明", Basis.RUMOUR),
    ("name not given", Basis.UNKNOWN), ("resident, how she knows is unclear", Basis.UNKNOWN), ("gossip or not, unknown", Basis.UNKNOWN),
])  # fmt: skip
def test_an_unknown_name_makes_no_unknown_basis_and_an_unknown_source_a_rumour(entered, rung):
    assert basis_of(told(entered)) is rung
