"""A long paragraph is gone through once, not once for each number in it."""

from __future__ import annotations

import time
from datetime import date

from nightdesk.disclosure.facts import said
from nightdesk.disclosure.model import ParagraphText
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


def test_ages_in_a_paragraph_four_times_as_long_take_no_ten_times_as_long() -> None:
    seconds(50)
    for short, long in zip(seconds(300), seconds(1200), strict=True):
        assert long < 10 * short + 0.1
