"""A formation with a number is a unit by name; many of a kind are a count."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import read

ON = date(2023, 12, 15)


def units(text: str, lang: str) -> list[tuple[str, str]]:
    spans = read(text, lang, ON, "KP").spans
    return [(s.words, s.value["unit"]) for s in spans if s.value.get("office") == "formation"]


@pytest.mark.parametrize(("text", "lang", "words", "unit"), [
    ("국경경비대 25여단 2대대 중대장이 받았다", "ko", "25여단 2대대", "2nd Battalion, 25th Brigade"),
    ("제10군단이 이동했다", "ko", "제10군단", "10th Corps"),
    ("31려단 병사였다", "ko", "31려단", "31st Brigade"),
    ("3대대대장이 왔다", "ko", "3대대", "3rd Battalion"),
    ("28여단 예하 1대대 3중대 소속", "ko", "28여단 예하 1대대 3중대", "3rd Company, 1st Battalion, 28th Brigade"),
    ("边防警备队第二十五旅二营的三连", "zh", "第二十五旅二营的三连", "3rd Company, 2nd Battalion, 25th Brigade"),
    ("第十军团", "zh", "第十军团", "10th Corps"),
    ("25旅2营的人来了", "zh", "25旅2营", "2nd Battalion, 25th Brigade"),
    ("3소대 2분대장이 왔다", "ko", "3소대 2분대", "2nd Squad, 3rd Platoon"),
    ("2nd Battalion of the 25th Brigade", "en", "2nd Battalion of the 25th Brigade", "2nd Battalion, 25th Brigade"),
    ("the Tenth Corps left", "en", "Tenth Corps", "10th Corps"),
    ("an officer of the 112th regiment", "en", "112th regiment", "112th Regiment"),
])  # fmt: skip
def test_a_formation_with_a_number_is_a_unit(text, lang, words, unit) -> None:
    assert units(text, lang) == [(words, unit)]


@pytest.mark.parametrize(("text", "lang"), [
    ("25개 여단이 왔다", "ko"), ("세 개 대대", "ko"), ("3중대표", "ko"), ("10대대적", "ko"), ("0여단", "ko"), ("2.16사단이", "ko"),
    ("三个旅", "zh"), ("三连胜", "zh"), ("10团", "zh"), ("第一连个", "zh"), ("一连三排房子", "zh"), ("2분 대기", "ko"),
    ("three brigades", "en"), ("the 2nd company to open", "en"), ("20000th Brigade", "en"),
])  # fmt: skip
def test_a_count_and_another_word_are_none(text, lang) -> None:
    assert units(text, lang) == []


def test_no_formation_is_a_quantity_any_more() -> None:
    spans = read("28여단 1대대 3중대 소속 병사 두 명", "ko", ON, "KP").spans
    assert [(s.kind, s.words) for s in spans if s.kind == "quantity"] == [("quantity", "두 명")]
