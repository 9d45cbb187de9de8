"""Planted leaks, one rule a test, and a story with nothing in it."""

from __future__ import annotations

import json

import pytest

from nightdesk.disclosure import apply

QUIET_KO = "당국이 연말을 앞두고 주민들에게 절약을 강조하고 있다고 여러 주민이 말했다. 장마당에서는 쌀값 이야기가 가장 많다."
QUIET_EN = "The authorities are asking people to save more as the year ends, several residents said. At the market, people mostly talk about the price of rice."


def classes(review, severity: str = "") -> set[str]:
    return {found.class_ for found in review.findings if severity in ("", found.severity)}


@pytest.mark.parametrize(("ko", "en"), [(QUIET_KO, ""), ("", QUIET_EN), (QUIET_KO, QUIET_EN)])
def test_a_story_with_nothing_sensitive_has_no_red_finding(ko, en, look, story) -> None:
    _, review = look(story(ko=ko, en=en, kind="public", low=20000, high=150000))
    assert classes(review, "red") == set()


def test_even_a_quiet_story_says_what_nobody_can_judge(look, story) -> None:
    _, review = look(story(en=QUIET_EN, kind="public", low=20000, high=150000))
    assert len(review.cannot_estimate) >= 6
    assert len(review.cannot_estimate) == len(review.cannot_estimate_keys)


@pytest.mark.parametrize(
    ("mark", "severity"),
    [("\u200b", "red"), ("\u2060", "red"), ("\ufeff", "red"), ("\u00ad", "red"), ("\u00a0", "amber")],
)
def test_a_character_nobody_sees_is_found_and_taken_out(mark, severity, look, story, take) -> None:
    one, review = look(story(ko=f"주민들이{mark} 모였다."))
    (found,) = [f for f in review.findings if f.class_ == "hidden character"]
    assert found.severity == severity
    assert "hidden character" not in classes(take(one, found)[0])


def test_a_cyrillic_letter_in_a_latin_word_is_found_and_mended(look, story, take) -> None:
    one, review = look(story(en="The m\u0430rket was closed."))
    (found,) = [f for f in review.findings if f.class_ == "hidden character"]
    assert found.values["codes"] == ["U+0430"]
    assert found.offers[0].text == "market"
    assert "hidden character" not in classes(take(one, found)[0])


def test_hangul_in_pieces_is_found(look, story) -> None:
    _, review = look(story(ko="\u1112\u116c\u1105\u1167\u11bc 장마당이 닫혔다."))
    assert any(f.why_key == "hidden_decomposed" and f.offers[0].text == "회령" for f in review.findings)


def test_a_location_in_a_photo_is_red_and_an_author_amber(look, story) -> None:
    raw = story(ko="장마당이 닫혔다.")
    raw["files"] = [
        {"name": "a.jpg", "metadata": {"GPSLatitude": "42.4", "Model": "X"}},
        {"name": "b.docx", "metadata": {"Creator": "someone"}},
        {"name": "c.png", "metadata": {}},
    ]
    _, review = look(raw)
    assert [(f.values["name"], f.severity) for f in review.findings if f.class_ == "photo or file"] == [
        ("a.jpg", "red"), ("b.docx", "amber"),
    ]  # fmt: skip


def test_a_day_in_the_korean_edition_alone_is_said(look, story) -> None:
    _, review = look(story(ko="12월 10일 새벽 단속조가 왔다.", en="Agents came."))
    assert any(f.why_key == "more_date" and f.spans[0].words == "12월 10일" for f in review.findings)


def test_a_day_in_both_editions_is_not_more(look, story) -> None:
    _, review = look(story(ko="12월 10일 단속조가 왔다.", en="Agents came on 10 December."))
    assert not any(f.class_ == "edition says more" for f in review.findings)


@pytest.mark.parametrize(
    "changed",
    ["송금 일을 하던 사람이 밤마다 골목에서 서성인다", "송금일을 하던 사람은 밤마다 골목에 서성인다"],
)
def test_the_sources_words_are_found_with_other_particles_and_spaces(changed, look, story) -> None:
    _, review = look(
        story(ko=f"요즘 {changed}고 한다.", report="송금 일을 하던 사람이 밤마다 골목에서 서성인다.")
    )
    assert any(f.class_ == "verbatim words" and f.severity == "red" for f in review.findings)


