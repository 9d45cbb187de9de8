"""What one edition tells and the other leaves out: deeds, things, kinds of people, whole clauses."""

from __future__ import annotations

from itertools import product

import pytest

from nightdesk.disclosure import apply
from nightdesk.disclosure.concepts import leaves, named, touched_on
from nightdesk.disclosure.words import table

THREATENED_KO = "보위원이 송금 일을 하던 사람을 찾아가 위협했다."


def more(review) -> list[tuple[str, str, list[str]]]:
    """(reason, edition that says more, words) of each finding that one edition says more."""
    return [
        (f.why_key, f.values["says"], [s.words for s in f.spans])
        for f in review.findings
        if f.class_ == "edition says more"
    ]


def test_exile_told_in_english_alone_is_found_and_can_be_left_out(look, story) -> None:
    en = "An agent visited a man who moved money and threatened him with exile."
    one, review = look(story(ko=THREATENED_KO, en=en))
    assert ("more_concept", "en", ["exile"]) in more(review)
    found = next(f for f in review.findings if f.why_key == "more_concept")
    assert found.severity == "amber"
    text = one.draft.editions["en"][0].text
    assert [apply(text, offer) for offer in found.offers] == [
        "An agent visited a man who moved money and threatened him."
    ]


def test_taking_the_quotation_out_of_one_edition_opens_the_other(sample, look) -> None:
    """The walk of the sample: the Korean quotation told indirectly must not leave exile in English alone."""
    before = look(sample)[1]
    quoted = next(f for f in before.findings if f.why_key == "verbatim_quote")
    indirect = next(o for o in quoted.offers if o.label_key == "say_indirect")
    paragraph = next(p for p in sample["editions"]["ko"] if p["id"] == indirect.paragraph)
    paragraph["text"] = apply(paragraph["text"], indirect)
    assert "추방" not in paragraph["text"]
    after = look(sample)[1]
    assert ("more_concept", "en", ["exile"]) not in more(before)
    assert ("more_concept", "en", ["exile"]) in more(after)


def test_a_husband_in_two_languages_is_one_finding_and_tells_whose_he_is(look, story) -> None:
    _, review = look(story(ko="남편이 잡혀갔다.", en="Her husband was taken."))
    (found,) = [one for one in review.findings if one.class_ == "kinship"]
    assert sorted(span.words for span in found.spans) == ["husband", "남편"]
    assert more(review) == []


def test_a_word_of_the_other_language_is_said_as_a_quotation(look, story) -> None:
    _, review = look(story(ko="이웃이 고문당했다.", en="A neighbour left."))
    assert any("(“고문”)" in one.why for one in review.findings)
    _, review = look(story(ko="이웃이 “쌀도 돈도 다 가져갔다”고 했다.", en="A neighbour said so."))
    assert any("(“쌀도 돈도 다 가져갔다”)" in one.why for one in review.findings)


def test_two_relatives_are_two_findings(look, story) -> None:
    _, review = look(story(ko="남편과 삼촌이 잡혀갔다.", en="Her husband and her uncle were taken."))
    assert len([one for one in review.findings if one.class_ == "kinship"]) == 2


def test_a_deed_in_korean_alone_is_found_too(look, story) -> None:
    _, review = look(story(ko="그를 체포해 고문했다.", en="He was arrested."))
    assert more(review) == [("more_sex", "en", ["He"]), ("more_concept", "ko", ["고문"])]


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("안전원이 구타했다.", "Police beat several people."),
        ("군인 몇 명이 강을 건너다 붙잡혔다.", "Some soldiers were caught crossing the river."),
        ("집에서 유에스비가 나왔다.", "A USB stick was found in the house."),
        ("남편이 잡혀갔다.", "Her husband was taken."),
        ("이웃이 보위부에 잡혀갔다.", "A neighbour was taken by State Security."),
        ("보위원들이 이웃을 데려갔다.", "Agents led a neighbour away."),
        ("이웃이 스스로 목숨을 끊었다.", "A neighbour took their own life."),
        ("손전화가 압수됐다.", "The mobile was taken away."),
        ("이웃 두 명이 북송됐다.", "Two neighbours were returned to the North."),
        ("두만강을 건너다 붙잡혔다.", "They were caught crossing the Tumen."),
        ("아이가 둘이다.", "They have two children."),
        ("형이 중국에 있다.", "A brother is in China."),
        ("경비대 군인이 총을 쐈다.", "A border guard opened fire."),
        ("인민반장이 집집마다 돌았다.", "The head of the neighbourhood unit went from house to house."),
        ("노동단련대로 보냈다.", "They were sent to a labour camp."),
        ("주민들이 끼니를 잇지 못하고 있다.", "People there are going hungry."),
        ("강제추방된 사람도 있다.", "Some have been exiled."),
    ],
)
def test_the_same_deed_in_other_words_is_no_finding(look, story, ko, en) -> None:
    assert more(look(story(ko=ko, en=en))[1]) == []


def test_a_description_in_one_edition_alone_is_found(look, story) -> None:
    _, review = look(story(ko="교원 한 사람이 말을 꺼냈다.", en="Somebody spoke up."))
    assert ("more_group", "ko", ["교원"]) in more(review)


def test_a_sentence_left_out_of_one_edition_is_found_by_its_length(look, story) -> None:
    en = "Nobody came. For weeks there had been talk of little else in the lanes behind the station, and then nothing."
    _, review = look(story(ko="아무도 오지 않았다.", en=en))
    assert ("more_length", "en", [en]) in more(review)
    _, review = look(
        story(
            ko="아무도 오지 않았다. 역 뒤 골목에서는 몇 주 동안 그 이야기뿐이었는데 아무 일도 없었다.", en=en
        )
    )
    assert not any(key == "more_length" for key, *_ in more(review))


