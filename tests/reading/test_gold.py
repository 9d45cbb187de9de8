"""Reading on the gold reports: scores do not fall, every line fits the schema, nothing passes in silence."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from bench.gold import Line, gold, scores
from jsonschema import Draft202012Validator

from nightdesk.cli.read import _answer
from nightdesk.reading import Reading, read

HERE = Path(__file__).parent
SCHEMA = Draft202012Validator(
    json.loads((HERE.parents[1] / "docs" / "formats" / "reading.schema.json").read_text("utf-8"))
)
# Values right, in percent, on both parts of a language together; slightly below what was measured on
# 26 November 2026 (docs/performance.md). Raise them when reading gets better.
FLOORS: Mapping[str, Mapping[str, int]] = {
    "ko": {
        "money": 92,
        "date": 83,
        "time": 85,
        "duration": 85,
        "place": 93,
        "organisation": 93,
        "quantity": 90,
        "person": 90,
    },
    "zh": {
        "money": 84,
        "date": 83,
        "time": 95,
        "duration": 85,
        "place": 93,
        "organisation": 88,
        "quantity": 95,
        "person": 95,
    },
    "en": {
        "money": 95,
        "date": 90,
        "time": 65,
        "duration": 78,
        "place": 93,
        "organisation": 88,
        "quantity": 95,
        "person": 90,
    },
}
EXPLAINED, PLACES = 99, 0.92


@pytest.mark.parametrize("lang", FLOORS)
def test_values_on_the_gold_are_no_worse_than_they_were(lang: str) -> None:
    kinds, explained = scores(gold((lang,)))
    for kind, floor in FLOORS[lang].items():
        right = 100 * kinds[kind].value_right
        assert right >= floor, (kind, right, kinds[kind].errors)
    assert 100 * explained.value_right >= EXPLAINED, explained.errors
    assert kinds["place"].f1 >= PLACES, kinds["place"].errors


def test_the_gold_lines_are_those_of_the_marked_text() -> None:
    sys.path.insert(0, str(HERE / "gold"))
    try:
        import mark
    finally:
        sys.path.pop(0)
    for lang in mark.LANGS:
        kept = (HERE / "gold" / f"{lang}.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line) for line in kept] == list(mark.lines(lang))


def test_every_third_report_is_held_out_and_each_language_has_a_hundred() -> None:
    for lang in ("ko", "zh", "en"):
        rows = list(gold((lang,)))
        assert len(rows) >= 100
        assert [r["part"] == "held out" for r in rows] == [i % 3 == 0 for i in range(1, len(rows) + 1)]


def test_what_is_printed_of_every_gold_report_fits_the_schema() -> None:
    for line in gold():
        row = {k: line[k] for k in ("id", "text", "lang", "on", "country")}
        SCHEMA.validate(_answer(row, 1, None, True, None))


def test_no_digit_of_the_gold_is_neither_read_nor_flagged() -> None:
    for line in gold():
        reading = _read(line)
        spans = [s for s in reading.spans if s.kind != "quotation"]
        covered = {i for s in [*spans, *reading.unread] for i in range(s.start, s.end)}
        assert [i for i, c in enumerate(line["text"]) if c.isdecimal() and i not in covered] == [], line["id"]


def test_hangul_in_pieces_reads_the_same_values_in_every_report() -> None:
    for line in gold():
        apart = unicodedata.normalize("NFD", line["text"])
        pieces = read(apart, line["lang"], date.fromisoformat(line["on"]), line["country"])
        plain = _read({**line, "text": unicodedata.normalize("NFC", line["text"])})
        assert [(s.kind, _plain(s.value)) for s in pieces.spans] == [
            (s.kind, _plain(s.value)) for s in plain.spans
        ]


def test_adding_a_sentence_changes_no_span_before_it() -> None:
    for line in gold():
        more = {
            "ko": "\n청진에서 3명이 왔다.",
            "zh": "\n清津来了三名。",
            "en": "\nThree men came to Chongjin.",
        }
        longer = _read({**line, "text": line["text"] + more[line["lang"]]})
        assert _read(line).spans == tuple(s for s in longer.spans if s.end <= len(line["text"])), line["id"]


def test_every_day_moves_by_whole_weeks_with_the_contact_where_it_is_counted_in_days() -> None:
    for said, lang in (
        ("그끄저께", "ko"),
        ("엿새 전", "ko"),
        ("上周三", "zh"),
        ("前天", "zh"),
        ("last Friday", "en"),
    ):
        for weeks in (-3, 1, 52):
            on = date(2024, 3, 12)
            (here,), (there,) = (read(said, lang, day).spans for day in (on, on + timedelta(weeks=weeks)))
            moved = date.fromisoformat(there.value["latest"]) - date.fromisoformat(here.value["latest"])
            assert moved == timedelta(weeks=weeks)


def _read(line: Line) -> Reading:
    return read(line["text"], line["lang"], date.fromisoformat(line["on"]), line["country"])


def _plain(value: Mapping[str, object]) -> list[tuple[str, object]]:
    """Quotations give their words as typed."""
    return sorted((k, v) for k, v in value.items() if k != "words")
