"""Every kind of bad input of the issue, through `nightdesk read`: answered on its line, and the rest goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from tests.reading.test_cli import SCHEMA

from nightdesk.cli import main

GOOD = {"id": "good", "text": "어제 2만 위안을 냈다", "lang": "ko", "on": "2023-12-15", "country": "KP"}
assert isinstance(SCHEMA, Draft202012Validator)


def answers(*rows: dict[str, Any] | bytes) -> tuple[list[dict[str, Any]], int]:
    """What is printed for these lines with a good one behind them, which must be read whatever came before."""
    raw = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in (*rows, GOOD)]
    result = CliRunner().invoke(main, ["read"], input=b"\n".join(raw) + b"\n")
    printed = [json.loads(line) for line in result.stdout_bytes.split(b"\n") if line]
    for one in printed:
        SCHEMA.validate(one)
    assert [s["kind"] for s in printed[-1]["spans"]] == ["date", "money"]
    return printed[:-1], result.exit_code


def one(text: str, **given: Any) -> dict[str, Any]:
    (answer,), code = answers({**GOOD, "id": "x", "text": text, **given})
    assert code == ("error" in answer)
    return answer


def test_an_empty_text_and_an_empty_line() -> None:
    assert one("") == {"id": "x", "spans": [], "unread": []}
    assert answers(b"", b"   ") == ([], 0)


def test_ten_megabytes_in_one_line_are_answered() -> None:
    """Where nothing begins a rule; notes of that length in words take a minute, and are linear (below)."""
    text = "ㅋ" * 3_300_000 + " 2만 위안"
    assert len(text.encode()) > 9_900_000
    (span,) = one(text)["spans"]
    assert span["words"] == text[span["start"] : span["end"]] == "2만 위안"


@pytest.mark.parametrize("text", [
    "😀👩‍👩‍👧 2만 위안 🇰🇵", "\u202e2만 위안\u202c", "2만\u200b 위\ufeff안", "2\u00ad만 위안", "\u2067안녕\u2069 2만 위안",
    "2만 위안 \u1112\u1161", "\u1112 2만 위안", "ᄒ2만 위안", "２만 위안", "2만 위안",
])  # fmt: skip
def test_emoji_direction_marks_hidden_letters_and_half_a_syllable_do_not_hide_a_sum(text: str) -> None:
    (money,) = [s for s in one(text)["spans"] if s["kind"] == "money"]
    assert money["value"] == {"amount": "20000", "currency": "CNY"}
    assert text[money["start"] : money["end"]] == money["words"]


def test_a_broken_surrogate_is_printed_escaped_and_the_rest_is_read() -> None:
    (answer,), code = answers(
        b'{"id": "x", "text": "\\ud83d 2\\ub9cc \\uc704\\uc548 \\udc00", "on": "2023-12-15"}'
    )
    assert code == 0
    assert [s["value"]["amount"] for s in answer["spans"]] == ["20000"]


@pytest.mark.parametrize(
    "text", ["7" * 400 + "원", "7" * 400 + " yuan", "价" + "9" * 400 + "元", "1," * 200 + "1"]
)
def test_a_number_of_four_hundred_digits_is_flagged_and_never_a_sum(text: str) -> None:
    answer = one(text)
    assert not [s for s in answer["spans"] if s["kind"] == "money" and len(s["words"]) > 60]
    covered = {i for s in [*answer["spans"], *answer["unread"]] for i in range(s["start"], s["end"])}
    assert [i for i, c in enumerate(text) if c.isdecimal() and i not in covered] == []


@pytest.mark.parametrize(("text", "why"), [
    ("2월 31일에 왔다", "there is no day 2023-02-31"), ("2023년 2월 29일", "there is no day 2023-02-29"),
    ("13월 1일", None), ("0년 1월 1일", "the year 0 is outside the calendar"), ("公元0年", None), ("2월 31일까지 내라", "there is no day"), ("4月31日来", "there is no day 2023-04-31"),
    ("on February 31", "there is no day"), ("31 June 2023", "there is no day 2023-06-31"),
])  # fmt: skip
def test_a_day_that_is_none_is_flagged_with_why(text: str, why: str | None) -> None:
    answer = one(text, lang=None)
    assert not [s for s in answer["spans"] if s["kind"] == "date"], answer
    assert why is None or any(why in u["why"] for u in answer["unread"]), answer


@pytest.mark.parametrize("text", [
    "9999년 12월 31일까지", "9999년 뒤", "10000년 전", "99999999일 뒤", "in the year 9999", "9999 years from now",
    "公元0年", "9999年12月31日之后", "3000년 전", "0년", "0000-01-01", "year 0",
    "어제", "내일", "지난주", "다음 주", "월요일", "어젯밤", "昨天", "后天", "上星期一", "周末", "tomorrow", "last week",
    "next Friday", "a week last Thursday", "last night", "the week after next",
    "On Qingming he came", "清明节那天", "on Easter Monday", "the second Sunday of May", "Mother's Day", "after 31 December 9999", "before 1 January 0001",
    "from 20 December to 31 December", "since tomorrow", "Thanksgiving", "last Monday in May", "from Friday to Monday",
])  # fmt: skip
@pytest.mark.parametrize("on", ["0001-01-01", "2023-12-15", "9999-12-31"])
def test_years_at_the_edge_are_answered(text: str, on: str) -> None:
    answer = one(text, on=on, lang=None)
    assert "error" not in answer


def test_without_the_day_of_the_contact_what_is_counted_from_it_is_unread() -> None:
    for on in (None, ""):
        answer = one("어제 왔다. 2023년 12월 1일에도", on=on)
        assert [s["value"]["edtf"] for s in answer["spans"]] == ["2023-12-01"]
        assert [u["words"] for u in answer["unread"]] == ["어제"]


@pytest.mark.parametrize(("given", "reason"), [
    ({"lang": "fr"}, "nobody here reads 'fr'"), ({"lang": ""}, "nobody here reads ''"), ({"lang": 7}, '"lang" must be a string'),
    ({"country": 850}, '"country" must be a string'), ({"country": "Nordkorea"}, '"country" is'), ({"country": "ZZ"}, '"country" is'),
    ({"on": "2023-02-31"}, "write the day of the contact as"), ({"on": "0000-01-01"}, "write the day of the contact as"),
    ({"on": "10000-01-01"}, "write the day of the contact as"), ({"on": 20231215}, '"on" must be a string'),
    ({"text": None}, '"text" must be a string'), ({"text": ["a"]}, '"text" must be a string'),
])  # fmt: skip
def test_an_unknown_language_country_or_day_is_an_error_on_its_line(
    given: dict[str, Any], reason: str
) -> None:
    (answer,), code = answers({**GOOD, "id": "x", **given})
    assert (answer["id"], answer["line"], code) == ("x", 1, 1)
    assert reason in answer["error"]


@pytest.mark.parametrize("country", ["kp", "KP", "HK", "gl", "", None])
def test_a_country_of_two_letters_is_taken_in_any_case(country: str | None) -> None:
    (span,) = one("5천 원", country=country)["spans"]
    assert span["value"]["amount"] == "5000"


@pytest.mark.parametrize("line", [
    b"{", b"nul", b"[1,2]", b"3", b'"text"', b"\xff\xfe\x00", b'{"text": "a"', b"{'text': 'a'}", b'{"text": "a\x01"}', b"NaN",
    b'{"text": 1e999}', b"\x00", b"[" * 100_000, b'{"text":"\xed\xa0\x80"}',
])  # fmt: skip
def test_json_that_is_none_is_an_error_with_the_number_of_its_line(line: bytes) -> None:
    (first, answer), code = answers(GOOD, line)
    assert "error" not in first
    assert (answer["line"], code) == (2, 1)


def test_mixed_composed_and_pieced_hangul_reads_as_one() -> None:
    import unicodedata

    text = (
        "어제 "
        + unicodedata.normalize("NFD", "회령시 보위부")
        + "가 2만 "
        + unicodedata.normalize("NFD", "위안")
    )
    answer = one(text)
    assert [s["kind"] for s in answer["spans"]] == ["date", "organisation", "place", "money"]
    for span in answer["spans"]:
        assert text[span["start"] : span["end"]] == span["words"]
