"""The gate only saves work: with it and without it every text reads the same."""

import json
import os
import random
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pytest

from nightdesk.reading import engine, gate, read, tables

ON = date(2023, 12, 15)
LANGS = ("ko", "zh", "en", "shared")
OWN = (
    "지난주 금요일 밤 11시 반쯤 회령에서 보위원 두 명이 3만5천 위안을 요구했다. 한 사람당 만오천 원.",
    "2023년 12월 8일부터 13일까지, 연말이면 해마다 세 집에서 쌀 10kg씩 걷는다고 한다.",
    "上个月底，两名保卫员要了三万五千元，12月8日到13日之间又来了三次，每公斤5800元。",
    "In May 14 inspectors came; on May 14 inspectors came. Twenty-five thousand yuan, $1.5m or 20k RMB each.",
    "between 9 and 11 p.m. on the second Friday of December, half a year ago, by phone from one of the women",
    "1/2 and 2/15, 2023-12-14, 14.12.23, 12:30-13:45, ١٢명, 3\u00a0만 원, K12 and ſix thousand won",
    "one two three four five six seven eight nine ten eleven twelve " * 6,
    "일이삼사오육칠팔구십백천만억조" * 8 + "원 " + "9" * 400 + "위안",
    "",
)
LETTERS = "0123456789 .,:/-~'일이삼십백천만억한두세년월일시분원달러위안전후명一二三十百万两元块点年月日个半oneatwhrsfivpmk$€ſK١"


def texts() -> Iterator[str]:
    yield from OWN
    sample = files("nightdesk.demo") / "sample"
    for name in ("reports.jsonl", "reading.jsonl"):
        yield from (line for line in (sample / name).read_text("utf-8").splitlines())
    chance = random.Random(33)
    for _ in range(300):
        yield "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, 40)))
    shared = os.environ.get("NIGHTDESK_READING_TEXTS")  # a folder of JSON lines, for a wider look
    for path in sorted(Path(shared).glob("*.jsonl")) if shared else ():
        yield from (str(json.loads(line).get("text", "")) for line in path.read_text("utf-8").splitlines())


@pytest.fixture
def without_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule is tried wherever some rule can begin."""
    monkeypatch.setattr(
        engine,
        "start",
        lambda lang: SimpleNamespace(
            places=tables.start(lang).places, gate=SimpleNamespace(at=lambda text, at: tables.rules(lang))
        ),
    )


def test_every_text_reads_the_same_with_every_rule_tried_everywhere(
    request: pytest.FixtureRequest,
) -> None:
    kept = [(text, lang, read(text, lang, ON, "KP")) for text in texts() for lang in (None, "ko", "zh", "en")]
    request.getfixturevalue("without_gate")
    for text, lang, before in kept:
        assert read(text, lang, ON, "KP") == before, text


@pytest.mark.parametrize("lang", LANGS)
def test_no_rule_that_matches_is_left_out(lang: str) -> None:
    known = tables.start(lang)
    for text in texts():
        for place in known.places.finditer(text):
            at = place.start()
            offered = known.gate.at(text, at)
            missed = [r.say for r in tables.rules(lang) if r not in offered and r.regex.match(text, at)]
            assert not missed, (text[at : at + 40], missed)


def test_reading_is_the_same_after_the_gate_forgot_what_it_knew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [read(text, None, ON, "KP") for text in OWN]
    monkeypatch.setattr(gate, "KEPT", 3)
    assert [read(text, None, ON, "KP") for text in OWN] == before


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_is_a_regular_expression(lang: str) -> None:
    assert all(rule.regex.pattern for rule in tables.rules(lang))


@pytest.mark.parametrize("lang", ["ko", "zh", "en"])
def test_a_place_where_no_rule_begins_is_offered_none(lang: str) -> None:
    ordinary = {
        "ko": "그런 소문은 처음 듣는다고 했다",
        "zh": "他們說沒有聽說過",
        "en": "nobody knew who they were",
    }
    offered = [tables.start(lang).gate.at(ordinary[lang], at) for at in range(len(ordinary[lang]))]
    assert sum(map(len, offered)) <= 2
