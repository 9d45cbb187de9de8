"""Wards and villages before the particles of talk, and words that only end like one."""

import pytest

from nightdesk.disclosure.model import ParagraphText
from nightdesk.disclosure.offers import cut
from nightdesk.disclosure.whereabouts import found_places


def fine(text):
    return [text[one.start : one.end] for one in found_places(text, "ko", ()) if one.level == "fine"]


@pytest.mark.parametrize(("text", "place"), [
    ("보위부가 역전동을 봉쇄했다.", "역전동"), ("역전동은 조용하다.", "역전동"), ("집은 역전동이다.", "역전동"), ("풍인리를 뒤졌다.", "풍인리"), ("유선동까지 왔다.", "유선동"),
    ("용정리는 물에 잠겼다.", "용정리"), ("강안동에 들이닥쳤다.", "강안동"), ("청수리로 보냈다.", "청수리"),
    ("읍내리에 산다.", "읍내리"), ("사을리에서 잡혔다.", "사을리"), ("송두리에 산다.", "송두리"), ("하조리에 산다.", "하조리"), ("박달리가 봉쇄됐다.", "박달리"),
])  # fmt: skip
def test_a_ward_is_found_before_any_particle(text, place):
    assert fine(text) == [place]


@pytest.mark.parametrize("text", [
    "활동을 했다. 노동은 힘들다. 행동이 없다.", "강제노동에 끌려갔다. 봉사활동을 했다.", "목소리를 낮췄다. 일자리가 없다. 사투리로 말했다.", "소동이 났다. 관리를 만났다. 거리를 걷는다.",
    "마리는 세 마리를 샀다. 파리를 잡았다.", "물난리가 났다. 며느리는 갔다.",
    "끌어내리는 짐. 어울리는 옷. 끌어올리는 그물. 송두리째 빼앗겼다.",
])  # fmt: skip
def test_words_that_end_alike_are_none(text):
    assert fine(text) == []


@pytest.mark.parametrize(("text", "lang", "words", "left"), [
    ("역전동 봉쇄", "ko", "역전동 ", ""), ("역전동에서 전직 교원이 잡혀갔다.", "ko", "역전동에서 ", ""),
    ("Yokjon-dong sealed off", "en", "Yokjon-dong s", "S"), ("Yokjon-dong Party hall", "en", "Yokjon-dong ", ""),
])  # fmt: skip
def test_words_left_out_at_the_start_take_no_letter_with_them_that_stays_as_it_is(text, lang, words, left):
    said = words.strip().removesuffix(" s")
    one = cut(lang, ParagraphText("p1", text), 0, len(said), "drop_words")
    assert (text[one.start : one.end], one.text) == (words, left)
