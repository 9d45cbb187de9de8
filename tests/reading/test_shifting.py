"""Every day that is counted from the contact moves with it, by as much: the tables' own words and made ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.test_properties import sino

from nightdesk.reading import Span, read
from nightdesk.reading.tables import lookup

ON = date(2023, 12, 15)
MANY = settings(max_examples=200, deadline=None)


def when(said: str, lang: str, on: date) -> tuple[date, date] | None:
    """Both bounds of the one day read in these words; None where they are read as something else."""
    spans: list[Span] = [s for s in read(said, lang, on, "KP").spans if s.kind == "date"]
    if len(spans) != 1 or None in (spans[0].value["earliest"], spans[0].value["latest"]):
        return None
    return date.fromisoformat(spans[0].value["earliest"]), date.fromisoformat(spans[0].value["latest"])


def moved(said: str, lang: str, days: int) -> None:
    here, there = when(said, lang, ON), when(said, lang, ON + timedelta(days=days))
    assert (here is None) == (there is None), (said, here, there)
    if here is not None and there is not None:
        assert [b - a for a, b in zip(here, there, strict=True)] == [timedelta(days=days)] * 2, said


@pytest.mark.parametrize(
    ("lang", "said"), [(lang, word) for lang in ("ko", "zh", "en") for word in lookup(lang, "rel_day")]
)
def test_every_word_for_a_day_of_the_tables_moves_by_as_many_days(lang: str, said: str) -> None:
    for days in (-4000, -366, -1, 1, 59, 3000):
        moved(said, lang, days)


def test_nearly_all_of_those_words_are_days_where_they_stand_alone() -> None:
    for lang in ("ko", "zh", "en"):
        words = list(lookup(lang, "rel_day"))
        assert sum(when(word, lang, ON) is not None for word in words) >= 0.9 * len(words)


FORMS = {
    "ko": ("{n}일 전", "{n}일 뒤", "{n}일 후", "{n}일 전부터"),
    "zh": ("{n}天前", "{n}天后", "{n}天之前"),
    "en": ("{n} days ago", "in {n} days", "{n} days from now", "{n} days later"),
}


@st.composite
def counted(draw: st.DrawFn) -> tuple[str, str]:
    """So many days before or after, in figures; in Korean in words too."""
    lang = draw(st.sampled_from(list(FORMS)))
    n = draw(st.integers(11, 900))
    said = draw(st.sampled_from([str(n), sino(n, False)])) if lang == "ko" else str(n)
    return lang, draw(st.sampled_from(FORMS[lang])).format(n=said)


@MANY
@given(counted(), st.integers(-2000, 2000))
def test_so_many_days_before_or_after_move_by_as_many_days(made: tuple[str, str], days: int) -> None:
    lang, said = made
    moved(said, lang, days)


WEEKS = {
    "ko": (("지난주", "저번주", "이번 주", "다음 주"), ("월요일", "수요일", "금요일", "일요일", "")),
    "zh": (("上周", "上个星期", "这周", "下周"), ("一", "三", "五", "日", "")),
    "en": (("last", "this", "next"), ("Monday", "Wednesday", "Friday", "week")),
}


@MANY
@given(st.data(), st.integers(-300, 300))
def test_days_of_a_week_move_by_whole_weeks(data: st.DataObject, weeks: int) -> None:
    lang = data.draw(st.sampled_from(list(WEEKS)))
    first, last = (data.draw(st.sampled_from(part)) for part in WEEKS[lang])
    said = f"{first} {last}".strip() if lang != "zh" else first + last
    assert when(said, lang, ON) is not None, said
    moved(said, lang, 7 * weeks)
