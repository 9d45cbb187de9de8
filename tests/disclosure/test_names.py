"""A full name is one person: red, among the first, and what the text says of who it is stands in its place."""

from __future__ import annotations

import time

import pytest

from nightdesk.disclosure import apply
from nightdesk.disclosure.publicly import full, public


def edition(story, lang, text):
    raw = story(**{lang: text}) if lang != "zh" else story(en=text)
    if lang == "zh":
        raw["editions"] = {"zh": [{"id": "z1", "claims": ["c1"], "text": text}]}
    return raw


def named(review):
    return [found for found in review.findings if found.why_key.startswith("named_")]


@pytest.mark.parametrize(("lang", "text"), [
    ("ko", "김철수(42)가 회령시에서 체포됐다."), ("ko", "주민 김철수 씨가 체포됐다."),
    ("ko", "보위원 김철수가 돈을 받았다."), ("ko", "인민반장 박영희(52·여)가 말했다."),
    ("en", "Kim Chol Su, 42, was arrested in Hoeryong."), ("en", "Agents took Kim Chol-su away."),
    ("en", "Kim Chol Su's house was searched."), ("en", "The minister's driver Kim Chol Su fled."),
    ("en", "Kim Chol Su told the minister."),
    ("zh", "王建国（42岁）在会宁被捕。"), ("zh", "42岁的王建国在会宁被捕。"), ("zh", "保卫部长王建国被捕。"),
])  # fmt: skip
def test_a_full_name_of_a_private_person_is_red_and_among_the_first(look, story, lang, text) -> None:
    _, review = look(edition(story, lang, text))
    (found,) = named(review)
    assert (found.severity, found.why_key, review.findings[0].key) == ("red", "named_person", found.key)
    assert (found.before.low, found.before.high) == (1, 1)


@pytest.mark.parametrize(("lang", "text"), [
    ("ko", "윤석열 대통령이 말했다."), ("ko", "조태열 장관이 말했다."), ("ko", "박명호 기자"),
    ("en", "President Yoon Suk Yeol said so."), ("en", "Foreign Minister Choe Son Hui said so."),
    ("en", "Kim Song, the former ambassador, said so."), ("en", "Kim Jong Un visited Hoeryong."),
    ("en", "Koo Byoung-sam, the Unification Ministry spokesperson, said so."), ("en", "By Park Min-jung and Kim Chol Su"),
])  # fmt: skip
def test_a_name_with_a_public_office_or_in_a_byline_is_not_red(look, story, lang, text) -> None:
    _, review = look(edition(story, lang, text))
    assert named(review)
    assert {(found.severity, found.why_key) for found in named(review)} == {("note", "named_public")}
    assert {offer.label_key for found in named(review) for offer in found.offers} == {"drop_sentence"}


@pytest.mark.parametrize(("lang", "text", "name"), [
    ("ko", "조태열 외교부 장관이 말했다.", "조태열"), ("ko", "구병삼 통일부 대변인이 말했다.", "구병삼"),
    ("ko", "외무성 대변인 김철수가 밝혔다.", "김철수"), ("ko", "국회의원 김철수가 말했다.", "김철수"),
    ("en", "Kim Chol Su, President Yoon's Foreign Minister, said so.", "Kim Chol Su"), ("zh", "习近平主席访问平壤。", "习近平"), ("zh", "外交部发言人毛宁说。", "毛宁"),
])  # fmt: skip
def test_an_office_may_stand_on_either_side_with_its_ministry(lang, text, name) -> None:
    at = text.index(name)
    assert public(text, lang, at, at + len(name))


@pytest.mark.parametrize(("lang", "text", "name"), [
    ("en", "By the river Kim Chol Su was shot.", "Kim Chol Su"),
    ("en", "Kim Chol Su, the minister's driver, fled.", "Kim Chol Su"),
    ("en", "Kim Chol Su, a neighbour of the president, fled.", "Kim Chol Su"),
    ("ko", "대통령 운전사 김철수가 잡혔다.", "김철수"), ("ko", "김철수 기자가 잡혔다.", "김철수"),
    ("zh", "保卫部长王建国被捕。", "王建国"), ("zh", "他们押王建国主席台上站着。", "王建国"), ("zh", "他们送王建国大使馆去了。", "王建国"),
    ("en", "Kim Chol Su, Premier Kim Tok Hun's driver, fled.", "Kim Chol Su"), ("ko", "탈북자 김철수 대사관 진입", "김철수"),
    ("ko", "대의원 김철수가 체포됐다.", "김철수"), ("ko", "한의원 김철수가 체포됐다.", "김철수"),
])  # fmt: skip
def test_who_only_stands_near_an_office_is_private(lang, text, name) -> None:
    at = text.index(name)
    assert not public(text, lang, at, at + len(name))


