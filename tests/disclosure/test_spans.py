"""Plain English through `--spans`: how much is found, and what is left alone."""

from __future__ import annotations

import json
import time

import pytest
from click.testing import CliRunner
from tests.disclosure.scoring import gold, scored

from nightdesk.cli.review import command
from nightdesk.disclosure.plain import plain


def marked(text: str, lang: str = "en") -> set[str]:
    return {one.words for one in plain(text, lang)}


@pytest.mark.parametrize("split", ["tune", "held"])
def test_nearly_every_identifier_of_invented_prose_is_found_and_little_else(split) -> None:
    figures = scored(gold(split))
    assert figures["direct"] >= 0.99 and figures["quasi"] >= 0.90 and figures["precision"] >= 0.72


def test_ordinary_words_with_a_capital_are_no_names() -> None:
    text = "However, the Court finds that Article 6 of the Convention was not breached. The Government disagreed."
    assert marked(text) == set()
    assert marked("Anyone with information should call. Somebody will answer.") == set()


def test_a_surname_that_is_a_word_is_found_after_its_title_everywhere() -> None:
    found = [one.words for one in plain("They met Mr Young. Young had left.", "en")]
    assert found == ["Mr Young", "Young"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("An application (no. 99312/11) was lodged.", "99312/11"),
        ("Write to q.ray@mail.example today.", "q.ray@mail.example"),
        ("He met J. R. van der Hoek-Lund there.", "J. R. van der Hoek-Lund"),
        ("They lived at 14 Alder Lane until then.", "14 Alder Lane"),
        ("The bus came from Court of Appeal square.", "Court of Appeal"),
        ("He claimed 5,000 Bulgarian levs.", "5,000 Bulgarian levs"),
    ],
)
def test_one_identifier_is_found_whole(text, words) -> None:
    assert any(words in one for one in marked(text))


def test_korean_and_chinese_are_still_read() -> None:
    assert "2만 위안" in marked("회령에서 브로커에게 2만 위안을 요구했다.", "ko")
    assert any("2万元" in one for one in marked("他在延吉被要求交2万元。", "zh"))


@pytest.mark.parametrize("text", ["“김철수!”라고 불렀다.", "그는 “김철수”라고 불렸다.", "“박영수!”"])
def test_what_is_unread_inside_a_quotation_is_not_lost_with_it(text) -> None:
    assert marked(text, "ko") & {"김철수", "박영수"}


@pytest.mark.parametrize(
    "text",
    [
        "Rice was dear. Maize had run out.",
        "Prices: Rice, Maize and Petrol.",
        "Coal is exported; Electricity was cut.",
    ],
)
def test_what_is_sold_is_nobody(text) -> None:
    assert marked(text) == set()


def test_somebody_called_rice_is_somebody() -> None:
    assert marked("Anne Rice left. Rice was hungry. They met Mr Salt.") == {"Anne Rice", "Rice", "Mr Salt"}


def test_a_name_with_a_mark_behind_it_is_a_name() -> None:
    assert marked("“Kim Chol Su!” she called. Kim Chol Su? Nobody knew.") == {"Kim Chol Su"}


def test_spans_reads_standard_input_without_an_argument() -> None:
    result = CliRunner().invoke(command, ["--spans"], input=json.dumps({"id": 1, "text": "I met Ana Kralj."}))
    assert result.exit_code == 0 and json.loads(result.output)["findings"][0]["words"] == "Ana Kralj"


def test_a_story_must_be_named_without_spans() -> None:
    result = CliRunner().invoke(command, [], input="{}")
    assert result.exit_code == 2 and "standard input" in result.output


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1-",
        "A ",
        "A",
        "a.",
        "A. ",
        "one-",
        "12,",
        "no. 1 ",
        "de la ",
        "South ",
        "Mr ",
        "Court of ",
        "\n",
        "1/",
        "A-1",
        "A-",
        "one two ",
        "eight of ",
        "son of a ",
        "a wound and ",
        "worker ",
        "K. v ",
        "COURT ",
        "5, ",
        "section 3 and ",
    ],
)
def test_time_grows_no_faster_than_a_row_of_one_thing(piece: str) -> None:
    """A row four times as long takes about four times as long, not sixteen."""

    def seconds(times: int) -> float:
        begun = time.process_time()
        plain(piece * times, "en")
        return time.process_time() - begun

    plain(piece, "en")
    floor = max(min(seconds(2000) for _ in range(3)), 0.01)
    # The best of three tries: where one is quick enough, no other one is needed.
    assert any(seconds(8000) < 10 * floor for _ in range(3))
