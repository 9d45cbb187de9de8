"""What a teller calls wrong is another's value, not his own: both stand in the dispute."""

from datetime import date

import pytest

from nightdesk.corroboration import Account, Desk
from nightdesk.corroboration.denied import known
from nightdesk.corroboration.tell import tell

SIX = "5월 2일 청진 부두에서 배가 뒤집혔다. 여섯 명이 탔다."


def wrong(text, lang):
    return set(tell(Account("a", text, lang, date(2024, 5, 6))).facts.wrong)


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("청진에서 배에 탄 사람은 여섯 명이 아니라 일곱 명이다.", "ko", {"count people 6"}),
        ("정전이 엿새였다는 말은 틀려요.", "ko", {"count days 6"}),
        ("붙잡은 것은 보위부가 아니다. 청진 안전부다.", "ko", {"unit state_security"}),
        ("在清津抓人的不是保卫部，是检察院。", "zh", {"unit state_security"}),
        ("회령에서 수천 위안이 아니라 만 위안씩 냈다.", "ko", {"amount CNY 2000–9000"}),
        ("회령에서 2천 위안이 아니라 만 위안씩 냈다.", "ko", {"amount CNY 2000"}),
        ("They went to Chongjin. A neighbour says Hamhung but that is wrong.", "en", {"place hamhung"}),
        ("It was not the police in Chongjin who came.", "en", {"unit police"}),
        ("The shift did not turn out in Chongjin on 3 May.", "en", set()),
        ("She was not there; the police came to Chongjin.", "en", set()),
        ("청진에서 여섯 명이 잡혔다. 그건 내가 본 일이 아니다.", "ko", set()),
    ],
)
def test_the_value_beside_the_words_is_called_wrong(text, lang, values):
    assert wrong(text, lang) == values


def link_of(desk, account, *told):
    desk.add(account("first", told[0][0], lang=told[0][1], on=date(2024, 5, 4)))
    return desk.add(account("second", told[1][0], lang=told[1][1], on=date(2024, 5, 6))).links[0]


def test_who_calls_a_value_wrong_disputes_who_tells_it(account):
    seven = "5월 2일 청진에서 뒤집힌 배에 탄 사람은 여섯이 아니라 일곱이다."
    link = link_of(Desk(), account, (SIX, "ko"), (seven, "ko"))
    assert (link.relation, link.field, link.says, link.against) == (
        "disputes",
        "count",
        "7 people",
        "6 people",
    )


def test_who_tells_a_value_disputes_who_called_it_wrong_before(account):
    there = (
        "On 2 May they were taken from Chongjin to Hamhung by lorry, a family of four; I saw the lorry leave."
    )
    nowhere = "On 2 May a family of four was taken away from Chongjin by lorry, nowhere near Hamhung, their aunt says."
    link = link_of(Desk(), account, (nowhere, "en"), (there, "en"))
    assert (link.relation, link.field, link.says) == ("disputes", "place", "Hamhung")


def test_a_value_told_otherwise_and_called_wrong_is_said_once(account):
    seven = "5월 2일 청진에서 뒤집힌 배에 탄 사람은 여섯이 아니라 일곱이다."
    why = link_of(Desk(), account, (SIX, "ko"), (seven, "ko")).why
    assert why.count("7 people against 6 people") == 1


def test_a_sum_with_two_ends_that_is_called_wrong_is_not_its_lower_end(account):
    not_thousands = "5월 2일 회령에서 수천 위안이 아니라 만 위안씩 걷었다."
    several = "5월 2일 회령에서 수천 위안씩 걷었다."
    assert link_of(Desk(), account, (several, "ko"), (not_thousands, "ko")).field == "amount"
    two = tell(Account("b", "5월 2일 회령에서 2천 위안씩 걷었다.", "ko", date(2024, 5, 4))).facts
    wrong_of = tell(Account("a", not_thousands, "ko", date(2024, 5, 6))).facts.wrong
    assert known(two) & {"amount CNY 2000"} and not wrong_of & known(two)


def test_nobody_dead_disputes_a_number_of_dead(account):
    fire = "On 2 May a fire broke out in the Chongjin boiler house and four people died."
    none = "The boiler house in Chongjin burned on 2 May, I was on shift: no deaths, two burned hands."
    link = link_of(Desk(), account, (fire, "en"), (none, "en"))
    assert (link.relation, link.says, link.against) == ("disputes", "0 dead", "4 dead")