def test_a_surname_alone_is_part_of_a_name_and_fits_no_number(look, story) -> None:
    for raw in (story(ko="김모(45) 씨가 체포됐다."), story(en="The police arrested Mr. Kim.")):
        (found,) = named(look(raw)[1])
        assert (found.severity, found.why_key, found.before) == ("amber", "named_in_part", None)
    assert [full(name, "ko") for name in ("김", "남궁", "김철", "남궁민수")] == [False, False, True, True]
    assert [full(name, "zh") for name in ("王", "欧阳", "歐陽", "老王", "欧阳建国")] == [False] * 4 + [True]


@pytest.mark.parametrize(("lang", "text", "said"), [
    ("ko", "김철수(42)가 회령시에서 체포됐다.", "40대 주민 한 명이 회령시에서 체포됐다."),
    ("ko", "박영희(52·여)가 말했다.", "50대 여성 한 명이 말했다."),
    ("ko", "송금 브로커 김철수(42)가 체포됐다.", "송금 브로커 한 명이 체포됐다."),
    ("ko", "40대 남성 김철수 씨가 잡혔다.", "40대 남성 한 명이 잡혔다."),
    ("ko", "김철수 지배인이 잡혔다.", "지배인 한 명이 잡혔다."), ("ko", "김철수 씨는 말했다.", "한 주민은 말했다."),
    ("en", "Kim Chol Su, 42, was arrested.", "A resident in their forties was arrested."),
    ("en", "A remittance broker, Kim Chol Su (42), was arrested.", "A remittance broker was arrested."),
    ("en", "Agents took Kim Chol Su, a remittance broker, away.", "Agents took a remittance broker away."),
    ("en", "Farmer Ri Yong Su was beaten.", "A farmer was beaten."),
    ("en", "Hoeryong farmer Ri Yong Su was beaten.", "A Hoeryong farmer was beaten."),
    ("en", "In Hoeryong farmer Ri Yong Su was beaten.", "In Hoeryong a farmer was beaten."),
    ("en", "A young farmer, Ri Yong Su, was beaten.", "A young farmer was beaten."),
    ("en", "His neighbour Kim Chol Su fled.", "His neighbour fled."),
    ("en", "Kim Chol Su's house was searched.", "A resident's house was searched."),
    ("en", "The police arrested Mr. Kim.", "The police arrested a resident."),
    ("en", "She met a broker, Ri Sun Ok said.", "She met a broker, a resident said."),
    ("zh", "商人王建国（42岁）被捕。", "一名商人被捕。"), ("zh", "42岁的王建国被捕。", "一名40至49岁的居民被捕。"),
    ("zh", "居民王强，42岁，被带走。", "一名居民被带走。"), ("zh", "一名叫王建国的商人被捕。", "一名商人被捕。"),
])  # fmt: skip
def test_the_name_gives_way_to_what_the_text_says_of_the_person(look, story, lang, text, said) -> None:
    (found,) = named(look(edition(story, lang, text))[1])
    assert apply(text, found.offers[0]) == said
    assert found.offers[-1].label_key == "drop_sentence"


def test_the_years_of_a_woman_are_hers_and_stand_behind_her_role(look, story) -> None:
    text = "A woman named Ri Sun Ok, 35, told us."
    (found,) = named(look(story(en=text))[1])
    assert [apply(text, offer) for offer in found.offers[:2]] == [
        "A woman told us.",
        "A woman in her thirties told us.",
    ]


def test_one_broker_is_not_one_twice(look, story) -> None:
    text = "한 브로커 김철수가 체포됐다."
    (found,) = named(look(story(ko=text))[1])
    assert apply(text, found.offers[0]) == "브로커 한 명이 체포됐다."


def test_a_name_in_two_scripts_is_one_finding(look, story) -> None:
    _, review = look(story(ko="리용수(42)가 체포됐다.", en="Ri Yong Su, 42, was arrested."))
    (found,) = named(review)
    assert {(span.edition, span.words) for span in found.spans} == {("ko", "리용수"), ("en", "Ri Yong Su")}


