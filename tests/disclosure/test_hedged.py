"""Ages with the words beside them: bounds, ranges and rough ages are no exact years."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.disclosure import ParagraphText
from nightdesk.disclosure.ages import OLDEST, Ages
from nightdesk.disclosure.agewords import AGE
from nightdesk.disclosure.facts import said
from nightdesk.disclosure.hedged import ends_at, told_age


def told(lang: str, text: str) -> list[tuple[int, int] | None]:
    found = (told_age(text, *match.span(), lang) for match in AGE[lang].finditer(text))
    return [(one.low, one.high) if one else None for one in found]


@pytest.mark.parametrize(
    ("lang", "text", "ages"),
    [
        ("en", "women aged 30-39", (30, 39)), ("en", "brokers aged 18 to 25 were", (18, 25)), ("en", "aged 60 or over", (60, OLDEST)),
        ("en", "aged 60+", (60, OLDEST)), ("en", "aged 30 and under", (0, 30)), ("en", "a 40- to 50-year-old", (40, 50)),
        ("en", "a nearly 40-year-old broker", (38, 42)), ("en", "14-to-16-year-old girls", (14, 16)),
        ("ko", "40~49세 여성", (40, 49)), ("ko", "26~7살 여성", (26, 27)), ("ko", "8, 9살", (8, 9)), ("ko", "20~30대 여성", (20, 39)), ("ko", "4,50대 여성", (40, 59)), ("ko", "5·60대", (50, 69)),
        ("ko", "60세 이상 여성", (60, OLDEST)), ("ko", "60세이상 여성", (60, OLDEST)), ("ko", "60살이 넘은 여성", (60, OLDEST)), ("ko", "45세 미만", (0, 45)),
        ("ko", "45세가량의 여성", (43, 47)), ("ko", "약 45세", (43, 47)), ("ko", "마흔 살 안팎", (38, 42)), ("ko", "40대 이상", (40, OLDEST)),
        ("zh", "三四十岁的女人", (30, 49)), ("zh", "四、五十岁", (40, 59)), ("zh", "40至45岁", (40, 45)), ("zh", "60岁以上", (60, OLDEST)),
        ("zh", "不到四十岁", (0, 40)), ("zh", "40岁左右", (38, 42)), ("zh", "年过六十岁", (60, OLDEST)),
    ],
)  # fmt: skip
def test_a_bound_a_range_and_a_rough_age_leave_open_what_they_say(lang, text, ages) -> None:
    assert told(lang, text) == [ages]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "women aged 45 and 52."), ("en", "in their forties or fifties"), ("en", "in his 20s or 30s"), ("en", "a baby aged 5 months"),
        ("en", "a thirty- to forty-year-old"), ("ko", "휴대전화 30대를 빼앗겼다"), ("ko", "트럭 20대가 들어왔다"), ("ko", "직승기 10대가 떴다"), ("zh", "几十岁的人"),
        ("zh", "一百二十岁"),
    ],
)  # fmt: skip
def test_of_several_ages_and_of_what_is_none_nothing_is_known(lang, text) -> None:
    assert told(lang, text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "휴대전화 30대를 빼앗겼다", "트럭 20대가 들어왔다", "직승기 10대가 떴다", "30대 차량이 멈췄다", "세관에서 30대 트럭을 세웠다",
        "삼십대 뻐스가 왔다", "30대 차를 몰고 왔다", "차량 30대 가운데 몇 대",
    ],
)  # fmt: skip
def test_so_many_machines_are_a_number_and_no_age(text) -> None:
    one = said("ko", ParagraphText("p", text), date(2023, 12, 18), "KP")
    assert not one.of("age") and len(one.of("count")) == 1


@pytest.mark.parametrize(
    "text", ["30대 차량 운전사가 말했다", "30대 기계공이 말했다", "30대 버스 기사", "차량 옆의 30대 여성"]
)
def test_somebody_of_an_age_who_has_to_do_with_machines_stays_of_that_age(text) -> None:
    (age,) = said("ko", ParagraphText("p", text), date(2023, 12, 18), "KP").of("age")
    assert age.data["ages"] == Ages(30, 39)


@pytest.mark.parametrize(
    ("lang", "text", "ages"),
    [
        ("en", "aged 45 and 3 others were taken", (45, 45)), ("en", "a woman aged 45 to 15 years in prison", (45, 45)),
        ("en", "In 2012, 45-year-old Kim", (45, 45)), ("en", "aged 45, plus two others", (45, 45)),
        ("ko", "북한 45세 여성", (45, 45)), ("ko", "3월 5일, 30대 여성", (30, 39)), ("ko", "차 3대와 40대 여성", (40, 49)),
        ("ko", "40대 이상한 여성", (40, 49)), ("zh", "张三45岁", (45, 45)), ("zh", "王五四十岁", (40, 40)), ("zh", "最近45岁的", (45, 45)),
    ],
)  # fmt: skip
def test_other_words_beside_an_age_change_nothing(lang, text, ages) -> None:
    assert told(lang, text) == [ages]


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("en", "aged 40-49 was", "aged 40-49"), ("en", "aged 60 or over was", "aged 60 or over"), ("en", "aged 45 was", "aged 45"),
        ("ko", "60세 이상 여성", "60세 이상"), ("ko", "60살이 넘은 여성", "60살이 넘은"), ("ko", "45세가량의", "45세가량"),
        ("zh", "40岁左右的", "40岁左右"),
    ],
)  # fmt: skip
def test_what_stands_behind_an_age_goes_with_it(lang, text, words) -> None:
    match = AGE[lang].search(text)
    assert match and text[match.start() : ends_at(text, match.end(), lang)] == words
