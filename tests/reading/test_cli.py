"""`nightdesk read` at the terminal: lines in, lines out, refusals in their place."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from nightdesk.cli import main

DOCS = Path(__file__).parents[2] / "docs" / "formats"
SCHEMA = Draft202012Validator(json.loads((DOCS / "reading.schema.json").read_text("utf-8")))
REPORTS = Path(__file__).parents[2] / "src" / "nightdesk" / "demo" / "sample" / "reports.jsonl"


def run(*args: str, given: bytes | str = "") -> Result:
    return CliRunner().invoke(main, ["read", *args], input=given)


def answers(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_sample_prints_a_valid_line_for_each_report() -> None:
    rows = [json.loads(line) for line in REPORTS.read_text("utf-8").splitlines()]
    lines = "".join(
        json.dumps({"id": r["id"], "text": r["text"], "lang": r["lang"], "on": r["contact_on"]}) + "\n"
        for r in rows
    )
    result = run(given=lines)
    assert result.exit_code == 0
    assert [a["id"] for a in answers(result)] == [r["id"] for r in rows]
    for answer in answers(result):
        SCHEMA.validate(answer)


EVERY_KIND = [
    "소식통은 15일 본지에 “사흘 동안 매주 월요일 밤 9시부터 11시까지” 회령시 보위부가 2~3만 위안을 받았다고 했다.",
    "12일 회령 강안동에서 쌀 10kg은 58,000원, 두세 명이 0.05 BTC, 원 5000원, 수십 명, 보위원 김철수(45), 30대 여성",
    "They paid 20-30k RMB at 3 p.m. for two kilos of rice; every Friday in Hoeryong, told us. 0.5 USDT",
    "每年年底会宁市保卫部的两三名人员在通话中说一公斤大米5800朝元，凌晨三点半，两个小时。",
]


@pytest.mark.parametrize("text", EVERY_KIND)
def test_every_kind_of_value_fits_the_schema(text: str) -> None:
    result = run(given=json.dumps({"text": text, "on": "2023-12-15"}))
    (answer,) = answers(result)
    SCHEMA.validate(answer)
    assert len(answer["spans"]) >= 4


def test_every_kind_is_seen_somewhere() -> None:
    result = run(given="\n".join(json.dumps({"text": t, "on": "2023-12-15"}) for t in EVERY_KIND))
    kinds = {span["kind"] for answer in answers(result) for span in answer["spans"]}
    promised = set(SCHEMA.schema["$defs"]["span"]["properties"]["kind"]["enum"])
    assert kinds == promised


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json", "this is no line of JSON"),
        (b'"a string"', "no JSON object"),
        (b'{"id": "x"}', '"text" must be a string'),
        (b'{"text": "a", "on": "yesterday"}', "write the day of the contact as 2023-12-15"),
        (b'{"text": "a", "lang": "fr"}', "nobody here reads 'fr'"),
        (b'{"text": "a", "lang": 3}', '"lang" must be a string'),
        (b'\xff\xfe{"text"', "it is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": "a", "n": ' + b"1" * 5_000 + b"}", "a number is too long"),
    ],
)
def test_a_bad_line_is_answered_with_its_number_and_the_rest_goes_on(line: bytes, reason: str) -> None:
    good = json.dumps({"id": "g", "text": "2만 위안"}).encode()
    result = run(given=good + b"\n" + line + b"\n\n" + good + b"\n")
    first, refused, last = answers(result)
    assert first == last
    assert refused["line"] == 2
    assert reason in refused["error"]
    SCHEMA.validate(refused)
    assert result.exit_code == 1
    assert "1 line" in result.stderr


def test_a_text_can_be_read_without_json() -> None:
    result = run("--text", "지난주 2만 위안을 냈다", "--on", "2023-12-15", "--country", "KP")
    (answer,) = answers(result)
    assert [s["words"] for s in answer["spans"]] == ["지난주", "2만 위안"]


def test_a_wrong_call_ends_with_two_and_says_what_to_do() -> None:
    assert run("--text", "a", "--on", "soon").exit_code == 2
    assert "2023-12-15" in run("--text", "a", "--on", "soon").stderr
    assert run("--lang", "ko").exit_code == 2
    assert run("--text", "a", "--lang", "fr").exit_code == 2


def test_half_a_surrogate_is_printed_escaped() -> None:
    result = run(given='{"text": "3\\ud83d 명"}')
    assert result.exit_code == 0
    assert result.stdout_bytes.decode("utf-8")


def test_the_page_escapes_what_it_shows(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("--text", '<script>alert("2만 위안")</script>', "--html", str(page))
    assert result.exit_code == 0
    html = page.read_text("utf-8")
    assert "<script" not in html
    assert '<mark class="money"' in html
    assert "http" not in html


def test_help_shows_how() -> None:
    result = run("--help")
    assert "Examples:" in result.stdout
    assert result.exit_code == 0
