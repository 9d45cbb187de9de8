"""Somebody described in two languages is read as the same: 40대 여성 and a woman in her forties."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import read

ON = date(2023, 12, 18)
SAME = {"age": 40, "age_high": 49, "sex": "female"}
PAIRS = [
    ("40대 여성이 조사를 받았다.", "A woman in her forties was questioned."),
    ("40대 여성이 조사를 받았다.", "A woman in her 40s was questioned."),
    ("40대 중반 여성이 조사를 받았다.", "A woman in her mid-forties was questioned."),
    ("마흔 줄의 여성이 조사를 받았다.", "A forty-something woman was questioned."),
    ("40대 여인이 조사를 받았다.", "A woman in her forties was questioned."),
    ("40대 아주머니가 조사를 받았다.", "A woman in her forties was questioned."),
    ("40대 주부가 조사를 받았다.", "A housewife in her forties was questioned."),
    ("45세 여성이 조사를 받았다.", "A 45-year-old woman was questioned."),
    ("예순을 넘긴 사내가 조사를 받았다.", "A man over 60 years old was questioned."),
]


@pytest.mark.parametrize(("ko", "en"), PAIRS)
def test_neither_edition_says_more_of_the_same_person(look, story, ko, en) -> None:
    found = look(story(ko=ko, en=en, low=2000, high=9000, kind="public"))[1].findings
    assert [(one.why_key, one.values) for one in found if one.class_ == "edition says more"] == []
    (age,) = (one for one in found if one.class_ == "age")
    assert {span.edition for span in age.spans} == {"ko", "en"}, "one fact is one finding"


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ko", "40대 여성이 왔다"), ("en", "a woman in her forties came"), ("en", "a woman in her 40s came"), ("zh", "四十多岁的女子来了")],
)  # fmt: skip
def test_the_reading_gives_one_value_in_every_language(lang, text) -> None:
    (person,) = (span for span in read(text, lang, ON).spans if span.kind == "person")
    assert dict(person.value) == SAME


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("회령의 40대 여성 송금 브로커가 조사를 받았다.", "A broker in Hoeryong, a woman in her forties, was questioned."),
        ("회령의 송금 브로커인 40대 여성이 조사를 받았다.", "A female broker in her 40s in Hoeryong was questioned."),
    ],
)  # fmt: skip
def test_either_edition_is_judged_by_the_same_row(look, story, ko, en) -> None:
    row = {"group": "remittance brokers", "place": "Hoeryong", "low": 6, "high": 14, "basis": "desk", "as_of": "2023-01",
           "expires": "2024-06", "sex": "female", "age": "40-49"}  # fmt: skip

    def sets(**said: str):
        found = look(story(low=2000, high=9000, kind="public", **said) | {"groups": [row]})[1].findings
        return [[(fact.kind, fact.value) for fact in each.facts] for one in found for each in one.suffice]

    assert sets(ko=ko) == sets(en=en) == sets(ko=ko, en=en) != []


def test_a_woman_of_45_years_is_no_old_woman(look, story) -> None:
    found = look(story(ko="45세 여성이 왔다.", en="A 45-year-old woman came."))[1].findings
    assert "more_concept" not in {one.why_key for one in found}
