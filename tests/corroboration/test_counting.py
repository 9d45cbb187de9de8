"""What a number in a call note counts: what is said to be counted, and nothing that only stands beside it."""

from datetime import date

import pytest

from nightdesk.corroboration import Account
from nightdesk.corroboration.tell import tell


def counted(text, lang):
    return sorted(tell(Account("a", text, lang, date(2024, 3, 15))).facts.counts)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("躲在废弃的烤烟房里,二十一岁。说是饿得受不了才过江的", "zh"),
        ("家里孩子才六岁,天天问妈妈", "zh"),
        ("3층하고 5층 아이들이 아프다", "ko"),
        ("4층집 손녀가 앓는다", "ko"),
        ("고급중학교 4학년 애들이 간다", "ko"),
        ("从九楼烧到十六楼，九层往上全烧黑了", "zh"),
        ("의사는 손소독약 한 병 놓고 갔다", "ko"),
        ("석회가루를 뿌렸다", "ko"),
        ("세대당 널판 열 장씩 걷었다", "ko"),
        ("한 명당 30위안을 모았다", "ko"),
        ("两部韩国电影", "zh"),
        ("dealers quote two prices", "en"),
    ],
)
def test_ages_floors_classes_rates_and_shares_count_nothing(text, lang):
    assert counted(text, lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("살아나온 건 둘이고 셋은 못 살았소", "ko", [("dead", 3), ("people", 2)]),
        ("다섯이 깔려 죽었다고", "ko", [("dead", 5)]),
        ("저녁에 파내 보니 세 분이 숨져 있었고요", "ko", [("dead", 3)]),
        ("일곱은 사흘 만에 주검으로 꺼냈소", "ko", [("days", 3), ("dead", 7)]),
        ("跳下来三个没救活", "zh", [("dead", 3)]),
        ("有一个三岁的没救过来", "zh", [("dead", 1)]),
        ("翻了三节，死五十来个", "zh", [("dead", 50)]),
        ("seven never came out", "en", [("dead", 7)]),
        ("그 자리에서 다섯이 숨이 없었소", "ko", [("dead", 5)]),
        ("창고에서 네 구를 내갔다", "ko", [("dead", 4)]),
        ("从井下抬上来七具", "zh", [("dead", 7)]),
        ("塌下来压住八个民工", "zh", [("people", 8)]),
        ("Four were brought out dead", "en", [("dead", 4)]),
        ("They buried three who had died of cold", "en", [("dead", 3)]),
        ("At five he died", "en", []),
        ("He counted about forty. Lorries met them", "en", [("people", 40)]),
        ("The slide killed two of ours", "en", [("dead", 2)]),
        ("A dozen were arrested", "en", [("arrested", 12), ("people", 12)]),
        ("He killed two pigs", "en", [("animals", 2)]),
        ("일곱 중에 나하고 막내만 살았소", "ko", [("people", 7)]),
        ("Nine children and four nurses were inside", "en", [("people", 4), ("people", 9)]),
        ("서이가 떠내려갔다", "ko", [("missing", 3)]),
        ("两个当场就枪毙了，剩三个判到死在里头", "zh", [("condemned", 2), ("people", 3)]),
        ("Two got death, the rest life", "en", [("condemned", 2)]),
        ("다섯이 나와 둘은 사형, 셋은 무기", "ko", [("condemned", 2), ("people", 3), ("people", 5)]),
        ("摔断腿的七八个", "zh", [("hurt", 7), ("hurt", 8)]),
        ("sixty-odd people from the centre", "en", [("people", 60)]),
        ("four of a single class never got home", "en", [("dead", 4)]),
        ("서른다섯 대라고 사관이 말함", "ko", [("vehicles", 35)]),
        ("Eleven were rounded up all told", "en", [("arrested", 11), ("people", 11)]),
        ("Two men died and three were hurt", "en", [("dead", 2), ("hurt", 3)]),
        (
            "No one was killed but two soldiers were arrested",
            "en",
            [("arrested", 2), ("dead", 0), ("people", 2)],
        ),
        ("a hundred and five dead", "en", [("dead", 105)]),
        ("Twenty two were arrested", "en", []),
        ("한 명도 안 죽었다", "ko", [("dead", 0)]),
        ("다섯 명이 안 죽었다", "ko", [("people", 5)]),
    ],
)
def test_people_are_counted_by_what_befell_them(text, lang, found):
    assert counted(text, lang) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Not one of the five died", [("dead", 0), ("people", 5)]),
        ("None of the five workers was killed", [("dead", 0), ("people", 5)]),
        ("Neither of the two men died", [("dead", 0), ("people", 2)]),
        ("None of the seven were arrested", [("arrested", 0), ("people", 7)]),
        ("Not one of us died", [("dead", 0)]),
        ("Two of the five died", [("dead", 2), ("people", 5)]),
        ("Three of the 12 miners were killed", [("dead", 3), ("people", 12)]),
        ("Not all of the five died", [("people", 5)]),
        ("All of the five died", [("dead", 5)]),
        ("Someone of the five died", [("dead", 5)]),
        ("five workers were not killed", [("people", 5)]),
        ("five workers haven’t died", [("people", 5)]),
        ("five of us died", [("dead", 5)]),
        ("ten of 15 people died", [("dead", 10), ("people", 15)]),
        ("two of about five people died", [("dead", 2), ("people", 5)]),
        ("twenty-one of the thirty miners died", [("people", 30)]),
        ("1,200 of the 5,000 people died", [("dead", 1200), ("people", 5000)]),
        ("one of the three dead was a child", [("dead", 3)]),
        ("two of the three killed were women", [("dead", 3)]),
    ],
)
def test_of_a_part_in_english_the_whole_is_people_and_the_part_what_befell_it(text, found):
    assert counted(text, "en") == found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            {"ko": "군인 넷이 들어왔다", "zh": "来了四个当兵的", "en": "four border guards came"},
            [("agents", 4)],
        ),
        ({"ko": "버스 두 대가 갔다", "zh": "两辆大巴开过去", "en": "two coaches went"}, [("buses", 2)]),
        ({"ko": "승용차 스무 대", "zh": "二十台二手车", "en": "twenty vehicles"}, [("vehicles", 20)]),
        ({"ko": "여덟 집이 탔다", "zh": "烧了八户", "en": "eight homes burnt down"}, [("households", 8)]),
        ({"ko": "마대 세 자루를 실었다", "zh": "装了三麻袋", "en": "three sacks of notes"}, [("bags", 3)]),
    ],
)
def test_one_thing_has_one_name_in_every_language(texts, found):
    for lang, text in texts.items():
        assert counted(text, lang) == found, text


def test_a_number_in_another_clause_or_beyond_another_number_has_its_own_lot():
    assert counted("아이 둘이 다치고 할머니 세 분이 숨졌다", "ko") == [("dead", 3), ("hurt", 2)]


@pytest.mark.parametrize(
    ("text", "lang", "sums"),
    [
        ("少了一吨二百公斤", "zh", ["kg 1200"]),
        ("쌀값은 8,200원, 위안은 2,350원입니다", "ko", []),
        ("托人带,一盒退烧药收八十块人民币", "zh", []),
        ("Yuan went for 2,600 won in Hyesan", "en", []),
        ("200킬로를 빼앗고 50킬로를 돌려줬다", "ko", ["kg 200", "kg 50"]),
    ],
)
def test_a_weight_in_two_units_is_one_and_a_price_is_no_sum(text, lang, sums):
    facts = tell(Account("a", text, lang, date(2024, 3, 15))).facts
    assert [str(one) for one in facts.sums] == sums
