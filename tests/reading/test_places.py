"""Places by name: the gazetteer, everyday words that look like it, districts below it, which of several."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import Span, read
from nightdesk.reading.trie import one_of
from nightdesk.values.places import gazetteer

ON = date(2024, 3, 12)


def places(text: str, lang: str, country: str | None = "KP") -> list[Span]:
    return [s for s in read(text, lang, ON, country).spans if s.kind == "place"]


@pytest.mark.parametrize(("text", "lang", "keys"), [
    ("성간군에서 왔다", "ko", ["songgan"]), ("평안북도 염주군", "ko", ["north-pyongan", "yomju"]),
    ("강원도 세포에 눈이 왔다", "ko", ["kangwon", "sepo"]), ("함경남도의 고원", "ko", ["south-hamgyong", "kowon"]),
    ("화룡과 훈춘, 관전현에서", "ko", ["helong", "hunchun", "kuandian"]), ("쿤밍을 거쳐 라오스로", "ko", ["kunming", "la"]),
    ("도이췰란드와 윁남", "ko", ["de", "vn"]), ("(6/18, 무산)", "ko", ["musan"]), ("개성 쪽 도로", "ko", ["kaesong"]),
    ("경기도 파주", "ko", ["gyeonggi", "paju"]), ("두만강 너머", "ko", ["tumen-river"]),
    ("宽甸县和东港", "zh", ["kuandian", "donggang"]), ("慈江道长江郡", "zh", ["chagang", "changgang"]),
    ("經老撾到曼谷", "zh", ["bangkok"]), ("罗先市场关门", "zh", ["rason"]), ("图们江涨水", "zh", ["tumen-river"]),
    ("in Ch'ŏngjin and Ryongch'on", "en", ["chongjin", "ryongchon"]), ("Musan-gun, Hoeryong-si", "en", ["musan", "hoeryong"]),
    ("Jeoncheon and Yeonsa", "en", ["chonchon", "yonsa"]), ("on the Yalu near Dandong", "en", ["yalu-river", "dandong"]),
    ("from Jordan to Germany", "en", ["jo", "de"]), ("청진에서요, 혼자 살면서", "ko", ["chongjin"]),
    ("남양 다리목으로 왔음", "ko", ["namyang"]), ("단천 검덕에서 갱이", "ko", ["tanchon", "komdok"]), ("청진입니다", "ko", ["chongjin"]),
    ("혜산비행장 등판에서", "ko", ["hyesan"]), ("유선 쪽 과부", "ko", ["yuson"]), ("我住三合。在崇善这边看见", "zh", ["sanhe", "chongshan"]),
    ("咸北的人在平北", "zh", ["north-hamgyong", "north-pyongan"]), ("金策那边三号夜里钢铁厂", "zh", ["kimchaek"]),
    ("十三道沟边防，八家子的", "zh", ["shisandaogou", "bajiazi"]),
    ("함흥서 원산까지 갔소", "ko", ["hamhung", "wonsan"]), ("사리원서는 못 산다", "ko", ["sariwon"]), ("덕천처럼은 안 됐소", "ko", ["tokchon"]),
    ("평성인데 손녀네 학교에서", "ko", ["pyongsong"]), ("혜산보다 비싸고 무산이랑 같소", "ko", ["hyesan", "musan"]),
    ("청진엔 없고 단천뿐이요", "ko", ["chongjin", "tanchon"]), ("남양 로동자구에서 24일", "ko", ["namyang"]), ("해주항에서 청진항까지", "ko", ["haeju", "chongjin"]),
])  # fmt: skip
def test_a_name_is_found_in_its_spellings(text: str, lang: str, keys: list[str]) -> None:
    assert [s.value["key"] for s in places(text, lang)] == keys


@pytest.mark.parametrize(("text", "lang"), [
    ("과일에 농약을 쳤다", "ko"), ("세포에서 자란다", "ko"), ("운전을 배웠다", "ko"), ("영광의 날", "ko"), ("빈 집에", "ko"),
    ("수단을 가리지 않는다", "ko"), ("오만 원", "ko"), ("연안에서 고기를 잡는다", "ko"), ("해안을 지킨다", "ko"),
    ("시중에 돈이 없다", "ko"), ("이천 원", "ko"), ("화성거리에 집", "ko"), ("강남으로 이사", "ko"),
    ("유선 전화가 끊겼다", "ko"), ("광복거리 네거리에 섰다", "ko"), ("在海岸这边等，港口那边", "zh"),
    ("他坐长江号", "zh"), ("新兴的行业", "zh"), ("高原上很冷", "zh"), ("用朝鲜语说", "zh"), ("一千朝鲜币", "zh"),
    ("Jordan came home", "en"), ("Chad told her", "en"), ("Turkey was served", "en"),
    ("중노동 6개월", "ko"), ("공동 작업이다", "ko"), ("김을동(70) 씨 지역구", "ko"), ("박길동 씨가 왔다", "ko"), ("인민위원장이 나왔다", "ko"),
    ("주택동 세 채", "ko"), ("보위원 최길동에게 말했다", "ko"), ("최길동 동무가 왔다", "ko"), ("운전수 리학동이 잡혔다", "ko"), ("김책동 기자", "ko"),
    ("우리동이 더 춥다", "ko"), ("다른동은 전기가 온다", "ko"), ("계획이 무산됐다", "ko"), ("안주나 내오오", "ko"), ("의주나무 밑", "ko"),
    ("로동자구 사람들이", "ko"), ("집안이나 챙기오", "ko"), ("광주항쟁", "ko"),
])  # fmt: skip
def test_an_everyday_word_is_no_place(text: str, lang: str) -> None:
    assert places(text, lang) == []


@pytest.mark.parametrize(("text", "lang", "name", "parent"), [
    ("회령시 오봉리와 유선로동자구에", "ko", "유선로동자구", "hoeryong"), ("혜산강안동에서만", "ko", "강안동", "hyesan"),
    ("청진 수남시장 매대", "ko", "수남시장", "chongjin"), ("여기는 회령시 산업동입니다", "ko", "산업동", "hoeryong"),
    ("혜산, 새벽 4시. 단속조가 연봉동에서", "ko", "연봉동", "hyesan"), ("会宁市五凤里", "zh", "五凤里", "hoeryong"),
    ("清津市水南市场附近", "zh", "水南市场", "chongjin"), ("in Mangyang-dong, Hoeryong", "en", "Mangyang-dong", "hoeryong"),
    ("Hyesan is quiet, Wiyon-dong too", "en", "Wiyon-dong", "hyesan"),
    ("Hoeryong's South Gate Market", "en", "South Gate Market", "hoeryong"),
    ("the Sunam market in Chongjin", "en", "Sunam market", "chongjin"), ("Hoksok-ri of Musan County", "en", "Hoksok-ri", "musan"),
    ("위연동 최씨네 집 문을 차고", "ko", "위연동", "hyesan"), ("혜산 전화다. 혜장동 처녀 건", "ko", "혜장동", "hyesan"),
    ("수남장 관리소가 회의를 했슴다", "ko", "수남장", "sunam"), ("포항시장 일제 단속", "ko", "포항시장", "pohang-chongjin"),
    ("渭渊洞的崔家媳妇", "zh", "渭渊洞", "hyesan"), ("a man from Wiyon-dong", "en", "Wiyon-dong", "hyesan"),
])  # fmt: skip
def test_a_place_below_the_gazetteer_lies_in_its_town(text: str, lang: str, name: str, parent: str) -> None:
    (found,) = [s for s in places(text, lang) if s.words == name]
    assert (found.value["level"], found.value["parent"]) == ("district", parent)


@pytest.mark.parametrize(("text", "lang"), [
    ("회령 거리에 나갔다", "ko"), ("혜산 활동을 접었다", "ko"), ("청진 국제시장 시세", "ko"), ("무산의 자리에서", "ko"),
    ("会宁家里没有粮", "zh"), ("惠山那里很冷", "zh"), ("会宁市里的人", "zh"), ("The Border market is shut", "en"),
])  # fmt: skip
def test_what_only_ends_like_a_district_is_none(text: str, lang: str) -> None:
    assert [s.words for s in places(text, lang) if s.value.get("level")] == []


def test_a_district_that_stands_alone_says_whose_it_is_taken_for() -> None:
    (_, found) = places("혜산에서 왔다. 연봉동에서 단속조를 봤다.", "ko")
    assert found.value["because"] == "the town named before it"


def test_a_district_of_one_town_that_is_named_beside_another_is_a_choice() -> None:
    for before, because in (
        ("신의주에서", "the first in the table"),
        ("청진에서", None),
        ("함경북도에서", None),
    ):
        found = places(f"{before} 왔다. 송평동 주민이 봤다.", "ko")[-1]
        assert (found.value["parent"], found.value.get("because")) == ("chongjin", because)


@pytest.mark.parametrize(
    "text", ["太平南路三号", "和平北路出了事", "昌平北站", "太平北街", "平南县", "黄南州"]
)
def test_streets_and_stations_are_no_provinces(text: str) -> None:
    assert places(text, "zh") == []


@pytest.mark.parametrize(("text", "country", "key", "because"), [
    ("광주에서 왔다", "KR", "gwangju", "the report is of KR"), ("광주에서 왔다", "CN", "guangzhou", "the report is of CN"),
    ("광둥성 광주에 갔다", "KR", "guangzhou", "the place it lies in stands before it"),
    ("광둥성에 산다. 광주에서 일한다", "KR", "guangzhou", "a place around it was named before"),
    ("광주에서 왔다", "KP", "guangzhou", "the first in the table"),
])  # fmt: skip
def test_a_name_of_several_places_says_which_and_why(text: str, country: str, key: str, because: str) -> None:
    found = places(text, "ko", country)[-1]
    assert (found.value["key"], found.value["because"]) == (key, because)
    assert found.value["candidates"] == ["guangzhou", "gwangju"]


def test_a_place_of_one_meaning_gives_no_reason() -> None:
    (found,) = places("회령에서", "ko")
    assert not {"candidates", "because"} & set(found.value)


def test_every_place_has_names_in_three_languages_and_lies_in_a_place_of_the_table() -> None:
    for key, place in gazetteer().items():
        assert all(place.names.get(lang) for lang in ("ko", "zh", "en")), key
        assert not place.parent or place.parent in gazetteer(), key


def test_a_trie_matches_the_longest_word_and_nothing_else() -> None:
    import re

    words = ["회령", "회", "회양군", "ab", "abc", "a.c"]
    pattern = re.compile(one_of(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert pattern.match("회령시")[0] == "회령"
    assert pattern.match("abcd")[0] == "abc"
    assert pattern.match("axc") is None