def test_a_name_said_again_is_the_same_resident(look, story) -> None:
    text = "Kim Chol Su was arrested. Kim Chol Su was beaten."
    (found,) = named(look(story(en=text))[1])
    assert "Kim Chol Su was arrested. The resident was beaten." in [
        apply(text, offer) for offer in found.offers
    ]


@pytest.mark.parametrize("name", ["Pak Yong-ri", "Kim Myong-gu", "Kim Su-dong"])
def test_a_given_name_that_ends_like_a_ward_is_no_place(look, story, name) -> None:
    _, review = look(story(en=f"Agents took {name} away."))
    assert [span.words for found in named(review) for span in found.spans] == [name]
    assert not any(found.class_ == "place too fine" for found in review.findings)


def test_a_name_of_few_consonants_in_two_scripts_is_one_finding(look, story) -> None:
    (found,) = named(look(story(ko="노은아가 왔다.", en="No Un-a came."))[1])
    assert {(span.edition, span.words) for span in found.spans} == {("ko", "노은아"), ("en", "No Un-a")}


def test_a_syllable_of_a_name_is_nobodys_son(look, story) -> None:
    _, review = look(story(en="Agents took Choe Son Hui away."))
    assert not any(found.class_ == "kinship" for found in review.findings)


@pytest.mark.parametrize(("lang", "text", "said"), [
    ("en", "The woman is his sister-in-law.", "The woman is his relative."), ("ko", "한 여성은 그의 처제라고 한다.", None),
    ("ko", "한 여성은 처제에게 돈을 줬다.", "한 여성은 친척에게 돈을 줬다."),
])  # fmt: skip
def test_who_is_family_by_marriage_is_family_whole(look, story, lang, text, said) -> None:
    found = [one for one in look(edition(story, lang, text))[1].findings if one.class_ == "kinship"]
    assert [apply(text, one.offers[0]) for one in found] == ([said] if said else [])


def test_an_execution_is_nobodys_sister_in_law(look, story) -> None:
    _, review = look(story(ko="회령에서 한 명이 처형을 당했다."))
    assert not any(found.class_ == "kinship" for found in review.findings)


def test_no_fact_but_a_quotation_is_put_into_words_to_that_effect(look, story) -> None:
    text = "On 3 December 2023 Kim Chol Su, 42, and his wife paid RMB 20,000 in Hoeryong."
    _, review = look(story(en=text, kind="public", low=20_000, high=150_000))
    found = next(one for one in review.findings if one.why_key == "four_facts")
    assert not any("to that effect" in offer.text for offer in found.offers)


def test_letters_beside_an_office_are_not_cut_up_in_every_way() -> None:
    text = f"President of {'A' * 60}. Kim Chol Su went."
    start, begun = text.index("Kim"), time.process_time()
    assert not public(text, "en", start, start + len("Kim Chol Su"))
    assert time.process_time() - begun < 0.5
    office = "President of the Central Bank of KOREA and Trade, Kim Chol Su"
    assert public(office, "en", office.index("Kim"), len(office))


def test_two_names_of_one_sound_in_one_edition_are_two_people(look, story) -> None:
    _, review = look(edition(story, "ko", "주민 박영수 씨와 주민 박용수 씨가 체포됐다."))
    assert [{span.words for span in found.spans} for found in named(review)] == [{"박영수"}, {"박용수"}]


@pytest.mark.parametrize(
    "ko", ["리철수는 잡혔다.", "보위원들이 리철수를 때렸다.", "혜산에서 리철수 체포", "이철수가 잡혔다."]
)
def test_a_bare_korean_name_is_the_one_that_the_other_edition_writes(look, story, ko) -> None:
    _, review = look(story(ko=ko, en="Agents took Ri Chol-su away."))
    (found,) = named(review)
    assert found.severity == "red"
    assert {(span.edition, span.words[1:]) for span in found.spans} == {("ko", "철수"), ("en", "i Chol-su")}
    assert not any(one.why_key == "more_person" for one in review.findings)


