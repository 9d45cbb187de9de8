"""People by rules, in three languages; what only looks like a name is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nightdesk.reading import read
from nightdesk.reading.tables import table

ON = date(2023, 12, 15)


def persons(text: str, lang: str) -> list[tuple[str, dict]]:
    return [(s.words, dict(s.value)) for s in read(text, lang, ON, "KP").spans if s.kind == "person"]


@pytest.mark.parametrize(("text", "who"), [
    ("보위원 김철수가 돈을 요구했다.", [("김철수", {"name": "김철수", "role": "state security agent"})]),
    ("지배인 박영희는 말이 없었다.", [("박영희", {"name": "박영희", "role": "manager"})]),
    ("김씨는 장사를 그만두었다.", [("김", {"name": "김"})]), ("최 씨에게 전했다.", [("최", {"name": "최"})]),
    ("리명국 동무를 불러냈다.", [("리명국", {"name": "리명국"})]), ("박철남 과장이 왔다.", [("박철남", {"name": "박철남", "role": "과장"})]),
    ("김 부장은 말이 없었다.", [("김", {"name": "김", "role": "부장"})]), ("최과장도 갔다.", [("최", {"name": "최", "role": "과장"})]),
    ("보위원 리 모가 왔다.", [("리", {"name": "리", "role": "state security agent"})]),
    ("김모(33)씨와 박모씨가", [("김", {"name": "김", "age": 33}), ("박", {"name": "박"})]),
    ("김정순(45)은 팔았다.", [("김정순", {"name": "김정순", "age": 45})]),
    ("남궁성민 씨가 말했다.", [("남궁성민", {"name": "남궁성민"})]), ("조영숙 할머니는 울었다.", [("조영숙", {"name": "조영숙"})]),
    ("30대 여성이 잡혔다.", [("30대 여성", {"age": 30, "age_high": 39, "sex": "female"})]),
    ("45살 남자를 때렸다.", [("45살 남자", {"age": 45, "sex": "male"})]), ("70대 노인", [("70대 노인", {"age": 70, "age_high": 79})]),
    ("삼촌이 전화했다.", [("삼촌", {"kin": "uncle"})]), ("브로커의 아내가", [("브로커의 아내", {"kin": "wife", "of": "broker"})]),
    ("사촌 동생에게 보냈다.", [("사촌 동생", {"kin": "cousin"})]), ("보위원들이 왔다.", [("보위원", {"role": "state security agent"})]),
    ("돈주는 웃었다.", [("돈주", {"role": "money lender"})]),
])  # fmt: skip
def test_a_korean_person(text, who) -> None:
    assert persons(text, "ko") == who


@pytest.mark.parametrize(("text", "who"), [
    ("保卫员金哲洙要钱。", [("金哲洙", {"name": "金哲洙", "role": "state security agent"})]),
    ("医生朴英姬说不知道。", [("朴英姬", {"name": "朴英姬", "role": "doctor"})]), ("王科长说不知道。", [("王", {"name": "王", "role": "科长"})]),
    ("李先生把钱交给她。", [("李", {"name": "李"})]), ("老王在家。", [("老王", {"name": "老王"})]),
    ("姓金的男子", [("金", {"name": "金"})]), ("歐陽女士來了。", [("歐陽", {"name": "歐陽"})]),
    ("中介的妻子哭了。", [("中介的妻子", {"kin": "wife", "of": "broker"})]), ("他叔叔来了。", [("他叔叔", {"kin": "uncle", "of": "他"})]),
    ("45岁的男子被捕。", [("45岁的男子", {"age": 45, "sex": "male"})]), ("三十多岁的妇女", [("三十多岁的妇女", {"age": 30, "age_high": 39, "sex": "female"})]),
    ("司机没有来。", [("司机", {"role": "driver"})]),
])  # fmt: skip
def test_a_chinese_person(text, who) -> None:
    assert persons(text, "zh") == who


@pytest.mark.parametrize(("text", "who", "places"), [
    ("An Okjon-dong woman said so.", [], ["Okjon-dong"]), ("It rained. An Okjon-dong woman said so.", [], ["Okjon-dong"]),
    ("She met An Okjon-dong.", ["An Okjon-dong"], []), ("An Gil-dong said so.", ["An Gil-dong"], []),
    ("An Chol-su said so.", ["An Chol-su"], []), ("Kim Su-dong said so.", ["Kim Su-dong"], []), ("Ri Myong-gu came.", ["Ri Myong-gu"], []),
    ("Kim Su-dong, Hoeryong", [], ["Kim Su-dong", "Hoeryong"]), ("Nam Song-ri was searched.", [], ["Nam Song-ri"]),
])  # fmt: skip
def test_a_ward_is_nobody_and_somebody_is_no_ward(text, who, places) -> None:
    spans = read(text, "en", ON, "KP").spans
    assert [s.words for s in spans if s.kind == "person"] == who
    assert [s.words for s in spans if s.kind == "place"] == places


@pytest.mark.parametrize(("text", "who"), [
    ("Mr Kim paid.", [("Kim", {"name": "Kim"})]), ("Officer Pak asked for money.", [("Pak", {"name": "Pak", "role": "Officer"})]),
    ("Kim Chol-su, 45, was taken.", [("Kim Chol-su", {"name": "Kim Chol-su", "age": 45})]),
    ("Pak Yong Hui said so.", [("Pak Yong Hui", {"name": "Pak Yong Hui"})]), ("Chol-su Kim came.", [("Chol-su Kim", {"name": "Chol-su Kim"})]),
    ("Wang Xiaoming came.", [("Wang Xiaoming", {"name": "Wang Xiaoming"})]), ("So Yong-chol came.", [("So Yong-chol", {"name": "So Yong-chol"})]),
    ("The broker's wife cried.", [("The broker's wife", {"kin": "wife", "of": "broker"})]), ("My uncle called.", [("uncle", {"kin": "uncle"})]),
    ("her older brother", [("older brother", {"kin": "elder brother"})]), ("a woman aged 34", [("woman aged 34", {"age": 34, "sex": "female"})]),
    ("a 45-year-old man", [("45-year-old man", {"age": 45, "sex": "male"})]), ("a trader in her 40s", [("trader in her 40s", {"age": 40, "age_high": 49})]),
    ("a trader in her mid-40s", [("trader in her mid-40s", {"age": 40, "age_high": 49})]),
    ("a woman in her forties", [("woman in her forties", {"age": 40, "age_high": 49, "sex": "female"})]),
    ("a man in his late fifties", [("man in his late fifties", {"age": 50, "age_high": 59, "sex": "male"})]),
    ("the border guard waited", [("border guard", {"role": "border guard"})]), ("an MSS agent came", [("MSS agent", {"role": "state security agent"})]),
])  # fmt: skip
def test_an_english_person(text, who) -> None:
    assert persons(text, "en") == who


@pytest.mark.parametrize("text", [
    "보위원 전원이 나섰다.", "안전원 한사람이 왔다.", "주민 이들은 돌아갔다.", "주민 여성이 말했다.", "군인 일부가 떠났다.",
    "지배인 지시를 어겼다.", "비서 방침을 전달했다.", "주민 조직을 만들었다.", "우리 동무가 왔다.", "여성 동지가 왔다.",
    "이 부장은 한 대표와 만났다.", "날씨가 좋다.", "솜씨가 좋다.", "주한미군이 왔다.", "지루하군", "전 장관과 현 장관", "고객님이 왔다.",
    "주민 신고로 잡혔다.", "글씨를 쓴다.",
])  # fmt: skip
def test_common_words_beside_a_title_are_no_names(text) -> None:
    assert [who for who in persons(text, "ko") if "name" in who[1]] == []


@pytest.mark.parametrize("text", [
    "So Young people left.", "No Money was paid.", "The Long March", "Song Dynasty", "Han River", "Park Street", "General Security Bureau",
    "Officer in charge", "Miss the bus",
])  # fmt: skip
def test_words_with_capitals_are_no_names(text) -> None:
    assert [who for who in persons(text, "en") if "name" in who[1]] == []


@pytest.mark.parametrize("lang", ["ko", "zh", "en"])
def test_every_word_of_the_tables_for_kin_and_roles_reads(lang) -> None:
    said = [
        word for name in ("kin", "roles") for each in table("people")[lang][name].values() for word in each
    ]
    assert [word for word in said if not persons(f"my {word}", lang)] == []


@pytest.mark.parametrize("text", ["全部科长都来了。", "许多老师", "高科长", "方面军人", "白天来", "任何人"])
def test_chinese_words_are_no_names(text) -> None:
    assert [who for who in persons(text, "zh") if "name" in who[1]] == []


def test_an_age_beside_a_name_is_a_quantity_too_and_no_digit_is_left() -> None:
    reading = read("김정순(45)은 장사를 했다. Kim Chol-su, 51, left.", "ko", ON)
    assert [(s.words, dict(s.value)) for s in reading.spans if s.kind == "quantity"] == [
        ("45", {"count": 45, "of": "살"}), ("51", {"amount": "51", "unit": "year", "of": "age"}),
    ]  # fmt: skip
    assert reading.unread == ()


def test_a_place_of_the_gazetteer_is_no_person() -> None:
    assert [s.kind for s in read("김책시 주민이 왔다.", "ko", ON).spans][:1] == ["place"]


SURE = sorted(set(table("people")["ko"]["surnames"]) - set(table("people")["ko"]["words_too"]))
GIVEN = table("people")["ko"]["given"]


@given(st.sampled_from(SURE), st.sampled_from(GIVEN), st.sampled_from(GIVEN))
def test_every_surname_with_every_given_name_is_read_beside_a_title(surname, first, second) -> None:
    name = surname + first + second
    odd = set(table("people")["ko"]["not_names"])
    text = f"보위원 {name}에게 말했다."
    found = persons(text, "ko")
    other = {"place", "time"}  # 송화시, 오후후
    town = [s for s in read(text, "ko", ON).spans if s.kind in other and s.words in name]
    assert name in odd or name[:2] in odd or town or [who for who in found if who[1].get("name") == name]


def test_typed_in_pieces_a_name_reads_the_same() -> None:
    import unicodedata

    text = "보위원 김철수가 왔다. 삼촌도 왔다."
    whole, apart = persons(text, "ko"), persons(unicodedata.normalize("NFD", text), "ko")
    assert [value for _, value in whole] == [value for _, value in apart]
