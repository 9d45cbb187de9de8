"""Sums that leave their currency to a neighbour in their sentence, and numbers beside a sum that are none."""

import gc
from datetime import date
from time import process_time

import pytest

from nightdesk.reading import read

ON = date(2024, 3, 12)


def sums(text, lang="en"):
    return [
        (s.value["amount"], s.value["currency"])
        for s in read(text, lang, ON, "KP").spans
        if s.kind == "money"
    ]


@pytest.mark.parametrize(("text", "said"), [
    ("Rice 6,200, maize 3,400, pork 24,000 won.", [("6200", "KPW"), ("3400", "KPW"), ("24000", "KPW")]),
    ("Sugar is 11,000 won a kilo, last week it was 8,000.", [("11000", "KPW"), ("8000", "KPW")]),
    ("It jumped: 4,100, 5,000, then 7,000 won.", [("4100", "KPW"), ("5000", "KPW"), ("7000", "KPW")]),
    ("The dollar dropped from 8,200 to 6,500 won.", [("8200", "KPW"), ("6500", "KPW")]),
    ("The quilts were 120 dollars in the summer, 190 now.", [("120", "USD"), ("190", "USD")]),
    ("She was to get 10,000 yuan, got four thousand.", [("10000", "CNY"), ("4000", "CNY")]),
])  # fmt: skip
def test_a_number_beside_a_sum_is_one_of_its_currency(text, said):
    assert sums(text) == said


@pytest.mark.parametrize("text", [
    "He paid 500 yuan for 30 men.", "It was 2019 when he paid 500 yuan.", "They paid 500 yuan. It was 300.", "She took 300 people for 500 yuan.",
    "He paid 500 yuan, and 12 households left.", "It was 3, and he paid 5,000 yuan.", "at 7, he paid 5,000 won", "He got 5% of 5,000 won, was 30 then.", "The camp held 1,200, now 900, and a bribe is 500 yuan.", "The line was 300, a kilo of rice 6,200 won.", "The dollar is strong, he paid 5,000 yuan for 12.",
    "They arrested 12, fined 200 yuan each.", "Of 40 households 12 paid 300 yuan.", "Killed 30, fined 500 yuan.", "He is 40, paid 300 yuan.",
    "Rice was 6,000 won, and the dead now 400.", "The fine was 5,000 yuan; the number held was 300.", "He paid 300 yuan and the dead were 40.", "We sold the pies, 4 for a dollar.", "Fever pills twenty for 8 yuan.",
])  # fmt: skip
def test_counts_years_and_other_sentences_are_no_sums(text):
    assert len(sums(text)) == 1


def test_a_rate_is_in_won_and_in_no_dollars():
    assert sums("Pork 24,000 won, dollar 8,300.") == [("24000", "KPW"), ("8300", "KPW")]
    assert sums("Yuan 5,150, dollar 37 thousand.") == [("5150", "KPW"), ("37000", "KPW")]


def test_two_currencies_near_it_leave_the_nearer_one():
    assert sums("He had 90 yuan and 8,000 won, was 9,000 before.")[-1] == ("9000", "KPW")


@pytest.mark.parametrize(("text", "said"), [
    ("运费涨到一千一。", [("1100", "CNY")]), ("有人说两万五能捞人。", [("25000", "CNY")]), ("九月收两万定金。", [("20000", "CNY")]),
    ("当时一公斤六十二，现在一百四。", [("62", "CNY"), ("140", "CNY")]), ("白糖五万二朝币，美元从八千二掉到六千五。", [("52000", "KPW"), ("8200", "KPW"), ("6500", "KPW")]),
    ("租金一平米八毛。", [("0.8", "CNY")]), ("头茬五十块一斤，今天十八。", [("50", "CNY"), ("18", "CNY")]), ("柴油七千二一吨，工钱三千三一个月。", [("7200", "CNY"), ("3300", "CNY")]),
    ("她借了两千。房租一季三万六。", [("2000", "CNY"), ("36000", "CNY")]),
])  # fmt: skip
def test_chinese_sums_without_their_last_unit(text, said):
    assert sums(text, "zh") == said


@pytest.mark.parametrize(
    "text",
    [
        "一千二人",
        "两万五千人",
        "三百六行",
        "一百二十个人",
        "五百三十号",
        "第一百二",
        "身高一米七",
        "两百五十公斤",
    ],
)
def test_chinese_counts_are_no_sums(text):
    assert sums(text, "zh") == []


def test_a_coin_of_ten_fen_never_passes_in_silence():
    reading = read("他说八毛", "zh", ON, "CN")
    assert [u.words for u in reading.unread] == ["八毛"] or [
        s.words for s in reading.spans if s.kind == "money"
    ] == ["八毛"]


@pytest.mark.parametrize(
    "text",
    [
        "来了两万五，都是兵。",
        "抓了三百二。",
        "村里两万五的人口。",
        "学生一千二，都走了。",
        "部队有一千九百四。",
        "跑了一百二。",
    ],
)
def test_chinese_counts_of_people_without_their_counter_are_no_sums(text):
    assert sums(text, "zh") == []
    assert read(text, "zh", ON, "KP").unread


def test_a_page_of_prices_takes_no_longer_a_line_than_a_few(request):
    def took(lines):
        text, began = "rice 6,200, maize 3,400, pork 24,000 won. " * lines, process_time()
        read(text, "en", ON, "KP")
        return process_time() - began

    took(100)
    request.addfinalizer(gc.enable)
    gc.disable()  # the collector's walks over all that other tests left would be counted with the long text
    assert took(3200) < 16 * took(400) + 0.2
