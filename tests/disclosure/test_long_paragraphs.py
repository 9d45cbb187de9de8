"""A long paragraph is gone through once, not once for each number in it."""

from __future__ import annotations

import time
from datetime import date

from nightdesk.disclosure.facts import said
from nightdesk.disclosure.model import ParagraphText


def seconds(times: int) -> float:
    text = ("가" * 20 + "이 45살인 ") * times
    start = time.process_time()
    assert len(said("ko", ParagraphText(f"p{times}", text), date(2023, 12, 18), "KP").of("age")) == times
    return time.process_time() - start


def test_ages_in_a_paragraph_four_times_as_long_take_no_ten_times_as_long() -> None:
    seconds(50)
    assert seconds(1200) < 10 * seconds(300) + 0.2
