"""What people say in Chinese, on either side of the border, and what it comes to."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.reading import Span, read
from nightdesk.reading.feasts import feast
from nightdesk.reading.lunar import lunar, lunar_month
from nightdesk.reading.numerals import number
from nightdesk.reading.solar_terms import solar_term
from nightdesk.reading.tables import simplified

ON = date(2023, 12, 15)  # a Friday


def spans(text: str, *kinds: str, on: date = ON) -> list[Span]:
    return [s for s in read(text, "zh", on, "KP").spans if not kinds or s.kind in kinds]


def only(text: str, kind: str, on: date = ON) -> Span:
    (span,) = spans(text, kind, on=on)
    return span


DAYS = {
    # Days and weeks counted from the day of the contact.
    "大大前天": "2023-12-11", "大前天": "2023-12-12", "昨儿": "2023-12-14", "大后天": "2023-12-18",
    "14日后半夜": "2023-12-14", "14号前半夜": "2023-12-14", "14日后": "2024-01-14",
    "琴日": "2023-12-14", "聽日": "2023-12-16", "上上个礼拜三": "2023-11-29", "上個禮拜三": "2023-12-06",
    "上星期天": "2023-12-10", "这礼拜天": "2023-12-17", "今個星期一": "2023-12-11", "下下周五": "2023-12-29",
    "上礼拜的礼拜五": "2023-12-08", "下礼拜二": "2023-12-19", "本周": "2023-12-11/2023-12-17",
    "上一周": "2023-12-04/2023-12-10", "上周末": "2023-12-09/2023-12-10", "下周末": "2023-12-23/2023-12-24",
    "这个周末": "2023-12-16/2023-12-17", "周末": "2023-12-09/2023-12-10", "周三": "2023-12-13",
    "周一到周五": "2023-12-11/2023-12-15", "上周一至周三": "2023-12-04/2023-12-06", "上周的周三": "2023-12-06",
    "上周初": "2023-12-04/2023-12-06", "上个星期中": "2023-12-05/2023-12-07", "上周中学停课": "2023-12-04/2023-12-10",
    # Months, their parts and their weeks.
    "本月初": "2023-12-01/2023-12-10", "上个月底": "2023-11-21/2023-11-30", "上上个月": "2023-10",
    "这个月月底": "2023-12-21/2023-12-31", "月底": "2023-11-21/2023-11-30", "月底前交": "2023-12-21/2023-12-31",
    "下旬": "2023-11-21/2023-11-30", "11月中旬": "2023-11-11/2023-11-20", "十月底": "2023-10-21/2023-10-31",
    "上半月": "2023-12-01/2023-12-15", "11月下半月": "2023-11-16/2023-11-30", "元月五日": "2024-01-05",
    "三月中": "2023-03-11/2023-03-20", "去年12月上旬": "2022-12-01/2022-12-10", "下月5号": "2024-01-05",
    "12月第二个礼拜": "2023-12-08/2023-12-14", "上个月第一个星期一": "2023-11-06",
    "上个月的最后一天": "2023-11-30", "今年第一天": "2023-01-01", "这周的第一天": "2023-12-11",
    # Years, halves, quarters and seasons.
    "大前年": "2020", "大后年": "2026", "去年底": "2022-12", "明年年初": "2024-01", "岁末": "2023-12",
    "今年上半年": "2023-01-01/2023-06-30", "2022年第三季度": "2022-07-01/2022-09-30",
    "一季度": "2023-01-01/2023-03-31", "上季度": "2023-07-01/2023-09-30", "今春": "2023-03-01/2023-05-31",
    "去冬": "2022-12-01/2023-02-28", "前年夏天": "2021-06-01/2021-08-31", "今年前三个月": "2023-01-01/2023-03-31",
    "上世纪九十年代": "1990-01-01/1999-12-31", "九八年": "1998", "08年": "2008", "两千零八年": "2008",
    "主体112年9月9日": "2023-09-09", "去年的今天": "2022-12-15", "去年这个时候": "2022-12~",
    # Dates written and spoken.
    "二〇二三年十一月五日": "2023-11-05", "2023年11月5号": "2023-11-05", "廿三号": "2023-11-23",
    "十二月二十五": "2023-12-25", "5月5日，星期五": "2023-05-05", "星期五，五月五日": "2023-05-05",
    "5月5日（周五）": "2023-05-05",
    # Stretches between two ends.
    "3号到5号": "2023-12-03/2023-12-05", "三至五日": "2023-12-03/2023-12-05", "3月15日至20日": "2023-03-15/2023-03-20",
    "3月15日到4月2日": "2023-03-15/2023-04-02", "本月8日至10日": "2023-12-08/2023-12-10",
    "从三月到五月": "2023-03-01/2023-05-31", "三至五月": "2023-03-01/2023-05-31",
    "三四月份": "2023-03-01/2023-04-30", "11月到1月": "2023-11-01/2024-01-31",
    "2019-2021年": "2019-01-01/2021-12-31", "去年十月到今年三月": "2022-10-01/2023-03-31",
    "从昨天到今天": "2023-12-14/2023-12-15", "10月底到11月中旬": "2023-10-21/2023-11-20",
    # Distances, exact and not.
    "三天前": "2023-12-12", "两日前": "2023-12-13", "三天之后": "2023-12-18", "再过三天": "2023-12-18",
    "两个礼拜以前": "2023-12-01", "三个月前": "2023-09~", "十年前": "2013", "两三天前": "2023-12-12/2023-12-13",
    "三四天后": "2023-12-18/2023-12-19", "十几天前": "2023-11-26/2023-12-04",
    "二十多天前": "2023-11-16/2023-11-24", "十来天前": "2023-12-03/2023-12-07", "半个月前": "2023-11-30~",
    "一个半月前": "2023-10-31~", "半年前": "2023-06~", "一年半前": "2022-06~",
    "三个多月前": "2023-08-01/2023-09-30", "两年多前": "2020-01-01/2021-12-31",
    "五六年前": "2017-01-01/2018-12-31", "大半年前": "2023-01-01/2023-06-30",
    "三天之内交钱": "2023-12-15/2023-12-18", "一个月内": "2023-12-15/2024-01-15", "半年内": "2023-12-15/2024-06-15",
    "近三天": "2023-12-12/2023-12-14", "过去两周": "2023-11-27/2023-12-10", "前两月": "2023-10-01/2023-11-30",
    "近半年": "2023-06-01/2023-11-30", "未来三个月": "2024-01-01/2024-03-31",
    "前几天": "2023-12-08/2023-12-13", "好几天前": "2023-12-08/2023-12-13", "这几天": "2023-12-09/2023-12-15",
    "这两天": "2023-12-13/2023-12-15", "近几年": "2015-12-17/2023-12-15", "未来几天": "2023-12-15/2023-12-22",
    "几天后": "2023-12-17/2023-12-22", "前阵子": "2023-10-16/2023-12-08",
    # The lunar calendar, the sun's terms and feasts.
    "正月初五": "2023-01-26", "腊月二十三": "2023-01-14", "农历八月十五": "2023-09-29", "三月初五": "2023-04-24",
    "去年腊月": "2022-12-23/2023-01-21", "闰二月": "2023-03-22/2023-04-19", "大年初三": "2023-01-24",
    "阴历八月": "2023-09-15/2023-10-14", "除夕": "2023-01-21", "2024年除夕": "2024-02-09", "今年端午": "2023-06-22",
    "去年中秋節": "2022-09-10", "清明": "2023-04-05", "明年清明节": "2024-04-04", "立冬": "2023-11-08",
    "母亲节": "2023-05-14", "2022年感恩节": "2022-11-24", "2024年复活节": "2024-03-31", "国庆前一天": "2023-09-30",
    "光明星节": "2023-02-16", "春节前夕": "2023-01-21", "元旦前后": "2023-12-31/2024-01-02",
}  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), DAYS.items())
def test_a_day_is_read_as_it_is_said(text: str, edtf: str) -> None:
    value = only(text, "date").value
    low_high = f"{value['earliest']}/{value['latest']}"
    assert edtf in (value["edtf"], low_high)


TIMES = {
    "凌晨三点": ("03:00", "03:00"), "清晨五点半": ("05:30", "05:30"), "上午十点二十": ("10:20", "10:20"),
    "中午一点": ("13:00", "13:00"), "下午三点一刻": ("15:15", "15:15"), "傍晚六点": ("18:00", "18:00"),
    "晚上12点": ("24:00", "24:00"), "半夜一点": ("01:00", "01:00"), "夜里十一点": ("23:00", "23:00"),
    "差五分四点": ("03:55", "03:55"), "差一刻九点": ("08:45", "08:45"), "八点差五分": ("07:55", "07:55"),
    "三点零五分": ("03:05", "03:05"), "三点过五分": ("03:05", "03:05"), "15时30分": ("15:30", "15:30"),
    "23时59分59秒": ("23:59:59", "23:59:59"), "上午9:30": ("09:30", "09:30"), "五點鐘": ("05:00", "05:00"),
    "三点到五点": ("03:00", "05:00"), "下午三点到五点": ("15:00", "17:00"), "晚上8点至10点半": ("20:00", "22:30"),
    "上午十一点到下午两点": ("11:00", "14:00"), "下午2:30-4:00": ("14:30", "16:00"), "早八点到晚六点": ("08:00", "18:00"),
    "七八点": ("07:00", "08:00"), "晚上七八点钟": ("19:00", "20:00"), "晏晝三點三": ("15:15", "15:15"),
    "半夜三更": ("00:00", "04:00"), "后晌": ("12:00", "18:00"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "ends"), TIMES.items())
def test_an_hour_is_read_as_it_is_said(text: str, ends: tuple[str, str]) -> None:
    value = only(text, "time").value
    assert (value["from"], value["to"]) == ends


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("今晚八点", "2023-12-15", "20:00"),
        ("昨晚十点", "2023-12-14", "22:00"),
        ("明早七点", "2023-12-16", "07:00"),
        ("后天下午三点半", "2023-12-17", "15:30"),
        ("周三三点", "2023-12-13", "03:00"),
        ("礼拜一早上八点一刻", "2023-12-11", "08:15"),
        ("12月10日15:20", "2023-12-10", "15:20"),
        ("国庆节晚上七点", "2023-10-01", "19:00"),
        ("周五晚", "2023-12-15", "18:00"),
    ],
)
def test_a_day_and_its_hour_are_two_readings(text: str, day: str, hour: str) -> None:
    found = spans(text)
    assert [s.kind for s in found] == ["date", "time"]
    assert (found[0].value["edtf"], found[1].value["from"]) == (day, hour)
    assert "".join(s.words for s in found) == text


LENGTHS = {
    "三个半月": "P3.5M", "一年半": "P1.5Y", "三天半": "P3.5D", "半小时": "PT0.5H", "半个钟头": "PT0.5H", "半天": "P0.5D",
    "半个月": "P0.5M", "一刻钟": "PT15M", "三刻钟": "PT45M", "1小时30分钟": "PT1H30M", "两年零三个月": "P2Y3M",
    "5分30秒": "PT5M30S", "几天": "P2D", "好几个月": "P2M", "十来天": "P10D", "三个多月": "P3M", "一年多": "P1Y", "三四个小时": "PT3H", "兩個鐘": "PT2H", "两个季度": "P6M",
}  # fmt: skip


@pytest.mark.parametrize(("text", "iso"), LENGTHS.items())
def test_a_length_of_time_is_read_as_it_is_said(text: str, iso: str) -> None:
    assert only(text, "duration").value["iso"] == iso


def test_more_than_so_long_says_how_long_at_most() -> None:
    assert only("三个多月", "duration").value["longest"] == "P4M"
    assert only("二十多天", "duration").value["longest"] == "P29D"


RECURRENCES = {
    "每周五": {"every": "P1W", "weekday": 5}, "每个星期一": {"every": "P1W", "weekday": 1},
    "逢周五": {"every": "P1W", "weekday": 5}, "每个周末": {"every": "P1W", "in": "weekend"},
    "隔天": {"every": "P2D"}, "每隔一天": {"every": "P2D"}, "每隔三天": {"every": "P3D"}, "每两周": {"every": "P2W"},
    "每三个月": {"every": "P3M"}, "每季度": {"every": "P3M"}, "每月15号": {"every": "P1M", "day": 15},
    "每年4月15日": {"every": "P1Y", "month": 4, "day": 15}, "每逢春节": {"every": "P1Y", "in": "春节"},
    "每年国庆": {"every": "P1Y", "month": 10, "day": 1}, "每个月": {"every": "P1M"},
    "一到年底": {"every": "P1Y", "in": "year end", "from": "--12-01", "to": "--12-31"},
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), RECURRENCES.items())
def test_what_comes_again_is_read_as_it_is_said(text: str, value: dict) -> None:
    assert only(text, "recurrence").value == value


SUMS = {
    "三块五": ("3.5", None, "CNY"), "三块五毛": ("3.5", None, "CNY"), "一块二毛五": ("1.25", None, "CNY"),
    "十块零五毛": ("10.5", None, "CNY"), "两毛五": ("0.25", None, "CNY"), "八分钱": ("0.08", None, "CNY"),
    "两百五十块": ("250", None, "CNY"), "一百零五块": ("105", None, "CNY"), "三万五千块": ("35000", None, "CNY"),
    "一千八百元": ("1800", None, "CNY"), "两千五元": ("2500", None, "CNY"), "三千来块": ("3000", None, "CNY"),
    "三千多块": ("3000", None, "CNY"), "几百块": ("200", "900", "CNY"), "十几万元": ("110000", "190000", "CNY"),
    "数千元": ("2000", "9000", "CNY"), "二三十块": ("20", "30", "CNY"), "三五百块": ("300", "500", "CNY"),
    "两三千块": ("2000", "3000", "CNY"), "上万元": ("10000", None, "CNY"), "3w块": ("30000", None, "CNY"),
    "20k人民币": ("20000", None, "CNY"), "￥300": ("300", None, "CNY"), "人民币2万元": ("20000", None, "CNY"),
    "五千到八千块": ("5000", "8000", "CNY"), "3000元至5000元": ("3000", "5000", "CNY"),
    "壹万贰仟元整": ("12000", None, "CNY"), "叁佰贰拾元伍角": ("320.5", None, "CNY"), "五萬塊": ("50000", None, "CNY"),
    "美金五百块": ("500", None, "USD"), "五百块美金": ("500", None, "USD"), "1200美元": ("1200", None, "USD"),
    "三千韩币": ("3000", None, "KRW"), "100万韩元": ("1000000", None, "KRW"), "五千元朝币": ("5000", None, "KPW"),
    "港幣三個一毫四": ("3.14", None, "HKD"), "五個半": ("5.5", None, "CNY"), "個九": ("1.9", None, "CNY"),
    "港幣三百": ("300", None, "HKD"), "罚了五块": ("5", None, "CNY"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SUMS.items())
def test_a_sum_is_read_as_it_is_said(text: str, value: tuple[str, str | None, str]) -> None:
    found = only(text, "money").value
    assert (found["amount"], found.get("amount_high"), found["currency"]) == value


QUANTITIES = {
    "百分之三点五": {"amount": "3.5", "unit": "%"}, "三成": {"amount": "30", "unit": "%"},
    "三成半": {"amount": "35", "unit": "%"}, "两倍": {"count": 2, "of": "倍"}, "半斤": {"amount": "0.5", "unit": "jin"},
    "两吨半": {"amount": "2.5", "unit": "t"}, "十亩": {"amount": "10", "unit": "mu"}, "三十里": {"amount": "30", "unit": "li"},
    "五口人": {"count": 5, "of": "人"}, "三户人家": {"count": 3, "of": "户"}, "五头": {"count": 5, "of": "头"},
    "二十七八岁": {"count": 27, "count_high": 28, "of": "岁"}, "十几个人": {"count": 11, "count_high": 19, "of": "人"},
    "三五个人": {"count": 3, "count_high": 5, "of": "人"}, "二十来户": {"count": 20, "of": "户"},
    "零下二十度": {"amount": "-20", "unit": "degree"}, "三个百分点": {"amount": "3", "unit": "percentage point"},
    "二两酒": {"amount": "2", "unit": "liang"},
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), QUANTITIES.items())
def test_a_count_or_measure_is_read_as_it_is_said(text: str, value: dict) -> None:
    assert only(text, "quantity").value == value


@pytest.mark.parametrize(
    "text",
    [
        "早一点回来", "一点都不怕", "有三点要求", "会松一点", "十分危险", "百分百可靠", "一起去", "三中全会", "初一学生",
        "三号井塌了", "后天性", "前后两边", "大雪封路", "第二个", "三年级", "国庆路", "五一路", "新年快乐", "今天气",
        "当年", "周围没人", "周边国家", "礼拜堂", "藏族新年", "两块糖", "一块肉", "四角楼", "千里马",
        "二话不说", "几点了", "万里长城",
    ],
)  # fmt: skip
def test_words_that_only_look_like_values_are_none(text: str) -> None:
    dates = {"今天气": 1}  # 今天 stands at its start all the same
    assert len(spans(text)) == dates.get(text, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("上周三名干部被抓", ["上周", "三名", "干部"]),
        ("上周三人被抓", ["上周", "三人"]),
        ("三天内抓了五个人", ["三天", "五个人"]),
        ("三月中国代表团来了", ["三月", "中国"]),
        ("每个月三百块", ["每个月", "三百块"]),
        ("一周三次", ["一周", "三次"]),
        ("他今年三十岁", ["今年", "三十岁"]),
        ("第二天早上", ["第二天", "早上"]),
    ],
)
def test_letters_that_two_words_could_share_go_to_the_right_one(text: str, words: list[str]) -> None:
    assert [s.words for s in spans(text)] == words


CHINESE_DAYS = [
    "大前天",
    "前天",
    "今天",
    "后天",
    "三天前",
    "十几天前",
    "两三天后",
    "这几天",
    "三天之内",
    "再过五天",
]


@given(st.sampled_from(CHINESE_DAYS), st.integers(-4000, 4000))
def test_shifting_the_day_of_the_contact_shifts_chinese_days(said: str, days: int) -> None:
    here, there = (only(said, "date", on).value for on in (ON, ON + timedelta(days=days)))
    for bound in ("earliest", "latest"):
        moved = date.fromisoformat(there[bound]) - date.fromisoformat(here[bound])
        assert moved == timedelta(days=days)


@given(st.sampled_from(["上上周五", "下礼拜天", "本周", "上周末", "周一到周五"]), st.integers(-500, 500))
def test_shifting_by_weeks_shifts_chinese_weeks(said: str, weeks: int) -> None:
    here, there = (only(said, "date", on).value for on in (ON, ON + timedelta(weeks=weeks)))
    for bound in ("earliest", "latest"):
        moved = date.fromisoformat(there[bound]) - date.fromisoformat(here[bound])
        assert moved == timedelta(weeks=weeks)


TRADITIONAL = {
    "上個禮拜三下午兩點半": "上个礼拜三下午两点半",
    "五萬塊錢": "五万块钱",
    "農曆臘月廿三": "农历腊月廿三",
    "三個鐘頭後": "三个钟头后",
    "去年聖誕節": "去年圣诞节",
}


@pytest.mark.parametrize(("old", "new"), TRADITIONAL.items())
def test_traditional_letters_read_the_same(old: str, new: str) -> None:
    assert simplified(old) == new
    mixed = old[: len(old) // 2] + new[len(old) // 2 :]
    for text in (old, mixed):
        assert [(s.kind, s.value) for s in spans(text)] == [(s.kind, s.value) for s in spans(new)]
        assert all(text[s.start : s.end] == s.words for s in spans(text))


FIGURES = "一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def han(n: int) -> str:
    """Up to 9999, as 两千零五 is said: 二千零五."""
    said, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = n // power % 10
        said += ("零" if figure and zero else "") + (FIGURES[figure - 1] + unit if figure else "")
        zero = bool(said) and not figure
    return said


@given(st.integers(1, 9999))
def test_formal_figures_count_like_plain_ones(n: int) -> None:
    assert number(han(n), "zh") == number(han(n).translate(FORMAL), "zh")
    assert number(han(n), "zh").low == n


@given(st.integers(1, 8), st.sampled_from(["十", "百", "千", "万", "十万", "亿"]))
def test_two_neighbours_said_together_are_a_range_of_any_size(low: int, unit: str) -> None:
    both = number(FIGURES[low - 1] + FIGURES[low] + unit, "zh")
    ends = [number(FIGURES[i] + unit, "zh").low for i in (low - 1, low)]
    assert [both.low, both.high] == ends


@settings(deadline=None)
@given(st.integers(1960, 2050), st.integers(1, 12), st.integers(1, 29))
def test_lunar_days_follow_each_other(year: int, month: int, day: int) -> None:
    first = lunar_month(year, month)
    assert first is not None
    assert lunar(year, month, day) == first[0] + timedelta(days=day - 1)
    assert (first[1] - first[0]).days in (28, 29)


@given(st.integers(1960, 2049))
def test_a_lunar_year_ends_where_the_next_begins(year: int) -> None:
    last = lunar_month(year, 12)
    assert last is not None
    assert lunar(year + 1, 1, 1) == last[1] + timedelta(days=1)


@given(st.integers(1960, 2050), st.integers(0, 23))
def test_the_suns_terms_lie_half_a_month_apart(year: int, term: int) -> None:
    there, after = solar_term(year, term * 15), solar_term(year, (term + 1) % 24 * 15)
    assert there.year == year
    assert (after - there).days in (14, 15, 16) or term == 18  # the 19th falls at the start of its year


def test_feasts_fall_on_the_days_almanacs_give() -> None:
    assert feast("lunar 5 5", 2024) == date(2024, 6, 10)
    assert feast("lunar 12 8", 2024) == date(2024, 1, 18)
    assert feast("lunar 1 1 -1", 2025) == date(2025, 1, 28)
    assert feast("term 15", 2023) == date(2023, 4, 5)


@pytest.mark.parametrize(("said", "hours"), [
    ("晚上十一点以后", ("23:00", None)), ("下午三点之前", (None, "15:00")), ("九点前到", (None, "09:00")),
    ("下午一点半以后", ("13:30", None)),
])  # fmt: skip
def test_an_hour_that_begins_or_ends_something_leaves_the_other_side_open(said, hours) -> None:
    value = only(said, "time").value
    assert (value["from"], value["to"]) == hours


@pytest.mark.parametrize("said", ["我有一点后悔", "早一点以后", "一点以后"])
def test_a_little_is_no_hour(said) -> None:
    assert spans(said, "time") == []
