"""What is typed, what a text is cut into, and that a pattern finds exactly what it should."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.desk.search.finding import holds
from nightdesk.desk.search.marking import excerpt, stretches
from nightdesk.desk.search.scoring import leveled, rarity, score, weight
from nightdesk.desk.search.terms import cut, fold, needles

ANY = st.text(
    alphabet=st.sampled_from("회령시보위부 쌀을 2만위안朝鲜边境 Hoeryong sweep, -\nÉßİ\u1112\u116c\u0301"),
    max_size=60,
)


def found_in(text: str, typed: str) -> list[str]:
    return [text[start:end] for start, end in stretches(text, needles(typed))]


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("회령", "그는 회령시에서 왔다.", ["회령"]),
        ("쌀", "입쌀과 쌀값", ["쌀", "쌀"]),
        ("보위부", "시 보위부가 보위대와 위부를", ["보위부"]),
        ("보위부", "보위대와 위부를", []),
        ('"2만 위안"', "2만\n위안, 22만 위안", ["2만\n위안"]),
        ("“보위부 요원”", "보위부 요원이", ["보위부 요원"]),
        ('"보위부 요원', "보위부 요원이", ["보위부 요원"]),
        ("边境", "在边境被捕", ["边境"]),
        ("米", "大米涨价", ["米"]),
        ("sweep", "Sweep! sweeps, sweep", ["Sweep", "sweep"]),
        ("swe*", "Sweep! sweeps, answer", ["Swe", "swe"]),
        ("e-mail", "an e-mail, an e mail, email", ["e-mail", "e mail"]),
        ("RMB", "RMB20 rmb", ["rmb"]),
        ("2만", "12만 2만위안", ["2만"]),
        ("straße", "STRASSE", ["STRASSE"]),
    ],
)
def test_what_is_sought_is_marked_exactly(typed: str, text: str, found: list[str]) -> None:
    assert found_in(text, typed) == found


@pytest.mark.parametrize("typed", ["", "   ", "!!", '""', "***", "_"])
def test_signs_alone_are_no_needle(typed: str) -> None:
    assert needles(typed) == ()


def test_hangul_sent_as_single_jamo_is_found_and_marked_whole() -> None:
    text = unicodedata.normalize("NFD", "그는 회령시에서")
    assert [unicodedata.normalize("NFC", words) for words in found_in(text, "회령")] == ["회령"]
    assert found_in("회령시", unicodedata.normalize("NFD", "회령")) == ["회령"]


@given(ANY, ANY)
def test_no_text_that_holds_the_words_is_missed_by_the_index(text: str, typed: str) -> None:
    """Every needle that the pattern finds has all its terms in the document; a sure one, and only then."""
    terms = set(leveled([text]))
    for needle in needles(typed):
        last = needle.terms[-1]
        whole = set(needle.terms[:-1] if needle.beginning else needle.terms) <= terms
        promised = whole and (not needle.beginning or any(term.startswith(last) for term in terms))
        true = holds([fold(text)], [needle])
        assert promised or not true
        assert promised == true or not needle.sure


@given(ANY, ANY)
def test_marks_lie_apart_in_order_and_are_what_was_sought(text: str, typed: str) -> None:
    sought = needles(typed)
    found = stretches(text, sought)
    assert all(left[1] < right[0] for left, right in pairwise(found))
    for start, end in found:
        assert any(needle.pattern.search(fold(text[start:end])) for needle in sought)
    assert bool(found) == any(needle.pattern.search(fold(text)) for needle in sought)


@given(ANY, ANY)
def test_an_excerpt_invents_no_letter(text: str, typed: str) -> None:
    shown = "".join(piece.text for piece in excerpt(text, needles(typed)))
    assert shown.strip("…") in text


def test_an_excerpt_of_a_long_text_shows_the_match() -> None:
    pieces = excerpt("시장 " * 400 + "회령에서 왔다 " + "국경 " * 400, needles("회령"))
    assert [piece.text for piece in pieces if piece.hit] == ["회령"]
    assert sum(len(piece.text) for piece in pieces) < 300


def test_no_word_becomes_a_scope_or_a_level() -> None:
    assert not [term for term in cut(fold("_s5 _t 회령+ a_b _m1")) if "_" in term or "+" in term]


def test_the_index_knows_which_documents_are_heavy_with_a_word() -> None:
    light, heavy = leveled(["회령 " + "시장에서 들었다 " * 60]), leveled(["회령 " * 4 + "들었다 " * 30])
    assert "회령" in light and "회령+" not in light
    assert "회령++" in heavy


def test_relevance_grows_with_count_and_rarity_and_falls_with_length() -> None:
    one, more = weight(1, 450), weight(3, 450)
    assert one < more < 3 * one and weight(1, 900) < one
    assert rarity(3) > rarity(900)
    assert score(["회령 회령"], [(needles("회령")[0], 1.0)]) > score(
        ["회령 시장"], [(needles("회령")[0], 1.0)]
    )
    assert score(["시장"], [(needles("회령")[0], 1.0)]) == 0