@pytest.mark.parametrize("ko", [
    "한지은은 잡혔다.", "한지은 체포", "한지은이 울었다.", "잡힌 사람은 한지은입니다.", "한지은처럼 잡혔다.", "한지은부터 때렸다.",
    "한지은네 집을 뒤졌다.", "한지은! 하고 불렀다.", "잡힌 것은 한지은이였다.",
])  # fmt: skip
def test_a_bare_korean_name_may_end_like_a_particle_and_have_any_ending_of_talk(look, story, ko) -> None:
    _, review = look(story(ko=ko, en="Agents took Han Ji-eun away."))
    assert ("ko", "한지은") in {(span.edition, span.words) for found in named(review) for span in found.spans}


@pytest.mark.parametrize(("ko", "en"), [
    ("한지은", "Han Jieun"), ("김태일", "Kim Taeil"), ("김미옥", "Kim Miok"), ("김미영", "Kim Miyong"), ("김지영", "Kim Jiyoung"),
    ("문수진", "Moon Soo-jin"), ("문수아", "Moon Soo-ah"), ("최철희", "Choi Chul-hee"), ("이상현", "Lee Sang-hyeon"),
    ("한수인", "Han Soo-in"),
])  # fmt: skip
def test_a_bare_korean_name_is_known_however_it_is_romanised(look, story, ko, en) -> None:
    _, review = look(story(ko=f"보위원들이 {ko}를 때렸다.", en=f"Agents took {en} away."))
    assert ("ko", ko) in {(span.edition, span.words) for found in named(review) for span in found.spans}


@pytest.mark.parametrize(("ko", "en"), [
    ("박영도", "Pak Yong-do"), ("박영도", "Pak Yong Do"), ("조영만", "Jo Yong-man"), ("김성리", "Kim Song Ri"), ("박명구", "Pak Myong Gu"),
])  # fmt: skip
def test_a_given_name_that_ends_like_a_county_is_heard_whole(look, story, ko, en) -> None:
    _, review = look(story(ko=f"{ko}가 잡혔다.", en=f"Agents took {en} away."))
    assert ("ko", ko) in {(span.edition, span.words) for found in named(review) for span in found.spans}


@pytest.mark.parametrize(("ko", "zh"), [("박영희", "朴英姬"), ("김철수", "金哲洙"), ("최명철", "崔明哲")])
def test_a_bare_korean_name_is_known_from_its_characters(look, story, ko, zh) -> None:
    raw = story(ko=f"회령에서 {ko} 체포")
    raw["claims"][0]["statement"] = f"居民{zh}女士被抓走。"
    _, review = look(raw)
    assert ("ko", ko) in {(span.edition, span.words) for found in named(review) for span in found.spans}


def test_a_bare_korean_name_said_again_is_read_where_it_has_a_title_elsewhere(look, story) -> None:
    text = "주민 김철수 씨가 체포됐다. 김철수의 집도 수색했다."
    (found,) = named(look(story(ko=text))[1])
    assert [span.words for span in found.spans] == ["김철수", "김철수"]


@pytest.mark.parametrize("statement", ["Agents took Ri Chol-su away.", "주민 리철수 씨가 잡혔다."])
def test_a_bare_korean_name_is_read_where_a_claim_has_it(look, story, statement) -> None:
    raw = story(ko="혜산에서 리철수 체포", en="A resident taken in Hyesan")
    raw["claims"][0]["statement"] = statement
    (found,) = named(look(raw)[1])
    assert [(span.edition, span.words) for span in found.spans] == [("ko", "리철수")]


@pytest.mark.parametrize(("ko", "en"), [
    ("리철수는 잡혔다.", "Agents came."), ("우리철수막이 무너졌다.", "Ri Chol-su was beaten."),
    ("철수는 잡혔다.", "Ri Chol-su was beaten."), ("외교부 대변인이 말했다.", "Premier Kim Tok Hun said so."),
    ("김덕훈이 말했다.", "Premier Kim Tok Hun said so."), ("김영화관은 비었다.", "Kim Yong-hwa was beaten."),
    ("한지은행나무가 섰다.", "Han Ji-eun was beaten."), ("한지은나라가 섰다.", "Han Ji-eun was beaten."),
    ("이상한 소문이 돌았다.", "Ri Sang-hyon was beaten."), ("정전이 잦았다.", "Jong Ji-eun was beaten."), ("감사한 일이다.", "Kim Sa-hon came."),
])  # fmt: skip
def test_what_only_sounds_like_a_name_or_belongs_to_an_office_is_no_bare_name(look, story, ko, en) -> None:
    _, review = look(story(ko=ko, en=en))
    assert not any(span.edition == "ko" for found in named(review) for span in found.spans)
