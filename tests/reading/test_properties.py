"""Laws of reading, on text that nobody chose."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nightdesk.reading import Reading, read
from nightdesk.reading.numerals import number, pattern

ON = date(2023, 12, 15)
PIECES = [
    "2만 위안", "1만5천", "12일", "회령시 보위부가", "며칠 전", "두 명이", "쌀 1kg은 5,800원", "20k RMB", "31일까지",
    "2월 31일", "the 20th", "on Friday", "一万五千元", "20日之前", "会宁市", "上周", "9시", "오후 3시 반", "0.05 BTC",
    "3.5만", "1,2,3", "٣", "１２", "²", "2023-12-15", "12/15", "“2만", "”", "만", "일", "half a", "million", "$", "%",
    "\u200b", "😀", "e\u0301", "천오백 딸라", "99:99", "25시", "0일", "00", "1.", ".5", "5-6", "열두", "수십 명",
]  # fmt: skip
TEXT = st.lists(st.sampled_from([*PIECES, " ", " ", "\n", ". "]) | st.text(max_size=6), max_size=14).map(
    "".join
)
SETTLED = settings(max_examples=150, deadline=None)


def covered(reading: Reading) -> set[int]:
    """Every offset that a span or an unread stretch explains; quotations only hold others."""
    kept = [s for s in reading.spans if s.kind != "quotation"]
    return {i for s in [*kept, *reading.unread] for i in range(s.start, s.end)}


@SETTLED
@given(TEXT, st.sampled_from([None, "ko", "zh", "en"]))
def test_no_digit_is_ever_neither_read_nor_flagged(text: str, lang: str | None) -> None:
    explained = covered(read(text, lang, ON, "KP"))
    missed = [i for i, char in enumerate(text) if char.isdecimal() and i not in explained]
    assert missed == []


@SETTLED
@given(TEXT)
def test_offsets_point_at_the_words_and_stay_in_order(text: str) -> None:
    reading = read(text, None, ON)
    for span in [*reading.spans, *reading.unread]:
        assert text[span.start : span.end] == span.words != ""
    assert [s.start for s in reading.spans] == sorted(s.start for s in reading.spans)


@SETTLED
@given(TEXT)
def test_only_quotations_and_the_places_in_units_overlap(text: str) -> None:
    inside = {"quotation", "place"}
    flat = [s for s in read(text, None, ON).spans if s.kind not in inside]
    assert all(a.end <= b.start for a, b in pairwise(flat))


@SETTLED
@given(
    TEXT,
    st.sampled_from(
        ["\n다른 날 3명이 무산에 갔다.", "\nThey paid 20 yuan on Monday.", "\n三月五日两人去了。"]
    ),
)
@example("2023-12-1599:99", "\nThey paid 20 yuan on Monday.")
@example("on Friday 3", "\n다른 날 3명이 무산에 갔다.")
def test_adding_a_sentence_never_changes_the_spans_before_it(text: str, more: str) -> None:
    before, after = read(text, "ko", ON, "KP"), read(text + more, "ko", ON, "KP")
    quoted = {"“", '"', "‘"}  # a mark left open may close later; that is what is being told
    if not quoted & set(text):
        assert before.spans == tuple(s for s in after.spans if s.end <= len(text))


@SETTLED
@given(TEXT)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text, None, ON) == read(text, None, ON)


RELATIVE = [
    "그저께",
    "어제",
    "사흘 전",
    "2주 전",
    "3일 뒤",
    "며칠 전",
    "yesterday",
    "3 days ago",
    "昨天",
    "三天前",
    "大前天",
]


@given(st.sampled_from(RELATIVE), st.integers(-4000, 4000))
def test_shifting_the_day_of_the_contact_shifts_relative_dates(said: str, days: int) -> None:
    (here,), (there,) = (read(said, None, on).spans for on in (ON, ON + timedelta(days=days)))
    for bound in ("earliest", "latest"):
        moved = date.fromisoformat(there.value[bound]) - date.fromisoformat(here.value[bound])
        assert moved == timedelta(days=days)


@given(st.integers(-500, 500))
def test_last_week_shifts_by_whole_weeks(weeks: int) -> None:
    for said in ("지난주", "上周", "last week"):
        (here,), (there,) = (read(said, None, on).spans for on in (ON, ON + timedelta(weeks=weeks)))
        assert date.fromisoformat(there.value["earliest"]) - date.fromisoformat(
            here.value["earliest"]
        ) == timedelta(weeks=weeks)


KOREAN = st.sampled_from([p for p in PIECES if re.search("[가-힣]", p)])


@SETTLED
@given(st.lists(KOREAN, min_size=1, max_size=5).map(" ".join))
def test_hangul_in_pieces_reads_the_same_values(text: str) -> None:
    pieces = unicodedata.normalize("NFD", text)
    composed, apart = read(text, "ko", ON, "KP"), read(pieces, "ko", ON, "KP")
    assert [(s.kind, dict(s.value)) for s in composed.spans] == [(s.kind, dict(s.value)) for s in apart.spans]
    for span in apart.spans:
        assert pieces[span.start : span.end] == span.words


SINO, UNITS = "영일이삼사오육칠팔구", ["", "십", "백", "천"]


def sino(n: int, one: bool) -> str:
    """1525 as 천오백이십오, or 일천오백이십오 when `one` is said."""
    groups, place = [], 0
    while n:
        n, rest = divmod(n, 10000)
        said = ""
        for power, figure in enumerate(reversed(f"{rest:04d}")):
            if figure != "0":
                silent = figure == "1" and power and not one
                said = ("" if silent else SINO[int(figure)]) + UNITS[power] + said
        groups.append(said + ["", "만", "억", "조"][place] if said else "")
        place += 1
    return "".join(reversed(groups))


@given(st.integers(1, 10**15), st.booleans())
def test_korean_numerals_round_trip(n: int, one: bool) -> None:
    assert number(sino(n, one), "ko").low == n


HAN = "零一二三四五六七八九"


def han(n: int) -> str:
    """20105 as 二万零一百零五."""
    groups, place = [], 0
    while n:
        n, rest = divmod(n, 10000)
        said, zero = "", False
        for power in (3, 2, 1, 0):
            figure = rest // 10**power % 10
            if figure:
                said += ("零" if zero else "") + HAN[figure] + ["", "十", "百", "千"][power]
                zero = False
            else:
                zero = bool(said) or (bool(n) and rest < 10**power * 10)
        groups.append((said + ["", "万", "亿"][place]) if rest else "")
        place += 1
    return "".join(reversed(groups))


@given(st.integers(1, 10**11))
def test_chinese_numerals_round_trip(n: int) -> None:
    assert number(han(n), "zh").low == n


ONES = [
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english(n: int) -> str:
    """1105 as one thousand one hundred and five."""
    for size, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            join = " and " if word == "hundred" else " "
            return f"{english(n // size)} {word}" + (join + english(rest) if rest else "")
    if n < 20:
        return ONES[n]
    return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")


@given(st.integers(1, 10**11))
def test_english_numerals_round_trip(n: int) -> None:
    assert number(english(n), "en").low == n


@given(st.integers(0, 10**15), st.sampled_from(["ko", "zh", "en"]))
def test_figures_read_with_and_without_commas(n: int, lang: str) -> None:
    for said in (str(n), f"{n:,}"):
        assert re.fullmatch(pattern(lang), said)
        assert number(said, lang).low == Decimal(n)


@pytest.mark.parametrize("native", range(1, 100))
def test_native_korean_numbers_count_to_ninety_nine(native: int) -> None:
    tens = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]
    ones = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]
    said = tens[native // 10] + ones[native % 10]
    assert number("스무" if native == 20 else said, "ko").low == native
