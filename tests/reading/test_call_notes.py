"""Sums, numbers and days as they are said on the phone: the currency first, no currency at all, a verb that looks like a day."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import read

ON = date(2024, 3, 15)


def found(text: str, lang: str, kind: str) -> list[dict[str, object]]:
    return [s.value for s in read(text, lang, ON, "KP").spans if s.kind == kind]


@pytest.mark.parametrize(
    ("text", "lang", "sums"),
    [
        ("없어진 돈은 위안으로 4만 정도랍니다", "ko", [("40000", "CNY")]),
        ("없으면 국돈으로 6만 5천", "ko", [("65000", "KPW")]),
        ("위안 2만 7천과 딸라 400을 빼앗음", "ko", [("27000", "CNY"), ("400", "USD")]),
        ("중국돈으로 4만 위안을 냈다", "ko", [("40000", "CNY")]),
        ("브로커한테 2만 원(중국 돈) 찔러줬는데", "ko", [("20000", "CNY")]),
        ("30위안 500원", "ko", [("30", "CNY"), ("500", "KPW")]),
        ("쌀 6,300, 딸라 13,000", "ko", [("6300", "KPW"), ("13000", "KPW")]),
        ("钱已经付了一半,一万二,要不回来了", "zh", [("12000", "CNY")]),
        ("钱是十万。", "zh", [("100000", "CNY")]),
        ("疥疮，要两万才能轻判", "zh", [("20000", "CNY")]),
        ("a dollar dealer was robbed of a dollar", "en", [("1", "USD")]),
    ],
)
def test_a_sum_is_read_with_its_currency_first_or_unsaid(text, lang, sums) -> None:
    assert [(s["amount"], s["currency"]) for s in found(text, lang, "money")] == sums


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("딸라로 3천 달러를 냈다", [("3000", "USD")]),
        ("위안으로 5만 위안을 냈다", [("50000", "CNY")]),
        ("국돈으로 6만 5천 위안", [("65000", "CNY")]),
        ("딸라로 3천 명", []),
        ("위안으로 3만 5천 키로", []),
        ("위안으로 천오백 개 샀다", []),
        ("위안으로 4만이 들었다", [("40000", "CNY")]),
        ("중국돈 4만이 들었다", [("40000", "CNY")]),
        ("위안으로 4만 2명이 나눴다", [("40000", "CNY")]),
    ],
)
def test_no_number_is_cut_short_to_be_a_sum(text, sums) -> None:
    assert [(s["amount"], s["currency"]) for s in found(text, "ko", "money")] == sums


def test_a_number_of_two_words_is_not_cut_in_two() -> None:
    for text in ("스물다섯 난 녀자", "마흔다섯 같다"):
        assert not found(text, "ko", "quantity")
    assert [s["count"] for s in found("서른다섯이 아니라 마흔셋이 왔다", "ko", "quantity")] == [35, 43]


def test_about_so_many_is_no_counter() -> None:
    assert found("4만 정도 모였다", "ko", "quantity") == []


@pytest.mark.parametrize(
    ("text", "lang", "days"),
    [
        ("시신도 안 내주고 집을 내주게 됐다", "ko", []),
        ("내주에 간다", "ko", ["2024-03-18/2024-03-24"]),
        ("in the last third of July", "en", ["2023-07-21/2023-07-31"]),
        ("学校停到二十号", "zh", ["2024-03-20"]),
    ],
)
def test_a_day_is_told_from_a_verb_and_a_part_of_a_month_from_a_day(text, lang, days) -> None:
    assert [s["edtf"] for s in found(text, lang, "date")] == days


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("명단 6,200, 카드 3,400", "ko", ["6,200", "3,400"]),
        ("名册6,200，卡片3,400", "zh", ["6,200", "3,400"]),
        ("It was 6,200 then", "en", ["6,200"]),
        ("1,234,567만", "ko", ["1,234,567만"]),
        ("3,4000 12,34 1,200,3", "ko", ["3", "4000", "12", "34", "1", "200", "3"]),
    ],
)
def test_a_number_with_its_commas_is_one_number_that_no_rule_explains(text, lang, said) -> None:
    assert [text[s.start : s.end] for s in read(text, lang, ON, "KP").unread] == said
