"""A long paragraph is gone through once, not once for each number in it."""

from __future__ import annotations

import time
from datetime import date

import pytest

from nightdesk.disclosure.belonging import people, traits_of
from nightdesk.disclosure.describing import described
from nightdesk.disclosure.facts import said
from nightdesk.disclosure.model import ParagraphText
from nightdesk.disclosure.offers import for_count
from nightdesk.disclosure.others import claimed


def seconds(times: int) -> tuple[float, float]:
    """Of the processor: to find so many ages, and to look whose they are."""
    text = ("가" * 20 + "이 45살인 ") * times
    start = time.process_time()
    one = said("ko", ParagraphText(f"p{times}", text), date(2023, 12, 18), "KP")
    ages = one.of("age")
    found = time.process_time()
    assert len(ages) == times and all(claimed(one, age) for age in ages)
    return found - start, time.process_time() - found


def whose(times: int) -> float:
    """Seconds of the processor to find whose the ages and sexes are, for five of so many people told of."""
    text = "The broker was 45 and a woman in her forties. " * times
    one = said("en", ParagraphText(f"w{times}", text), date(2023, 12, 18), "KP")
    told = people(one)
    assert len(told) == times
    start = time.process_time()
    for at in told[:5]:
        traits_of(one, *at)
    return time.process_time() - start


def told(lang: str, times: int) -> float:
    """Seconds of the processor to find what so many people are."""
    text = {"zh": "司机", "ko": "운전사 "}[lang] * times
    start = time.process_time()
    assert len(described(text, lang)) == times
    return time.process_time() - start


@pytest.mark.parametrize("lang", ["zh", "ko"])
def test_what_people_are_in_a_paragraph_four_times_as_long_takes_no_ten_times_as_long(lang: str) -> None:
    told(lang, 50)
    assert told(lang, 4000) < 10 * told(lang, 1000) + 0.1


def test_whose_the_ages_are_in_a_paragraph_four_times_as_long_takes_no_ten_times_as_long() -> None:
    whose(50)
    assert whose(1200) < 10 * whose(300) + 0.1


def test_ages_in_a_paragraph_four_times_as_long_take_no_ten_times_as_long() -> None:
    seconds(50)
    for short, long in zip(seconds(300), seconds(1200), strict=True):
        assert long < 10 * short + 0.1


def counted(times: int) -> float:
    """Seconds of the processor to offer less exact words for so many counts of a paragraph."""
    paragraph = ParagraphText(f"c{times}", "The guards took 14 men at night. " * times)
    counts = said("en", paragraph, date(2023, 12, 18), "KP").of("count")
    assert len(counts) == times
    start = time.process_time()
    for count in counts:
        for_count("en", paragraph, count)
    return time.process_time() - start


def test_words_for_a_count_are_looked_for_beside_it_alone():
    counted(10)
    assert (
        counted(1000) < 0.7
    )  # a tenth of it; each was looked for from the paragraph's beginning, in two seconds