def test_a_number_ten_times_another_is_of_something_else(account):
    two = "On 2 May two people were shot on the river bank in Huichon."
    crowd = (
        "On 2 May there was a shooting on the river bank in Huichon; sixty people of our shop had to watch."
    )
    link = link_of(Desk(), account, (two, "en"), (crowd, "en"))
    assert link.relation == "supports"


@pytest.mark.parametrize(
    ("told", "denied", "lang"),
    [
        ("5월 2일 혜산에서 여자 두 명이 체포됐다.", "5월 2일 혜산에서 여자 두 명은 체포되지 않았다.", "ko"),
        ("5월 2일 혜산에서 여자 두 명이 체포됐다.", "5월 2일 혜산에서 여자 두 명이 체포된 적이 없다.", "ko"),
        ("5월 2일 혜산에서 여자 두 명이 체포됐다.", "5월 2일 혜산에서 여자 두 명이 안 잡혔다.", "ko"),
        (
            "5월 2일 혜산에서 보위원이 두 명을 죽였다.",
            "5월 2일 혜산에서 보위원이 두 명을 죽이지 않았다.",
            "ko",
        ),
        ("5月2日惠山两个女人被抓。", "5月2日惠山两个女人没有被抓。", "zh"),
        (
            "Agents arrested two women in Hyesan on 2 May.",
            "Agents did not arrest two women in Hyesan on 2 May.",
            "en",
        ),
        (
            "Agents killed the two women in Hyesan on 2 May.",
            "Agents did not kill the two women in Hyesan on 2 May.",
            "en",
        ),
        (
            "Agents killed the two women in Hyesan on 2 May.",
            "They didn’t kill the two women in Hyesan on 2 May.",
            "en",
        ),
        (
            "Agents arrested two women in Hyesan on 2 May.",
            "The two women in Hyesan were never arrested on 2 May.",
            "en",
        ),
    ],
)
def test_who_says_that_it_did_not_happen_supports_nobody_who_says_it_did(account, told, denied, lang):
    for pair in (((told, lang), (denied, lang)), ((denied, lang), (told, lang))):
        link = link_of(Desk(), account, *pair)
        assert (link.relation, link.field) == ("disputes", "outcome")
    assert link_of(Desk(), account, (denied, lang), (f"{denied} .", lang)).relation != "disputes"


def test_not_one_of_them_died_calls_no_number_wrong():
    assert wrong("Not one of the five miners in Hyesan died.", "en") == set()


def test_two_who_call_the_same_number_wrong_do_not_dispute_each_other(account):
    seven = "5월 2일 청진에서 뒤집힌 배에 탄 사람은 여섯이 아니라 일곱이다."
    assert link_of(Desk(), account, (seven, "ko"), (f"분명하다. {seven}", "ko")).relation != "disputes"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("혜산에서 남편이 체포됐다. 안해는 안 잡혔다.", "ko"),
        ("In Hyesan he was not arrested until Monday.", "en"),
        ("In Hyesan they arrested him, not his wife.", "en"),
        ("惠山他被抓了，老婆没被抓。", "zh"),
        ("혜산에서 남편이 체포됐는지 안 알려줬다.", "ko"),
        ("혜산에서 어디로 끌려갔는지 못 찾았다.", "ko"),
        ("혜산에서 언제 풀려날지 안 알려준다.", "ko"),
        ("혜산에서 보위원들이 집 안 수색을 벌였다.", "ko"),
        ("No doubt he was arrested in Hyesan.", "en"),
        ("With no charge he was arrested in Hyesan.", "en"),
        ("In Hyesan he was not released for three weeks.", "en"),
        ("In Hyesan he was not released until Monday.", "en"),
        ("惠山有没有被抓，还不清楚。", "zh"),
    ],
)
def test_what_happened_to_another_or_later_did_happen(text, lang):
    assert not {value for value in wrong(text, lang) if value.startswith("outcome")}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("혜산에서 남편은 체포 안 됐다.", "ko"),
        ("혜산에서 안해는 체포되지 못했다.", "ko"),
        ("In Hyesan nobody has been arrested.", "en"),
        ("No one was arrested for it in Hyesan.", "en"),
        ("No other trader was arrested in Hyesan.", "en"),
    ],
)
def test_what_is_denied_in_other_words_did_not_happen(text, lang):
    assert wrong(text, lang) == {"outcome arrest"}
