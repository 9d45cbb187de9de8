"""A window is hours or a part of a day; a day is neither."""

from __future__ import annotations

import pytest

from nightdesk.desk.care.forms import ContactForm
from nightdesk.desk.care.windows import says_hours, with_zone

HOURS = """
21:00–21:20|21:00-21:20|21:00 ~ 21:20|21.00—21.20|2100-2120|21:00|21|9pm|9 pm-9:20 pm|9:00 p.m. to 9:20 p.m.
about 21:00|after 9pm|between 21:00 and 22:00|21:00–21:20 KST|21h30|밤 9시~10시|저녁 9시 30분부터 10시까지|21시 30분|9시 반|오후 9:30 이후
at dusk|in the evening|새벽|해 질 녘
""".replace("\n", "|")


@pytest.mark.parametrize("words", [words for words in HOURS.split("|") if words])
def test_hours_and_parts_of_a_day_are_taken_as_they_are_typed(words):
    assert says_hours(words)


@pytest.mark.parametrize(
    "words",
    ["yesterday", "어제", "25:00", "21:75", "soon", "at nine or so", "2023-12-15", "월요일", "21:00 Monday"],
)
def test_a_day_or_another_word_is_no_window(words):
    assert not says_hours(words)


def test_the_form_says_in_a_sentence_what_a_window_is_and_takes_none_at_all():
    typed = {"on": "2023-12-15", "channel": "voice", "danger_word": "not seen"}
    refused = ContactForm({**typed, "window": "yesterday", "next_on": "2023-12-20", "next_window": "어제"})
    assert set(refused.errors) == {"window", "next_window"}
    assert "such as 21:00–21:20" in refused.errors["window"][0]
    assert ContactForm({**typed, "window": ""}).is_valid()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("21:00–21:20", "21:00–21:20 UTC"), ("9 pm", "9 pm UTC"), ("밤 9시~10시", "밤 9시~10시 UTC"),
        ("21:00–21:20 KST", "21:00–21:20 KST"), ("at dusk", "at dusk"), ("저녁", "저녁"), ("", ""),
    ],
)  # fmt: skip
def test_hours_by_the_clock_are_kept_with_their_zone(typed, kept):
    """An editor in another country reads them: 21:00 alone would be another hour there."""
    assert with_zone(typed, "UTC") == kept and with_zone(kept, "UTC") == kept
    assert not kept or says_hours(kept)
