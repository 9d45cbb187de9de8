"""A number written with any of the words that numerals.toml has for it reads back as itself."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.reading import read
from nightdesk.reading.numerals import number, pattern
from nightdesk.reading.tally import Number, words

MANY = settings(max_examples=300, deadline=None)


def spelled(table: dict[str, int], value: int) -> st.SearchStrategy[str]:
    """Any word of a table that means the value."""
    return st.sampled_from([word for word, meant in table.items() if meant == value])


@st.composite
def grouped(draw: st.DrawFn, lang: str, top: int) -> tuple[int, str]:
    """A number in groups of ten thousand, each in words, in figures, or in figures before a word (3천)."""
    table = words(lang)
    n = draw(st.integers(1, top))
    if (
        lang == "zh"
    ):  # without noughts below the first group: 三十七万一 is 371000, and 零 is tested elsewhere
        n = int(re.sub("0", "5", str(n)))
    said, place, rest = "", 1, n
    while rest:
        rest, group = divmod(rest, 10_000)
        if group:
            closed = draw(spelled(table["big"], place)) if place > 1 else ""
            gap = draw(st.sampled_from(["", " "])) if said and lang == "ko" and closed else ""
            said = draw(_group(table, group, lang)) + closed + gap + said
        place *= 10_000
    return n, said


@st.composite
def _group(draw: st.DrawFn, table: dict[str, dict[str, int]], group: int, lang: str) -> str:
    if draw(st.booleans()):
        return str(group)
    said = ""
    for power in (1000, 100, 10, 1):
        figure = group // power % 10
        if not figure:
            continue
        unit = draw(spelled(table["times"], power)) if power > 1 else ""
        silent = figure == 1 and power > 1 and lang == "ko" and draw(st.booleans())
        # 俩 and 仨 count people and are never part of a longer number
        digits = {word: value for word, value in table["digit"].items() if word not in "俩仨"}
        said += ("" if silent else draw(spelled(digits, figure))) + unit
    return said


@MANY
@given(grouped("ko", 10**15))
def test_korean_in_every_spelling(made: tuple[int, str]) -> None:
    _same(*made, "ko")


@MANY
@given(grouped("zh", 10**11))
def test_chinese_in_every_spelling(made: tuple[int, str]) -> None:
    _same(*made, "zh")


@st.composite
def english(draw: st.DrawFn, n: int, first: bool = True) -> str:
    """A number in English words: hyphens or spaces, with "and" or without, a hundred or one hundred."""
    table = words("en")
    for size in (10**9, 10**6, 1000, 100):
        if n >= size:
            head = draw(english(n // size, first))
            if n // size == 1 and first:
                head = draw(st.sampled_from([head, "a"]))
            names = table["times"] if size == 100 else {w: v for w, v in table["big"].items() if w != "grand"}
            unit, rest = draw(spelled(names, size)), n % size
            join = draw(st.sampled_from([" and ", " "])) if size == 100 else " "
            return f"{head} {unit}" + (join + draw(english(rest, False)) if rest else "")
    if n < 10:
        return draw(spelled(table["digit"], n))
    if n < 20 or n % 10 == 0:
        return draw(spelled(table["add"], n))
    return (
        draw(spelled(table["add"], n // 10 * 10))
        + draw(st.sampled_from([" ", "-"]))
        + draw(english(n % 10, False))
    )


@MANY
@given(st.integers(1, 10**11).flatmap(lambda n: st.tuples(st.just(n), english(n))))
def test_english_in_every_spelling(made: tuple[int, str]) -> None:
    _same(*made, "en")


@MANY
@given(st.integers(1, 99), st.data())
def test_korean_counting_words_in_every_spelling(n: int, data: st.DataObject) -> None:
    table = words("ko")
    tens = data.draw(spelled(table["native_tens"], n // 10 * 10)) if n >= 10 else ""
    ones = data.draw(spelled(table["native_ones"], n % 10)) if n % 10 else ""
    if ones and tens == "스무":
        tens = "스물"  # 스무 stands alone before a counter
    _same(n, tens + ones, "ko")


def test_words_for_two_neighbours_are_a_range() -> None:
    for lang in ("ko", "zh"):
        for word, ends in words(lang)["between"].items():
            made = number(word, lang)
            assert made is not None
            assert (made.low, made.high) == tuple(ends), word


def _same(n: int, said: str, lang: str) -> None:
    assert re.fullmatch(pattern(lang), said, re.IGNORECASE), (n, said)
    made = number(said, lang)
    assert made is not None, (n, said)
    assert (made.low, made.high) == (n, None), (n, said)


@pytest.mark.parametrize(("said", "lang", "low", "high"), [
    ("2천3천", "ko", 2_000, 3_000), ("천이천", "ko", 1_000, 2_000), ("5만6만", "ko", 50_000, 60_000),
    ("백이백", "ko", 100, 200), ("两千三千", "zh", 2_000, 3_000), ("三百四百", "zh", 300, 400),
])  # fmt: skip
def test_two_numbers_of_one_unit_are_a_range_and_no_sum(said, lang, low, high) -> None:
    assert number(said, lang) == Number(Decimal(low), Decimal(high))


@pytest.mark.parametrize(("said", "lang"), [
    ("2만2만", "ko"), ("3천2천", "ko"), ("2만3천2만", "ko"), ("열스물", "ko"), ("二万二万", "zh"), ("三千两千", "zh"), ("三十六一", "zh"), ("二百五一", "zh"),
    ("twenty twelve", "en"), ("nineteen eighty", "en"), ("ten twenty", "en"), ("one thousand two thousand", "en"), ("two three thousand", "en"),
])  # fmt: skip
def test_what_nobody_counts_so_has_no_value(said, lang) -> None:
    assert number(said, lang) is None


@pytest.mark.parametrize(("said", "value"), [
    ("twenty-five hundred", 2_500), ("fifty five hundred", 5_500), ("twelve hundred", 1_200), ("forty hundred", 4_000),
    ("two hundred and twenty-five thousand", 225_000), ("ninety-nine hundred and one", 9_901),
])  # fmt: skip
def test_hundreds_beyond_nine_count_all_that_stands_before_them(said, value) -> None:
    assert number(said, "en") == Number(Decimal(value))


@pytest.mark.parametrize(("said", "lang", "low", "high"), [
    ("수백", "ko", 200, 900), ("몇천", "ko", 2_000, 9_000), ("몇 만", "ko", 20_000, 90_000), ("수십만", "ko", 200_000, 900_000),
    ("2만 몇천", "ko", 22_000, 29_000), ("십수만", "ko", 110_000, 190_000), ("several hundred", "en", 200, 900),
    ("a few thousand", "en", 2_000, 9_000), ("many hundred thousand", "en", 200_000, 900_000), ("dozens of", "en", 24, 108),
    ("tens of thousands of", "en", 20_000, 90_000),
])  # fmt: skip
def test_a_figure_left_open_is_two_to_nine(said, lang, low, high) -> None:
    assert re.fullmatch(pattern(lang), said)
    assert number(said, lang) == Number(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text", ["학생 수만 10명이다", "실수만 했다", "점수천", "이수만 씨가 왔다", "가수백명호"]
)
def test_a_syllable_that_counts_nothing_is_no_open_figure(text) -> None:
    assert not [
        s
        for s in read(text, "ko", date(2023, 12, 14)).spans
        if s.value.get("count_high") or s.value.get("amount_high")
    ]


@pytest.mark.parametrize(("text", "lang", "low", "high"), [
    ("3~4천 위안", "ko", "3000", "4000"), ("2~3만 위안", "ko", "20000", "30000"), ("1~2백만 원", "ko", "1000000", "2000000"),
    ("3,4천 위안", "ko", "3000", "4000"), ("서너 천 원", "ko", "3000", "4000"), ("100~2천 원", "ko", "100", "2000"),
    ("5~10위안", "ko", "5", "10"), ("三到四千元", "zh", "3000", "4000"), ("两到三百块", "zh", "200", "300"),
    ("三、四千元", "zh", "3000", "4000"), ("5-10元", "zh", "5", "10"),
])  # fmt: skip
def test_a_unit_said_once_counts_for_both_ends(text, lang, low, high) -> None:
    (money,) = [s for s in read(text, lang, date(2023, 12, 14), "KP").spans if s.kind == "money"]
    assert (money.words, money.value["amount"], money.value["amount_high"]) == (text, low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("2~3천 명", 2_000, 3_000), ("30~40만 명", 300_000, 400_000), ("8, 9살", 8, 9)]
)
def test_a_unit_said_once_counts_both_ends_of_a_count(text, low, high) -> None:
    (count,) = [s for s in read(text, "ko", date(2023, 12, 14)).spans if s.kind == "quantity"]
    assert (count.value["count"], count.value["count_high"]) == (low, high)


def test_two_sums_side_by_side_are_no_range() -> None:
    spans = read("3, 7천 위안", "ko", date(2023, 12, 14), "KP").spans
    assert [s.value for s in spans if s.kind == "money"] == [{"amount": "7000", "currency": "CNY"}]


@pytest.mark.parametrize(("text", "low", "high"), [
    ("Two or three people came.", 2, 3), ("2 to 3 soldiers left", 2, 3), ("between five and six traders", 5, 6), ("20-30 families", 20, 30),
])  # fmt: skip
def test_english_counts_people_with_two_ends(text, low, high) -> None:
    (count,) = [s for s in read(text, "en", date(2023, 12, 14)).spans if s.kind == "quantity"]
    assert (count.value["count"], count.value["count_high"]) == (low, high)


def test_two_numbers_with_and_are_two() -> None:
    spans = read("Five and six soldiers came.", "en", date(2023, 12, 14)).spans
    assert not [s for s in spans if s.value.get("count_high")]
