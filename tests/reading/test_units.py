"""Offices and workplaces: the unit, its place, the unit above it."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import Span, read

ON = date(2024, 3, 12)


def units(text: str, lang: str) -> list[Span]:
    return [s for s in read(text, lang, ON, "KP").spans if s.kind == "organisation"]


@pytest.mark.parametrize(("text", "lang", "words", "place"), [
    ("온성군 안전부가", "ko", "온성군 안전부", "onsong"), ("무산 보위부에서", "ko", "무산 보위부", "musan"),
    ("회령시 검찰소로", "ko", "회령시 검찰소", "hoeryong"), ("북한 보위부측에 포착돼", "ko", "북한 보위부", "kp"),
    ("稳城郡安全部", "zh", "稳城郡安全部", "onsong"), ("清津市检察所", "zh", "清津市检察所", "chongjin"),
    ("the Onsong branch of the Ministry of Social Security", "en", "Onsong branch of the Ministry of Social Security", "onsong"),
    ("Hyesan's Party Committee", "en", "Hyesan's Party Committee", "hyesan"),
    ("the Ministry of State Security in Musan", "en", "Ministry of State Security in Musan", "musan"),
    ("Kilju County State Security Department", "en", "Kilju County State Security Department", "kilju"),
])  # fmt: skip
def test_an_office_beside_a_place_is_a_unit(text: str, lang: str, words: str, place: str) -> None:
    (found,) = units(text, lang)
    assert (found.words, found.value["place"]) == (words, place)


def test_a_unit_lies_under_the_province_and_that_under_the_office() -> None:
    (county,) = units("무산군 보위부가", "ko")
    assert county.value["parent"] == "North Hamgyong Province branch, Ministry of State Security"
    (province,) = units("함경북도 보위부가", "ko")
    assert province.value["parent"] == "Ministry of State Security"
    (office,) = units("보위부가 왔다", "ko")
    assert "parent" not in office.value


@pytest.mark.parametrize(("text", "lang", "unit", "place"), [
    ("혜산방직공장 로동자", "ko", "혜산방직공장", "hyesan"), ("검덕광산에서", "ko", "검덕광산", "komdok"),
    ("김책제철소가 섰다", "ko", "김책제철소", None), ("茂山矿山停产", "zh", "茂山矿山", "musan"),
    ("The Musan mine caved in", "en", "Musan mine", "musan"), ("the Kumdok Mine", "en", "Kumdok Mine", None),
])  # fmt: skip
def test_a_workplace_with_a_name_is_an_organisation(
    text: str, lang: str, unit: str, place: str | None
) -> None:
    (found,) = units(text, lang)
    assert (found.value["unit"], found.value.get("place")) == (unit, place)


@pytest.mark.parametrize(("text", "lang"), [
    ("보위부장이 왔다", "ko"), ("신발공장에 다닌다", "ko"), ("지방 광산에서", "ko"), ("협동농장 사람", "ko"),
    ("会宁的工厂停了", "zh"), ("平城的大学开学", "zh"), ("The Company is shut", "en"), ("a coal mine", "en"),
])  # fmt: skip
def test_a_kind_of_workplace_and_a_head_of_an_office_are_none(text: str, lang: str) -> None:
    assert units(text, lang) == []
