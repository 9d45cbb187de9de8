"""Days as terse notes say them: from when on, the Monday following, '14, 26th without "the", by the moon, by country."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import read

ON = "2023-11-15"  # a Wednesday


def days(text: str, lang: str = "en", on: str = ON, country: str = "KP") -> list[str]:
    found = read(text, lang, date.fromisoformat(on), country).spans
    return [s.value["edtf"] for s in found if s.kind == "date"]


@pytest.mark.parametrize(("text", "said"), [
    ("Travel ban from 1 December.", ["2023-12-01/.."]), ("Students from the 20th.", ["2023-11-20/.."]), ("Ten per cent from March.", ["2023-03-01/.."]), ("From tomorrow they work.", ["2023-11-16/.."]),
    ("Work began last week, students from the 20th.", ["2023-11-06/2023-11-12", "2023-11-20/.."]), ("There will be no guests from Friday.", ["2023-11-17/.."]),
    ("A letter from Friday.", ["2023-11-10"]), ("From Friday's list.", ["2023-11-10"]), ("News from last week.", ["2023-11-06/2023-11-12"]), ("Rice from May harvest.", ["2023-05"]),
    ("Closed from 1 May to 5 May.", ["2023-05-01/2023-05-05"]), ("From 1 May until noon.", ["2023-05-01"]), ("From May onwards.", ["2023-05-01/.."]), ("From 10 May for ten days.", ["2023-05-10/2023-05-19"]),
])  # fmt: skip
def test_from_opens_a_day_that_has_no_end_beside_it(text: str, said: list[str]) -> None:
    assert days(text) == said


@pytest.mark.parametrize(("text", "said"), [
    ("Groups leave on 28/10, the Monday following, and 18 November.", ["2023-10-28", "2023-10-30", "2023-11-18"]), ("Out on the 6th, noticed the Monday after.", ["2023-11-06", "2023-11-13"]),
    ("Stamped on the 6th, shipped the Friday before.", ["2023-11-06", "2023-11-03"]), ("Came in 2014, married the year after.", ["2014", "2015"]), ("Last year 210 kilos, the year before 260.", ["2022", "2021"]),
    ("She turns eighteen this autumn and goes the spring after.", ["2023-09-01/2023-11-30", "2024-03-01/2024-05-31"]), ("Landed 18 February. Since then nothing.", ["2023-02-18", "2023-02-18/.."]),
    ("Out on the 6th, and the week after.", ["2023-11-06", "2023-11-13/2023-11-19"]), ("Since then nothing.", []), ("The Monday following.", ["2023-11-13"]),
])  # fmt: skip
def test_days_told_by_the_day_before_them(text: str, said: list[str]) -> None:
    assert days(text) == said


@pytest.mark.parametrize(("text", "said"), [
    ("She came over in '14.", ["2014"]), ("In '98 he left.", ["1998"]), ("'14 men came.", []), ("2013 winter", ["2013-12-01/2014-02-28"]),
    ("Read out: 25 May none; 26th two hours; 27th 7.40 to 9.10 pm.", ["2023-05-25", "2023-10-26", "2023-10-27"]), ("Next one 28th.", ["2023-11-28"]), ("No patrols 3rd to 5th.", ["2023-11-03/2023-11-05"]),
    ("Home by 20th.", ["2023-11-20"]), ("On the 5th or 6th.", ["2023-11-05", "2023-11-06"]), ("His 60th birthday, her 3rd child, the 27th Brigade.", []), ("5th date of next month", ["2023-12-05"]),
    ("A body in the river Wed, one more Thur.", ["2023-11-15", "2023-11-09"]), ("The Sun, they sat.", []), ("Trains run Mon, Thurs.", ["2023-11-09"]), ("Back sat.", ["2023-11-18"]), ("Sat in a cell.", []), ("Sun, wind and rain.", []), ("Mon, a trader, said so.", []), ("From 1st to 3rd grade nothing, after 2nd shift.", []), ("Containers wk 44.", ["2023-10-30/2023-11-05"]),
    ("In January they went for 320.", ["2023-01"]), ("May they come.", []), ("Meeting on 27 July, the 69th anniversary.", ["2023-07-27"]), ("The last weekend but one he left.", ["2023-11-04/2023-11-05"]),
    ("Twice so far this year.", ["2023-01-01/2023-11-15"]), ("These days she sews.", ["2023-11-09/2023-11-15"]), ("Call in the new year.", ["2024"]),
])  # fmt: skip
def test_short_ways_to_say_a_day(text: str, said: list[str]) -> None:
    assert days(text) == said


@pytest.mark.parametrize(("text", "on", "said"), [
    ("Full moon tomorrow, 15th of the first month.", "2014-02-13", ["2014-02-14", "2014-02-14"]), ("The second day of Spring Festival, she called.", "2019-02-06", ["2019-02-06"]),
    ("I start again the fifth of the first month.", "2020-01-18", ["2020-01-29"]), ("Little New Year is today.", "2025-01-22", ["2025-01-22", "2025-01-22"]), ("New Year by the old calendar", "2018-02-07", ["2018-02-16"]),
    ("The first day of the new year", "2018-02-07", ["2018-01-01"]),
])  # fmt: skip
def test_days_by_the_moon(text: str, on: str, said: list[str]) -> None:
    assert days(text, on=on) == said


def test_a_feast_is_that_of_the_country_told_of() -> None:
    assert days("Victory Day") == ["2023-07-27"] and days("Victory Day", country="RU") == ["2023-05-09"]
    assert days("National Day", country="CN") == ["2023-10-01"] and days("National Day") == ["2023-09-09"]
    assert days("National Day", country="FR") == []
    assert days("Mother's Day, the 16th", country="KP")[0] == "2023-11-16"


@pytest.mark.parametrize(("text", "on", "said"), [
    ("By Tuesday night the bridge had gone.", "2021-08-06", ["2021-08-03"]), ("He has to pay by Tuesday.", "2021-08-06", ["2021-08-10"]), ("They were fetched on Sunday, home by Friday.", "2022-07-27", ["2022-07-24", "2022-07-29"]),
    ("The next boats go out in March.", "2018-01-08", ["2018-03"]), ("Offices close the first three days of August.", "2022-07-27", ["2022-08-01/2022-08-03"]), ("Sold out through the 15th.", "2018-06-03", ["2018-06-15"]),
    ("Planned for the 16th, he has seen the paper.", "2022-01-07", ["2022-01-16"]), ("We agreed to talk the Saturday after the 25th.", "2014-02-13", ["2014-03-01"]), ("A week to Lunar New Year, and guides have been told.", "2020-01-18", ["2020-01-25"]),
    ("Came away with a slip for the 7th to the 9th.", "2014-09-04", ["2014-09-07/2014-09-09"]), ("Maize was to be cut from 1 October.", "2013-09-30", ["2013-10-01/.."]), ("Say the second quarter.", "2018-03-29", ["2018-04-01/2018-06-30"]), ("Call after the 20th.", "2018-03-05", ["2018-03-21/.."]),
    ("Come Friday he was dead.", "2023-11-15", ["2023-11-10"]), ("Next village on Friday was searched.", "2023-11-15", ["2023-11-10"]), ("By Friday he had to pay.", "2023-11-15", ["2023-11-17"]), ("Things go bad in May.", "2023-11-15", ["2023-05"]),
    ("Eleven had died by Saturday night.", "2025-05-05", ["2025-05-03"]), ("A guard post every two hundred metres by mid-June.", "2023-05-17", ["../2023-06-20"]), ("Again due the Friday after Easter.", "2016-03-11", ["2016-04-01"]),
    ("We will need two hundred by Friday.", "2023-11-15", ["2023-11-17"]), ("On the 21st he paid.", "2023-11-15", ["2023-10-21"]), ("Friday on the road, an open truck.", "2023-11-15", ["2023-11-10"]), ("Trial Friday, same hour.", "2023-11-15", ["2023-11-17"]),
    ("The market took 40 in the first quarter.", "2018-12-29", ["2018-01-01/2018-03-31"]),
])  # fmt: skip
def test_plans_and_what_is_over(text: str, on: str, said: list[str]) -> None:
    assert days(text, on=on) == said


@pytest.mark.parametrize(("text", "lang", "on", "said"), [
    ("새해에는 다리를 고친다.", "ko", "2021-12-12", ["2022"]), ("지지난 목요일 낮에 왔다.", "ko", "2026-11-02", ["2026-10-22"]), ("내일이 동지라 팥을 샀소.", "ko", "2023-12-21", ["2023-12-22", "2023-12-22"]), ("그 동지라 불렀다. 동지께 드린다.", "ko", "2023-12-21", []),
    ("청명에 전화한다.", "ko", "2024-03-17", ["2024-04-04"]), ("청명한 날", "ko", "2024-03-17", []),
    ("明后天都不在。", "zh", "2017-09-29", ["2017-09-30/2017-10-01"]), ("这礼拜九趟。", "zh", "2019-09-20", ["2019-09-16/2019-09-22"]), ("昨天天不亮", "zh", "2024-04-05", ["2024-04-04"]), ("八月上旬学校修屋顶。", "zh", "2024-07-19", ["2024-08-01/2024-08-10"]),
    ("七·二七过完再结。", "zh", "2023-07-24", ["2023-07-27"]), ("家里三十儿团圆。", "zh", "2025-02-02", ["2025-01-28"]), ("八十大寿在九月初九。", "zh", "2020-09-27", ["2020-10-25"]), ("这几天少了。", "zh", "2017-07-27", ["2017-07-21/2017-07-27"]),
])  # fmt: skip
def test_the_same_in_korean_and_chinese(text: str, lang: str, on: str, said: list[str]) -> None:
    assert days(text, lang, on) == said


@pytest.mark.parametrize("text", [
    "Students from the 20th.", "Out on the 6th, noticed the Monday after.", "Landed 18 February. Since then nothing.", "25 May none; 26th two hours.", "Home by 20th.", "By Tuesday night the bridge had gone.", "Call after the 20th.",
])  # fmt: skip
def test_another_sentence_behind_moves_none_of_them(text: str) -> None:
    for more in (
        " They shot him on Friday.",
        "\n다른 날 3명이 무산에 갔다.",
        " He comes back until Monday, the week after.",
    ):
        assert days(text + more)[: len(days(text))] == days(text)
