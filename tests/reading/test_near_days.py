"""A day a few days ahead of the contact, without its year: ahead for what is to come, behind for what is told as over."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import read
from nightdesk.reading.feasts import feast
from nightdesk.reading.tables import lookup

DAYS_TOO = "起"  # 六月十二起: from that day on

TOLD = date(2023, 12, 15)


def year(text: str, lang: str) -> str:
    """Of its first day."""
    first = next(span for span in read(text, lang, TOLD, "KP").spans if span.kind == "date")
    return str(first.value["edtf"])[:4]


@pytest.mark.parametrize(("text", "lang"), [
    ("On December 20 they shot him.", "en"), ("On December 20 he bought rice.", "en"), ("The police brought him in on December 20.", "en"),
    ("On December 20 agents found the phone.", "en"), ("On December 20 she gave birth.", "en"), ("He met the broker on December 20.", "en"),
    ("On December 20 at 5 a.m. they shot him.", "en"), ("The No. 5 unit shot him on Dec. 20.", "en"),
    ("12월 20일에 체포.", "ko"), ("12월 20일에 연행됨.", "ko"), ("12월 20일에 죽은 사람이 있어.", "ko"), ("12월 20일에 끌려가더라.", "ko"),
    ("12월 20일에 잡혀간 뒤로 소식이 없어.", "ko"), ("12월 20일에 체포된 사람은 둘.", "ko"), ("12월 20일에 넘어온 남자.", "ko"),
    ("12월 20일에 왔다고 말했다.", "ko"), ("12월 20일에 총살하였다.", "ko"), ("12월 20일에 체포했다고 전했다.", "ko"), ("12월 20일에 체포됐다더라.", "ko"), ("12월 20일에 딸을 데려왔다.", "ko"),
    ("He was held until December 20.", "en"), ("12月20日被捕。", "zh"), ("12月20日有人被带走。", "zh"), ("12月20日失踪。", "zh"), ("12月20日发生爆炸。", "zh"),
])  # fmt: skip
def test_what_befell_somebody_is_no_day_to_come(text: str, lang: str) -> None:
    assert year(text, lang) == "2022"


@pytest.mark.parametrize(("text", "lang"), [
    ("The market on December 20 is a big one.", "en"), ("He says the market opens on December 20.", "en"), ("12월 20일에 시장이 선다.", "ko"), ("He was ill. The market on December 20 is a big one.", "en"),
    ("앓았소. 12월 20일에 시장이 선다.", "ko"),
    ("He will be held until December 20.", "en"), ("He will be sent away on December 20.", "en"),
    ("12월 20일에 온다고 말했다.", "ko"), ("12월 20일에 시작된다고 주민이 전했다.", "ko"), ("12월 20일에 온다고 했다.", "ko"), ("12월 20일에 온다더라.", "ko"),
    ("12월 20일에 온다고 들었다.", "ko"), ("12월 20일에 온다고 말하였다.", "ko"), ("12월 20일에 재판한다고 알려왔다.", "ko"), ("通过12月20日的检查。", "zh"), ("12月20日回家过年。", "zh"),
    ("12월 20일에 예정된 회의.", "ko"), ("12月20日要换一批。", "zh"), ("12月20日要被遣返。", "zh"),
])  # fmt: skip
def test_what_is_to_come_is_near_ahead(text: str, lang: str) -> None:
    assert year(text, lang) == "2023"


def days(text: str, lang: str, on: str) -> list[str]:
    return [s.value["edtf"] for s in read(text, lang, date.fromisoformat(on), "KP").spans if s.kind == "date"]


@pytest.mark.parametrize(("text", "lang", "on", "said"), [
    ("Holiday on the 21st? no.", "en", "2016-03-20", ["2016-03-21"]), ("The 16th passed.", "en", "2022-02-18", ["2022-02-16"]),
    ("They took him on the 21st.", "en", "2016-03-20", ["2016-02-21"]), ("the 21st", "en", "2016-03-20", ["2016-02-21"]),
    ("On Tuesday the two leaders will meet.", "en", "2018-06-09", ["2018-06-12"]), ("On Tuesday he said he will come.", "en", "2018-06-09", ["2018-06-05"]),
    ("Boreum comes on Sunday.", "en", "2023-02-02", ["2023-02-05", "2023-02-05"]), ("Lunar New Year, in three days, was dear.", "en", "2020-01-22", ["2020-01-25", "2020-01-25"]),
    ("6 February, a Saturday, it is.", "en", "2021-01-23", ["2021-02-06"]), ("this week, Sunday 6 April was the run", "en", "2025-04-07", ["2025-04-07/2025-04-13", "2025-04-06"]),
    ("His building may not go out until the 20th.", "en", "2022-03-12", ["2022-03-20"]), ("this time two years ago", "en", "2021-12-21", ["2019-12~"]),
    ("three summers ago", "en", "2018-09-10", ["2016-06-01/2016-08-31"]), ("in early summer", "en", "2018-09-01", ["2018-06"]),
    ("Next list Sunday, same hour.", "en", "2025-11-01", ["2025-11-02"]), ("Chuseok is Monday.", "en", "2014-09-04", ["2014-09-08", "2014-09-08"]), ("Raid Tuesday, two men.", "en", "2014-09-04", ["2014-09-02"]), ("He is arrested on Friday.", "en", "2023-11-15", ["2023-11-10"]), ("The raid Friday is the third.", "en", "2023-11-15", ["2023-11-10"]),
    ("Lunar New Year is Thursday; nobody has bought pork.", "en", "2015-02-16", ["2015-02-19", "2015-02-19"]), ("Singers back Tuesday next.", "en", "2018-06-14", ["2018-06-19"]),
    ("Ward meeting tomorrow week.", "en", "2022-07-19", ["2022-07-27"]), ("Next msg thu wk", "en", "2013-08-14", ["2013-08-22"]), ("She will dig it up a fortnight on Sunday.", "en", "2014-07-04", ["2014-07-20"]),
    ("Vendors banned from the 10th to the 16th.", "en", "2015-08-03", ["2015-07-10/2015-07-16"]), ("Slip for the 7th to the 9th.", "en", "2014-09-04", ["2014-09-07/2014-09-09"]),
    ("Trucks came on the 24th, 25th and 27th.", "en", "2016-10-29", ["2016-10-24", "2016-10-25", "2016-10-27"]), ("24th night a man came.", "en", "2014-12-27", ["2014-12-24"]),
    ("at Mid-Autumn", "en", "2015-10-19", ["2015-09-27"]),
    ("9일은 일요일이라 논다.", "ko", "2018-09-04", ["2018-09-09"]), ("추석이 열이틀 남았소.", "ko", "2015-09-15", ["2015-09-27"]),
    ("태풍이 27일 올라왔고 다음 것이 9월 2일쯤 온단다.", "ko", "2020-08-30", ["2020-08-27", "2020-09-02"]),
    ("초복이 18일이니 사흘 남았다.", "ko", "2014-07-15", ["2014-07-18", "2014-07-18"]), ("한식에 산소 가는데", "ko", "2018-04-02", ["2018-04-06"]),
    ("올해 설은 천 위안만 왔소.", "ko", "2015-09-15", ["2015-02-19"]), ("16일이면 말복이다", "ko", "2016-08-08", ["2016-08-16", "2016-08-16"]),
    ("初三闹翻了，初八放炮。", "zh", "2025-02-02", ["2025-01-31", "2025-02-05"]), ("十七号起不卖票。", "zh", "2017-04-14", ["2017-04-17"]),
    ("三十号，他被带走，关到现在。", "zh", "2020-09-27", ["2020-08-30", "2020-09-27"]), ("立冬再看，往后腿脚不行了。", "zh", "2022-10-31", ["2022-11-07"]),
])  # fmt: skip
def test_days_as_strangers_say_them(text: str, lang: str, on: str, said: list[str]) -> None:
    assert days(text, lang, on) == said


@pytest.mark.parametrize(("one", "more", "lang"), [
    ("the 20th", "\n다른 날 3명이 무산에 갔다.", "en"), ("On December 20 he meets Kim.", " They shot him.", "en"), ("He comes on the 20th at 5 a.m.", " They shot him.", "en"),
    ("Next list Sunday.", " He was ill.", "en"), ("20号", "。他被抓了。", "zh"), ("20일", ". 그는 갔다.", "ko"),
])  # fmt: skip
def test_another_sentence_moves_no_day(one: str, more: str, lang: str) -> None:
    assert days(one + more, lang, "2023-12-15")[0] == days(one, lang, "2023-12-15")[0]


@pytest.mark.parametrize("text", ["老师教初三数学", "初三学生二十人", "大年初三那天"])
def test_a_class_of_a_school_is_no_day(text: str) -> None:
    assert [d for d in days(text, "zh", "2025-02-20") if d != "2025-01-31"] == []


@pytest.mark.parametrize(
    ("year", "dog_days"),
    [
        (2014, ("07-18", "07-28", "08-07")),
        (2016, ("07-17", "07-27", "08-16")),
        (2024, ("07-15", "07-25", "08-14")),
    ],
)
def test_dog_days_of_the_almanac(year: int, dog_days: tuple[str, ...]) -> None:
    assert tuple(f"{feast(f'dog {which}', year):%m-%d}" for which in (1, 2, 3)) == dog_days


@pytest.mark.parametrize(
    ("text", "hours"),
    [("every afternoon, 3 to 6", ("15:00", "18:00")), ("in the morning, 9-11", ("09:00", "11:00"))],
)
def test_hours_stand_in_the_part_of_the_day_before_them(text: str, hours: tuple[str, str]) -> None:
    assert [
        (s.value["from"], s.value["to"])
        for s in read(text, "en", date(2018, 9, 1), "KP").spans
        if s.kind == "time"
    ] == [hours]


@pytest.mark.parametrize(("text", "lang", "said"), [
    ("Two taken Friday night, one is dead.", "en", "2023-11-10"), ("Taken Saturday; his wife is alone.", "en", "2023-11-11"),
    ("His brother is in the county jail since Friday.", "en", "2023-11-10/.."), ("No word of him since the 21st.", "en", "2023-10-21/.."),
    ("Three men taken on the 21st, no word of them.", "en", "2023-10-21"), ("On Tuesday they shot three who must be buried.", "en", "2023-11-14"),
    ("On Friday police beat a trader who must pay.", "en", "2023-11-10"), ("On Friday guards hit a woman and she is in hospital.", "en", "2023-11-10"),
    ("Police arrest three on Friday; one is a student.", "en", "2023-11-10"), ("On Friday a man who is due in court drowned.", "en", "2023-11-10"),
    ("21号，保卫部来人搜家，抓了我弟弟。", "zh", "2023-10-21"), ("21号夜里打死一个人。", "zh", "2023-10-21"), ("21号夜里，他家被搜。", "zh", "2023-10-21"),
    ("他21号进去的，没有消息。", "zh", "2023-10-21"), ("21号他儿子在江边遇害。", "zh", "2023-10-21"),
    ("21일 이웃이 신고했다.", "ko", "2023-10-21"), ("21일 지배인을 해고했다.", "ko", "2023-10-21"), ("21일 그를 부장으로 임명했다.", "ko", "2023-10-21"),
    ("21일 총을 만들었다.", "ko", "2023-10-21"), ("21일 그가 강을 건넜다.", "ko", "2023-10-21"), ("21일 세 명 잡아감.", "ko", "2023-10-21"),
    ("21일 그를 팼다.", "ko", "2023-10-21"), ("21일 그가 죽음.", "ko", "2023-10-21"), ("21일 잡혀 지금 보위부에 있다.", "ko", "2023-10-21"),
    ("21일 모임이 있다고 설명했다.", "ko", "2023-11-21"), ("21일 모임이 있다고 들었다.", "ko", "2023-11-21"), ("21일 끌려가겠다.", "ko", "2023-11-21"),
    ("Next list Friday, since the clerk is away.", "en", "2023-11-17"), ("Three men gone on the 21st, no word since.", "en", "2023-10-21"),
    ("Next list Friday, same hour.", "en", "2023-11-17"), ("21号要抓人。", "zh", "2023-11-21"),
    ("21号抓三个人。", "zh", "2023-10-21"), ("21号死的三个人。", "zh", "2023-10-21"), ("要是21号抓了人就完了。", "zh", "2023-11-21"), ("21号要来抓三个人。", "zh", "2023-11-21"),
    ("21일 체포 소식.", "ko", "2023-10-21"), ("21일 그가 떠나고 소식이 없다.", "ko", "2023-10-21"),
    ("Arrest of three on the 21st is confirmed.", "en", "2023-10-21"), ("On the 21st five flee.", "en", "2023-10-21"), ("On Friday five flee.", "en", "2023-11-10"),
    ("The borrowed part falls due on the 21st.", "en", "2023-11-21"),
])  # fmt: skip
def test_an_arrest_of_last_week_is_not_next_weeks(text: str, lang: str, said: str) -> None:
    assert days(text, lang, "2023-11-15")[0] == said


@pytest.mark.parametrize(("text", "lang", "said"), [
    ("다음 장날 일요일.", "ko", "2023-11-19"), ("이번 일요일에 건너간다고 함.", "ko", "2023-11-19"), ("금요일에 재판한다.", "ko", "2023-11-17"), ("내일 목요일.", "ko", "2023-11-16"),
    ("일요일에 갔다고 한다.", "ko", "2023-11-12"), ("일요일 회령에서 있은 일이라고 한다.", "ko", "2023-11-12"), ("일요일에 와서 지금 같이 산다.", "ko", "2023-11-12"), ("금요일 통화에서 온다고 말한다.", "ko", "2023-11-10"), ("금요일에 만난 사람이 온다.", "ko", "2023-11-10"), ("금요일에 형은 온다.", "ko", "2023-11-17"),
    ("下次赶集星期天。", "zh", "2023-11-19"), ("星期天要走。", "zh", "2023-11-19"), ("礼拜三再打。", "zh", "2023-11-22"), ("星期五就是端午。", "zh", "2023-11-17"), ("他说星期天要来。", "zh", "2023-11-19"),
    ("星期三去卸货。", "zh", "2023-11-15"), ("星期天他说要来。", "zh", "2023-11-12"), ("星期五被抓，要交钱。", "zh", "2023-11-10"), ("星期五开会。", "zh", "2023-11-10"), ("星期三再说吧。", "zh", "2023-11-22"), ("星期五没要回钱。", "zh", "2023-11-10"), ("星期五会计来看。", "zh", "2023-11-10"),
    ("He said the bridge stays shut Saturday, Sunday.", "en", "2023-11-18"), ("On Tuesday he said he comes back.", "en", "2023-11-14"), ("Next list Wednesday.", "en", "2023-11-22"),
])  # fmt: skip
def test_a_weekday_is_the_coming_one_where_its_clause_says_so(text: str, lang: str, said: str) -> None:
    assert days(text, lang, "2023-11-15")[0] == said
    assert days(f"{text} 그는 앓았다. 他病了。 He was ill.", lang, "2023-11-15")[0] == said


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("船十月二十六出海", "zh", ["2023-10-26"]),
        ("八月二十发榜", "zh", ["2023-08-20"]),
        ("六月二十个人", "zh", ["2023-06"]),
        ("六月十五斤米", "zh", ["2023-06"]),
        ("六月十二具尸体被抬出", "zh", ["2023-06"]),
        ("十月二十六团的人", "zh", ["2023-10"]),
        ("六月十五处决了三个人", "zh", ["2023-06-15"]),
        ("联系电话：二一六-四一五八", "zh", []),
        ("端午前后搬过来的", "zh", ["2023-06-21/2023-06-23"]),
        ("8월 20일 전후해서 세 번", "ko", ["2023-08-19/2023-08-21"]),
        ("8월 전후해서", "ko", ["2023-08"]),
    ],
)
def test_days_without_their_word_and_days_around_a_day(text, lang, said):
    assert [
        s.value["edtf"] for s in read(text, lang, date(2024, 3, 12), "KP").spans if s.kind == "date"
    ] == said


@pytest.mark.parametrize("counter", [word for word in lookup("zh", "counter") if len(word) == 1])
def test_what_is_counted_behind_a_chinese_month_is_no_day(counter):
    """The words that count stand in one table; a pattern that tells them from days must know every one."""
    found = [s for s in read(f"六月十二{counter}", "zh", date(2024, 3, 12), "KP").spans if s.kind == "date"]
    assert [s.value["edtf"] for s in found] != ["2023-06-12"] or counter in DAYS_TOO
