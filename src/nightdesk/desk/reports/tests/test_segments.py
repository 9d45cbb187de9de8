"""Words and marks cut into pieces: nothing lost, nothing doubled, whatever the letters are."""

from __future__ import annotations

import html
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.desk.reports.segments import Mark, segments, sentence_around, sentences

LETTERS = st.text(alphabet=st.sampled_from("가나 😀👩‍👩‍👧e\u0301<>&\"'\r\n12위안"), max_size=40)
MARKS = st.lists(
    st.tuples(st.integers(0, 45), st.integers(0, 45), st.sampled_from(["money", "date", "unread"]))
)


@given(LETTERS, MARKS)
def test_the_pieces_are_exactly_the_words_however_marks_nest_or_overlap(text, marks):
    pieces = segments(text, [Mark(a, b, kind) for a, b, kind in marks])
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    for piece in pieces:
        covering = {m for m in marks if m[0] <= piece.start and piece.start + len(piece.text) <= m[1]}
        assert {(m.start, m.end, m.kind) for m in piece.marks} == covering


@given(LETTERS)
def test_the_html_of_a_piece_reads_back_as_the_piece(text):
    for piece in segments(text, []):
        assert html.unescape(piece.html) == piece.text
        assert "<" not in piece.html and "\r" not in piece.html


def test_the_innermost_mark_is_shown():
    pieces = segments("회령시 보위부", [Mark(0, 7, "organisation"), Mark(0, 3, "place")])
    assert [(p.text, p.mark.kind) for p in pieces] == [("회령시", "place"), (" 보위부", "organisation")]


def test_offsets_count_code_points_beside_an_emoji():
    pieces = segments("😀 2만 위안", [Mark(2, 7, "money")])
    assert [(p.text, p.start) for p in pieces] == [("😀 ", 0), ("2만 위안", 2)]


def test_decomposed_hangul_keeps_its_own_offsets():
    text = unicodedata.normalize("NFD", "회령에서")
    pieces = segments(text, [Mark(0, 5, "place")])
    assert unicodedata.normalize("NFC", pieces[0].text) == "회령"
    assert "".join(p.text for p in pieces) == text


def test_a_mark_that_crosses_two_accounts_is_cut_between_them():
    text, marks = "하나둘셋넷", [Mark(1, 4, "date")]
    assert [p.text for p in segments(text, marks, 0, 2)] == ["하", "나"]
    assert [p.text for p in segments(text, marks, 2, 5)] == ["둘셋", "넷"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("하나다. 둘이다.", ["하나다.", "둘이다."]),
        ("쌀 1.5kg은 5,800원. 끝", ["쌀 1.5kg은 5,800원.", "끝"]),
        ("他来了。给了钱。", ["他来了。", "给了钱。"]),
        ("“가자.” 그가 말했다.", ["“가자.”", "그가 말했다."]),
        ("첫 줄\n둘째 줄", ["첫 줄", "둘째 줄"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, found):
    assert [text[a:b] for a, b in sentences(text)] == found


def test_the_sentence_around_a_letter():
    text = "하나다. 둘이다."
    assert sentence_around(text, 6, sentences(text)) == (5, 9)


def test_a_shortened_month_or_hour_ends_no_sentence() -> None:
    text = "On Dec. 12 agents came at 5 a.m. and left. They took phones."
    assert [text[low:high] for low, high in sentences(text)] == [
        "On Dec. 12 agents came at 5 a.m. and left.",
        "They took phones.",
    ]
