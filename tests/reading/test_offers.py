"""A match is valued only where nothing longer has taken its stretch; who asks for all of them gets all."""

from datetime import date
from itertools import pairwise

import pytest

from nightdesk.reading import offers, read
from nightdesk.reading.engine import alternatives
from nightdesk.reading.find import Find
from nightdesk.reading.match import Match

ON = date(2023, 12, 15)
TEXTS = (
    ("上个月底，两名保卫员要了三万五千元，12月8日到13日之间又来了三次，每公斤5800元。", "zh"),
    ("지난주 금요일 밤 11시 반쯤 보위원 두 명이 3만5천 위안을 요구했다. 2023년 12월 8일부터 13일까지.", "ko"),
    ("on the second Friday of December, between 9 and 11 p.m., twenty-five thousand yuan was paid", "en"),
)


@pytest.fixture
def valued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The stretches for which a resolver was asked and had a value."""
    asked, resolved = list[tuple[int, int]](), offers._resolved

    def noting(made: Match) -> Find | None:
        find = resolved(made)
        if find is not None:
            asked.append((made.start, made.end))
        return find

    monkeypatch.setattr(offers, "_resolved", noting)
    return asked


@pytest.mark.parametrize(("text", "lang"), TEXTS)
def test_of_matches_that_overlap_one_is_valued(text: str, lang: str, valued: list[tuple[int, int]]) -> None:
    assert read(text, lang, ON, "KP").spans
    assert valued
    assert all(end <= start for (_, end), (start, _) in pairwise(sorted(valued)))


@pytest.mark.parametrize(("text", "lang"), TEXTS)
def test_alternatives_are_valued_all_the_same(text: str, lang: str, valued: list[tuple[int, int]]) -> None:
    aside = alternatives(text, lang, ON, "KP")
    kept = {(span.start, span.end, span.kind) for span in read(text, lang, ON, "KP").spans}
    assert any((span.start, span.end, span.kind) not in kept for span in aside)
    assert any(end > start for (_, end), (start, _) in pairwise(sorted(valued)))