def test_an_offer_never_leaves_a_paragraph_empty(look, story) -> None:
    _, review = look(story(ko="그는 갔다.", en="He was tortured."))
    found = next(f for f in review.findings if f.why_key == "more_concept")
    assert found.offers == ()


def test_the_review_says_that_editions_are_compared_by_lists_only(look, story) -> None:
    assert "editions" in look(story(ko="갔다.", en="They left."))[1].cannot_estimate_keys
    assert "editions" not in look(story(ko="갔다."))[1].cannot_estimate_keys


@pytest.mark.parametrize("concept", table("concepts"))
def test_every_label_of_the_table_is_read_as_its_concept(concept) -> None:
    """Any label in one language beside any label in another is no finding; leaving words hold a label."""
    row = table("concepts")[concept]
    for lang in ("ko", "en", "zh"):
        for label in row.get(lang, ()):
            word = label.rstrip("*")
            assert concept in {one.concept for one in named(word, lang)}, label
            assert concept in touched_on(word, lang), label
    for ko, en in product(row["ko"], row["en"]):
        assert concept in touched_on(ko, "ko") & touched_on(en.rstrip("*"), "en")
    for lang in ("ko", "en"):
        for words in leaves(concept, lang):
            assert concept in {one.concept for one in named(f"x {words}", lang)}, words


def test_the_table_names_only_languages_the_review_reads() -> None:
    for concept, row in table("concepts").items():
        assert set(row) <= {"ko", "en", "zh", "also", "leave"}, concept
        assert {"ko", "en", "zh"} <= set(row), concept
        assert set(row.get("also", {})) | set(row.get("leave", {})) <= {"ko", "en", "zh"}, concept


@pytest.mark.parametrize(("ko", "en", "says"), [
    ("보위원이 위협했다.", "Agents came to his home.", "en"),
    ("주민을 위협했다.", "They threatened a resident whose phone was seized.", "en"),
    ("주민을 위협했다.", "At 9 p.m. they threatened a resident.", "en"),
    ("주민을 위협했다.", "At night they threatened a resident.", "en"),
    ("주민을 위협했다.", "They threatened a resident with relatives in China.", "en"),
    ("주민을 위협했다.", "They threatened a teacher.", "en"),
    ("돈의 일부를 냈다.", "He paid part of it, according to the same account.", "en"),
    ("보위원이 밤에 교화소로 끌고 갔다.", "They took somebody away.", "ko"),
])  # fmt: skip
def test_where_when_and_who_in_one_edition_alone_is_found(look, story, ko, en, says) -> None:
    found = [one for one in more(look(story(ko=ko, en=en))[1]) if one[0] != "more_sex"]
    assert any(edition == says for _, edition, _ in found), found


def test_the_same_account_is_left_out_at_one_press(look, story) -> None:
    one, review = look(
        story(ko="돈의 일부를 냈다.", en="They paid part of it, according to the same account.")
    )
    found = next(f for f in review.findings if f.why_key == "more_concept")
    assert [apply(one.draft.editions["en"][0].text, o) for o in found.offers] == ["They paid part of it."]


@pytest.mark.parametrize(
    "text",
    [
        "수남시장 앞에 산다.",
        "12호 동에 산다.",
        "회령역에서 기다렸다.",
        "4인민반 사람들이다.",
        "무산광산에서 일한다.",
    ],
)
def test_a_named_market_station_or_watch_unit_is_a_place_too_fine(look, story, text) -> None:
    _, review = look(story(ko=text))
    assert any(f.class_ == "place too fine" and f.severity == "red" for f in review.findings)


def test_inspectors_are_said_in_both_languages(look, story) -> None:
    _, review = look(story(ko="검열원 두 명이 왔다.", en="Two inspectors came."))
    assert not [f for f in review.findings if f.why_key == "more_concept"]


@pytest.mark.parametrize(
    "text",
    [
        "He waited at Hyesan station.",
        "She sells near Hoeryong railway station.",
        "He waited at Hyesan Railway station.",
    ],
)
def test_a_named_station_in_small_letters_is_a_place_too_fine_as_in_korean(look, story, text) -> None:
    _, review = look(story(en=text))
    assert any(f.class_ == "place too fine" and f.severity == "red" for f in review.findings)


@pytest.mark.parametrize(
    "text", ["Police station or not, he went in.", "Train station crowds grew.", "The station was shut."]
)
def test_a_kind_of_station_is_no_place(look, story, text) -> None:
    _, review = look(story(en=text))
    assert not any(f.class_ == "place too fine" for f in review.findings)


@pytest.mark.parametrize(
    "text",
    [
        "국경 지역에서 단속이 있었다.",
        "농민시장에 사람이 없다.",
        "통역을 불렀다.",
        "인민병원에 약이 없다.",
        "중학교에 다닌다.",
    ],
)
def test_a_kind_of_place_is_no_place(look, story, text) -> None:
    _, review = look(story(ko=text))
    assert not any(f.class_ == "place too fine" for f in review.findings)


def test_a_name_after_a_title_is_asked_about(look, story) -> None:
    _, review = look(story(ko="보위원 김철수가 돈을 요구했다."))
    assert any(f.class_ == "small group" and f.spans[0].words == "김철수" for f in review.findings)
