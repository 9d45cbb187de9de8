"""Ordinary sentences that say the same in both languages, and offers that leave a sentence one can print."""

from __future__ import annotations

import pytest

from nightdesk.disclosure import apply


def more(review) -> list[tuple[str, list[str]]]:
    return [
        (f.why_key, [s.words for s in f.spans]) for f in review.findings if f.class_ == "edition says more"
    ]


@pytest.mark.parametrize(("ko", "en"), [
    ("한 주민이 말했다.", "A resident spoke up."),
    ("한 주택에 모였다.", "They gathered in one house."),
    ("두 시장을 닫았다.", "Two markets were closed."),
    ("단속조가 골목을 돌았다.", "The squad went through the lanes."),
    ("새벽에 불려 나갔다.", "They were called out before sunrise."),
    ("학부모들이 돈을 냈다.", "Parents of schoolchildren paid."),
    ("주민들은 자기 집으로 돌아갔다.", "Residents went back to their places."),
    ("나이 든 노인들이 줄을 섰다.", "The old stood in line."),
    ("밤새 줄을 섰다.", "They queued all night."),
])  # fmt: skip
def test_an_ordinary_pair_is_no_finding(look, story, ko, en) -> None:
    assert more(look(story(ko=ko, en=en))[1]) == []


@pytest.mark.parametrize(("ko", "en"), [
    ("한 사람이 왔다.", "An ethnic Chinese trader came."), ("그 집을 뒤졌다.", "They were strip-searched."),
    ("보위원이 왔다.", "An agent came on a motorbike."), ("약속을 했다.", "They signed a pledge."),
    ("전화를 받았다.", "They took a call from Seoul."), ("한 사람이 갔다.", "A man with a limp left."),
])  # fmt: skip
def test_a_narrowing_detail_in_one_edition_is_found(look, story, ko, en) -> None:
    assert any(key == "more_concept" for key, _ in more(look(story(ko=ko, en=en))[1]))


def test_an_age_is_compared_by_its_number_and_names_by_how_many(look, story) -> None:
    _, review = look(story(ko="35살 주민이 왔다.", en="A 52-year-old resident came."))
    assert {key for key, _ in more(review)} >= {"more_age"}


def test_a_range_of_days_is_said_less_exactly_whole(look, story) -> None:
    en = "Between 8 and 14 December agents came to Hoeryong."
    ko = "지난 8일부터 14일 사이 회령에 보위원들이 왔다."
    one, review = look(story(ko=ko, en=en))
    found = next(f for f in review.findings if f.class_ == "exact date")
    said = {o.edition: apply(one.draft.editions[o.edition][0].text, o) for o in reversed(found.offers)}
    assert said["en"] in ("Recently agents came to Hoeryong.", "This month agents came to Hoeryong.")
    assert "사이" not in said["ko"] and said["ko"].endswith("회령에 보위원들이 왔다.")


def test_an_address_says_no_more_in_one_edition_than_in_the_other(look, story) -> None:
    raw = story(ko="브로커가 왔다.", en="A broker came.")
    for lang in ("ko", "en"):
        raw["editions"][lang].append({"id": "address", "claims": [], "text": "hoeryong broker"})
    assert not any("broker" in words for _, words in more(look(raw)[1]))


@pytest.mark.parametrize(
    "text",
    [
        "군인 신분증을 잃었다.",
        "주민 연락처를 적었다.",
        "기차역에서 기다렸다.",
        "중앙시장이 닫혔다.",
        "비료공장이 멎었다.",
        "이웃 할머니가 왔다.",
    ],
)
def test_common_words_are_neither_names_nor_named_places(look, story, text) -> None:
    _, review = look(story(ko=text))
    assert not [f for f in review.findings if f.class_ in ("unread", "place too fine")]


@pytest.mark.parametrize(
    "text", ["The Market was closed.", "Many High School pupils came.", "The Central Hospital has no drugs."]
)
def test_a_kind_of_place_with_a_capital_is_no_named_place(look, story, text) -> None:
    _, review = look(story(en=text))
    assert not [f for f in review.findings if f.class_ == "place too fine"]
