"""Quotations and who is quoted; names in quotation marks are no quotation."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from nightdesk.reading import read

ON = date(2024, 3, 12)


@pytest.mark.parametrize(("text", "lang", "speaker"), [
    ("“돈이 없으면 나가라”고 안전원이 말했다.", "ko", "안전원"), ('"쌀이 없다"라며 한 주민은 하소연했다.', "ko", "한 주민"),
    ("지배인은 “내일까지 내라”고 했다.", "ko", "지배인"), ("“못 준다”는 것이 반장의 말이다.", "ko", "반장"),
    ("한 소식통은 5일 이렇게 말했다. “장마당이 닫혔다.”", "ko", "한 소식통"),
    ("邻居说：“没有粮。”", "zh", "邻居"), ("“快走”，哨兵喊道。", "zh", "哨兵"), ("会宁的一位教员说：“要交钱。”", "zh", "教员"),
    ("소식통에 따르면 “장마당이 닫혔다”고 한다.", "ko", "소식통"), ("지배인 말로는 “새달부터”라고 했다.", "ko", "지배인"),
    ("박영희 씨(52)는 통화에서 “굶는다”고 전했다.", "ko", "박영희 씨"), ("“다 가져갔다” – 한 주민", "ko", "한 주민"),
    ("그 사람이 하는 말이 “내일 오라”고.", "ko", "그 사람"), ("안전원들이 “열라”며 문을 두드렸다.", "ko", "안전원들"),
    ("据邻居说：“门锁着。”", "zh", "邻居"), ("According to a trader, “nothing moves”.", "en", "a trader"),
    ("'Where would I get it?' he asked.", "en", "he"), ("Broker: “Not before July.”", "en", "Broker"),
    ("她哭着说：“没有了。”", "zh", "她"),
    ("“Pay by Friday,” the officer said.", "en", "the officer"), ("The broker warned: “Do not call.”", "en", "The broker"),
    ("“We have nothing,” said a woman in Hyesan.", "en", "a woman in Hyesan"),
])  # fmt: skip
def test_the_one_who_says_it_stands_in_the_value(text: str, lang: str, speaker: str) -> None:
    (found,) = [s for s in read(text, lang, ON, "KP").spans if s.kind == "quotation"]
    assert found.value.get("speaker") == speaker


@pytest.mark.parametrize(("text", "lang"), [
    ("“쌀이 없다.” 사람들이 모였다.", "ko"), ("“没有粮。”天很冷。", "zh"), ("“No rice.” It was cold.", "en"),
])  # fmt: skip
def test_nobody_is_quoted_where_nobody_is_named(text: str, lang: str) -> None:
    (found,) = [s for s in read(text, lang, ON, "KP").spans if s.kind == "quotation"]
    assert "speaker" not in found.value


def test_the_words_are_given_as_they_were_typed() -> None:
    (found,) = [s for s in read("他说：“没有，真的没有！”", "zh", ON).spans if s.kind == "quotation"]
    assert found.value["words"] == "没有，真的没有！"


@pytest.mark.parametrize(("text", "lang", "name"), [
    ('무역회사 "대성 8" 지배인', "ko", '"대성 8"'), ('a firm called "Taesong No. 8"', "en", '"Taesong No. 8"'),
    ("联系人“杜鹃”来电", "zh", "“杜鹃”"),
])  # fmt: skip
def test_a_name_in_quotation_marks_is_flagged(text: str, lang: str, name: str) -> None:
    reading = read(text, lang, ON, "KP")
    assert not [s for s in reading.spans if s.kind == "quotation"]
    assert name in [u.words for u in reading.unread]


@pytest.mark.parametrize(("text", "lang", "words"), [
    ("둘이 잡혔다", "ko", "둘"), ("열에 서넛은 굶는다", "ko", "열에 서넛"), ("과반수만 왔다", "ko", "과반수"),
    ("국경경비대 27려단이", "ko", "27려단"), ("왕재산 쪽에서 총소리", "ko", "왕재산"), ("새골까지 걸었다", "ko", "새골"),
    ("先付一半", "zh", "一半"), ("烂了三分之一", "zh", "三分之一"), ("抓了两女一男", "zh", "两女一男"), ("腊月里", "zh", "腊月"),
    ("About a third rotted", "en", "a third"), ("the 27th Brigade", "en", "27th"),
])  # fmt: skip
def test_what_no_rule_reads_is_flagged(text: str, lang: str, words: str) -> None:
    reading = read(text, lang, ON, "KP")
    said = [s.words for s in [*reading.spans, *reading.unread] if s.start <= text.index(words) < s.end]
    assert said and words in "".join(said)


@pytest.mark.parametrize(("text", "lang"), [
    ("예산까지 줄었다", "ko"), ("대통령 앞에서", "ko"), ("시골 쪽으로 갔다", "ko"), ("길거리에 나앉았다", "ko"),
    ("山沟里有人", "zh"), ("他是男的", "zh"), ("She went home", "en"),
])  # fmt: skip
def test_ordinary_words_are_not_flagged(text: str, lang: str) -> None:
    assert read(text, lang, ON, "KP").unread == ()


def test_a_page_of_quotations_without_a_stop_takes_no_longer_a_quotation_than_a_few():
    began = process_time()
    read("“a” " * 30_000, "en", ON)
    assert process_time() - began < 4  # a second; each was searched to the end of the page, which took six
