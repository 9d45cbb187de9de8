"""Readings that the gold found wrong once: each with the value a careful reader takes, and beside it what only looks so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nightdesk.reading import read

ON = date(2023, 12, 15)


@pytest.mark.parametrize(
    ("text", "lang", "kind", "value"),
    [
        ("스무 세대가 살았다", "ko", "quantity", {"count": 20, "of": "세대"}),
        ("스물세 세대가 살았다", "ko", "quantity", {"count": 23, "of": "세대"}),
        ("1명당 내라", "ko", "quantity", {"count": 1, "of": "사람"}),
        ("쌀 두 부대를", "ko", "quantity", {"count": 2, "of": "부대"}),
        ("5 to 7 pm", "en", "time", {"from": "17:00", "to": "19:00"}),
        ("five to seven pm", "en", "time", {"at": "18:55", "from": "18:55", "to": "18:55"}),
        ("December last year", "en", "date", {"edtf": "2022-12", "earliest": "2022-12-01", "latest": "2022-12-31"}),
        ("half a kilo of rice", "en", "quantity", {"amount": "0.5", "unit": "kg", "of": "rice"}),
    ],
)  # fmt: skip
def test_a_careful_reader_takes_this(text: str, lang: str, kind: str, value: dict[str, Any]) -> None:
    assert [dict(s.value) for s in read(text, lang, ON, "KP").spans if s.kind == kind] == [value]


@pytest.mark.parametrize(
    ("text", "kind"), [("하나도 없다", "quantity"), ("딸라는 얼마냐", "person"), ("77431 부대가", "quantity")]
)
def test_this_only_looks_like_a_value(text: str, kind: str) -> None:
    assert not [s for s in read(text, "ko", ON, "KP").spans if s.kind == kind]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("petrol 14.5 (yuan).", ["14.5"]),
        ("it was 10.5, then 7.", ["10.5", "7"]),
        ("row 1.2.3", ["1", "2", "3"]),
    ],
)
def test_a_decimal_that_no_rule_explains_is_one_stretch(text: str, flagged: list[str]) -> None:
    assert [missed.words for missed in read(text, "en", date(2023, 12, 17), "KP").unread] == flagged
