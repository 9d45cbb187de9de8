"""Word diffs in Korean and English."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nightdesk.desk.stories.diffs import diff


def said(old, new, lang):
    return [(change.kind, change.words) for change in diff(old, new, lang)]


def test_korean_is_compared_by_eojeol():
    assert said("보위원 두 명이 돈을 요구했다.", "보위원 세 명이 돈을 받았다.", "ko") == [
        ("same", "보위원 "),
        ("out", "두 "),
        ("in", "세 "),
        ("same", "명이 돈을 "),
        ("out", "요구했다."),
        ("in", "받았다."),
    ]


def test_words_added_at_the_end_leave_the_last_word_unchanged():
    assert said("They left.", "They left. Nobody knows.", "en") == [
        ("same", "They left. "),
        ("in", "Nobody knows."),
    ]


@given(st.text("가나 b\n.", max_size=40), st.text("가나 b\n.", max_size=40), st.sampled_from(["ko", "zh"]))
def test_what_is_kept_and_put_in_is_the_new_text(old, new, lang):
    assert "".join(c.words for c in diff(old, new, lang) if c.kind != "out") == new
