"""Which sex and which age belong to which description, in three languages; and what words of age leave open."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.disclosure.ages import Ages, wider, wider_words
from nightdesk.disclosure.agewords import AGE, said_age
from nightdesk.disclosure.belonging import traits_of
from nightdesk.disclosure.describing import described
from nightdesk.disclosure.facts import said
from nightdesk.disclosure.model import ParagraphText
from nightdesk.disclosure.traits import Who, merged

F, M = "female", "male"
FORTIES, OF_45 = Ages(40, 49), Ages(45, 45)


def told(lang: str, text: str, group: str = "remittance_brokers") -> Who:
    one = said(lang, ParagraphText("p", text), date(2023, 12, 18), "KP")
    (at,) = [found for found in described(text, lang) if found.group == group]
    return traits_of(one, at.start, at.end).who


@pytest.mark.parametrize(
    ("lang", "text", "who"),
    [
        ("en", "A woman in her forties, a broker in Hoeryong, was questioned.", Who(F, FORTIES)),
        ("en", "A broker from Hoeryong, a woman in her forties, was taken.", Who(F, FORTIES)),
        ("en", "A woman in her forties, who works as a broker in Hoeryong, was taken.", Who(F, FORTIES)),
        ("en", "A 45-year-old female broker in Hoeryong was questioned.", Who(F, OF_45)),
        ("en", "A man known as a broker at the textile mill aged 45 was taken.", Who(M, OF_45)),
        ("en", "A broker, the wife of a miner, was taken.", Who(F)),
        ("ko", "회령의 40대 여성 송금 브로커가 조사를 받았다.", Who(F, FORTIES)),
        ("ko", "40대의 회령 출신 송금 브로커가 조사를 받았다.", Who("", FORTIES)),
        ("ko", "회령시에서 송금 브로커로 일하는 45세 여성이 조사를 받았다.", Who(F, OF_45)),
        ("ko", "남편인 브로커가 잡혀갔다.", Who(M)),
        ("zh", "会宁一名四十多岁的女子汇款中间人被问话。", Who(F, FORTIES)),
        ("zh", "会宁一名汇款中间人，45岁女性，被问话。", Who(F, OF_45)),
    ],
)
def test_words_beside_a_description_are_its_own(lang, text, who) -> None:
    assert told(lang, text) == who


@pytest.mark.parametrize(
    ("lang", "text", "who"),
    [
        ("en", "A broker in Hoeryong was questioned. She is in her late forties.", Who(F, Ages(45, 49))),
        ("en", "A broker in Hoeryong was taken. She is a woman in her forties.", Who(F, FORTIES)),
        ("en", "A broker and his wife were taken.", Who(M)),
        ("ko", "회령의 한 브로커가 조사를 받았다. 이 여성은 마흔다섯 살이다.", Who(F, OF_45)),
    ],
)
def test_a_paragraph_about_one_person_tells_of_that_person(lang, text, who) -> None:
    assert told(lang, text) == who


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A broker was taken as a woman watched; she screamed."),
        ("en", "Two women saw how a broker was taken."),
        ("en", "The broker's wife was taken."),
        ("en", "A broker was questioned, a neighbour aged 60 said."),
        ("en", "A broker was questioned, a 60-year-old neighbour said."),
        ("en", "Agents took RMB 5,000 for a broker from a woman in her forties."),
        ("en", "A broker was taken to the house of a woman aged 45."),
        ("en", "A broker, a nurse and a woman were taken."),
        ("en", "A broker was taken, and his sister said she would wait."),
        ("ko", "회령에서 브로커의 여성 동료가 잡혀갔다."),
        ("ko", "송금 브로커의 아내가 조사를 받았다."),
        ("ko", "회령의 한 브로커가 조사를 받았다고 60대 주민이 말했다."),
        ("ko", "회령의 한 브로커가 잡혀갔다. 한 여성이 그것을 보았다."),
    ],
)
def test_somebody_else_s_sex_and_age_are_not_the_described_person_s(lang, text) -> None:
    assert told(lang, text) == Who()


def test_each_of_two_people_keeps_their_own() -> None:
    text = "A nurse in her thirties and a male driver were taken."
    assert told("en", text, "medical") == Who(F, Ages(30, 39))
    assert told("en", text, "drivers") == Who(M)


def test_editions_are_laid_together_and_people_who_differ_are_not() -> None:
    def traits(lang: str, text: str):
        one = said(lang, ParagraphText(lang, text), date(2023, 12, 18), "KP")
        return [traits_of(one, at.start, at.end) for at in described(text, lang)]

    both = traits("ko", "45세 송금 브로커가 잡혀갔다.") + traits(
        "en", "A female broker in her forties was taken."
    )
    assert [one.who for one in merged(both)] == [Who(F, OF_45)]
    two = traits("en", "A female broker and a male broker were taken.")
    assert [one.who for one in merged(two)] == [Who(F), Who(M)]


@pytest.mark.parametrize(
    ("lang", "words", "ages"),
    [
        ("en", "45-year-old", (45, 45)), ("en", "forty-five-year-old", (45, 45)), ("en", "twenty-year-old", (20, 20)),
        ("en", "in his 40s", (40, 49)), ("en", "in her late 40s", (45, 49)), ("en", "sixteen-year-old", (16, 16)),
        ("en", "nine-year-old", (9, 9)), ("en", "aged 45", (45, 45)), ("en", "in her forties", (40, 49)), ("en", "in their teens", (10, 19)),
        ("en", "in his early fifties", (50, 54)), ("en", "in his mid-fifties", (53, 57)),
        ("ko", "45세", (45, 45)), ("ko", "45살", (45, 45)), ("ko", "마흔다섯 살", (45, 45)), ("ko", "스무 살", (20, 20)),
        ("ko", "40대", (40, 49)), ("ko", "40대 후반", (45, 49)), ("ko", "사십대", (40, 49)), ("ko", "십대", (10, 19)),
        ("zh", "45岁", (45, 45)), ("zh", "四十五岁", (45, 45)), ("zh", "四十多岁", (40, 49)), ("zh", "40多岁", (40, 49)),
        ("zh", "十五岁", (15, 15)), ("zh", "105岁", (105, 105)),
    ],
)  # fmt: skip
def test_words_of_age_are_found_and_read(lang, words, ages) -> None:
    assert AGE[lang].fullmatch(words) and said_age(words, lang) == ages


@pytest.mark.parametrize("words", ["45세대가 산다", "오십 대의 차", "3세기에", "수십대의 차가"])
def test_households_vehicles_and_centuries_are_no_ages(words) -> None:
    assert not AGE["ko"].search(words)


def test_an_age_has_ten_years_around_it_and_ten_years_have_none() -> None:
    assert wider(OF_45) == FORTIES and wider(Ages(45, 49)) == FORTIES
    assert wider(FORTIES) is None and wider(Ages(38, 41)) is None and wider(Ages(7, 7)) is None
    assert wider(Ages(105, 105)) is None, "no word has ten years of a hundred"
    said_so = {"en": ("aged 45", "in their forties"), "ko": ("45세", "40대"), "zh": ("四十五岁", "四十多岁")}
    assert all(wider_words(lang, words, OF_45) == new for lang, (words, new) in said_so.items())


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A broker's wife, aged 45, was taken."), ("en", "A broker was taken. His wife is in her forties."),
        ("ko", "송금 브로커의 딸(14세)이 체포됐다."), ("ko", "송금 브로커가 체포됐다. 아내는 45세다."),
        ("zh", "汇款中间人的妻子四十五岁。"),
    ],
)  # fmt: skip
def test_the_age_of_a_relative_is_not_that_of_whom_the_relative_belongs_to(lang, text) -> None:
    assert told(lang, text).age is None


@pytest.mark.parametrize(
    ("lang", "text", "who"),
    [
        ("en", "A broker, whose son is 12, was taken.", Who()),
        ("en", "A broker, 45, whose son is 12, was taken.", Who("", OF_45)),
        ("en", "The broker, the mother of a 9-year-old, was taken.", Who(F)),
        ("en", "A 45-year-old's neighbour, a broker, was taken.", Who()),
        ("en", "The neighbour of a 45-year-old, a broker, was taken.", Who()),
        ("en", "A broker, married to a 50-year-old, was taken.", Who()),
        ("en", "A broker was taken. Her 12-year-old saw it.", Who(F)),
        ("en", "A broker was taken. Her son, 12, saw it.", Who(F)),
        ("en", "The broker's neighbour, aged 45, was taken.", Who()),
        ("en", "A broker in her forties, mother of two girls aged 9 and 12, was taken.", Who(F, FORTIES)),
        ("ko", "열두 살 난 아들을 둔 송금 브로커가 잡혀갔다.", Who()),
        ("ko", "아홉 살짜리 딸을 키우는 송금 브로커가 잡혀갔다.", Who()),
        ("ko", "아이가 열두 살인 송금 브로커가 잡혀갔다.", Who()),
        ("ko", "나이가 45인 송금 브로커가 잡혀갔다.", Who("", OF_45)),
        ("ko", "열두 살배기의 어머니인 송금 브로커가 잡혀갔다.", Who(F)),
        ("ko", "45세 여성의 이웃인 송금 브로커가 잡혀갔다.", Who()),
        ("ko", "송금 브로커의 이웃인 45세 여성이 잡혀갔다.", Who()),
        ("zh", "一名汇款中间人，其子十二岁，被抓。", Who()),
        ("zh", "四十五岁女子的邻居汇款中间人被抓。", Who()),
    ],
)
def test_another_s_age_is_not_given_to_the_described_one(lang, text, who) -> None:
    assert told(lang, text) == who


def test_a_trader_is_not_as_old_as_the_son() -> None:
    text = "열두 살 난 아들을 둔 상인이 잡혀갔다."
    assert told("ko", text, "traders") == Who()