def test_seven_syllables_in_common_are_no_finding(look, story) -> None:
    _, review = look(story(ko="사람들이 밤길을 걷는다고 한다.", report="밤길을 걷는다."))
    assert "verbatim words" not in classes(review)


def test_five_english_words_in_a_row_are_a_finding(look, story) -> None:
    _, review = look(
        story(
            en="They took whatever they could carry.", report="He took whatever they could carry.", lang="en"
        )
    )
    assert "verbatim words" in classes(review)


def test_names_sums_and_days_alone_are_nobodys_words(look, story) -> None:
    _, review = look(
        story(
            ko="회령시 보위부가 12월 10일 2만 위안을 받았다.",
            report="회령시 보위부가 12월 10일 2만 위안을 달라고 한다.",
        )
    )
    assert "verbatim words" not in classes(review)


TEACHERS = {
    "group": "teachers",
    "place": "Hyesan",
    "low": 20,
    "high": 60,
    "basis": "desk",
    "as_of": "2023-01",
}


def test_an_expired_table_says_so(look, story) -> None:
    raw = story(en="A teacher in Hyesan left.")
    raw["groups"] = [TEACHERS | {"expires": "2023-11"}]
    _, review = look(raw)
    (found,) = [f for f in review.findings if f.class_ == "small group"]
    assert "expired" in found.why and "no_tables" in review.cannot_estimate_keys


def test_a_table_of_another_town_counts_nobody_here(look, story) -> None:
    raw = story(en="A teacher in Musan left.")
    raw["groups"] = [TEACHERS | {"expires": "2024-11"}]
    _, review = look(raw)
    assert "small group" not in classes(review) and "occupation" in classes(review)


def test_a_table_upside_down_is_a_red_finding_and_is_not_used(look, story) -> None:
    raw = story(en="A teacher in Hyesan left.")
    raw["groups"] = [TEACHERS | {"low": 90, "high": 60, "expires": "2024-11"}]
    _, review = look(raw)
    (found,) = [f for f in review.findings if f.class_ == "small group"]
    assert (found.severity, found.why_key) == ("red", "group_contradiction")


def test_the_same_sum_in_an_earlier_story_is_history_withdrawn_or_not(look, story) -> None:
    raw = story(ko="보위원이 7천 위안을 받았다.")
    raw["earlier"] = [
        {"id": "S9", "released_on": "2023-10-02", "text": "Agents took RMB 7,000, a source said."}
    ]
    _, review = look(raw)
    assert [f.values["earlier"] for f in review.findings if f.class_ == "history"] == ["S9"]


def test_yesterday_drifts_between_telling_and_publishing(look, story, take) -> None:
    one, review = look(story(en="Agents came yesterday."))
    (found,) = [f for f in review.findings if f.class_ == "relative date drifted"]
    assert (found.values["then"], found.values["now"]) == ("2023-12-14", "2023-12-17")
    assert "relative date drifted" not in classes(take(one, found)[0])


def test_a_calendar_day_does_not_drift(look, story) -> None:
    _, review = look(story(en="Agents came on 3 December 2023."))
    assert "relative date drifted" not in classes(review)


@pytest.mark.parametrize(
    ("kind", "high", "severity"),
    [
        ("household", 200, "red"),
        ("neighbours", 30, "red"),
        ("neighbours", 400, "amber"),
        ("public", 90000, "note"),
    ],
)
def test_a_sum_is_as_grave_as_the_circle_that_knows_it_is_small(kind, high, severity, look, story) -> None:
    _, review = look(story(en="He paid RMB 6,000.", kind=kind, low=3, high=high))
    assert [f.severity for f in review.findings if f.class_ == "exact sum"] == [severity]


def test_a_price_is_no_sum_of_anybody(look, story) -> None:
    _, review = look(story(ko="쌀 1kg은 5,800원이다.", kind="market", low=500, high=90000))
    assert "exact sum" not in classes(review)


def test_every_sentence_and_label_exists_in_both_languages() -> None:
    from nightdesk.disclosure.words import table

    for section in ("why", "label", "cannot_estimate", "term", "field"):
        for key, forms in table("sentences")[section].items():
            assert set(forms) == {"en", "ko"}, key
            assert any("가" <= letter <= "힣" for letter in forms["ko"]), key


