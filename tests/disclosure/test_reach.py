"""A mail address, a telephone, an account and the number of a card are one person, in every script and with any ending."""

from __future__ import annotations

import time

import pytest

from nightdesk.disclosure.plain import plain
from nightdesk.disclosure.reach import reaches


@pytest.mark.parametrize(("lang", "text", "words"), [
    ("en", "Write to kim.h+1@mail.example.com, he answers.", "kim.h+1@mail.example.com"), ("en", "Call +82 10-1234-5678 at night.", "+82 10-1234-5678"),
    ("en", "He is @kim_hr on Telegram.", "@kim_hr"), ("en", "Card 1234 5678 9012 3456 was taken.", "1234 5678 9012 3456"),
    ("ko", "메일은 abc@example.com으로 보냈다.", "abc@example.com"), ("ko", "010-1234-5678로 전화했다.", "010-1234-5678"),
    ("ko", "191-123-4567을 쓴다.", "191-123-4567"), ("ko", "번호는 901212-1234567이다.", "901212-1234567"), ("zh", "电话13812345678打来。", "13812345678"),
    ("zh", "邮箱是abc@example.com。", "abc@example.com"), ("zh", "身份证110101199003078515的人。", "110101199003078515"),
])  # fmt: skip
def test_what_leads_to_one_person_is_red_and_no_more_unread(look, story, lang, text, words) -> None:
    raw = story()
    raw["editions"] = {lang: [{"id": "p1", "claims": ["c1"], "text": text}]}
    raw["languages"] = [lang]
    _, review = look(raw)
    (found,) = [one for one in review.findings if one.why_key == "reached"]
    assert (found.severity, [span.words for span in found.spans]) == ("red", [words])
    assert not any(one.words in words for one in review.unread)
    assert any(words in one.words and one.class_ == "small group" for one in plain(text, lang))


def test_one_number_in_both_editions_is_one_finding(look, story) -> None:
    _, review = look(story(ko="010-1234-5678로 전화했다.", en="He called 010 1234 5678."))
    (found,) = [one for one in review.findings if one.why_key == "reached"]
    assert {span.edition for span in found.spans} == {"ko", "en"}


@pytest.mark.parametrize("text", [
    "On 2023-12-15 rice cost 5,000 won.", "2023-12-15 ~ 2023-12-18", "1000000", "From 1990-1995 he was @ home.", "Rates of 7.1-7.3-7.5", "12/15/2023",
    "쌀 10000-12000원", "2023.12.15.", "제12-34-56호",
])  # fmt: skip
def test_a_day_a_sum_and_a_case_are_no_way_to_reach_anybody(text) -> None:
    assert not list(reaches(text))


@pytest.mark.parametrize(("lang", "words"), [("zh", "没人被"), ("ko", "30대 "), ("ko", "일만")])
def test_plain_text_four_times_as_long_takes_no_ten_times_as_long(lang: str, words: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        plain(words * times, lang)
        return time.process_time() - start

    seconds(50)
    assert seconds(8000) < 10 * seconds(2000) + 0.2
