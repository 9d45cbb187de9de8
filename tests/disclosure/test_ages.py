"""Ages as newsrooms write them, in three languages: which years each leaves open, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.disclosure.ages import OLDEST
from nightdesk.disclosure.facts import said
from nightdesk.disclosure.model import ParagraphText


def told(lang: str, text: str) -> list[tuple[str, tuple[int, int] | None]]:
    """The words of each age of a paragraph, and the years they leave open."""
    found = said(lang, ParagraphText("p", text), date(2023, 12, 18), "KP").of("age")
    return [(one.span.words, tuple(one.data["ages"]) if one.data["ages"] else None) for one in found]


@pytest.mark.parametrize(
    ("text", "words", "ages"),
    [
        ("A man aged about 45 was taken.", "aged about 45", (43, 47)),
        ("A man in his mid-forties was taken.", "in his mid-forties", (43, 47)),
        ("She is between 20 and 30 years old.", "30 years old", (20, 30)),
        ("Women aged between 30 and 40 were taken.", "aged between 30 and 40", (30, 40)),
        ("Women ages 30 to 39 were taken.", "ages 30 to 39", (30, 39)),
        ("The 45-year-old was taken.", "45-year-old", (45, 45)),
        ("A man of 45 was taken.", "of 45", (45, 45)),
        ("A man of about forty-five was taken.", "of about forty-five", (43, 47)),
        ("A girl of nine, her cousin, saw it.", "of nine", (9, 9)),
        ("Aged forty-five, he was taken.", "Aged forty-five", (45, 45)),
        ("He died at the age of 45 in a camp.", "at the age of 45", (45, 45)),
        ("She is about 45 years old.", "45 years old", (43, 47)),
        ("She turned 45 in May.", "turned 45", (45, 45)),
        ("He was one when they came.", "was one", (1, 1)),
        ("He was 45 when they came.", "was 45", (45, 45)),
        ("A forty-something broker was taken.", "forty-something", (40, 49)),
        ("A broker in her early to mid 40s was taken.", "in her early to mid 40s", (40, 47)),
        ("A broker in his mid-to-late forties was taken.", "in his mid-to-late forties", (43, 49)),
        ("Sixteen-year-old girls were taken.", "Sixteen-year-old", (16, 16)),
        ("Kim (45) was taken.", "45", (45, 45)),
        ("Kim Chol-su (45) was taken.", "45", (45, 45)),
        ("Kim, 45, a broker, was taken.", "45", (45, 45)),
        ("Mr Kim, 45, was taken.", "45", (45, 45)),
    ],
)  # fmt: skip
def test_an_english_age_is_found_with_the_years_it_leaves_open(text, words, ages) -> None:
    assert told("en", text) == [(words, ages)]


@pytest.mark.parametrize(
    ("text", "words", "ages"),
    [
        ("서른두세 살 여성이 잡혀갔다.", "서른두세 살", (32, 33)), ("열두어 살 아이가 보았다.", "열두어 살", (12, 13)),
        ("마흔 안팎의 여성이 잡혀갔다.", "마흔 안팎", (38, 42)), ("마흔이 넘은 여성이 잡혀갔다.", "마흔이 넘은", (40, OLDEST)),
        ("예순을 바라보는 남성이 잡혀갔다.", "예순을 바라보는", (55, 60)), ("마흔다섯의 남성이 잡혀갔다.", "마흔다섯", (45, 45)),
        ("마흔 중반의 여성이 잡혀갔다.", "마흔 중반", (43, 47)), ("마흔 줄의 여성이 잡혀갔다.", "마흔 줄", (40, 49)),
        ("나이 마흔다섯인 남성이 잡혀갔다.", "나이 마흔다섯", (45, 45)), ("나이가 45인 남성이 잡혀갔다.", "나이가 45", (45, 45)),
        ("사십오륙 세로 보인다.", "사십오륙 세", (45, 46)), ("四十五六岁 남성이 잡혀갔다.", "四十五六岁", (45, 46)),
        ("이십 세 안팎의 청년이 잡혀갔다.", "이십 세 안팎", (18, 22)), ("이삼십대 여성이 잡혀갔다.", "이삼십대", (20, 39)),
        ("이십대 초의 여성이 잡혀갔다.", "이십대 초", (20, 24)), ("사십 대 여성이 잡혀갔다.", "사십 대", (40, 49)),
        ("40대 초중반 여성이 잡혀갔다.", "40대 초중반", (40, 47)), ("40대 중후반의 여성이 잡혀갔다.", "40대 중후반", (43, 49)),
        ("쉰 살 남짓한 여성이 잡혀갔다.", "쉰 살 남짓", (50, 54)), ("40여 세의 여성이 잡혀갔다.", "40여 세", (40, 49)),
        ("45세쯤의 여성이 잡혀갔다.", "45세쯤", (43, 47)), ("45세부터 일했다.", "45세", (45, 45)), ("만 45세 여성이 잡혀갔다.", "만 45세", (45, 45)),
        ("환갑을 넘긴 여성이 잡혀갔다.", "환갑을 넘긴", (60, OLDEST)), ("칠순 노인이 잡혀갔다.", "칠순", (70, 70)),
        ("김모(45) 씨가 잡혀갔다.", "45", (45, 45)), ("김모 씨(45)가 잡혀갔다.", "45", (45, 45)), ("김철수 씨(45)가 잡혀갔다.", "45", (45, 45)),
        ("김 모(45·여) 씨가 잡혀갔다.", "45", (45, 45)), ("박모(여·45) 씨가 잡혀갔다.", "45", (45, 45)), ("박모 씨(여·45)가 잡혀갔다.", "45", (45, 45)), ("상인(45세)이 잡혀갔다.", "45세", (45, 45)),
        ("두 살배기 아이가 있다.", "두 살", (2, 2)), ("서너 살 아이가 있다.", "서너 살", (3, 4)),
    ],
)  # fmt: skip
def test_a_korean_age_is_found_with_the_years_it_leaves_open(text, words, ages) -> None:
    assert told("ko", text) == [(words, ages)]


@pytest.mark.parametrize(
    ("text", "words", "ages"),
    [
        ("一名四十五六岁的男子被抓。", "四十五六岁", (45, 46)), ("一名三十五、六岁的男子被抓。", "三十五、六岁", (35, 36)),
        ("一名二十出头的女子被抓。", "二十出头", (20, 24)), ("一名二十岁出头的女子被抓。", "二十岁出头", (20, 24)),
        ("一名年近五十的男子被抓。", "五十", (45, 50)), ("一名年过半百的男子被抓。", "半百", (50, OLDEST)),
        ("一名四十上下的女子被抓。", "四十上下", (38, 42)), ("一名六旬老人被抓。", "六旬", (60, 69)), ("九岁的孩子看见了。", "九岁", (9, 9)),
        ("两三岁的孩子看见了。", "两三岁", (2, 3)), ("45周岁的女子被抓。", "45周岁", (45, 45)), ("金某（45）被抓。", "45", (45, 45)),
        ("三十几岁的女子被抓。", "三十几岁", (30, 39)),
    ],
)  # fmt: skip
def test_a_chinese_age_is_found_with_the_years_it_leaves_open(text, words, ages) -> None:
    assert told("zh", text) == [(words, ages)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A group of 45 was taken."), ("en", "Article (45) forbids it."), ("en", "Hoeryong (45) and Musan (30) had most."),
        ("en", "He was 45 minutes late."), ("en", "A man of 45 households' trust."), ("en", "In May, 45, mostly brokers, were taken."),
        ("en", "Prices turned 45 percent dearer."), ("en", "They walked between 20 and 30 kilometres."), ("en", "A man of few words."), ("en", "A mother of three from Musan told it."),
        ("en", "He was one who knew the road."), ("en", "She was one in a million."), ("en", "He was one, and two more were taken."), ("en", "He was a man of one or two words."),
        ("ko", "회령시(12)와 무산군(30)에서 잡혔다."), ("ko", "마흔 명이 잡혀갔다."), ("ko", "마흔 안팎의 주민들이 모였다."), ("ko", "서른 가까운 사람들이 모였다."),
        ("ko", "집이 마흔 채 있다."), ("ko", "오십 대의 차가 왔다."), ("ko", "세 살림이 모였다."), ("ko", "한 살림을 차렸다."), ("ko", "제3세대가 왔다."), ("ko", "5세대 지도부다."), ("ko", "20세기 영화다."), ("ko", "순돌이 나이네 벌써."),
        ("zh", "四十左右个村。"), ("zh", "第（45）条。"), ("zh", "四十个人被抓。"),
    ],
)  # fmt: skip
def test_other_numbers_are_no_ages(lang, text) -> None:
    assert told(lang, text) == []


def test_a_number_in_a_bracket_gives_a_sex_too() -> None:
    def sexes(text: str) -> list[str]:
        return [
            one.data["sex"]
            for one in said("ko", ParagraphText("p", text), date(2023, 12, 18), "KP").of("sex")
        ]

    assert (
        sexes("김모(45·여) 씨가 잡혀갔다.")
        == sexes("박모(여·45) 씨가 잡혀갔다.")
        == sexes("박모(녀, 45세) 씨")
        == ["female"]
    )
    assert sexes("박모(45·남) 씨가 잡혀갔다.") == ["male"]
    assert sexes("회령(여기) 사람") == []