def test_korean_sentences_take_the_right_particle(look, sample) -> None:
    from nightdesk.disclosure import label, sentence

    _, review = look(sample)
    for found in review.findings:
        said = sentence(found, "ko")
        assert "(" not in said.replace("(으)", "(으)") or not any(
            one in said for one in ("을(를)", "이(가)", "(으)로")
        )
        assert sentence(found, "en") == found.why
        assert all(label(offer, "ko") and label(offer, "en") == offer.label for offer in found.offers)


def test_the_fingerprint_changes_with_any_text_and_with_nothing_else(look, sample) -> None:
    from nightdesk.disclosure import fingerprint

    draft = look(sample)[0].draft
    sample["editions"]["en"][0]["text"] += " "
    assert fingerprint(draft) == fingerprint(draft)
    assert fingerprint(look(sample)[0].draft) != fingerprint(draft)


@pytest.mark.parametrize(("ko", "en", "says"), [
    ("2만 위안(약 2800달러)을 요구했다.", "They asked for tens of thousands of yuan.", "ko"),
    ("수만 위안을 요구했다.", "They asked for RMB 20,000 (around USD 2,800).", "en"),
    ("5천 위안을 요구했다.", "They asked for RMB 6,000.", "ko"),
])  # fmt: skip
def test_a_sum_in_one_edition_alone_is_said(look, story, ko, en, says) -> None:
    _, review = look(story(ko=ko, en=en, kind="public", low=20000, high=150000))
    assert (("more_sum", says)) in [(f.why_key, f.values.get("says")) for f in review.findings]


def test_every_offer_taken_for_one_edition_alone_opens_a_finding_or_leaves_none(sample, look) -> None:
    """Sums: the exact sum left in the other edition is said each time."""
    review = look(sample)[1]
    sums = [f for f in review.findings if f.class_ == "exact sum"]
    assert sums
    for found in sums:
        for offered in found.offers:
            changed = json.loads(json.dumps(sample))
            paragraph = next(p for p in changed["editions"][offered.edition] if p["id"] == offered.paragraph)
            paragraph["text"] = apply(paragraph["text"], offered)
            assert any(f.why_key == "more_sum" for f in look(changed)[1].findings), offered


def test_a_number_is_not_found_inside_a_sum_or_a_longer_number(look, story) -> None:
    en = "Three State Security agents asked for RMB 20,000 (around USD 2,800) and 12.2 kg of rice."
    _, review = look(story(ko="보위원 두 명이 2만 위안(약 2800달러)과 쌀 12.2kg을 요구했다.", en=en))
    assert ("more_count", ["두 명"]) in [(f.why_key, f.values.get("words")) for f in review.findings]


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("두 사람이 갔다.", "Two people left."),
        ("두명이 갔다.", "Both left."),
        ("2명이 갔다.", "A couple left."),
    ],
)
def test_the_same_number_in_other_words_is_no_finding(look, story, ko, en) -> None:
    _, review = look(story(ko=ko, en=en))
    assert not any(f.why_key == "more_count" for f in review.findings)


@pytest.mark.parametrize("said", ["전했다", "전해왔다", "전했습니다", "전한다"])
def test_the_day_before_the_word_for_telling_is_a_day_and_no_days_ago(look, story, said) -> None:
    one, review = look(story(ko=f"단속이 있었다고 소식통이 14일 {said}."))
    found = next(f for f in review.findings if f.class_ == "contact day")
    assert found.values["day"] == "2023-12-14"
    text = one.draft.editions["ko"][0].text
    assert [apply(text, o) for o in found.offers] == [f"단속이 있었다고 소식통이 {said}."]


def test_a_numbered_unit_is_found_in_both_editions_and_is_one_thing(look, story) -> None:
    _, review = look(
        story(ko="25여단 2대대 군인이 왔다.", en="A soldier of 2nd Battalion, 25th Brigade came.")
    )
    found = [f for f in review.findings if f.class_ == "unit or rank"]
    assert {span.words for f in found for span in f.spans} >= {"25여단 2대대", "2nd Battalion, 25th Brigade"}
    assert not [f for f in review.findings if f.why_key == "more_rank"]


def test_a_numbered_unit_that_one_edition_keeps_is_said_to_be_more(look, story) -> None:
    _, review = look(story(ko="25여단 2대대 군인이 왔다.", en="A soldier came."))
    assert [f.spans[0].words for f in review.findings if f.why_key == "more_rank"] == ["25여단 2대대"]
