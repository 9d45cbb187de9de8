"""Families of phrases in three languages: each phrase here is ours, and each stands for its neighbours."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import read

ON = date(2023, 12, 15)  # a Friday


def told(text: str, kind: str = "date", on: date = ON) -> list[tuple[str, str | None, str | None]]:
    """The days of the text: words, first and last."""
    spans = read(text, None, on, "KP").spans
    return [(s.words, s.value["earliest"], s.value["latest"]) for s in spans if s.kind == kind]


def days(text: str, on: date = ON) -> list[str]:
    """Each day of the text as first..last, or the one day."""
    return [a if a == b and a else f"{a or ''}..{b or ''}" for _, a, b in told(text, on=on)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("现在没有电", "现在"), ("此刻桥上没人", "此刻"), ("而家冇电", "而家"), ("目前还关着", "目前"), ("她刚才打电话", "刚才"),
        ("the bridge is shut now", "now"), ("he is at the moment in Musan", "at the moment"),
        ("It is currently closed.", "currently"), ("지금", "지금"), ("방금 전화가 왔다", "방금"),
    ],
)  # fmt: skip
def test_now_is_the_day_of_the_contact(text: str, words: str) -> None:
    assert told(text) == [(words, "2023-12-15", "2023-12-15")]


@pytest.mark.parametrize(
    "text",
    ["지금도 그렇다", "now that the river froze", "지금까지 한 명", "a now famous trader", "이제 간다"],
)
def test_a_word_that_only_carries_the_talk_is_no_day(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("从九月到现在", "2023-09-01..2023-12-15"), ("9월부터 지금까지", "2023-09-01..2023-12-15"),
        ("from September until now", "2023-09-01..2023-12-15"), ("between 4 October and now", "2023-10-04..2023-12-15"),
    ],
)  # fmt: skip
def test_a_stretch_may_end_now(text: str, said: str) -> None:
    assert days(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("上四秒", "2023-12-15"), ("前六分钟", "2023-12-15"), ("下两小时", "2023-12-15"), ("后五小时", "2023-12-15..2023-12-16"),
        ("过去七十二小时", "2023-12-12..2023-12-15"), ("上四天", "2023-12-11..2023-12-14"), ("后五日", "2023-12-16..2023-12-20"),
        ("下四个星期", "2023-12-18..2024-01-14"), ("前五年", "2018-01-01..2022-12-31"), ("지난 4분", "2023-12-15"),
        ("다음 6시간", "2023-12-15..2023-12-16"), ("지난 나흘", "2023-12-11..2023-12-14"), ("앞으로 닷새", "2023-12-16..2023-12-20"),
        ("the last five minutes", "2023-12-15"), ("the past 72 hours", "2023-12-12..2023-12-15"), ("next hour", "2023-12-15"),
        ("the coming weeks", "2023-12-16..2024-01-26"), ("the past months", "2023-04-19..2023-12-14"),
    ],
)  # fmt: skip
def test_a_stretch_before_or_after_the_contact(text: str, said: str) -> None:
    assert days(text) == [said]


@pytest.mark.parametrize("text", ["前五名", "后四个人", "上六层楼", "this must not last two hours"])
def test_what_only_looks_like_a_stretch_is_none(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("四日後", "2023-12-19"), ("六日之后", "2023-12-21"), ("五日前", "2023-12-10"), ("四小時後", "2023-12-15..2023-12-16"),
        ("五個鐘頭以後", "2023-12-15..2023-12-16"), ("四十八小时后", "2023-12-17"), ("九个小时前", "2023-12-14..2023-12-15"),
        ("六月四日前", "2024-06-04"), ("二十四日之前", "2023-12-24"), ("过四天再打", "2023-12-19"), ("六日内", "2023-12-15..2023-12-21"),
        ("in nine hours", "2023-12-15..2023-12-16"), ("nine hours ago", "2023-12-14..2023-12-15"),
        ("half an hour from now", "2023-12-15"), ("in about an hour", "2023-12-15"), ("엿새 뒤다", "2023-12-21"),
    ],
)  # fmt: skip
def test_so_long_after_or_before_the_contact_is_read_whole(text: str, said: str) -> None:
    assert days(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("after Easter we will build", "2024-04-01.."), ("We will come home in May.", "2024-05-01..2024-05-31"),
        ("The vote is scheduled for 4 March", "2024-03-04"), ("It will be opened on the 20th", "2023-12-20"),
        ("after Easter they built", "2023-04-10.."), ("he will punish those caught in May", "2023-05-01..2023-05-31"),
        ("it will rise, he said on Monday", "2023-12-11"), ("크리스마스 쇠고 떠나겠다", "2023-12-25"),
        ("크리스마스 쇠고 떠났다", "2022-12-25"), ("We will leave within four weeks", "2023-12-15..2024-01-12"),
    ],
)  # fmt: skip
def test_a_plan_is_not_the_past(text: str, said: str) -> None:
    assert days(text) == [said]


def test_a_feast_so_many_days_away_is_the_coming_one() -> None:
    assert days("추석이 나흘 뒤다", on=date(2024, 9, 13)) == ["2024-09-17", "2024-09-17"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12월 4일에 잡혀 이튿날 풀려났다", ["2023-12-04", "2023-12-05"]), ("十二月四日被抓，当天放了", ["2023-12-04", "2023-12-04"]),
        ("十二月四日被抓，次日放了", ["2023-12-04", "2023-12-05"]), ("Held on 4 December, freed the next day.", ["2023-12-04", "2023-12-05"]),
        ("Held on 4 December and freed the same day.", ["2023-12-04", "2023-12-04"]), ("第二天", ["..2023-12-15"]),
        ("the day before the raid", []),
    ],
)  # fmt: skip
def test_days_told_by_pointing_back(text: str, said: list[str]) -> None:
    assert days(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("earlier last week", "2023-12-04..2023-12-07"), ("later last month", "2023-11-16..2023-11-30"),
        ("earlier this month", "2023-12-01..2023-12-14"), ("the following Tuesday", "2023-12-19"),
        ("the second Friday after Easter", "2023-04-21"), ("the last Sunday before 1 October", "2023-09-24"),
        ("May after next", "2025-05-01..2025-05-31"), ("w/c 6 November", "2023-11-06..2023-11-12"),
        ("the weekend of 11 November", "2023-11-11..2023-11-12"), ("Liberation Day weekend", "2023-08-12..2023-08-13"),
        ("Thanksgiving weekend 2021", "2021-11-25..2021-11-28"), ("during the autumn", "2023-09-01..2023-11-30"),
        ("no later than 4 January", "2024-01-04"), ("As of 4 December it is shut", "2023-12-04"), ("on 4th", "2023-12-04"),
        ("월말까지", "2023-12-21..2023-12-31"), ("입동에", "2023-11-08"), ("정월 초하루에", "2023-01-22"),
        ("2019년 이전", "2019-01-01..2019-12-31"), ("八十年代末", "1987-01-01..1989-12-31"), ("19世纪", "1801-01-01..1900-12-31"),
        ("猶太新年", "2023-09-16..2023-09-17"), ("十二號晚上", "2023-12-12"), ("五号夜里", "2023-12-05"),
    ],
)  # fmt: skip
def test_weeks_weekdays_and_feasts(text: str, said: str) -> None:
    assert days(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("녀성의 날", "2023-03-08"), ("국제 여성의 날에", "2023-03-08"), ("당창건기념일에", "2023-10-10"), ("정권수립일", "2023-09-09"),
        ("조국해방기념일", "2023-08-15"), ("4.25 건군절", "2023-04-25"), ("2.8 건군절", "2023-02-08"), ("8.15 해방절에", "2023-08-15"),
        ("김정일 생일에", "2023-02-16"),
    ],
)  # fmt: skip
def test_national_days_of_the_north_by_name_and_number(text: str, said: str) -> None:
    assert days(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("어제저녁", ("18:00", "21:00")), ("tomorrow pm", ("12:00", "18:00")), ("after supper", ("21:00", None)),
        ("before breakfast", (None, "06:00")), ("at three tomorrow afternoon", ("15:00", "15:00")),
        ("from 4 in the morning until 2pm", ("04:00", "14:00")), ("yesterday around 7 in the evening", ("19:00", "19:00")),
        ("Monday evening next week", ("18:00", "21:00")),
    ],
)  # fmt: skip
def test_hours_beside_days_and_meals(text: str, said: tuple[str | None, str | None]) -> None:
    spans = read(text, None, ON, "KP").spans
    assert [(s.value["from"], s.value["to"]) for s in spans if "from" in s.value] == [said]


def sums(text: str) -> list[tuple[str, str | None]]:
    spans = read(text, None, ON, "KP").spans
    return [(s.value["amount"], s.value.get("amount_high")) for s in spans if s.kind == "money"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("90딸라에서 130딸라로 올랐다", [("90", None), ("130", None)]), ("4천원에서 3천원으로 내렸다", [("4000", None), ("3000", None)]),
        ("rice rose from 4,000 won to 6,000 won", [("4000", None), ("6000", None)]),
        ("went up from 20 to 30 yuan", [("20", None), ("30", None)]), ("4천원에서 6천원 사이", [("4000", "6000")]),
        ("from 4,000 won to 6,000 won a kilo", [("4000", "6000")]),
    ],
)  # fmt: skip
def test_a_change_is_two_sums_and_no_range(text: str, said: list[tuple[str, str | None]]) -> None:
    assert sums(text) == said


@pytest.mark.parametrize(
    ("text", "per"), [("40 yuan a day", "day"), ("9 dollars per month", "month"), ("$3 an hour", "hour")]
)
def test_what_is_paid_for_a_time_is_a_price(text: str, per: str) -> None:
    (span,) = read(text, None, ON, "KP").spans
    assert span.value["per"] == per


@pytest.mark.parametrize(
    ("text", "of"),
    [("蜂窝煤两百块", "蜂窝煤"), ("四块砖头", "砖"), ("六百块煤砖", "煤砖"), ("十六个人民班", "个")],
)
def test_pieces_are_counted_and_are_no_money(text: str, of: str) -> None:
    (span,) = [s for s in read(text, None, ON, "KP").spans if s.kind in ("money", "quantity")]
    assert (span.kind, span.value["of"]) == ("quantity", of)


@pytest.mark.parametrize("text", ["up by a quarter", "fell by one quarter"])
def test_a_share_is_no_length_of_time(text: str) -> None:
    (span,) = read(text, None, ON, "KP").spans
    assert (span.kind, span.value["amount"]) == ("quantity", "25")


def test_an_execution_is_nobodys_sister_in_law() -> None:
    people = [
        s.value
        for s in read("한 명이 처형을 당했다. 그의 처제가 말했다.", "ko", ON, "KP").spans
        if s.kind == "person"
    ]
    assert people == [{"kin": "sister-in-law", "of": "그"}]
